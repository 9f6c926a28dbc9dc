//! The list of dead letters on the desk.

use maud::{Markup, Render, html};
use ui::{Button, Chip, Column, EmptyState, Icon, Illustration, Pagination, Row, Table, chips};

use super::{CONTAINER, Desk};
use crate::{
    jobs::{filter::Filter, json::DeadLetter},
    paths,
    text::{ago, figure, first_line},
};

const COLUMNS: [Column<'static>; 5] = [
    Column::text("Job"),
    Column::line("Error"),
    Column::number("Attempts"),
    Column::text("Given up"),
    Column::actions("What to do"),
];
const ERROR_LETTERS: usize = 120;

pub(super) fn section(desk: &Desk) -> Markup {
    let empty = EmptyState::new(
        Illustration::Done,
        "No dead letters",
        "A job that fails again and again ends up here, with its error, until you decide.",
    );
    html! {
        section.stack aria-label="Dead letters" {
            div.row.row--between {
                h2 { "Dead letters" }
                @if !desk.dead.data.is_empty() { (retry_all(desk)) }
            }
            @if desk.kinds.len() > 1 || desk.filter.kind().is_some() { (filters(desk)) }
            @if desk.dead.data.is_empty() { (empty) } @else { (list(desk)) }
        }
    }
}

fn filters(desk: &Desk) -> Markup {
    let chosen = desk.filter.kind();
    let all = paths::jobs(None, None);
    let kinds: Vec<(String, String, bool)> = desk
        .kinds
        .iter()
        .map(|(kind, count)| {
            let label = format!("{kind} · {}", figure(*count));
            (label, paths::jobs(Some(kind), None), chosen == Some(kind.as_str()))
        })
        .collect();
    let mut row = vec![Chip { label: "All kinds", href: &all, on: chosen.is_none() }];
    row.extend(kinds.iter().map(|(label, href, on)| Chip { label, href, on: *on }));
    chips("Kinds of dead letters", &row)
}

fn list(desk: &Desk) -> Markup {
    let letters = &desk.dead.data;
    let links: Vec<String> = letters.iter().map(|letter| paths::dead(letter.id)).collect();
    let rows: Vec<Row<'_>> =
        letters.iter().zip(&links).map(|(letter, link)| row(desk, letter, link)).collect();
    let kind = desk.filter.kind();
    let newest = paths::jobs(kind, None);
    let older = desk.dead.next_cursor.as_ref().map(|cursor| paths::jobs(kind, Some(cursor)));
    let further = desk.filter.cursor().is_some();
    html! {
        (Table::new("Dead letters, latest first", &COLUMNS, &rows))
        @if older.is_some() || further {
            (Pagination {
                newer: further.then_some(newest.as_str()),
                older: older.as_deref(),
                summary: "Latest first",
            })
        }
    }
}

fn row<'a>(desk: &Desk, letter: &DeadLetter, link: &'a str) -> Row<'a> {
    Row {
        id: None,
        href: Some(link),
        cells: vec![
            html! { (letter.kind) },
            html! { (first_line(&letter.error, ERROR_LETTERS)) },
            html! { (letter.attempts) },
            ago(letter.died_at),
            retry(desk, letter),
        ],
    }
}

fn retry(desk: &Desk, letter: &DeadLetter) -> Markup {
    let label = format!("Retry {} {}", letter.kind, letter.id);
    // With an id the focus stays on it when the container is replaced.
    let button = Button::secondary("Retry")
        .small()
        .submit()
        .attr("id", format!("retry-{}", letter.id))
        .attr("aria-label", label);
    form(&desk.filter, &desk.csrf_token, &paths::retries(letter.id), button)
}

fn retry_all(desk: &Desk) -> Markup {
    let label = match desk.filter.kind() {
        Some(kind) => format!("Retry all of {kind}"),
        None => "Retry all".to_owned(),
    };
    let button = Button::secondary(&label).icon(Icon::Bolt).submit().attr("id", "retry-all");
    form(&desk.filter, &desk.csrf_token, paths::RETRIES, button)
}

/// Says where in the list one is, so that the answer shows the same part of it.
fn form(filter: &Filter, csrf_token: &str, action: &str, button: Button<'_>) -> Markup {
    html! {
        form method="post" action=(action) data-hx-post=(action) data-hx-target={ "#" (CONTAINER) } data-hx-swap="outerHTML" {
            (ui::hidden("csrf_token", csrf_token))
            @if let Some(kind) = filter.kind() { (ui::hidden("kind", kind)) }
            @if let Some(cursor) = filter.cursor() { (ui::hidden("cursor", cursor)) }
            (button.render())
        }
    }
}
