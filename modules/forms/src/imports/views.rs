//! The page of imports: sending a file, and what was brought in before.

mod mapping;
pub(crate) mod one;
mod outcome;
mod rows;
pub(crate) mod sheet;

use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, PageHeader};
use web::Page;

use super::{Import, Status, Task};
use crate::{
    forms::{
        Form,
        editor::{View, count, state, tabs},
    },
    pages::Viewer,
    paths,
};

/// Everything that an import's progress replaces.
const CONTAINER: &str = "imports";

/// The imports of a form with what its page shows beside them.
pub(crate) struct Desk<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    pub(crate) imports: &'a Page<Import>,
    /// Whether this is the first part of the list.
    pub(crate) first: bool,
    /// What is wrong with the file that was sent.
    pub(crate) refusal: Option<&'a str>,
}

/// The whole page, which listens.
pub(crate) fn page(desk: &Desk<'_>) -> Markup {
    html! {
        (body(desk))
        script src=(ui::url("live_part.js")) type="module" {}
    }
}

/// What stands on it.
pub(crate) fn body(desk: &Desk<'_>) -> Markup {
    html! {
        div.form-page {
            (head(&desk.viewer, desk.form))
            (new_import(desk))
            (container(desk))
        }
    }
}

/// The title of the form and the way to its other pages.
fn head(viewer: &Viewer<'_>, form: &Form) -> Markup {
    let above = paths::forms(viewer.slug);
    html! {
        (PageHeader::new(&form.title)
            .trail(&[("Forms", &above)])
            .summary(html! { (state(viewer, form)) span { (count(form)) " received" } }))
        (tabs(viewer, form, View::Imports))
    }
}

/// The list of imports: what their progress answers with.
pub(crate) fn container(desk: &Desk<'_>) -> Markup {
    let address = paths::imports(desk.viewer.slug, desk.form.id);
    html! {
        live-part.imports id=(CONTAINER) data-subject=(desk.form.id) data-hx-get=(address)
            data-hx-trigger=[desk.first.then(triggers)] data-hx-swap="outerMorph" {
            (rows::list(desk))
        }
    }
}

/// What makes a part ask for itself again, each at most once a second.
fn triggers() -> String {
    let kinds = ["created", "started", "progressed", "finished", "failed", "cancelled", "deleted"];
    let all = kinds.map(|kind| format!("live:import.{kind} throttle:1000ms"));
    format!("{}, live:reset", all.join(", "))
}

fn new_import(desk: &Desk<'_>) -> Markup {
    if desk.form.version == 0 {
        let text = "Rows are judged by the published questions. Publish the form, and import then.";
        return Alert::info("Nothing can be imported yet").text(text).render();
    }
    let action = paths::imports(desk.viewer.slug, desk.form.id);
    let field = ui::Field::file("file", "A CSV or JSON lines file")
        .required(true)
        .hint(Some("Up to 1 GiB. Its first line names the columns. Excel: save as CSV UTF-8."))
        .error(desk.refusal)
        .attr("accept", ".csv,.tsv,.txt,.jsonl,.ndjson,text/csv,application/x-ndjson");
    let body = html! {
        div.stack {
            (steps(1))
            form.stack method="post" action=(action) enctype="multipart/form-data" {
                // First, so that it is known who sends before the file is looked at.
                (ui::hidden("csrf_token", desk.viewer.csrf_token))
                (field)
                div.row.import-end {
                    (Button::primary("Go on to the columns").forward().submit())
                    span.muted { "Nothing is imported before you have seen what becomes of it." }
                }
            }
        }
    };
    Card::new(body).title("New import").render()
}

/// The three steps, and where one is.
fn steps(here: usize) -> Markup {
    html! {
        ol.import-steps aria-label="Steps" {
            @for (name, step) in ["File", "Columns", "Check and import"].into_iter().zip(1..) {
                li.import-steps__step aria-current=[(step == here).then_some("step")] {
                    span.import-steps__number { (step) }
                    span { (name) }
                }
            }
        }
    }
}

/// What is said of an import while it works.
fn at_work(task: Task, status: Status) -> &'static str {
    match (status, task) {
        (Status::Waiting, _) => "Waiting for its turn",
        (_, Task::Check) => "Being checked",
        (_, Task::Run) => "Being imported",
        (_, Task::Removal) => "Being taken back",
    }
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
