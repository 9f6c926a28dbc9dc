//! The versions of a form as pages: the list, and one with what it changed.

use maud::{Markup, Render, html};
use ui::{
    Button, Card, Column, EmptyState, Illustration, PageHeader, Pagination, Row, Table, Tone, badge,
};
use web::Page;

use super::{
    Form,
    comparison::{
        Comparison, Edition,
        chooser::{Chosen, chooser},
        views,
    },
    editor::{View, state, tabs},
    frozen::VersionHead,
};
use crate::{
    pages::{Viewer, ago, moment},
    paths,
};

/// The whole list.
pub(crate) fn list(
    viewer: &Viewer<'_>,
    form: &Form,
    versions: &Page<VersionHead>,
    offered: &[VersionHead],
    further: bool,
) -> Markup {
    let columns = [Column::text("Version"), Column::line("Title"), Column::text("Published")];
    let links: Vec<String> =
        versions.data.iter().map(|it| paths::version(viewer.slug, form.id, it.version)).collect();
    let cells = |version: &VersionHead| {
        let newest = version.version == form.version;
        vec![
            html! { (version.version) @if newest { " " (badge(Tone::Good, "Newest")) } },
            html! { (version.title) },
            ago(version.published_at),
        ]
    };
    let rows: Vec<Row<'_>> = versions
        .data
        .iter()
        .zip(&links)
        .map(|(version, link)| Row { id: None, href: Some(link), cells: cells(version) })
        .collect();
    let here = paths::form_part(viewer.slug, form.id, "versions");
    let older = versions.next_cursor.as_ref().map(|cursor| format!("{here}?cursor={cursor}"));
    let nothing = EmptyState::new(
        Illustration::Forms,
        "No version yet",
        "Each time the form is published with changes, a version of it is frozen here.",
    );
    html! {
        (header(viewer, form))
        (tabs(viewer, form, View::Versions))
        div.stack {
            (comparable(viewer, form, offered))
            @if !rows.is_empty() {
                p.muted { "Open a version to see what it asks, and to bring it back." }
            }
            (Table::new("Versions, newest first", &columns, &rows).empty(nothing.small().render()))
        }
        @if older.is_some() || further {
            (Pagination { newer: further.then_some(here.as_str()), older: older.as_deref(), summary: "Newest first" })
        }
    }
}

/// The choice of two, once there are two that may differ.
fn comparable(viewer: &Viewer<'_>, form: &Form, offered: &[VersionHead]) -> Markup {
    if form.version == 0 || form.version == 1 && !form.changed {
        return html! {};
    }
    let (from, to) = if form.changed {
        (form.version.to_string(), "draft".to_owned())
    } else {
        ((form.version - 1).to_string(), form.version.to_string())
    };
    let chosen = Chosen { from: &from, to: &to };
    Card::new(chooser(viewer, form, offered, &chosen)).title("Compare two versions").render()
}

fn header(viewer: &Viewer<'_>, form: &Form) -> Markup {
    let forms = paths::forms(viewer.slug);
    PageHeader::new(&form.title).trail(&[("Forms", &forms)]).summary(state(viewer, form)).render()
}

/// One version, what it changed, all it asks, and the way back to it.
pub(crate) fn one(
    viewer: &Viewer<'_>,
    form: &Form,
    edition: Edition,
    before: Option<Edition>,
) -> Markup {
    html! {
        (header(viewer, form))
        (tabs(viewer, form, View::Versions))
        div.stack.comparison {
            (about(viewer, form, &edition))
            @match before {
                None => (Card::new(views::asked(&edition.definition)).title("What the first version asks")),
                Some(before) => (changed(before, edition)),
            }
        }
    }
}

fn about(viewer: &Viewer<'_>, form: &Form, edition: &Edition) -> Markup {
    let number = edition.version.unwrap_or_default();
    let differs = form.changed || number != form.version;
    let compared = paths::form_part(viewer.slug, form.id, "comparison");
    let compared = format!("{compared}?from={number}&to=draft");
    let actions = html! {
        @if differs { (Button::quiet("Compare with the draft").href(&compared)) }
        @if differs && viewer.writes {
            form method="post" action=(paths::version_restoration(viewer.slug, form.id, number)) {
                (ui::hidden("csrf_token", viewer.csrf_token))
                (Button::secondary("Bring this version back").submit())
            }
        }
    };
    Card::new(html! {
        p {
            "“" (edition.title) "”"
            @if let Some(at) = edition.published_at { ", published " (moment(at)) }
        }
        @if differs && viewer.writes {
            p.muted { "Bringing it back makes it the draft. What is published stays as it is until you publish." }
        }
    })
    .title(&format!("Version {number}"))
    .actions(actions)
    .render()
}

/// What a version changed, and folded away all that it asks.
fn changed(before: Edition, edition: Edition) -> Markup {
    let comparison = Comparison::between(before, edition);
    let (from, to) = (&comparison.from, &comparison.to);
    html! {
        h2.comparison__title { "What changed since " (from.name()) }
        @if comparison.changes.is_empty() { p.muted { "Nothing: it was published again as it was." } }
        @else { (views::told(&comparison)) }
        details.comparison__whole {
            summary { "Everything " (to.name()) " asks" }
            (views::asked(&to.definition))
        }
    }
}
