//! The table of the list, and one row of it.

use maud::{Markup, html};
use ui::{Column, Row, Table, Tone, avatar, badge, status};

use super::List;
use crate::{
    definition::{Field, Kind},
    pages::ago,
    paths,
    submissions::{state::NEW, walk::Entry},
};

/// Answers that stand in the list itself.
const SHOWN: usize = 3;

pub(super) fn table(list: &List<'_>) -> Markup {
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
    columns.extend([
        Column::text("Status"),
        Column::text("Received"),
        Column::text("No."),
        Column::wide_only("Source"),
    ]);
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
            cells: cells(list, entry, &asked),
        })
        .collect();
    let picks = list.viewer.writes;
    html! { (Table::new("Submissions", &columns, &rows).picks(picks.then_some("pick"))) }
}

fn cells(list: &List<'_>, entry: &Entry, asked: &[&Field]) -> Vec<Markup> {
    let submission = &entry.submission;
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
        work(list, entry),
        ago(submission.received_at),
        html! { "#" (submission.number) },
        html! { (source(&submission.source)) },
    ]);
    cells
}

/// Status, tags and whose it is; what is new says nothing else.
fn work(list: &List<'_>, entry: &Entry) -> Markup {
    let state = &entry.state;
    let known = list.desk.status(&state.status);
    let tone = known.map_or(Tone::Neutral, |known| known.tone());
    let name = known.map_or(state.status.as_str(), |known| &known.name);
    html! {
        div.submissions__work {
            @if state.status == NEW { span.muted { (name) } } @else { (status(tone, name)) }
            @if let Some(id) = state.assignee {
                @let name = list.desk.name_of(id);
                span title=(name) { (avatar(name)) span.visually-hidden { (name) } }
            }
            @for tag in &state.tags { (badge(Tone::Neutral, list.desk.tag(tag))) }
        }
    }
}

/// How it came in, in words.
pub(crate) fn source(source: &str) -> &'static str {
    match source {
        "page" => "Form page",
        "bulk" => "Bulk",
        _ => "API",
    }
}
