//! The list of exports, a line each.

use maud::{Markup, Render, html};
use ui::{
    Button, Column, EmptyState, Icon, Illustration, Pagination, Row, Table, Tone, progress, status,
    working,
};

use super::Desk;
use crate::{
    controls::size,
    exports::{Export, Format, Status, asked::in_words},
    pages::{ago, figure, moment},
    paths,
};

const COLUMNS: [Column<'static>; 6] = [
    Column::text("Export"),
    Column::line("State"),
    Column::number("Rows"),
    Column::wide_only("Size"),
    Column::wide_only("Kept until"),
    Column::actions("Actions"),
];

pub(super) fn list(desk: &Desk<'_>) -> Markup {
    if desk.exports.data.is_empty() {
        return EmptyState::new(
            Illustration::Inbox,
            "No export yet",
            "Choose a format above. The file is written in the background, however many submissions there are.",
        )
        .small()
        .render();
    }
    let links: Vec<(String, Option<String>)> = desk
        .exports
        .data
        .iter()
        .map(|export| (export.id.to_string(), file(desk, export)))
        .collect();
    let rows: Vec<Row<'_>> = desk
        .exports
        .data
        .iter()
        .zip(&links)
        .map(|(export, (id, file))| Row {
            id: Some(id),
            href: file.as_deref(),
            cells: cells(desk, export, file.as_deref()),
        })
        .collect();
    let all = paths::exports(desk.viewer.slug, desk.form.id);
    let older = desk.exports.next_cursor.as_ref().map(|cursor| format!("{all}?cursor={cursor}"));
    html! {
        (Table::new("Exports, newest first", &COLUMNS, &rows))
        @if older.is_some() || !desk.first {
            (Pagination {
                newer: (!desk.first).then_some(all.as_str()),
                older: older.as_deref(),
                summary: "Newest first",
            })
        }
    }
}

fn file(desk: &Desk<'_>, export: &Export) -> Option<String> {
    let there = export.file_id.is_some() && export.expires_at > desk.now;
    there.then(|| paths::export_part(desk.viewer.slug, export.id, "file"))
}

fn cells(desk: &Desk<'_>, export: &Export, file: Option<&str>) -> Vec<Markup> {
    vec![
        name(export),
        state(export),
        html! { (figure(export.rows_done)) },
        html! { @if export.bytes > 0 { span.export-size { (size(u64::try_from(export.bytes).unwrap_or_default())) } } },
        html! { @if file.is_some() { (moment(export.expires_at)) } },
        actions(desk, export, file),
    ]
}

fn name(export: &Export) -> Markup {
    let request = export.request().ok();
    let format = request.as_ref().map_or(Format::Csv, |request| request.format);
    html! {
        span.export-name {
            span { (format.label()) }
            span.muted {
                @if let Some(request) = &request { (in_words(request)) }
                " · " (ago(export.created_at))
                @if export.schedule_id.is_some() { " · by schedule" }
            }
        }
    }
}

fn state(export: &Export) -> Markup {
    match export.status() {
        Status::Waiting => working("Waiting for its turn"),
        Status::Running => running(export),
        Status::Done => status(Tone::Good, "Done"),
        Status::Cancelled => status(Tone::Neutral, "Stopped"),
        Status::Failed => html! {
            div.export-failure {
                (status(Tone::Bad, "Failed"))
                @if let Some(error) = &export.error { span.muted { (error) } }
            }
        },
    }
}

fn running(export: &Export) -> Markup {
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    match export.rows_total {
        // The total is an estimate: never more than all of it.
        Some(total) if total > 0 => {
            let done = export.rows_done.min(total);
            progress("Being written", count(done), count(total))
        }
        _ => working("Being written"),
    }
}

fn actions(desk: &Desk<'_>, export: &Export, file: Option<&str>) -> Markup {
    let post = |part: &str, button: Button<'_>| {
        let action = paths::export_part(desk.viewer.slug, export.id, part);
        html! {
            form method="post" action=(action) {
                (ui::hidden("csrf_token", desk.viewer.csrf_token))
                (button.submit())
            }
        }
    };
    html! {
        div.export-actions {
            @if let Some(file) = file {
                (Button::icon_only(Icon::Download, "Download").href(file).attr("download", ""))
            }
            @if export.is_unfinished() {
                (post("cancellation", Button::icon_only(Icon::Close, "Stop this export")))
            } @else {
                (post("deletion", Button::icon_only(Icon::Trash, "Delete this export")))
            }
        }
    }
}
