//! The list of a form's submissions: it searches while one types, and what arrives appears on top.

mod bulk;
mod row;
mod saved;
mod toolbar;

use maud::{Markup, Render, html};
use ui::{Alert, Button, EmptyState, Icon, Illustration, PageHeader, Pagination, SearchBox};

use super::{
    column::Shown,
    desk::Desk,
    part::Part,
    place::{Order, Place},
    saved_views::SavedView,
    tray::Tray,
};
use crate::{
    definition::Definition,
    forms::{
        Form, FormId,
        editor::{View, count, share, state, tabs},
    },
    pages::{Viewer, figure},
    paths,
};

pub(crate) use row::source;
pub(crate) use saved::Refused;
pub(crate) use toolbar::{trays, words};

/// Everything that a new submission or a search replaces.
const CONTAINER: &str = "submissions";

/// Where the columns are chosen, on the page of the list.
const PANEL: &str = "column-panel";

/// A part of a form's submissions.
pub(crate) struct List<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    /// The questions as they stand now.
    pub(crate) definition: &'a Definition,
    /// Scheme and host of public links.
    pub(crate) origin: &'a str,
    pub(crate) part: &'a Part,
    /// What is listed, and which part this is.
    pub(crate) place: &'a Place,
    pub(crate) desk: &'a Desk,
    /// All views of the form,
    pub(crate) views: &'a [SavedView],
    /// and the one that is looked at, or was when one began to change what is listed.
    pub(crate) view: Option<&'a SavedView>,
    pub(crate) columns: &'a [Shown],
    /// Keys that the filter asks for, and that the form never asked.
    pub(crate) unknown: &'a [String],
    /// Words that were to be columns and name none.
    pub(crate) left_out: &'a [String],
    /// A name of a view that was refused.
    pub(crate) refused: Option<&'a Refused<'a>>,
    /// Whether the viewer may delete, which is another right than to work on them.
    pub(crate) deletes: bool,
}

impl List<'_> {
    fn address(&self, place: &Place) -> String {
        place.on(&paths::submissions(self.viewer.slug, self.form.id))
    }
}

/// The whole page.
pub(crate) fn page(list: &List<'_>) -> Markup {
    let (form, slug) = (list.form, list.viewer.slug);
    let (above, here) = (paths::forms(slug), paths::submissions(slug, form.id));
    html! {
        div.form-page {
            (PageHeader::new(&form.title)
                .trail(&[("Forms", &above)])
                .summary(html! { (state(&list.viewer, form)) span { (count(form)) " received" } })
                .actions(beside(list)))
            (tabs(&list.viewer, form, View::Submissions))
            (search(list, &here))
            div id=(PANEL) {}
            (container(list))
            (drawer())
        }
        script src=(ui::url("live_part.js")) type="module" {}
        script src=(ui::url("drawer.js")) type="module" {}
        script src=(ui::url("filter_sheet.js")) type="module" {}
        script src=(ui::url("picks.js")) type="module" {}
        script src=(ui::url("columns.js")) type="module" {}
        script src=(ui::url("named_row.js")) type="module" {}
    }
}

/// The way to the exports, with what the list shows; and to the statuses.
fn beside(list: &List<'_>) -> Markup {
    let statuses = paths::statuses(list.viewer.slug, list.form.id);
    let mut filter = list.place.filter.clone();
    // Everything that is open, and not just that: what is done with is archived, and is an answer too.
    filter.tray = filter.tray.filter(|tray| *tray != Tray::Open);
    let exports = paths::exports(list.viewer.slug, list.form.id);
    let looked = Place::default().with(filter).showing(list.place.columns.clone());
    let address = looked.on(&exports);
    html! {
        (Button::quiet("Statuses").icon(Icon::Settings).href(&statuses))
        (Button::secondary("Export").icon(Icon::Download).href(&address))
    }
}

/// Beside the list, for those with scripts: a row's submission without leaving the list.
fn drawer() -> Markup {
    html! {
        submission-drawer.drawer hidden role="dialog" aria-label="Submission" tabindex="-1" {
            button.button.button--icon.drawer__close type="button" aria-label="Close" title="Close" { (Icon::Close) }
            div.drawer__body {}
        }
    }
}

/// The box keeps the filters that are on.
fn search(list: &List<'_>, here: &str) -> Markup {
    let mut filter = list.place.filter.clone();
    filter.words = None;
    let kept = list.place.with(filter).pairs();
    let kept: Vec<(&str, &str)> =
        kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    SearchBox::new(here, "Search submissions", list.place.words())
        .target(&format!("#{CONTAINER}"))
        .keep(&kept)
        .render()
}

/// The list but for its head: what searching and arriving answer with.
pub(crate) fn container(list: &List<'_>) -> Markup {
    let address = list.address(list.place);
    html! {
        live-part.submissions id=(CONTAINER) data-subject=(list.form.id) data-hx-get=(address)
            data-hx-trigger=(triggers(list)) data-hx-swap="outerMorph" {
            (saved::bar(list))
            (toolbar::bar(list))
            (bulk::progress(list))
            (left_out(list))
            @if !list.unknown.is_empty() {
                (never_asked(list))
            } @else if list.part.entries.is_empty() {
                @if list.part.looked.is_none() { (nothing(list)) }
            } @else {
                (first_arrivals(list))
                (bulk::form(list, row::table(list)))
            }
            (looked(list))
            (pages(list))
        }
    }
}

/// What makes the list ask for itself again, at most once a second however much happens: work that was done,
/// and what comes into an empty list or a search. Other arrivals are only told, so that nothing moves under
/// the reader's eyes.
fn triggers(list: &List<'_>) -> String {
    let mut names = vec!["submission.deleted", "bulk_action.progressed", "reset"];
    names.extend(WORK);
    names.extend(["saved_view.created", "saved_view.changed", "saved_view.deleted"]);
    if !list.place.words().is_empty() {
        names.push("submissions.processed");
    } else if list.part.entries.is_empty() {
        names.push("submission.received");
    } else if list.desk.count(Tray::Open) < i64::try_from(list.part.entries.len()).unwrap_or(0) {
        // It shows what is not counted yet.
        names.push("submissions.processed");
    }
    let all = names.iter().map(|name| format!("live:{name} throttle:1000ms"));
    all.collect::<Vec<String>>().join(", ")
}

/// The events of work on single submissions.
const WORK: [&str; 7] = [
    "submission.status_changed",
    "submission.assigned",
    "submission.tagged",
    "submission.archived",
    "submission.marked_spam",
    "submission.discarded",
    "submission.restored",
];

/// Nothing yet, but it hears of what arrives above the newest that is shown.
fn first_arrivals(list: &List<'_>) -> Markup {
    let newest = list.part.entries.first().map(|entry| entry.submission.number);
    let follows = list.part.back.is_none() && list.place.order == Order::Newest;
    match newest.filter(|_| follows && list.place.words().is_empty()) {
        Some(newest) => arrivals(list.viewer.slug, list.form.id, list.place, newest, (0, false)),
        None => html! {},
    }
}

/// How many came in since a number, once it is known that they are no spam: a link to them, so that nothing moves
/// under the reader's eyes.
pub(crate) fn arrivals(
    slug: &str,
    form: FormId,
    place: &Place,
    newest: i64,
    (count, more): (usize, bool),
) -> Markup {
    let ask = place.newer(newest).on(&paths::arrivals(slug, form));
    let fresh = place.first().on(&paths::submissions(slug, form));
    html! {
        live-part.arrivals id="arrivals" data-subject=(form) data-hx-get=(ask) data-hx-swap="outerMorph"
            data-hx-trigger="live:submissions.processed throttle:1000ms" aria-live="polite" {
            @if count > 0 {
                a.arrivals__pill href=(fresh) data-hx-get=(fresh) data-hx-target={ "#" (CONTAINER) }
                    data-hx-swap="outerMorph" {
                    (Icon::Refresh)
                    (count) @if more { "+" } " new"
                }
            }
        }
    }
}

/// A filter over what nobody can have answered is a slip, and told as one.
fn never_asked(list: &List<'_>) -> Markup {
    let title = format!("This form has no field “{}”", list.unknown.join("”, “"));
    Alert::danger(&title)
        .text("No version of it has asked that. Take the filter off, or name another field.")
        .render()
}

/// A word that names no column is a slip, or stands in an old address: the list is shown without it.
fn left_out(list: &List<'_>) -> Markup {
    let title = format!("This form has no column “{}”", list.left_out.join("”, “"));
    html! {
        @if !list.left_out.is_empty() {
            (Alert::info(&title).text("The list is shown without it. Choose columns to put it right."))
        }
    }
}

fn nothing(list: &List<'_>) -> Markup {
    let all = paths::submissions(list.viewer.slug, list.form.id);
    let words = list.place.words();
    let tray = list.place.filter.tray.unwrap_or(Tray::Open);
    let show_all = || html! { (Button::secondary("Show all open submissions").href(&all)) };
    if !words.is_empty() || list.place.filter.narrows() || list.part.back.is_some() {
        let (title, text) = if !words.is_empty() {
            let title = format!("Nothing found for “{words}”");
            (title, "Every word must occur in an answer; the last one may be a beginning.")
        } else {
            (
                "Nothing further".to_owned(),
                "No other submission is like that. Take a filter off to see more.",
            )
        };
        return EmptyState::new(Illustration::Search, &title, text).actions(show_all()).render();
    }
    if tray != Tray::Open || list.desk.count(Tray::Open) == 0 && list.form.submission_count > 0 {
        let (title, text) = match tray {
            Tray::Open => ("All done", "Nothing is open. What arrives appears here by itself."),
            Tray::Archived => {
                ("The archive is empty", "Archive what needs no more work, and find it here.")
            }
            Tray::Spam => ("No spam", "What is marked as spam lies here and can be released."),
            Tray::Bin => ("The bin is empty", "What is deleted lies here for 30 days."),
        };
        return EmptyState::new(Illustration::Inbox, title, text)
            .actions(html! { @if tray != Tray::Open { (show_all()) } })
            .render();
    }
    if list.form.published {
        return html! {
            (EmptyState::new(Illustration::Inbox, "Nothing has come in yet", "Send the link to whoever should answer. What arrives appears here by itself."))
            (share(&list.viewer, list.form, list.origin))
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

/// How far a filter without an index has come, and the way on.
fn looked(list: &List<'_>) -> Markup {
    let Some((looked, all)) = list.part.looked else { return html! {} };
    let on = list.part.next.map(|number| list.address(&list.place.older(number)));
    html! {
        div.looked {
            (ui::progress(
                &format!("Looked through {} of {} submissions", figure(looked), figure(all)),
                looked.unsigned_abs(),
                all.unsigned_abs(),
            ))
            @if let Some(on) = on { (Button::secondary("Go on").href(&on).forward()) }
        }
    }
}

fn pages(list: &List<'_>) -> Markup {
    let older = list.part.next.filter(|_| list.part.looked.is_none());
    let older = older.map(|number| list.address(&list.place.older(number)));
    let newer = list.part.back.map(|number| list.address(&list.place.newer(number)));
    let summary = match list.place.order {
        Order::Newest => "Newest first",
        Order::Oldest => "Oldest first",
    };
    html! {
        @if older.is_some() || newer.is_some() {
            (Pagination { newer: newer.as_deref(), older: older.as_deref(), summary })
        }
    }
}
