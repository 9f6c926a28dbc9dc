//! The page of a form's conditions: each in words, and the questions to try them on.

use kernel::Fields;
use maud::{Markup, PreEscaped, Render, html};
use serde_json::{Value, json};
use ui::{Button, Card, EmptyState, Icon, Illustration, PageHeader, Tone, badge, hidden};

use super::{
    conditions_view::rules,
    editor::{View, publish_from, standing, tabs},
    logic_page::{CONTAINER, PREFIX, Page},
    types::type_icon,
};
use crate::{
    answers::{FieldTold, Told},
    controls::{Filled, control},
    definition::Field,
    paths,
    texts::Texts,
};

const REPORT: &str = "logic-report";

/// The whole page.
pub(crate) fn page(page: &Page<'_>) -> Markup {
    html! {
        (container(page))
        script src=(ui::url("logic.js")) type="module" {}
    }
}

/// The page but for its script: what every change of a condition answers with.
pub(crate) fn container(page: &Page<'_>) -> Markup {
    let list = paths::forms(page.viewer.slug);
    html! {
        div.form-page.form-editor id=(CONTAINER) {
            (PageHeader::new(&page.form.title)
                .trail(&[("Forms", &list)])
                .summary(standing(&page.viewer, page.form))
                .actions(publish_from(&page.viewer, page.form, View::Logic)))
            (tabs(&page.viewer, page.form, View::Logic))
            @if page.viewer.writes { (rules(page)) }
            @if page.definition.has_logic() {
                div.form-editor__desk { (report(page)) (trial(page)) }
            } @else if !page.viewer.writes { (report(page)) }
        }
    }
}

/// Each condition with what becomes of it; a change of the answers replaces it.
pub(crate) fn report(page: &Page<'_>) -> Markup {
    let depending = |(field, told): &(&Field, &FieldTold)| {
        field.show_if.is_some() || field.require_if.is_some() || told.left_out_by.is_some()
    };
    let none = EmptyState::new(
        Illustration::Forms,
        "Every question is always shown",
        "Nothing in this form depends on earlier answers.",
    );
    html! {
        section.logic id=(REPORT) aria-labelledby="logic-report-title" {
            h2.visually-hidden id="logic-report-title" { "What the answers lead to" }
            @if page.definition.has_logic() {
                ol.logic__list {
                    @for (field, told) in page.fields().filter(depending) { (item(page, field, told)) }
                }
            } @else { (none) }
        }
    }
}

fn item(page: &Page<'_>, field: &Field, told: &FieldTold) -> Markup {
    let by = told.left_out_by.as_ref().and_then(|key| page.definition.field(key));
    html! {
        li.card.logic__item {
            div.logic__head {
                (type_icon(field.kind.name()))
                strong { (field.name()) }
                @if told.shown { (badge(Tone::Good, "Shown")) } @else { (badge(Tone::Neutral, "Not shown")) }
                @if told.required { (badge(Tone::Accent, "Required")) }
            }
            @if let Some(by) = by { p.muted { "Left out with the page “" (by.name()) "”." } }
            @if let (Some(condition), Some(told)) = (&field.show_if, &told.show_if) {
                p { "Shown only if " (condition.in_words(page.definition)) "." }
                (tests(page, told))
            }
            @if let (Some(condition), Some(told)) = (&field.require_if, &told.require_if) {
                p { "Must be answered if " (condition.in_words(page.definition)) "." }
                (tests(page, told))
            }
        }
    }
}

/// Each test with the answer that it saw.
fn tests(page: &Page<'_>, told: &Told) -> Markup {
    html! {
        ul.logic__tests {
            @for test in &told.tests {
                @let asked = page.definition.field(&test.field);
                li data-holds[test.holds] {
                    @if test.holds { (Icon::Check) } @else { (Icon::Close) }
                    span {
                        span.visually-hidden { @if test.holds { "Holds: " } @else { "Does not hold: " } }
                        "“" (asked.map_or(test.field.as_str(), Field::name)) "” is "
                        @match &test.answer {
                            Some(answer) => strong { (seen(answer, asked)) },
                            None => span.muted { "not answered" },
                        }
                    }
                }
            }
        }
    }
}

/// An answer with the labels of its options.
fn seen(answer: &Value, field: Option<&Field>) -> String {
    match answer {
        Value::String(text) => {
            let options = field.map_or(&[][..], |field| field.kind.options());
            let option = options.iter().find(|option| option.value == *text);
            option.map_or(text.clone(), |option| option.label.clone())
        }
        Value::Array(list) => {
            list.iter().map(|one| seen(one, field)).collect::<Vec<_>>().join(", ")
        }
        Value::Bool(flag) => if *flag { "Yes" } else { "No" }.to_owned(),
        other => other.to_string(),
    }
}

/// All questions on one sheet: the browser shows and hides them as on the form, and the report says why.
fn trial(page: &Page<'_>) -> Markup {
    let action = paths::logic_test(page.viewer.slug, page.form.id);
    let nothing = Fields::new();
    let filled = Filled {
        pairs: page.pairs,
        problems: &nothing,
        kept: &[],
        prefix: PREFIX,
        texts: Texts::english(),
    };
    let data = json!({"fields": page.definition.logic_for_browser(), "steps": []}).to_string();
    let body = html! {
        form.logic__trial method="post" action=(action) novalidate data-hx-post=(action)
            data-hx-trigger="input delay:300ms, change delay:300ms, submit"
            data-hx-target={ "#" (REPORT) } data-hx-swap="outerMorph" data-hx-sync="replace" {
            (hidden("csrf_token", page.viewer.csrf_token))
            form-logic id={ "trial-" (page.form.revision) } data-here="0" data-prefix=(PREFIX) {
                script type="application/json" { (PreEscaped(data.replace('<', "\\u003c"))) }
                @for (field, told) in page.fields() { (question(field, told, &filled)) }
            }
            (Button::secondary("Try these answers").submit())
        }
    };
    Card::new(body).title("Try it").render()
}

fn question(field: &Field, told: &FieldTold, filled: &Filled<'_>) -> Markup {
    let requirable = field.require_if.is_some() && !field.required;
    let field = Field { required: field.required || requirable, ..field.clone() };
    html! {
        div.asked data-field=(field.key) data-off[!told.shown] data-required[told.required]
            data-requirable[requirable] { (control(&field, filled)) }
    }
}
