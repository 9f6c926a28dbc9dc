//! The control inside a field: what a person types into or presses.

use maud::{Markup, Render, html};

use super::{Choice, Control, Field};
use crate::{Element, Icon};

pub(super) fn control(field: &Field<'_>) -> Markup {
    match &field.control {
        Control::Input(kind) => input(field, kind),
        Control::LongText => long_text(field),
        Control::Select(choices) => select(field, choices),
        Control::Radios(choices) => options(field, choices, "radio"),
        Control::Checkboxes(choices) => options(field, choices, "checkbox"),
        Control::Scale { from, to, low, high } => scale(field, *from..=*to, low, high),
        Control::Stars(stars) => rating(field, *stars),
        Control::Tick { switch } => tick(field, *switch),
    }
}

/// What every single control has in common.
fn base(field: &Field<'_>, tag: &'static str, class: &str) -> Element {
    Element::new(tag)
        .attr("class", class)
        .attr("id", field.control_id())
        .attr("name", field.name)
        .flag("required", field.required)
        .maybe("aria-invalid", field.invalid())
        .maybe("aria-describedby", field.described_by())
        .attrs(&field.attributes)
}

fn input(field: &Field<'_>, kind: &str) -> Markup {
    let class = if kind == "file" { "input input--file" } else { "input" };
    // Browsers refuse a value on a file input, and a password is never sent back.
    let value = field.values.first().filter(|_| !matches!(kind, "file" | "password"));
    // What is not of the kind a browser would drop, and the person would not see what they are told of.
    let kind = if value.is_some_and(|value| !fits(kind, value)) { "text" } else { kind };
    base(field, "input", class).attr("type", kind).maybe("value", value).render()
}

/// Whether a browser shows this value in an input of this kind (WHATWG HTML, 2.3.5).
fn fits(kind: &str, value: &str) -> bool {
    let shape: String =
        value.chars().map(|it| if it.is_ascii_digit() { '0' } else { it }).collect();
    match kind {
        "date" => shape == "0000-00-00",
        "time" => matches!(shape.as_str(), "00:00" | "00:00:00"),
        "datetime-local" => matches!(shape.as_str(), "0000-00-00T00:00" | "0000-00-00T00:00:00"),
        _ => true,
    }
}

fn long_text(field: &Field<'_>) -> Markup {
    let text = field.values.first().copied().unwrap_or_default();
    // The parser drops one line break after the start tag; ours takes its place.
    base(field, "textarea", "input input--long").body(html! { "\n" (text) }).render()
}

fn select(field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    let options = html! {
        // A list that has words of its own for no choice needs no others.
        @if choices.iter().all(|choice| !choice.value.is_empty()) { option value="" { (field.words.choose) } }
        @for choice in choices {
            option value=(choice.value) selected[field.holds(choice.value)] { (choice.label) }
        }
    };
    html! { div.select { (base(field, "select", "input").body(options)) (Icon::ChevronDown) } }
}

fn options(field: &Field<'_>, choices: &[Choice<'_>], kind: &str) -> Markup {
    let required = field.required && kind == "radio";
    html! {
        div.options {
            @for choice in choices {
                label.option {
                    input type=(kind) name=(field.name) value=(choice.value) required[required]
                        checked[field.holds(choice.value)];
                    span { (choice.label) }
                }
            }
        }
    }
}

fn scale(field: &Field<'_>, steps: std::ops::RangeInclusive<i64>, low: &str, high: &str) -> Markup {
    html! {
        div.scale {
            div.scale__steps data-steps=(steps.clone().count().min(21)) {
                @for step in steps.take(21) {
                    @let value = step.to_string();
                    label.scale__step {
                        input.visually-hidden type="radio" name=(field.name) value=(value)
                            required[field.required] checked[field.holds(&value)];
                        span { (value) }
                    }
                }
            }
            div.scale__ends { span { (low) } span { (high) } }
        }
    }
}

fn rating(field: &Field<'_>, stars: u8) -> Markup {
    let of = stars.to_string();
    html! {
        div.stars {
            @for star in 1..=stars {
                @let value = star.to_string();
                label.stars__star {
                    input.visually-hidden type="radio" name=(field.name) value=(value)
                        required[field.required] checked[field.holds(&value)];
                    (Icon::Star)
                    span.visually-hidden {
                        (field.words.star.replace("{stars}", &of).replace("{star}", &value))
                    }
                }
            }
        }
    }
}

fn tick(field: &Field<'_>, switch: bool) -> Markup {
    let class = if switch { "switch" } else { "tick__box" };
    base(field, "input", class)
        .attr("type", "checkbox")
        .attr("value", "true")
        .maybe("role", switch.then_some("switch"))
        .flag("checked", field.holds("true"))
        .render()
}
