//! The page of one erasure: what there is, the word on it, and what is gone.

use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, Icon, PageHeader, facts};

use super::{mark, name, state, triggers};
use crate::{
    erasures::{Erasure, Status, counts::Counts, person::Person},
    ids::FormId,
    pages::{Viewer, ago, figure, moment},
    paths,
};

pub(crate) const TITLE: &str = "Erasure";

/// An erasure with what its page shows beside it.
pub(crate) struct Sheet<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) erasure: &'a Erasure,
    /// For as long as it is kept.
    pub(crate) person: Option<Person>,
    /// What was found, or what is gone.
    pub(crate) counts: Counts,
    /// Those of the same person that are done.
    pub(crate) earlier: &'a [Erasure],
    /// Names by ids.
    pub(crate) people: &'a [(String, String)],
    /// Of the forms, and whether they are deleted.
    pub(crate) titles: &'a [(FormId, String, bool)],
}

/// The whole page, which listens.
pub(crate) fn page(sheet: &Sheet<'_>) -> Markup {
    html! {
        (body(sheet))
        script src=(ui::url("live_part.js")) type="module" {}
    }
}

/// What stands on it.
pub(crate) fn body(sheet: &Sheet<'_>) -> Markup {
    html! { div.erasures-page { (container(sheet)) } }
}

/// Whom it is about: it goes from the page with the address itself.
fn head(sheet: &Sheet<'_>) -> Markup {
    let slug = sheet.viewer.slug;
    let (forms, all) = (paths::forms(slug), paths::erasures(slug));
    let title = match &sheet.person {
        Some(person) => person.email(),
        None => "A person whose address is forgotten",
    };
    PageHeader::new(title).trail(&[("Forms", &forms), (super::TITLE, &all)]).render()
}

/// What the progress answers with.
pub(crate) fn container(sheet: &Sheet<'_>) -> Markup {
    let erasure = sheet.erasure;
    let address = paths::erasure(sheet.viewer.slug, erasure.id);
    let listens = erasure.is_at_work() || erasure.status() == Status::Found;
    html! {
        live-part.erasure-sheet id="erasure" data-subject=(erasure.workspace_id) data-hx-get=(address)
            data-hx-trigger=[listens.then(triggers)] data-hx-swap="outerMorph" {
            (head(sheet))
            (about(sheet))
            @if erasure.status() == Status::Failed {
                (Alert::danger("It could not go on").text(erasure.error.as_deref().unwrap_or_default()))
            }
            @if erasure.status() != Status::Cancelled { (outcome(sheet)) }
            (word(sheet))
            (mentions(sheet))
        }
    }
}

fn about(sheet: &Sheet<'_>) -> Markup {
    let erasure = sheet.erasure;
    let asked =
        html! { (moment(erasure.created_at)) " by " (name(sheet.people, &erasure.requested_by)) };
    let mut pairs = vec![("State", state(erasure)), ("Asked for", asked)];
    if let Some(text) = sheet.person.as_ref().and_then(Person::text) {
        pairs.push(("Also theirs", html! { (text) }));
    }
    if let Some(at) = erasure.finished_at {
        pairs.push(("Ended", moment(at)));
    }
    pairs.push(("Mark of the address", html! { code { (mark(erasure)) } }));
    if !sheet.earlier.is_empty() {
        pairs.push(("Erased before", earlier(sheet)));
    }
    Card::new(html! { div aria-live="polite" { (facts(&pairs)) } }).render()
}

fn earlier(sheet: &Sheet<'_>) -> Markup {
    html! {
        ul.erasure-list {
            @for known in sheet.earlier {
                li {
                    a href=(paths::erasure(sheet.viewer.slug, known.id)) {
                        (ago(known.finished_at.unwrap_or(known.created_at)))
                    }
                }
            }
        }
    }
}

/// What goes, or has gone, each in a line of its own.
fn outcome(sheet: &Sheet<'_>) -> Markup {
    let status = sheet.erasure.status();
    let title = match status {
        Status::Searching => "Found so far",
        Status::Found => "What would go",
        Status::Erasing => "Gone so far",
        _ => "What is gone",
    };
    if sheet.counts.is_nothing() {
        let text = match status {
            Status::Searching | Status::Erasing => "Nothing yet.",
            Status::Found => "There is nothing of this person here.",
            _ => "There was nothing of this person here.",
        };
        return Card::new(html! { p.muted { (text) } }).title(title).render();
    }
    let body = html! {
        dl.erasure-counts {
            @for (label, number) in lines(&sheet.counts) {
                @if number > 0 { div { dt { (label) } dd { (figure(number)) } } }
            }
        }
        (forms(sheet))
    };
    Card::new(body).title(title).render()
}

fn lines(counts: &Counts) -> [(&'static str, i64); 12] {
    [
        ("Submissions, in every tray", counts.submissions),
        ("Files that came with them", counts.files),
        ("Comments on them", counts.comments),
        ("Exports that hold them", counts.exports),
        ("Imports that hold the address", counts.imports),
        ("Sources of visits with the address", counts.sources),
        ("Messages to webhooks", counts.webhook_messages),
        ("Mails, which lose address and text", counts.mails),
        ("Entries among whom mails go to, or not", counts.mail_addresses),
        ("Events, which lose the address", counts.events),
        ("Replies kept for a day", counts.replies),
        ("Bulk actions, schedules, views and tags with the address", counts.filters),
    ]
}

fn forms(sheet: &Sheet<'_>) -> Markup {
    let slug = sheet.viewer.slug;
    html! {
        @if !sheet.counts.forms.is_empty() {
            h3 { "By form" }
            dl.erasure-counts {
                @for form in &sheet.counts.forms {
                    div {
                        dt {
                            @match sheet.titles.iter().find(|(id, ..)| *id == form.form_id) {
                                Some((id, title, false)) => a href=(paths::submissions(slug, *id)) { (title) },
                                Some((_, title, true)) => { (title) " (deleted)" },
                                None => "A form that was deleted",
                            }
                        }
                        dd { (figure(form.submissions)) }
                    }
                }
            }
        }
    }
}

/// What can be said to it now.
fn word(sheet: &Sheet<'_>) -> Markup {
    let part = |part: &str| paths::erasure_part(sheet.viewer.slug, sheet.erasure.id, part);
    let post = |action: String, button: Button<'_>| {
        html! {
            form method="post" action=(action) {
                (ui::hidden("csrf_token", sheet.viewer.csrf_token))
                (button.submit())
            }
        }
    };
    let forget = || post(part("cancellation"), Button::secondary("Forget this search"));
    match sheet.erasure.status() {
        Status::Searching => html! { div.row.erasure-end { (forget()) } },
        Status::Found if sheet.counts.is_nothing() => html! {
            div.row.erasure-end {
                (post(part("run"), Button::primary("Note that there is nothing")))
                (forget())
            }
        },
        Status::Found => {
            let body = html! {
                div.stack {
                    p {
                        "All of it is deleted for good, and cannot be brought back. What comes in meanwhile goes as well. \
                         Backups, files that were downloaded, and what was sent out cannot be reached: see to them yourself."
                    }
                    div.row.erasure-end {
                        (post(part("run"), Button::danger("Erase for good").icon(Icon::Trash)))
                        (forget())
                    }
                }
            };
            Card::new(body).title("Erase it?").render()
        }
        _ => html! {},
    }
}

/// Where others tell of the person: that is for people to judge.
fn mentions(sheet: &Sheet<'_>) -> Markup {
    let counts = &sheet.counts;
    if counts.mentions == 0 {
        return html! {};
    }
    let slug = sheet.viewer.slug;
    let body = html! {
        p {
            "The address stands within a text of " (figure(counts.mentions))
            @if counts.mentions == 1 { " other submission." } @else { " other submissions." }
            " They are somebody else's, and stay. Look at them, and delete what should not."
        }
        ul.erasure-list {
            @for (id, place) in counts.mentioned_in.iter().zip(1..) {
                li { a href=(paths::submission(slug, *id)) { "Submission " (place) } }
            }
        }
    };
    Card::new(body).title("Others tell of this person").render()
}
