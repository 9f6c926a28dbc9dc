//! The page on which a person is asked for, and those who were.

pub(crate) mod one;

use kernel::{Fields, WorkspaceId};
use maud::{Markup, Render, html};
use ui::{
    Button, Card, Column, EmptyState, Field, Illustration, PageHeader, Pagination, Row, Table,
    Tone, progress, status,
};
use web::Page;

use super::{Erasure, Status};
use crate::{
    pages::{Viewer, ago, figure, sent},
    paths,
};

pub(crate) const TITLE: &str = "Erase one person's data";

/// The erasures of a workspace with what their page shows beside them.
pub(crate) struct Desk<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) workspace: WorkspaceId,
    pub(crate) erasures: &'a Page<Erasure>,
    /// Names by ids.
    pub(crate) people: &'a [(String, String)],
    /// Whether this is the first part of the list.
    pub(crate) first: bool,
    /// What was entered, and what is wrong with it.
    pub(crate) entered: &'a [(String, String)],
    pub(crate) problems: &'a Fields,
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
    let forms = paths::forms(desk.viewer.slug);
    html! {
        div.erasures-page {
            (PageHeader::new(TITLE)
                .trail(&[("Forms", &forms)])
                .summary(html! { "From all forms of this workspace, when somebody asks for it." }))
            (search(desk))
            (container(desk))
        }
    }
}

fn search(desk: &Desk<'_>) -> Markup {
    let said = |name: &str| sent(desk.entered, name).unwrap_or_default();
    let email = Field::email("email", "E-mail address")
        .value(said("email"))
        .required(true)
        .hint(Some("Whose it is, in any spelling: small or capital letters make no difference."))
        .error(desk.problems.of("email"))
        .attr("autocomplete", "off");
    let text = Field::text("text", "Another answer that is theirs alone")
        .value(said("text"))
        .hint(Some("Such as a phone or customer number. Leave it empty when you know of none."))
        .error(desk.problems.of("text"))
        .attr("maxlength", "200")
        .attr("autocomplete", "off");
    let body = html! {
        form.stack method="post" action=(paths::erasures(desk.viewer.slug)) {
            (ui::hidden("csrf_token", desk.viewer.csrf_token))
            div.erasure-fields { (email) (text) }
            div.row.erasure-end {
                (Button::primary("Look for them").forward().submit())
                span.muted { "Nothing is deleted before you have seen what there is." }
            }
            p.muted {
                "Not searched: accounts of your team, comments on submissions of others, and what you call forms, "
                "folders, questions and statuses. What you downloaded or sent on is out of reach."
            }
        }
    };
    Card::new(body).title("Who is it?").render()
}

const COLUMNS: [Column<'static>; 4] = [
    Column::text("Asked for"),
    Column::line("State"),
    Column::number("Submissions"),
    Column::wide_only("Mark of the address"),
];

/// The list: what their progress answers with.
pub(crate) fn container(desk: &Desk<'_>) -> Markup {
    let address = paths::erasures(desk.viewer.slug);
    html! {
        live-part.erasures id="erasures" data-subject=(desk.workspace) data-hx-get=(address)
            data-hx-trigger=[desk.first.then(triggers)] data-hx-swap="outerMorph" {
            (list(desk))
        }
    }
}

/// What makes a part ask for itself again, each at most once a second.
fn triggers() -> String {
    let kinds = ["requested", "started", "progressed", "found", "finished", "failed", "cancelled"];
    let all = kinds.map(|kind| format!("live:erasure.{kind} throttle:1000ms"));
    format!("{}, live:reset", all.join(", "))
}

fn list(desk: &Desk<'_>) -> Markup {
    if desk.erasures.data.is_empty() {
        let text = "Who was erased, by whom and when, is noted here, without the address.";
        return EmptyState::new(Illustration::Inbox, "Nobody was erased yet", text)
            .small()
            .render();
    }
    let links: Vec<(String, String)> = desk
        .erasures
        .data
        .iter()
        .map(|erasure| (erasure.id.to_string(), paths::erasure(desk.viewer.slug, erasure.id)))
        .collect();
    let rows: Vec<Row<'_>> = desk
        .erasures
        .data
        .iter()
        .zip(&links)
        .map(|(it, (id, href))| Row { id: Some(id), href: Some(href), cells: cells(desk, it) })
        .collect();
    let all = paths::erasures(desk.viewer.slug);
    let older = desk.erasures.next_cursor.as_ref().map(|cursor| format!("{all}?cursor={cursor}"));
    html! {
        (Table::new("Erasures, newest first", &COLUMNS, &rows))
        @if older.is_some() || !desk.first {
            (Pagination {
                newer: (!desk.first).then_some(all.as_str()),
                older: older.as_deref(),
                summary: "Newest first",
            })
        }
    }
}

fn cells(desk: &Desk<'_>, erasure: &Erasure) -> Vec<Markup> {
    let counts = if erasure.started_at.is_some() { erasure.erased() } else { erasure.found() };
    let submissions = counts.map(|counts| counts.submissions).unwrap_or_default();
    vec![
        html! { (ago(erasure.created_at)) " by " (name(desk.people, &erasure.requested_by)) },
        state(erasure),
        html! { @if erasure.status() != Status::Cancelled { (figure(submissions)) } },
        html! { code { (mark(erasure)) } },
    ]
}

/// How people call whoever asked.
fn name(people: &[(String, String)], id: &str) -> String {
    let known = people.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
    known.unwrap_or_else(|| if id.starts_with("key_") { "a program" } else { "someone" }.to_owned())
}

/// Enough of the hash to see that two are one.
fn mark(erasure: &Erasure) -> &str {
    erasure.address_hash.get(..12).unwrap_or_default()
}

/// How far it is, as people read it.
fn state(erasure: &Erasure) -> Markup {
    let unsigned = |number: i64| u64::try_from(number).unwrap_or_default();
    let going = |label| progress(label, unsigned(erasure.looked), unsigned(erasure.total.max(1)));
    match erasure.status() {
        Status::Searching => going("Looking"),
        Status::Found => status(Tone::Warning, "Waits for your word"),
        Status::Erasing => going("Erasing"),
        Status::Done => status(Tone::Good, "Erased"),
        Status::Failed => status(Tone::Bad, "Failed"),
        Status::Cancelled => status(Tone::Neutral, "Forgotten, nothing erased"),
    }
}
