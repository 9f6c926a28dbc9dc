//! The list of imports, a line each.

use maud::{Markup, Render, html};
use ui::{
    Column, EmptyState, Illustration, Pagination, Row, Table, Tone, progress, status, working,
};

use super::{Desk, at_work, unsigned};
use crate::{
    controls::size,
    imports::{Import, Status, Task},
    pages::{ago, figure},
    paths,
};

const COLUMNS: [Column<'static>; 4] = [
    Column::text("Import"),
    Column::line("State"),
    Column::number("Imported"),
    Column::number("Refused"),
];

pub(super) fn list(desk: &Desk<'_>) -> Markup {
    if desk.imports.data.is_empty() {
        let text = "Answers from another program, or an export of this form, come in by a file.";
        return EmptyState::new(Illustration::Inbox, "No import yet", text).small().render();
    }
    let links: Vec<(String, String)> = desk
        .imports
        .data
        .iter()
        .map(|import| (import.id.to_string(), paths::import(desk.viewer.slug, import.id)))
        .collect();
    let rows: Vec<Row<'_>> = desk
        .imports
        .data
        .iter()
        .zip(&links)
        .map(|(import, (id, href))| Row { id: Some(id), href: Some(href), cells: cells(import) })
        .collect();
    let all = paths::imports(desk.viewer.slug, desk.form.id);
    let older = desk.imports.next_cursor.as_ref().map(|cursor| format!("{all}?cursor={cursor}"));
    html! {
        (Table::new("Imports, newest first", &COLUMNS, &rows))
        @if older.is_some() || !desk.first {
            (Pagination {
                newer: (!desk.first).then_some(all.as_str()),
                older: older.as_deref(),
                summary: "Newest first",
            })
        }
    }
}

fn cells(import: &Import) -> Vec<Markup> {
    let ran = import.task() != Task::Check;
    vec![
        html! {
            span.import-name {
                span { (import.name) }
                span.muted {
                    (import.format().label()) ", " (size(unsigned(import.bytes))) " · " (ago(import.created_at))
                }
            }
        },
        state(import),
        html! { @if ran { (figure(import.rows_stored - import.rows_removed)) } },
        html! { @if import.rows_done > 0 { (figure(import.rows_refused)) } },
    ]
}

/// How far it is, as people read it.
pub(super) fn state(import: &Import) -> Markup {
    let task = import.task();
    match import.status() {
        Status::Draft => status(Tone::Neutral, "Not checked yet"),
        state @ Status::Waiting => working(at_work(task, state)),
        state @ Status::Running => running(import, at_work(task, state)),
        Status::Done => match task {
            Task::Check => status(Tone::Neutral, "Checked, not imported"),
            Task::Run => status(Tone::Good, "Imported"),
            Task::Removal => status(Tone::Neutral, "Taken back"),
        },
        Status::Cancelled => status(Tone::Warning, "Stopped"),
        Status::Failed => status(Tone::Bad, "Failed"),
    }
}

fn running(import: &Import, label: &str) -> Markup {
    match import.task() {
        Task::Removal => working(label),
        _ => progress(label, unsigned(import.bytes_done), unsigned(import.bytes)),
    }
}
