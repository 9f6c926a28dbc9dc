//! The versions of a form as pages: the list, and one with what it changed.

use maud::{Markup, Render, html};
use serde_json::Value;
use ui::{
    Button, Card, Column, EmptyState, Illustration, PageHeader, Pagination, Row, Table, Tone, badge,
};
use web::Page;

use super::{
    Form,
    editor::{View, state, tabs},
    frozen::{Version, VersionHead},
};
use crate::{
    definition::changes::{Changes, FieldChange, Named, Property},
    pages::{Viewer, ago, moment},
    paths,
};

/// The whole list.
pub(crate) fn list(
    viewer: &Viewer<'_>,
    form: &Form,
    versions: &Page<VersionHead>,
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
        (Table::new("Versions, newest first", &columns, &rows).empty(nothing.small().render()))
        @if older.is_some() || further {
            (Pagination { newer: further.then_some(here.as_str()), older: older.as_deref(), summary: "Newest first" })
        }
    }
}

fn header(viewer: &Viewer<'_>, form: &Form) -> Markup {
    let forms = paths::forms(viewer.slug);
    PageHeader::new(&form.title).trail(&[("Forms", &forms)]).summary(state(form)).render()
}

/// One version, and the way back to it.
pub(crate) fn one(viewer: &Viewer<'_>, form: &Form, version: &Version) -> Markup {
    let number = version.head.version;
    let title = format!("Version {number}");
    let action = paths::version_restoration(viewer.slug, form.id, number);
    let differs = viewer.writes && (form.changed || number != form.version);
    let restore = html! {
        @if differs {
            form method="post" action=(action) {
                (ui::hidden("csrf_token", viewer.csrf_token))
                (Button::secondary("Bring this version back").submit())
            }
        }
    };
    html! {
        (header(viewer, form))
        (tabs(viewer, form, View::Versions))
        div.stack.narrow {
            (Card::new(html! {
                p { "“" (version.head.title) "”, published " (moment(version.head.published_at)) }
                @if differs {
                    p.muted { "Bringing it back makes it the draft. What is published stays as it is until you publish." }
                }
            }).title(&title).actions(restore))
            @match &version.changes {
                None => (first(&version.fields)),
                Some(changes) if changes.is_empty() => (Card::new(html! { p.muted { "Nothing but the title may have changed." } })),
                Some(changes) => (told(changes, number)),
            }
        }
    }
}

/// The first has nothing before it to be compared with: what it asks.
fn first(fields: &Value) -> Markup {
    let fields = fields.as_array().map_or(&[][..], Vec::as_slice);
    let asked = fields.iter().map(|field| {
        let text = |name: &str| field[name].as_str().unwrap_or_default().to_owned();
        Named { key: text("key"), label: text("label") }
    });
    let asked: Vec<Named> = asked.collect();
    Card::new(listed(&asked)).title("What the first version asks").render()
}

/// What a version changed, by kinds of change.
fn told(changes: &Changes, number: i64) -> Markup {
    let title = format!("What changed since version {}", number - 1);
    Card::new(html! {
        div.stack {
            (names("Added", &changes.added))
            (names("Removed", &changes.removed))
            (names("Moved", &changes.moved))
            @for FieldChange { field, properties } in &changes.changed {
                (altered(name(field), properties))
            }
            @if !changes.settings.is_empty() { (altered("Settings of the form", &changes.settings)) }
        }
    })
    .title(&title)
    .render()
}

fn name(field: &Named) -> &str {
    if field.label.is_empty() { &field.key } else { &field.label }
}

fn names(title: &str, fields: &[Named]) -> Markup {
    html! {
        @if !fields.is_empty() {
            section {
                h3 { (title) }
                (listed(fields))
            }
        }
    }
}

fn listed(fields: &[Named]) -> Markup {
    html! { ul.changes { @for field in fields { li { (name(field)) " " code { (field.key) } } } } }
}

fn altered(title: &str, properties: &[Property]) -> Markup {
    html! {
        section {
            h3 { (title) }
            ul.changes {
                @for property in properties {
                    li {
                        (property.name.replace('_', " ")) ": "
                        del { (readable(&property.before)) } " → " ins { (readable(&property.after)) }
                    }
                }
            }
        }
    }
}

/// A value as people read it; what is nested stays JSON.
fn readable(value: &Value) -> String {
    match value {
        Value::Null => "not set".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
