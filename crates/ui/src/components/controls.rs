//! The control inside a field: what a person types into or presses.

use maud::{Markup, Render, html};

use super::field::{Choice, Control, Field};
use crate::{Element, Icon, error_summary, hidden, sample::Sample};

/// Both answers of a yes-or-no question.
pub(crate) const YES_NO: [Choice<'static>; 2] =
    [Choice { value: "true", label: "Yes" }, Choice { value: "false", label: "No" }];

pub(crate) fn control(field: &Field<'_>) -> Markup {
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
    base(field, "input", class).attr("type", kind).maybe("value", value).render()
}

fn long_text(field: &Field<'_>) -> Markup {
    let text = field.values.first().copied().unwrap_or_default();
    // The parser drops one line break after the start tag; ours takes its place.
    base(field, "textarea", "input input--long")
        .attr("rows", "4")
        .body(html! { "\n" (text) })
        .render()
}

fn select(field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    let options = html! {
        option value="" { "Choose…" }
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
    html! {
        div.stars {
            @for star in 1..=stars {
                @let value = star.to_string();
                label.stars__star {
                    input.visually-hidden type="radio" name=(field.name) value=(value)
                        required[field.required] checked[field.holds(&value)];
                    (Icon::Star)
                    span.visually-hidden { (value) " of " (stars) }
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

const PLACES: [Choice<'static>; 3] = [
    Choice { value: "shop", label: "In the shop" },
    Choice { value: "web", label: "On the web" },
    Choice { value: "friend", label: "From a friend" },
];

pub(crate) fn samples() -> Vec<Sample> {
    vec![typed(), chosen(), scored(), wrong()]
}

fn typed() -> Sample {
    Sample::new(
        "fields",
        "To type into",
        html! {
            form.stack {
                (Field::text("s_name", "Name").required(true).value("Ada Byron"))
                (Field::email("s_email", "E-mail").hint(Some("Only to answer you.")))
                (Field::tel("s_phone", "Phone"))
                (Field::password("s_password", "Password", "new-password"))
                (Field::number("s_guests", "Guests").attr("min", "1").attr("max", "12"))
                (Field::date("s_date", "Day"))
                (Field::time("s_time", "Time"))
                (Field::long_text("s_story", "What happened?").id("s-story"))
                (Field::file("s_photo", "Photo").hint(Some("JPEG or PNG, at most 10 MB.")))
                (hidden("s_source", "styleguide"))
            }
        },
    )
}

fn chosen() -> Sample {
    Sample::new(
        "fields",
        "To choose from",
        html! {
            form.stack {
                (Field::select("s_where", "Where did you hear of us?", &PLACES).value("web"))
                (Field::radios("s_how", "How did you come?", &PLACES).value("shop"))
                (Field::checkboxes("s_what", "What do you like?", &PLACES).values(["shop", "friend"]))
                (Field::yes_no("s_again", "Would you come again?").value("true"))
                (Field::consent("s_terms", "I agree that my answers are stored.").required(true))
                (Field::switch("s_notify", "Tell me about each submission").value("true"))
            }
        },
    )
}

fn scored() -> Sample {
    Sample::new(
        "fields",
        "To score",
        html! {
            form.stack {
                (Field::nps("s_nps", "Would you recommend us?").value("9"))
                (Field::scale("s_ease", "How easy was it?", (1, 5), ("Hard", "Easy")))
                (Field::rating("s_stars", "Your rating", 5).value("4"))
            }
        },
    )
}

fn wrong() -> Sample {
    let email = Field::email("w_email", "E-mail")
        .required(true)
        .value("ada@")
        .error(Some("Enter an e-mail address such as ada@example.com"));
    Sample::new(
        "fields",
        "With errors",
        html! {
            form.stack {
                (error_summary(&[
                    (email.control_id(), "E-mail: enter an address such as ada@example.com"),
                    ("field-w_again", "Choose yes or no"),
                ]))
                (email)
                (Field::yes_no("w_again", "Would you come again?").required(true).error(Some("Choose yes or no")))
                (Field::consent("w_terms", "I agree.").error(Some("Tick the box to go on")))
            }
        },
    )
}
