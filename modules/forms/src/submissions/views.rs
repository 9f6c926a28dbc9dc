//! The list of a form's submissions: it searches while one types, and what arrives appears on top.

use maud::{Markup, Render, html};
use ui::{
    Button, Column, EmptyState, Icon, Illustration, PageHeader, Pagination, Row, SearchBox, Table,
};
use web::Page;

use super::{Submission, place::Place};
use crate::{
    definition::{Definition, Field, Kind},
    forms::{
        Form,
        editor::{View, count, share, state, tabs},
    },
    pages::{Viewer, ago},
    paths,
};

/// Everything that a new submission or a search replaces.
const CONTAINER: &str = "submissions";
/// Answers that stand in the list itself.
const SHOWN: usize = 3;

/// A part of a form's submissions.
pub(crate) struct List<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    /// The questions as they stand now.
    pub(crate) definition: &'a Definition,
    /// Scheme and host of public links.
    pub(crate) origin: &'a str,
    pub(crate) page: &'a Page<Submission>,
    /// The number that the newer part comes after; nothing on the first part.
    pub(crate) newer: Option<i64>,
    /// What is searched for, and which part this is.
    pub(crate) place: &'a Place,
}

impl List<'_> {
    fn address(&self, place: &Place) -> String {
        place.on(&paths::submissions(self.viewer.slug, self.form.id))
    }
}

/// The whole page.
pub(crate) fn page(list: &List<'_>) -> Markup {
    let (form, slug) = (list.form, list.viewer.slug);
    let (above, here) = (paths::forms(slug), paths::submissions(slug, form.id));
    html! {
        div.submissions-page {
            (PageHeader::new(&form.title)
                .trail(&[("Forms", &above)])
                .summary(html! { (state(form)) span { (count(form)) " received" } })
                .actions(export(list)))
            (tabs(&list.viewer, form, View::Submissions))
            (SearchBox::new(&here, "Search submissions", list.place.words()).target(&format!("#{CONTAINER}")))
            (container(list))
        }
        script src=(ui::url("live_part.js")) type="module" {}
    }
}

/// The way to the exports, with what is searched for.
fn export(list: &List<'_>) -> Markup {
    let address = list.place.first().on(&paths::exports(list.viewer.slug, list.form.id));
    Button::secondary("Export").icon(Icon::Download).href(&address).render()
}

/// The list but for its head: what searching and arriving answer with.
pub(crate) fn container(list: &List<'_>) -> Markup {
    let address = list.address(&list.place.first());
    html! {
        live-part.submissions id=(CONTAINER) data-subject=(list.form.id) data-hx-get=(address)
            data-hx-trigger=[triggers(list)] data-hx-swap="outerMorph" {
            @if list.page.data.is_empty() { (nothing(list)) } @else { (rows(list)) }
        }
    }
}

/// What makes the list ask for itself again, each at most once a second however much arrives. Only
/// the first part changes; a search finds what has been indexed, the list what has been stored.
fn triggers(list: &List<'_>) -> Option<String> {
    let stored =
        if list.place.words().is_empty() { "submission.received" } else { "submissions.processed" };
    let names = [stored, "submission.deleted", "reset"];
    let all = names.map(|name| format!("live:{name} throttle:1000ms")).join(", ");
    list.newer.is_none().then_some(all)
}

fn nothing(list: &List<'_>) -> Markup {
    let all = paths::submissions(list.viewer.slug, list.form.id);
    let words = list.place.words();
    if !words.is_empty() || list.newer.is_some() {
        let title = if words.is_empty() {
            "Nothing further".to_owned()
        } else {
            format!("Nothing found for “{words}”")
        };
        return EmptyState::new(
            Illustration::Search,
            &title,
            "Every word must occur in an answer; the last one may be a beginning.",
        )
        .actions(html! { (Button::secondary("Show all submissions").href(&all)) })
        .render();
    }
    if list.form.published {
        return html! {
            (EmptyState::new(Illustration::Inbox, "Nothing has come in yet", "Send the link to whoever should answer. What arrives appears here by itself."))
            (share(list.form, list.origin))
        };
    }
    let edit = paths::form(list.viewer.slug, list.form.id);
    EmptyState::new(
        Illustration::Inbox,
        "Nothing has come in yet",
        "The form is not open. Publish it, and answers appear here by themselves.",
    )
    .actions(html! { (Button::primary("Go to the questions").href(&edit)) })
    .render()
}

fn rows(list: &List<'_>) -> Markup {
    let asked: Vec<&Field> = list
        .definition
        .fields
        .iter()
        .filter(|field| field.kind.is_question() && !matches!(field.kind, Kind::Hidden(_)))
        .take(SHOWN)
        .collect();
    // The first answer names the row: people look for words, not for numbers.
    let mut columns: Vec<Column<'_>> =
        asked.iter().map(|field| Column::line(&field.label)).collect();
    if columns.is_empty() {
        columns.push(Column::text("Submission"));
    }
    columns.extend([Column::text("Received"), Column::text("No."), Column::wide_only("Source")]);
    let names: Vec<(String, String)> = list
        .page
        .data
        .iter()
        .map(|it| (it.id.to_string(), list.place.on(&paths::submission(list.viewer.slug, it.id))))
        .collect();
    let rows: Vec<Row<'_>> = list
        .page
        .data
        .iter()
        .zip(&names)
        .map(|(submission, (id, link))| Row {
            id: Some(id),
            href: Some(link),
            cells: cells(submission, &asked),
        })
        .collect();
    html! {
        (Table::new("Submissions, newest first", &columns, &rows))
        (pages(list))
    }
}

fn cells(submission: &Submission, asked: &[&Field]) -> Vec<Markup> {
    let answers = submission.answers().ok();
    let shown = |field: &&Field| {
        let text = answers.as_ref().and_then(|answers| answers.shown(field));
        html! { @if let Some(text) = text { span.submissions__answer { (text) } } }
    };
    let mut cells: Vec<Markup> = asked.iter().map(shown).collect();
    match cells.first_mut() {
        Some(first) if first.0.is_empty() => *first = html! { span.muted { "Not answered" } },
        Some(_) => {}
        None => cells.push(html! { "Submission #" (submission.number) }),
    }
    cells.extend([
        ago(submission.received_at),
        html! { "#" (submission.number) },
        html! { (source(&submission.source)) },
    ]);
    cells
}

/// How it came in, in words.
pub(crate) fn source(source: &str) -> &'static str {
    match source {
        "page" => "Form page",
        "bulk" => "Bulk",
        _ => "API",
    }
}

fn pages(list: &List<'_>) -> Markup {
    let older = list.page.next_cursor.as_deref();
    let older = older.map(|cursor| list.address(&list.place.older(cursor)));
    let newer = list.newer.map(|number| list.address(&list.place.newer(number)));
    html! {
        @if older.is_some() || newer.is_some() {
            (Pagination { newer: newer.as_deref(), older: older.as_deref(), summary: "Newest first" })
        }
    }
}
