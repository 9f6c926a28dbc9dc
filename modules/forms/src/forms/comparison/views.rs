//! The comparison as a page: what is on top of the form, and page by page what it asks.

use maud::{Markup, Render, html};
use ui::{Button, Card, PageHeader, Tone, badge};

use super::{
    Comparison, Edition,
    chooser::{Chosen, chooser},
    marks,
    outline::{Fate, Line, pages},
    wording,
};
use crate::{
    definition::{
        Definition, Field,
        changes::{Changes, FieldChange, Moved, OptionChanges, Property},
    },
    forms::{
        Form,
        editor::{View, state, tabs},
        frozen::VersionHead,
        types::{type_icon, type_label},
    },
    pages::Viewer,
    paths,
};

/// The whole page.
pub(crate) fn page(
    viewer: &Viewer<'_>,
    form: &Form,
    comparison: &Comparison,
    offered: &[VersionHead],
) -> Markup {
    let (forms, versions) =
        (paths::forms(viewer.slug), paths::form_part(viewer.slug, form.id, "versions"));
    let (from, to) = (comparison.from.tag(), comparison.to.tag());
    let chosen = Chosen { from: &from, to: &to };
    html! {
        (PageHeader::new(&form.title)
            .trail(&[("Forms", &forms), ("Versions", &versions)])
            .summary(state(viewer, form)))
        (tabs(viewer, form, View::Versions))
        div.stack.comparison {
            (Card::new(html! {
                div.stack {
                    (chooser(viewer, form, offered, &chosen))
                    (restoration(viewer, form, &comparison.from))
                }
            }).title("Compare two versions"))
            (summary(comparison))
            (told(comparison))
        }
    }
}

/// The way back to the older of both.
fn restoration(viewer: &Viewer<'_>, form: &Form, edition: &Edition) -> Markup {
    let back = edition.version.filter(|number| form.changed || *number != form.version);
    html! {
        @if let Some(number) = back.filter(|_| viewer.writes) {
            form.compare__back method="post" action=(paths::version_restoration(viewer.slug, form.id, number)) {
                (ui::hidden("csrf_token", viewer.csrf_token))
                (Button::secondary(&format!("Bring version {number} back")).submit())
                span.muted { "It becomes the draft; what is published stays until you publish." }
            }
        }
    }
}

fn summary(comparison: &Comparison) -> Markup {
    let changes = &comparison.changes;
    let counts = [
        (Tone::Good, changes.added.len(), "added"),
        (Tone::Bad, changes.removed.len(), "removed"),
        (Tone::Warning, changes.changed.len(), "changed"),
        (Tone::Info, changes.moved.len(), "moved"),
    ];
    html! {
        p.comparison__sum {
            "From " (comparison.from.name()) " to " (comparison.to.name()) ": "
            @if changes.is_empty() { "nothing is otherwise." }
            @for (tone, number, word) in counts {
                @if number > 0 { (badge(tone, &format!("{number} {word}"))) " " }
            }
        }
    }
}

/// All that changed between two editions.
pub(crate) fn told(comparison: &Comparison) -> Markup {
    let Comparison { from, to, changes } = comparison;
    let pages = pages(&from.definition, &to.definition, changes);
    let several = pages.len() > 1;
    html! {
        (whole(changes))
        @for (index, lines) in pages.iter().enumerate() {
            @let title = if several { format!("Page {}", index + 1) } else { "Questions".to_owned() };
            (Card::new(run_by_run(comparison, lines)).title(&title))
        }
    }
}

/// Everything an edition asks, one below the other.
pub(crate) fn asked(definition: &Definition) -> Markup {
    html! {
        ol.diff {
            @for field in &definition.fields {
                li.diff__line { (head(field, html! {})) (facts(field, definition)) }
            }
        }
    }
}

/// What is otherwise about the form itself.
fn whole(changes: &Changes) -> Markup {
    let texts: Vec<&Property> = changes.title.iter().chain(&changes.settings).collect();
    html! {
        @if !texts.is_empty() || !changes.look.is_empty() {
            (Card::new(html! {
                dl.diff__parts {
                    @for property in texts.into_iter().chain(&changes.look) {
                        dt { (wording::setting_name(&property.name)) }
                        dd { (set(property)) }
                    }
                }
            }).title("The form itself").render())
        }
    }
}

fn set(property: &Property) -> Markup {
    let said = |value| wording::setting_value(&property.name, value);
    let (before, after) = (said(&property.before), said(&property.after));
    if ["accent", "background"].contains(&property.name.as_str()) {
        return html! {
            (colour(before.as_deref(), marks::taken)) " → " (colour(after.as_deref(), marks::put))
        };
    }
    if before == after {
        return html! { (marks::put("another picture of the same size")) };
    }
    from_to(before.as_deref(), after.as_deref(), "as usual")
}

/// A colour with a patch of it: an attribute of SVG, which a policy without inline styles lets through.
fn colour(value: Option<&str>, mark: fn(&str) -> Markup) -> Markup {
    html! {
        @match value {
            None => span.muted { "as usual" },
            Some(value) => span.diff__colour {
                svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" {
                    rect x="0.5" y="0.5" width="15" height="15" rx="4" fill=(value) stroke="currentColor" {}
                }
                (mark(value))
            },
        }
    }
}

fn from_to(before: Option<&str>, after: Option<&str>, unset: &str) -> Markup {
    let nothing = || html! { span.muted { (unset) } };
    match (before, after) {
        (Some(before), Some(after)) => marks::changed(before, after),
        (Some(before), None) => html! { (marks::taken(before)) " → " (nothing()) },
        (None, Some(after)) => html! { (nothing()) " → " (marks::put(after)) },
        (None, None) => nothing(),
    }
}

/// The lines of a page, with those that are as before folded away.
fn run_by_run(comparison: &Comparison, lines: &[Line<'_>]) -> Markup {
    html! {
        div.diff {
            @for run in lines.chunk_by(|a, b| a.is_as_before() == b.is_as_before()) {
                @if run[0].is_as_before() {
                    details.diff__same {
                        summary { (run.len()) " unchanged" }
                        ol.diff__lines { @for line in run { li.diff__line { (head(line.field, html! {})) } } }
                    }
                } @else {
                    ol.diff__lines { @for line in run { (self::line(comparison, line)) } }
                }
            }
        }
    }
}

fn line(comparison: &Comparison, line: &Line<'_>) -> Markup {
    let (older, newer) = (&comparison.from.definition, &comparison.to.definition);
    match &line.fate {
        Fate::Added => html! {
            li.diff__line data-fate="added" {
                (head(line.field, badge(Tone::Good, "Added")))
                (facts(line.field, newer))
            }
        },
        Fate::Removed => html! {
            li.diff__line data-fate="removed" {
                (head(line.field, badge(Tone::Bad, "Removed")))
                (facts(line.field, older))
            }
        },
        Fate::Kept { changed, moved } => html! {
            li.diff__line data-fate=(if changed.is_some() { "changed" } else { "moved" }) {
                (head(line.field, html! {
                    @if changed.is_some() { (badge(Tone::Warning, "Changed")) " " }
                    @if moved.is_some() { (badge(Tone::Info, "Moved")) }
                }))
                @if let Some(moved) = moved { p.diff__move { (whither(moved, newer)) } }
                @if let Some(change) = changed { (parts(comparison, line.field, change)) }
            }
        },
    }
}

/// Picture, name and type of a field.
fn head(field: &Field, fate: Markup) -> Markup {
    let kind = field.kind.name();
    html! {
        div.diff__head {
            span.diff__icon { (type_icon(kind)) }
            strong.diff__name { (field.name()) }
            span.diff__type { (type_label(kind)) }
            @if field.required { (badge(Tone::Neutral, "Required")) }
            (fate)
        }
    }
}

/// What else is set on a field that is new or gone.
fn facts(field: &Field, definition: &Definition) -> Markup {
    let facts = wording::facts(field, definition);
    let options = field.kind.options();
    html! {
        @if !options.is_empty() {
            ul.diff__options { @for option in options { li { (option.label) } } }
        }
        @if !facts.is_empty() {
            dl.diff__parts { @for (name, value) in &facts { dt { (name) } dd { (value) } } }
        }
    }
}

fn whither(moved: &Moved, newer: &Definition) -> Markup {
    let follows = moved.follows.as_deref().and_then(|key| newer.field(key));
    html! {
        @if moved.page_before != moved.page_after {
            "From page " (moved.page_before) " to page " (moved.page_after) ", "
        } @else { "Now " }
        @match follows {
            Some(field) => { "after “" (field.name()) "”." },
            None => "at the very beginning.",
        }
    }
}

/// The properties of a field that are otherwise.
fn parts(comparison: &Comparison, field: &Field, change: &FieldChange) -> Markup {
    let (older, newer) = (&comparison.from.definition, &comparison.to.definition);
    let was = older.field(&field.key).unwrap_or(field);
    html! {
        dl.diff__parts {
            @for property in &change.properties {
                @let before = wording::property_value(&property.name, was, older);
                @let after = wording::property_value(&property.name, field, newer);
                dt { (wording::property_name(&property.name, [field, was])) }
                dd { (from_to(before.as_deref(), after.as_deref(), "not set")) }
            }
            @if let Some(options) = &change.options {
                dt { "Options" }
                dd { (options_told(options)) }
            }
        }
    }
}

fn options_told(options: &OptionChanges) -> Markup {
    html! {
        ul.diff__options {
            @for option in &options.removed { li data-fate="removed" { (marks::taken(&option.label)) } }
            @for option in &options.added { li data-fate="added" { (marks::put(&option.label)) } }
            @for option in &options.renamed {
                li data-fate="changed" { (marks::taken(&option.before)) " → " (marks::put(&option.after)) }
            }
            @for option in &options.moved { li data-fate="moved" { (option.label) " " span.muted { "moved" } } }
        }
    }
}
