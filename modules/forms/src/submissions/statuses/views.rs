//! The page of statuses: those that every form has, a form's own, and how long submissions are kept.

use kernel::Fields;
use maud::{Markup, html};
use ui::{Alert, Button, Card, Choice, Field as Input, PageHeader, error_summary, hidden, status};

use super::{Status, around};
use crate::{
    forms::{
        Form,
        editor::{View, state, tabs},
    },
    pages::Viewer,
    paths,
};

/// What the page shows.
pub(crate) struct Page<'a> {
    pub(crate) viewer: Viewer<'a>,
    /// Whether the viewer may delete submissions, and so say when they are deleted.
    pub(crate) deletes: bool,
    pub(crate) form: &'a Form,
    pub(crate) own: &'a [Status],
    /// Days that submissions are kept; empty for ever.
    pub(crate) days: &'a str,
    pub(crate) problems: &'a Fields,
    /// What went wrong beyond single inputs.
    pub(crate) told: Option<&'a str>,
}

/// The tones by the names of colours.
const TONES: [Choice<'static>; 6] = [
    Choice { value: "neutral", label: "Grey" },
    Choice { value: "accent", label: "Accent" },
    Choice { value: "info", label: "Blue" },
    Choice { value: "good", label: "Green" },
    Choice { value: "warning", label: "Amber" },
    Choice { value: "bad", label: "Red" },
];

/// The whole page.
pub(crate) fn page(page: &Page<'_>) -> Markup {
    let (viewer, form) = (&page.viewer, page.form);
    let (forms, list) = (paths::forms(viewer.slug), paths::submissions(viewer.slug, form.id));
    html! {
        (PageHeader::new("Statuses and retention")
            .trail(&[("Forms", &forms), (&form.title, &paths::form(viewer.slug, form.id)), ("Submissions", &list)])
            .summary(state(viewer, form)))
        (tabs(viewer, form, View::Submissions))
        div.stack.narrow {
            (complaints(page))
            (Card::new(statuses(page)).title("Statuses")
                .summary("Where work on a submission stands. Every form has New, In progress and Done; its own stand between them."))
            (Card::new(retention(page)).id("retention").title("Retention")
                .summary("After so many days submissions are deleted for good, every night: with files, comments and history."))
        }
    }
}

fn complaints(page: &Page<'_>) -> Markup {
    let links: Vec<(String, &str)> =
        page.problems.iter().map(|it| (input_of(&it.field), it.message.as_str())).collect();
    let links: Vec<(&str, &str)> = links.iter().map(|(id, told)| (id.as_str(), *told)).collect();
    html! {
        (error_summary(&links))
        @if let Some(told) = page.told { (Alert::danger("That was not saved").text(told)) }
    }
}

/// `statuses[2].name` stands in the input `status-2-name`; what is wrong with a key is wrong with the name
/// that it was made of.
fn input_of(place: &str) -> String {
    match place.strip_prefix("statuses[").and_then(|rest| rest.split_once("].")) {
        Some((index, "tone")) => format!("status-{index}-tone"),
        Some((index, _)) => format!("status-{index}-name"),
        None if place == "statuses" => "status-0-name".to_owned(),
        None => place.to_owned(),
    }
}

fn statuses(page: &Page<'_>) -> Markup {
    let (viewer, all) = (&page.viewer, around(page.own.to_vec()));
    let drawn = html! {
        div.row { @for it in &all { (status(it.tone(), &it.name)) } }
    };
    if !viewer.writes {
        return drawn;
    }
    html! {
        form.stack method="post" action=(paths::statuses(viewer.slug, page.form.id)) {
            (hidden("csrf_token", viewer.csrf_token))
            // The first button is the one that Enter presses.
            button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { "Save" }
            (drawn)
            ol.statuses {
                @for (index, it) in page.own.iter().enumerate() { (row(page, index, Some(it))) }
                (row(page, page.own.len(), None))
            }
            div.row { (Button::primary("Save statuses").submit()) }
        }
    }
}

/// A status, or the place for a new one.
fn row(page: &Page<'_>, index: usize, status: Option<&Status>) -> Markup {
    let place = |name: &str| format!("statuses[{index}].{name}");
    let problem = |name: &str| page.problems.of(&place(name));
    let label = if status.is_some() { "Name" } else { "New status" };
    let mut name = Input::text("name", label)
        .id(format!("status-{index}-name"))
        .value(status.map_or("", |it| &it.name))
        .error(problem("name").or(problem("key")))
        .attr("maxlength", "40")
        .attr("autocomplete", "off");
    if status.is_some() {
        name = name.hint(Some("Leave it empty to take the status away."));
    }
    html! {
        li.statuses__row {
            (hidden("key", status.map_or("", |it| &it.key)))
            (name)
            (Input::select("tone", "Colour", &TONES).id(format!("status-{index}-tone"))
                .value(status.map_or("neutral", |it| &it.tone)).error(problem("tone")))
            @if index > 0 && status.is_some() {
                button.button.button--small name="up" value=(index) title="Move up" {
                    span.button__label { "Up" span.visually-hidden { ": " (status.map_or("", |it| &it.name)) } }
                }
            }
        }
    }
}

fn retention(page: &Page<'_>) -> Markup {
    let viewer = &page.viewer;
    if !viewer.writes || !page.deletes {
        return html! {
            p { @if page.days.is_empty() { "Submissions are kept until someone deletes them." }
                @else { "Submissions are kept for " (page.days) " days." } }
        };
    }
    html! {
        form.stack method="post" action=(paths::form_part(viewer.slug, page.form.id, "retention")) {
            (hidden("csrf_token", viewer.csrf_token))
            (Input::text("days", "Days that submissions are kept").id("days").value(page.days)
                .error(page.problems.of("days")).attr("inputmode", "numeric").attr("autocomplete", "off")
                .hint(Some("1 to 3,650. Leave it empty to keep them until someone deletes them.")))
            div.row { (Button::secondary("Save").submit()) }
        }
    }
}
