//! The table of the list, and one row of it.

use maud::{Markup, html};
use ui::{Column, Row, Table, Tone, avatar, badge, status};

use super::List;
use crate::{
    answers::Answers,
    definition::Field,
    pages::ago,
    paths,
    submissions::{
        column::{Column as Chosen, Own, Shown},
        state::NEW,
        tray::Tray,
        walk::Entry,
    },
};

/// Letters of the metadata that stand in a row.
const LONGEST_METADATA: usize = 120;

pub(super) fn table(list: &List<'_>) -> Markup {
    let columns: Vec<Column<'_>> = list.columns.iter().map(|it| head(list, it)).collect();
    let names: Vec<(String, String)> = list
        .part
        .entries
        .iter()
        .map(|entry| {
            let id = entry.submission.id;
            (id.to_string(), list.place.on(&paths::submission(list.viewer.slug, id)))
        })
        .collect();
    let rows: Vec<Row<'_>> = list
        .part
        .entries
        .iter()
        .zip(&names)
        .map(|(entry, (id, link))| Row {
            id: Some(id),
            href: Some(link),
            cells: cells(list, entry),
        })
        .collect();
    let picks = list.viewer.writes;
    html! { (Table::new("Submissions", &columns, &rows).picks(picks.then_some("pick"))) }
}

/// The first column names the row: people look for words, not for numbers.
fn head<'a>(list: &List<'_>, shown: &'a Shown) -> Column<'a> {
    match shown.column {
        Chosen::Answer(_) | Chosen::Own(Own::Tags | Own::Metadata | Own::Id) => {
            Column::line(&shown.label)
        }
        Chosen::Own(Own::Comments) => Column::number(&shown.label),
        // Those who chose it want to see it on phones too.
        Chosen::Own(Own::Source) if list.place.columns.is_none() => Column::wide_only(&shown.label),
        Chosen::Own(_) => Column::text(&shown.label),
    }
}

fn cells(list: &List<'_>, entry: &Entry) -> Vec<Markup> {
    let answers = entry.submission.answers().ok();
    let mut cells: Vec<Markup> = list
        .columns
        .iter()
        .map(|shown| match (&shown.column, &shown.field) {
            (Chosen::Own(own), _) => held(list, entry, *own),
            (Chosen::Answer(_), Some(field)) => answer(answers.as_ref(), field),
            (Chosen::Answer(_), None) => html! {},
        })
        .collect();
    if let Some(first) = cells.first_mut().filter(|first| first.0.is_empty()) {
        *first = html! { span.muted { "Not answered" } };
    }
    cells
}

fn answer(answers: Option<&Answers>, field: &Field) -> Markup {
    let text = answers.and_then(|answers| answers.shown(field));
    html! { @if let Some(text) = text { span.submissions__answer { (text) } } }
}

/// What every submission has.
fn held(list: &List<'_>, entry: &Entry, own: Own) -> Markup {
    let (submission, state) = (&entry.submission, &entry.state);
    match own {
        Own::Status => work(list, entry),
        Own::Assignee => html! {
            @match state.assignee {
                Some(id) => (list.desk.name_of(id)),
                None => span.muted { "Nobody" },
            }
        },
        Own::Tags if state.tags.is_empty() => html! {},
        Own::Tags => html! { div.submissions__work { (tags(list, entry)) } },
        Own::ReceivedAt => ago(submission.received_at),
        Own::SubmittedAt => submission.submitted_at.map_or_else(|| html! {}, ago),
        Own::Number => html! { "#" (submission.number) },
        Own::Tray => html! { (state.tray.label()) },
        Own::Source => html! { (source(&submission.source)) },
        Own::Version => html! { "Version " (submission.form_version) },
        Own::Comments => html! { (state.comment_count) },
        Own::Metadata => metadata(submission.metadata.as_ref().map_or("", |json| &json.0)),
        Own::Id => html! { code { (submission.id) } },
    }
}

/// Its beginning; the whole stands on the page of the submission.
fn metadata(json: &str) -> Markup {
    let mut letters = json.chars();
    let text: String = letters.by_ref().take(LONGEST_METADATA).collect();
    html! { @if !text.is_empty() { code { (text) @if letters.next().is_some() { "…" } } } }
}

/// Status, and tags and whose it is where they have no column of their own; what is new says nothing else. In spam, why
/// it lies there.
fn work(list: &List<'_>, entry: &Entry) -> Markup {
    let state = &entry.state;
    let known = list.desk.status(&state.status);
    let tone = known.map_or(Tone::Neutral, |known| known.tone());
    let name = known.map_or(state.status.as_str(), |known| &known.name);
    let apart = |own: Own| list.columns.iter().any(|it| it.column == Chosen::Own(own));
    html! {
        div.submissions__work {
            @if state.status == NEW { span.muted { (name) } } @else { (status(tone, name)) }
            @if let Some(id) = state.assignee.filter(|_| !apart(Own::Assignee)) {
                @let name = list.desk.name_of(id);
                span title=(name) { (avatar(name)) span.visually-hidden { (name) } }
            }
            @if !apart(Own::Tags) { (tags(list, entry)) }
            @if let (Tray::Spam, Some(reason)) = (state.tray, &state.reason) {
                span.submissions__reason { (reason) }
            }
        }
    }
}

fn tags(list: &List<'_>, entry: &Entry) -> Markup {
    html! { @for tag in &entry.state.tags { (badge(Tone::Neutral, list.desk.tag(tag))) } }
}

/// How it came in, in words.
pub(crate) fn source(source: &str) -> &'static str {
    match source {
        "page" => "Form page",
        "bulk" => "Bulk",
        "import" => "Import",
        _ => "API",
    }
}
