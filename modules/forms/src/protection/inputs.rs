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
        let told = "What looks like spam goes to the spam tray with the reason. Nobody is notified, and nothing \
                    is lost: you can release it there. Changes apply as soon as you save.";
        Card::new(self.controls(problems)).title("Spam protection").summary(told).render()
    }

    fn controls(&self, problems: &Fields) -> Markup {
        let choices = [
            Choice { value: "careful", label: "Careful: only what is almost certainly spam" },
            Choice { value: "strict", label: "Strict: catches more, and is wrong more often" },
            Choice { value: "off", label: "Off" },
        ];
        html! {
            div.stack {
                (Input::switch("honeypot", "Hidden question for bots")
                    .value(&self.honeypot)
                    .hint(Some("People never come across it, with or without a screen reader. Whoever answers it is a bot.")))
                (Input::text("min_seconds", "Shortest time to answer, in seconds").attr("inputmode", "numeric")
                    .id("min_seconds").error(problems.of("protection.min_seconds"))
                    .value(&self.min_seconds)
                    .hint(Some("What is sent sooner, or without opening the form, is spam. 0 turns this off.")))
                div.field-pair {
                    (Input::text("hourly_limit", "Submissions per hour from one IP address").attr("inputmode", "numeric")
                        .id("hourly_limit").error(problems.of("protection.hourly_limit"))
                        .value(&self.hourly_limit)
                        .hint(Some("What comes beyond that is spam. Leave it empty for no limit.")))
                    (Input::text("daily_limit", "Submissions per day from one IP address").attr("inputmode", "numeric")
                        .id("daily_limit").error(problems.of("protection.daily_limit"))
                        .value(&self.daily_limit)
                        .hint(Some("Everyone in a school or an office may share one address.")))
                }
                (Input::switch("proof_of_work", "Proof of work in the browser")
                    .value(&self.proof_of_work)
                    .hint(Some("The browser solves a small puzzle while people write. They do not notice it, and it makes floods of spam expensive. What comes without JavaScript goes to spam.")))
                (Input::select("learned", "Learn from your team", &choices)
                    .value(&self.learned)
                    .hint(Some("It judges by words: those of what your team marks as spam, and those of what it releases or sets to done. It begins once it knows 50 of each.")))
            }
        }
    }
}
