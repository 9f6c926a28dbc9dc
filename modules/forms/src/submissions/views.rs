//! The list of a form's submissions: it searches while one types, and what arrives appears on top.

use maud::{Markup, Render, html};
use ui::{Button, Column, EmptyState, Illustration, PageHeader, Pagination, Row, SearchBox, Table};
use web::Page;

use super::Submission;
use crate::{
    definition::{Definition, Field, Kind},
    forms::{
        Form,
        editor::{count, share, state, tabs},
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
    /// The words searched for; empty for all.
    pub(crate) query: &'a str,
    /// Whether this is not the first part.
    pub(crate) further: bool,
}

/// The whole page.
pub(crate) fn page(list: &List<'_>) -> Markup {
    let (form, slug) = (list.form, list.viewer.slug);
    let (above, here) = (paths::forms(slug), paths::submissions(slug, form.id));
    html! {
        div.submissions-page {
            (PageHeader::new(&form.title)
                .trail(&[("Forms", &above)])
                .summary(html! { (state(form)) span { (count(form)) " received" } }))
            (tabs(&list.viewer, form, false))
            (SearchBox::new(&here, "Search submissions", list.query).target(&format!("#{CONTAINER}")))
            (container(list))
        }
        script src=(ui::url("live_part.js")) type="module" {}
    }
}

/// The list but for its head: what searching and arriving answer with.
pub(crate) fn container(list: &List<'_>) -> Markup {
    let address = address(list, None);
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
        if list.query.is_empty() { "submission.received" } else { "submissions.processed" };
    let names = [stored, "submission.deleted", "reset"];
    let all = names.map(|name| format!("live:{name} throttle:1000ms")).join(", ");
    (!list.further).then_some(all)
}

/// The same list from another place on.
fn address(list: &List<'_>, cursor: Option<&str>) -> String {
    let base = paths::submissions(list.viewer.slug, list.form.id);
    let query = Some(list.query).filter(|query| !query.is_empty()).map(|query| ("q", query));
    let pairs: Vec<(&str, &str)> =
        query.into_iter().chain(cursor.map(|cursor| ("cursor", cursor))).collect();
    match serde_urlencoded::to_string(pairs) {
        Ok(query) if !query.is_empty() => format!("{base}?{query}"),
        _ => base,
    }
}

fn nothing(list: &List<'_>) -> Markup {
    let all = paths::submissions(list.viewer.slug, list.form.id);
    if !list.query.is_empty() || list.further {
        let title = if list.query.is_empty() {
            "Nothing further".to_owned()
        } else {
            format!("Nothing found for “{}”", list.query)
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
        .map(|it| (it.id.to_string(), paths::submission(list.viewer.slug, it.id)))
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
    let older = list.page.next_cursor.as_deref().map(|cursor| address(list, Some(cursor)));
    let newest = address(list, None);
    html! {
        @if older.is_some() || list.further {
            (Pagination {
                newer: list.further.then_some(newest.as_str()),
                older: older.as_deref(),
                summary: "Newest first",
            })
        }
    }
}
