//! How far an import is, what came of it, and what is wrong with its rows.

use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, Column, Confirm, Icon, Pagination, Row, Table};

use super::{rows, sheet::Sheet};
use crate::{
    imports::{MOST_ERRORS, Status, Task},
    pages::figure,
    paths,
};

pub(super) fn card(sheet: &Sheet<'_>) -> Markup {
    let import = sheet.import;
    let body = html! {
        div.import-outcome aria-live="polite" {
            (rows::state(import))
            @if import.status() == Status::Failed {
                (Alert::danger("It could not go on").text(import.error.as_deref().unwrap_or_default()))
            }
            (figures(sheet))
            (actions(sheet))
        }
    };
    Card::new(body).render()
}

fn figures(sheet: &Sheet<'_>) -> Markup {
    let import = sheet.import;
    let stored = match import.task() {
        Task::Check => "Can be imported",
        _ => "Imported",
    };
    html! {
        dl.import-figures {
            (one("Rows", import.rows_done))
            (one(stored, import.rows_stored))
            (one("Refused", import.rows_refused))
            @if import.task() == Task::Removal { (one("Taken back", import.rows_removed)) }
        }
    }
}

fn one(label: &str, number: i64) -> Markup {
    html! { div { dt { (label) } dd { (figure(number)) } } }
}

fn actions(sheet: &Sheet<'_>) -> Markup {
    let import = sheet.import;
    let (task, status) = (import.task(), import.status());
    let stopped = matches!(status, Status::Failed | Status::Cancelled);
    let label = match import.rows_stored {
        1 => "Import 1 row".to_owned(),
        count => format!("Import {} rows", figure(count)),
    };
    let list = paths::submissions(sheet.viewer.slug, sheet.form.id);
    html! {
        div.row.import-end {
            @if import.is_unfinished() { (post(sheet, "cancellation", Button::secondary("Stop"))) }
            @if sheet.is_checked() && import.rows_stored > 0 && import.file_id.is_some() {
                (post(sheet, "run", Button::primary(&label).forward()))
            }
            @if stopped && task == Task::Run && import.file_id.is_some() {
                (post(sheet, "run", Button::primary("Go on")))
            }
            @if task == Task::Run && import.rows_stored > 0 {
                (Button::secondary("See the submissions").href(&list))
            }
            @if import.errors_kept > 0 && import.file_id.is_some() {
                (Button::secondary("Download refused rows").icon(Icon::Download)
                    .href(&sheet.part("refused_rows")).attr("download", ""))
            }
            @if !import.is_unfinished() { (deletion(sheet)) }
        }
        @if import.errors_kept >= MOST_ERRORS {
            p.muted {
                "The first " (figure(MOST_ERRORS)) " errors are kept, here and in the download; all refused rows are \
                 counted. Mend these, and check again."
            }
        }
        @if sheet.is_checked() && import.rows_stored > 0 {
            p.muted {
                "Imported answers are counted, searched and exported like all others. They are no news: no webhook and \
                 no mail goes out, and limits of the form neither refuse nor count them."
            }
        }
    }
}

/// Deleting the import alone, which asks before: neither file nor errors come back.
fn deletion(sheet: &Sheet<'_>) -> Markup {
    let import = sheet.import;
    let text = if import.has_stored() && import.rows_stored > import.rows_removed {
        "Its file and its list of errors are gone. What it imported stays, and can no longer be taken back as one. This \
         cannot be undone."
    } else {
        "Its file, its columns and its list of errors are gone. This cannot be undone."
    };
    html! {
        (Button::quiet("Delete this import").icon(Icon::Trash).opens_dialog("delete-import"))
        (Confirm {
            id: "delete-import",
            title: "Delete this import?",
            text,
            action: "Delete import",
            decline: "Keep it",
            href: &sheet.part("deletion"),
            csrf_token: sheet.viewer.csrf_token,
        })
    }
}

fn post(sheet: &Sheet<'_>, part: &str, button: Button<'_>) -> Markup {
    html! {
        form method="post" action=(sheet.part(part)) {
            (ui::hidden("csrf_token", sheet.viewer.csrf_token))
            (button.submit())
        }
    }
}

const COLUMNS: [Column<'static>; 4] = [
    Column::text("Where"),
    Column::line("Column"),
    Column::line("What is wrong"),
    Column::line("What stands there"),
];

/// The errors of the rows, some at a time.
pub(super) fn errors(sheet: &Sheet<'_>) -> Markup {
    let (import, page) = (sheet.import, sheet.errors);
    if page.data.is_empty() {
        return html! {};
    }
    let rows: Vec<Row<'_>> = page
        .data
        .iter()
        .map(|error| Row {
            id: None,
            href: None,
            cells: vec![
                html! { "Line " (figure(error.line)) },
                html! { (error.column_name.as_deref().unwrap_or("The whole row")) },
                html! { (error.message) },
                html! { @if !error.value.is_empty() { code.import-value { (error.value) } } },
            ],
        })
        .collect();
    let here = paths::import(sheet.viewer.slug, import.id);
    let later = page.next_cursor.as_ref().map(|cursor| format!("{here}?cursor={cursor}"));
    let summary = match import.errors_kept >= MOST_ERRORS {
        true => format!("The first {} errors", figure(MOST_ERRORS)),
        false => format!("{} in all", figure(import.errors_kept)),
    };
    html! {
        section.stack {
            h2 { "What is wrong" }
            (Table::new("Errors in the order of the file", &COLUMNS, &rows))
            @if later.is_some() || !sheet.first {
                (Pagination {
                    newer: (!sheet.first).then_some(here.as_str()),
                    older: later.as_deref(),
                    summary: &summary,
                })
            }
        }
    }
}

/// Deleting what was imported, which asks before.
pub(super) fn removal(sheet: &Sheet<'_>) -> Markup {
    let import = sheet.import;
    if import.is_unfinished() || !import.has_stored() || !sheet.deletes {
        return html! {};
    }
    let title = match (import.rows_stored - import.rows_removed).max(0) {
        1 => "Delete 1 imported submission?".to_owned(),
        left => format!("Delete {} imported submissions?", figure(left)),
    };
    html! {
        div {
            (Button::quiet("Take this import back").opens_dialog("take-import-back"))
            (Confirm {
                id: "take-import-back",
                title: &title,
                text: "What this import has stored is deleted for good, whatever was done with it since. Other \
                       submissions stay. This cannot be undone.",
                action: "Delete what was imported",
                decline: "Keep them",
                href: &sheet.part("removal"),
                csrf_token: sheet.viewer.csrf_token,
            })
        }
    }
}
