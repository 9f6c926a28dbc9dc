//! The views of a form above its list, and what can be done with the one that is looked at.

use maud::{Markup, Render, html};
use ui::{Button, Confirm, Field as Input, Icon, hidden};

use super::List;
use crate::{
    ids::SavedViewId,
    pages::sent,
    paths,
    submissions::{
        place::Place,
        saved_views::{LONGEST_NAME, SavedView, wrong_name},
        tray::Tray,
    },
};

/// A name of a view that was refused: it is seen at its field again, with what is wrong with it now.
pub(crate) struct Refused<'a> {
    pub(crate) name: &'a str,
    pub(crate) told: Option<String>,
    /// Whether the view was to be made, and not to be renamed.
    pub(crate) new: bool,
}

/// What an address calls the name, of a view to be made and of one to be renamed.
const NEW: &str = "new_view";
const RENAMED: &str = "view_name";

impl<'a> Refused<'a> {
    /// What an address of the list says of it.
    pub(crate) fn read(
        pairs: &'a [(String, String)],
        view: Option<SavedViewId>,
        views: &[SavedView],
    ) -> Option<Self> {
        let (new, name) = match (sent(pairs, NEW), sent(pairs, RENAMED)) {
            (Some(name), _) => (true, name),
            (None, Some(name)) => (false, name),
            (None, None) => return None,
        };
        let told = wrong_name(name, view.filter(|_| !new), views);
        Some(Refused { name, told, new })
    }

    /// The address of a list that shows it, as often as one likes.
    pub(crate) fn on(place: &Place, list: &str, name: &str, new: bool) -> String {
        let mut pairs = place.pairs();
        pairs.push((if new { NEW } else { RENAMED }.to_owned(), name.to_owned()));
        // Cannot fail: names and values are texts.
        format!("{list}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    }
}

/// The views, and what is done with them. While there is none, it takes no room of its own.
pub(super) fn bar(list: &List<'_>) -> Markup {
    let changed = differs(list);
    if list.views.is_empty() {
        return html! {};
    }
    html! {
        div.views {
            (tabs(list))
            div.views__verbs {
                @if let Some(view) = list.view {
                    @if changed {
                        @if list.viewer.writes { (keep(list, view)) }
                        (Button::quiet("Reset").href(&of(list, view)))
                    }
                }
                @if list.viewer.writes {
                    @if changed { (save_as(list)) }
                    @if let Some(view) = list.view { (settings(list, view)) }
                }
            }
        }
    }
}

/// The way to the first view, beside the other ways to change what is listed.
pub(super) fn first(list: &List<'_>) -> Markup {
    html! {
        @if list.views.is_empty() && list.viewer.writes && differs(list) { (save_as(list)) }
    }
}

/// Whether one looks at something else than the view, or than what everybody sees at first.
fn differs(list: &List<'_>) -> bool {
    match list.view {
        Some(view) => !view.place().is_ok_and(|saved| saved.lists_as(list.place)),
        None => {
            let filter = &list.place.filter;
            let plain = filter.tray == Some(Tray::Open) && !filter.narrows();
            let plain = plain && list.place.columns.is_none();
            !(plain && list.place.order == Place::default().order)
        }
    }
}

fn of(list: &List<'_>, view: &SavedView) -> String {
    list.address(&Place::of_view(view.id))
}

fn tabs(list: &List<'_>) -> Markup {
    let all = paths::submissions(list.viewer.slug, list.form.id);
    let current = |on: bool| on.then_some("page");
    html! {
        nav.views__tabs aria-label="Views" {
            a.views__tab href=(all) aria-current=[current(list.view.is_none())] { "All" }
            @for view in list.views {
                @let on = list.view.is_some_and(|it| it.id == view.id);
                a.views__tab href=(of(list, view)) aria-current=[current(on)] { (view.name) }
            }
        }
    }
}

/// What one looks at, as it is sent along.
fn looked(list: &List<'_>) -> Markup {
    html! {
        (hidden("csrf_token", list.viewer.csrf_token))
        (hidden("place", &list.place.first().query()))
    }
}

fn keep(list: &List<'_>, view: &SavedView) -> Markup {
    html! {
        form method="post" action=(paths::view_part(list.viewer.slug, view.id, "content")) {
            (looked(list))
            (Button::primary("Save changes").submit())
        }
    }
}

fn save_as(list: &List<'_>) -> Markup {
    html! {
        details.views__more open[refused(list, true).is_some()] {
            summary.button.button--small { span.button__label { "Save as view" } }
            form.views__sheet method="post" action=(paths::views(list.viewer.slug, list.form.id)) {
                (looked(list))
                (name("new-view-name", "", refused(list, true)))
                (Button::primary("Save").submit())
            }
        }
    }
}

/// What was refused of a view to be made, or of one to be renamed.
fn refused<'a>(list: &List<'a>, new: bool) -> Option<&'a Refused<'a>> {
    list.refused.filter(|refused| refused.new == new)
}

fn name(id: &'static str, value: &str, refused: Option<&Refused<'_>>) -> Markup {
    Input::text("name", "Name of the view")
        .id(id)
        .value(refused.map_or(value, |it| it.name))
        .error(refused.and_then(|it| it.told.as_deref()))
        .required(true)
        .attr("maxlength", LONGEST_NAME.to_string())
        .attr("autocomplete", "off")
        .attr("data-begin", "here")
        .render()
}

fn settings(list: &List<'_>, view: &SavedView) -> Markup {
    let part = |part: &str| paths::view_part(list.viewer.slug, view.id, part);
    let title = format!("Delete the view “{}”?", view.name);
    html! {
        details.views__more open[refused(list, false).is_some()] {
            summary.button.button--small { (Icon::Settings) span.button__label { "Edit view" } }
            div.views__sheet {
                form.views__name method="post" action=(part("name")) {
                    (hidden("csrf_token", list.viewer.csrf_token))
                    (name("view-name", &view.name, refused(list, false)))
                    (Button::secondary("Rename").submit())
                }
                div.row {
                    (shift(list, view, -1, "Move left", Icon::ChevronLeft))
                    (shift(list, view, 1, "Move right", Icon::ChevronRight))
                    (Button::quiet("Delete view").icon(Icon::Trash).opens_dialog("delete-view"))
                }
            }
        }
        (Confirm {
            id: "delete-view",
            title: &title,
            text: "Its name, filter and columns are gone for everybody. The submissions stay.",
            action: "Delete view",
            decline: "Keep it",
            href: &part("deletion"),
            csrf_token: list.viewer.csrf_token,
        })
    }
}

/// One place to the left or to the right among the views.
fn shift(list: &List<'_>, view: &SavedView, by: i64, label: &str, icon: Icon) -> Markup {
    let index = list.views.iter().position(|it| it.id == view.id).unwrap_or_default();
    let end = if by < 0 { index == 0 } else { index + 1 == list.views.len() };
    // Counted where it stands, for gaps do not matter to those who look.
    let position = i64::try_from(index).unwrap_or_default() + 1 + by;
    html! {
        form method="post" action=(paths::view_part(list.viewer.slug, view.id, "position")) {
            (hidden("csrf_token", list.viewer.csrf_token))
            (hidden("position", &position.to_string()))
            (Button::secondary(label).icon(icon).submit().disabled(end))
        }
    }
}
