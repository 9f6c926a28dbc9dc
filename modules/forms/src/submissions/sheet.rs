//! One submission: every answer under the question as it was asked, where work on it stands, and how it came in.

mod comments;
mod work;

use files::StoredFile;
use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, Confirm, Icon, PageHeader, code_block, copy_button, facts};

use super::{
    Submission, SubmissionId, activity::Activity, comments::Comment, desk::Desk, filter::Filter,
    place::Place, state::State, trace::Trace, tray::Tray, views::source,
};
use crate::{
    answers::Answers,
    controls::size,
    definition::{Definition, Field, Kind},
    forms::Form,
    pages::{Viewer, ago, moment},
    paths,
};

/// A submission with what its page shows beside it.
pub(crate) struct Sheet<'a> {
    pub(crate) viewer: Viewer<'a>,
    /// Whether the viewer may delete, which is another right than to work on it.
    pub(crate) deletes: bool,
    pub(crate) form: &'a Form,
    pub(crate) submission: &'a Submission,
    pub(crate) state: &'a State,
    /// The questions of the version that it answers.
    pub(crate) definition: &'a Definition,
    pub(crate) answers: &'a Answers,
    pub(crate) files: &'a [StoredFile],
    pub(crate) desk: &'a Desk,
    /// Oldest first.
    pub(crate) comments: &'a [Comment],
    /// Who looks, as the log names them: one's own comments can be changed.
    pub(crate) me: &'a str,
    /// What was done with it, newest first.
    pub(crate) activity: &'a [Activity],
    pub(crate) newer: Option<SubmissionId>,
    pub(crate) older: Option<SubmissionId>,
    /// Where in the list one came from.
    pub(crate) place: &'a Place,
}

/// What a step of work replaces, on a page of its own and beside the list.
pub(crate) const CONTAINER: &str = "submission-sheet";

/// The whole page.
pub(crate) fn page(sheet: &Sheet<'_>) -> Markup {
    html! {
        div.sheet-page {
            (header(sheet))
            (container(sheet))
        }
    }
}

/// The submission but for the head of its page.
pub(crate) fn container(sheet: &Sheet<'_>) -> Markup {
    html! {
        div.case id=(CONTAINER) {
            (bar(sheet))
            (notice(sheet))
            div.case__columns {
                (Card::new(answers(sheet)).title("Answers"))
                div.stack {
                    (work::card(sheet))
                    (comments::card(sheet))
                    div.submission-origin { (Card::new(origin(sheet)).title("How it came in")) }
                    @if !sheet.activity.is_empty() {
                        (Card::new(work::history(sheet)).title("History"))
                    }
                    @if let Some(metadata) = &sheet.submission.metadata {
                        div.submission-metadata { (code_block("Metadata", &readable(&metadata.0))) }
                    }
                }
            }
        }
    }
}

fn header(sheet: &Sheet<'_>) -> Markup {
    let (form, slug) = (sheet.form, sheet.viewer.slug);
    let title = format!("Submission #{}", sheet.submission.number);
    let list = sheet.place.on(&paths::submissions(slug, form.id));
    let trail = (paths::forms(slug), paths::form(slug, form.id), list);
    PageHeader::new(&title)
        .trail(&[("Forms", &trail.0), (&form.title, &trail.1), ("Submissions", &trail.2)])
        .summary(html! { span { "Received " (ago(sheet.submission.received_at)) } })
        .render()
}

/// What can be done with it, and the ways to its neighbours.
fn bar(sheet: &Sheet<'_>) -> Markup {
    let here = sheet.place.on(&paths::submission(sheet.viewer.slug, sheet.submission.id));
    html! {
        div.case__bar {
            h2.case__title { a href=(here) { "Submission #" (sheet.submission.number) } }
            @if sheet.viewer.writes {
                div.case__verbs {
                    @if sheet.state.tray == Tray::Open {
                        (verb(sheet, "archival", "Archive", Icon::Archive))
                        (verb(sheet, "spam", "Spam", Icon::Warning))
                    } @else if sheet.state.tray == Tray::Archived {
                        (verb(sheet, "restoration", "Back to open", Icon::Inbox))
                        (verb(sheet, "spam", "Spam", Icon::Warning))
                    }
                    @if sheet.deletes && sheet.state.tray != Tray::Bin {
                        (verb(sheet, "deletion", "Delete", Icon::Trash))
                    }
                }
            }
            div.case__ways {
                (step(sheet, sheet.newer, "Newer", "k", Icon::ChevronUp))
                (step(sheet, sheet.older, "Older", "j", Icon::ChevronDown))
            }
        }
    }
}

/// Says where it lies when that is not where one works, with the way back.
fn notice(sheet: &Sheet<'_>) -> Markup {
    let back = |label: &str| {
        html! { @if sheet.viewer.writes { (verb(sheet, "restoration", label, Icon::Refresh)) } }
    };
    match sheet.state.tray {
        Tray::Open | Tray::Archived => html! {},
        Tray::Spam => {
            let reason = sheet.state.reason.as_deref();
            let text = reason.unwrap_or("Nothing follows from it until it is released.");
            html! { div.case__notice { (Alert::warning("This lies in spam").text(text)) (back("Not spam")) } }
        }
        Tray::Bin => html! {
            div.case__notice {
                (Alert::warning("This lies in the bin").text("It is gone for good 30 days after it was deleted."))
                (back("Restore"))
                @if sheet.deletes { (purge(sheet)) }
            }
        },
    }
}

/// The only step that cannot be taken back, and so the only one that asks before.
fn purge(sheet: &Sheet<'_>) -> Markup {
    let submission = sheet.submission;
    let address = paths::submission_part(sheet.viewer.slug, submission.id, "purge");
    let title = format!("Delete submission #{} for good?", submission.number);
    html! {
        (Button::danger("Delete for good").small().opens_dialog("purge-submission"))
        (Confirm {
            id: "purge-submission",
            title: &title,
            text: "Its answers, files, comments and history are gone. This cannot be undone.",
            action: "Delete for good",
            decline: "Keep it",
            href: &sheet.place.on(&address),
            csrf_token: sheet.viewer.csrf_token,
        })
    }
}

/// A form that does one thing, by fragment with scripts and by redirect without.
fn verb(sheet: &Sheet<'_>, part: &str, label: &str, icon: Icon) -> Markup {
    work::change(
        sheet,
        part,
        None,
        html! { (Button::secondary(label).icon(icon).small().submit()) },
    )
}

fn step(sheet: &Sheet<'_>, to: Option<SubmissionId>, label: &str, key: &str, icon: Icon) -> Markup {
    let button = Button::secondary(label).icon(icon).keys(key).small();
    match to {
        Some(id) => {
            let href = sheet.place.on(&paths::submission(sheet.viewer.slug, id));
            button.href(&href).attr("data-hotkey", key).render()
        }
        None => button.disabled(true).render(),
    }
}

fn answers(sheet: &Sheet<'_>) -> Markup {
    let questions = sheet.definition.fields.iter().filter(|field| field.kind.is_question());
    let pairs: Vec<(&str, Markup)> = questions
        .map(|field| {
            let label = if field.label.is_empty() { &field.key } else { &field.label };
            (label.as_str(), answer(sheet, field))
        })
        .collect();
    facts(&pairs)
}

fn answer(sheet: &Sheet<'_>, field: &Field) -> Markup {
    match sheet.answers.shown(field) {
        None => html! { span.muted { "Not answered" } },
        Some(_) if matches!(field.kind, Kind::File(_)) => uploaded(sheet, field),
        Some(text) if matches!(field.kind, Kind::Email(_)) => {
            html! { a href={ "mailto:" (mailbox(&text)) } { (text) } }
        }
        Some(text) => html! { (text) },
    }
}

fn uploaded(sheet: &Sheet<'_>, field: &Field) -> Markup {
    let text = sheet.answers.shown(field).unwrap_or_default();
    html! {
        ul.answer-files {
            @for id in text.split(", ") {
                li {
                    @match sheet.files.iter().find(|file| file.id.to_string() == id) {
                        Some(file) => {
                            a href=(paths::submission_file(sheet.viewer.slug, sheet.submission.id, id)) download {
                                (Icon::File) span { (file.name) }
                            }
                            span.muted { (size(u64::try_from(file.size).unwrap_or_default())) }
                        }
                        None => code { (id) },
                    }
                }
            }
        }
    }
}

fn origin(sheet: &Sheet<'_>) -> Markup {
    let submission = sheet.submission;
    let id = submission.id.to_string();
    let mut pairs = vec![
        ("Received", moment(submission.received_at)),
        ("By", html! { (source(&submission.source)) }),
        ("Version", html! { (submission.form_version) }),
        ("Id", html! { div.row { code { (id) } (copy_button(&id, "Copy")) } }),
    ];
    if let Some(trace) = Trace::of(submission.visit.as_ref()) {
        pairs.insert(2, ("Came from", came_from(sheet, &trace)));
    }
    if let Some(at) = submission.submitted_at {
        pairs.insert(1, ("Given", moment(at)));
    }
    facts(&pairs)
}

/// The source leads to all from there.
fn came_from(sheet: &Sheet<'_>, trace: &Trace) -> Markup {
    let filter = Filter { visit_sources: vec![trace.source.clone()], ..Filter::default() };
    let place = sheet.place.with(filter);
    let more = [&trace.medium, &trace.campaign];
    html! {
        a href=(place.on(&paths::submissions(sheet.viewer.slug, sheet.form.id))) { (trace.source) }
        @for part in more.into_iter().flatten() { ", " (part) }
    }
}

fn readable(json: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(json).ok();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| json.into())
}

/// An address as part of a `mailto:` link (RFC 6068, 2): anything that could begin a header is written
/// as what it is, and so is `%`.
fn mailbox(address: &str) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_~+!$'*".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::mailbox;

    #[test]
    fn an_address_begins_no_header() {
        assert_eq!(mailbox("ada.l-1_~+x@example.com"), "ada.l-1_~+x@example.com");
        assert_eq!(mailbox("a?bcc=b@c.de&body=%0A"), "a%3Fbcc%3Db@c.de%26body%3D%250A");
        assert_eq!(mailbox("用@例.com"), "%E7%94%A8@%E4%BE%8B.com");
    }
}
