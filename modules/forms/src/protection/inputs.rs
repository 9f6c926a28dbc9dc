//! The inputs of a form's protection on the page of its settings.

use std::borrow::Cow;

use kernel::Fields;
use maud::{Markup, Render, html};
use ui::{Card, Choice, Field as Input};

use super::{NewProtection, Protection, Strictness};
use crate::pages::sent;

/// What stands in the inputs.
#[derive(Default)]
pub(crate) struct Inputs<'a> {
    honeypot: Cow<'a, str>,
    min_seconds: Cow<'a, str>,
    hourly_limit: Cow<'a, str>,
    daily_limit: Cow<'a, str>,
    proof_of_work: Cow<'a, str>,
    learned: Cow<'a, str>,
}

impl<'a> Inputs<'a> {
    /// As the form stands.
    pub(crate) fn of(protection: &Protection) -> Self {
        let number = |limit: Option<u32>| {
            Cow::Owned(limit.map_or_else(String::new, |limit| limit.to_string()))
        };
        let flag = |on: bool| if on { "true" } else { "" }.into();
        Inputs {
            honeypot: flag(protection.honeypot),
            min_seconds: number(Some(protection.min_seconds)),
            hourly_limit: number(protection.hourly_limit),
            daily_limit: number(protection.daily_limit),
            proof_of_work: flag(protection.proof_of_work),
            learned: protection.learned.as_str().into(),
        }
    }

    /// As they were sent.
    pub(crate) fn sent(pairs: &'a [(String, String)]) -> Self {
        let text = |name| Cow::Borrowed(sent(pairs, name).unwrap_or_default());
        Inputs {
            honeypot: text("honeypot"),
            min_seconds: text("min_seconds"),
            hourly_limit: text("hourly_limit"),
            daily_limit: text("daily_limit"),
            proof_of_work: text("proof_of_work"),
            learned: text("learned"),
        }
    }

    /// What they say, but for texts that are no numbers.
    pub(crate) fn read(&self, problems: &mut Fields) -> NewProtection {
        let mut number = |name: &str, text: &str| {
            let text = text.trim();
            let number = text.parse().ok();
            if number.is_none() && !text.is_empty() {
                let message = "Write a whole number and nothing else, such as 20.";
                problems.push(format!("protection.{name}"), "invalid", message);
            }
            number
        };
        NewProtection {
            honeypot: Some(self.honeypot == "true"),
            min_seconds: number("min_seconds", &self.min_seconds),
            hourly_limit: number("hourly_limit", &self.hourly_limit),
            daily_limit: number("daily_limit", &self.daily_limit),
            proof_of_work: Some(self.proof_of_work == "true"),
            learned: Strictness::named(&self.learned),
        }
    }

    /// The card with the inputs.
    pub(crate) fn card(&self, problems: &Fields) -> Markup {
        let told = "What looks like spam is put apart with the reason, tells nobody, and is never lost: release it \
                    where it lies. This holds from the moment it is saved.";
        Card::new(self.controls(problems)).title("Spam").summary(told).render()
    }

    fn controls(&self, problems: &Fields) -> Markup {
        let choices = [
            Choice { value: "careful", label: "Carefully: only what is as good as certain" },
            Choice { value: "strict", label: "Strictly: finds more, and is wrong more often" },
            Choice { value: "off", label: "Not at all" },
        ];
        html! {
            div.stack {
                (Input::switch("honeypot", "Ask a question that only programs see")
                    .value(&self.honeypot)
                    .hint(Some("Whatever answers it is spam. People do not meet it, whether they see, hear or type.")))
                (Input::text("min_seconds", "Seconds that a person needs at least").attr("inputmode", "numeric")
                    .id("min_seconds").error(problems.of("protection.min_seconds"))
                    .value(&self.min_seconds)
                    .hint(Some("What is sent sooner, or without having opened the form, is spam. 0 turns this off.")))
                div.field-pair {
                    (Input::text("hourly_limit", "From one address, most an hour").attr("inputmode", "numeric")
                        .id("hourly_limit").error(problems.of("protection.hourly_limit"))
                        .value(&self.hourly_limit)
                        .hint(Some("Leave it empty for no limit.")))
                    (Input::text("daily_limit", "From one address, most a day").attr("inputmode", "numeric")
                        .id("daily_limit").error(problems.of("protection.daily_limit"))
                        .value(&self.daily_limit)
                        .hint(Some("A school or an office may share one.")))
                }
                (Input::switch("proof_of_work", "Have the browser compute for a moment")
                    .value(&self.proof_of_work)
                    .hint(Some("Nobody notices it while they write, and a flood of spam cannot afford it. What comes without JavaScript is put apart.")))
                (Input::select("learned", "Judge by words", &choices)
                    .value(&self.learned)
                    .hint(Some("It learns from what your team puts into spam, releases, or is done with, and begins once it has 50 of both.")))
            }
        }
    }
}
