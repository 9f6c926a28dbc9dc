//! The inputs of the mail to the team.

use maud::{Markup, html};
use ui::{Field as Input, Tone, badge};

use super::{Inputs, Page, choices_of};
use crate::{
    choices::Few,
    notices::{Notice, Rhythm},
    pages::{ago, figure},
};

impl Page<'_> {
    pub(super) fn team(&self, inputs: &Inputs<'_>) -> Markup {
        let choices = Rhythm::choices();
        let notice = inputs.notice;
        let cap = notice.hourly_cap.to_string();
        let emails = self.emails("Nobody in particular");
        let emails = choices_of(&emails);
        let body = html! {
            (inputs.input(Input::switch("enabled", "Tell the team of new submissions"), "enabled")
                .value(if inputs.is_on("enabled", notice.enabled) { "true" } else { "" }))
            (self.waiting(notice))
            (self.recipients(inputs))
            (inputs.input(Input::select("rhythm", "How often", &choices), "rhythm")
                .value(inputs.value("rhythm", &notice.rhythm)))
            (inputs.input(Input::text("hourly_cap", "Mails an hour at most"), "hourly_cap")
                .value(inputs.value("hourly_cap", &cap)).attr("inputmode", "numeric")
                .hint(Some("What comes in above it is told of in one mail at the end of the hour. Nothing is left out.")))
            @if emails.len() > 1 {
                (inputs.input(Input::select("reply_to_field", "An answer to the mail goes to", &emails), "reply_to_field")
                    .value(inputs.value("reply_to_field", notice.field.as_deref().unwrap_or_default())))
            }
        };
        let summary = "To members, and to addresses that have said yes. Subject and text are those of a mail about one submission.";
        self.card(inputs, "Mail to the team", summary, body)
    }

    fn waiting(&self, notice: &Notice) -> Markup {
        html! {
            @if let Some(until) = notice.waiting_until.filter(|_| notice.waiting_count > 0) {
                p.muted { (figure(notice.waiting_count)) " wait for one mail, which is sent " (ago(until)) "." }
            }
        }
    }

    fn recipients(&self, inputs: &Inputs<'_>) -> Markup {
        let kept = inputs.notice.recipients().unwrap_or_default();
        let chosen = |id: &str| match inputs.attempt {
            Some(attempt) => {
                attempt.pairs.iter().any(|(name, value)| name == "member" && value == id)
            }
            // Whoever switches it on most likely wants it.
            None if kept.is_empty() => self.reader.as_deref() == Some(id),
            None => kept.iter().any(|one| one == id),
        };
        let addresses: Vec<&str> =
            kept.iter().map(String::as_str).filter(|one| one.contains('@')).collect();
        let lines = addresses.join("\n");
        let error = inputs.error("recipients");
        let id = inputs.id("recipients");
        html! {
            fieldset.field.field--group id=(id) tabindex="-1" {
                legend.field__label { "Who is told" }
                div.stack.notices__people {
                    @for person in &self.found.people {
                        @let id = person.id.to_string();
                        label.option {
                            input type="checkbox" name="member" value=(id) checked[chosen(&id)];
                            span { (person.name) " " span.muted { (person.email) } }
                        }
                    }
                }
                @if let Some(error) = error {
                    p.field__error { (ui::Icon::Warning) span { (error) } }
                }
            }
            (Input::long_text("addresses", "And these addresses").id(inputs.id("addresses"))
                .value(inputs.value("addresses", &lines))
                .hint(Some("One a line. Each gets a mail with a link first, and nothing else before its owner has said yes.")))
            (self.address_states())
        }
    }

    fn address_states(&self) -> Markup {
        html! {
            @if !self.found.addresses.is_empty() {
                ul.notices__addresses {
                    @for one in &self.found.addresses {
                        li {
                            span { (one.address) } " "
                            @if one.confirmed_at.is_some() { (badge(Tone::Good, "Has said yes")) }
                            @else { (badge(Tone::Warning, "Was asked")) " " span.muted { (ago(one.asked_at)) } }
                        }
                    }
                }
            }
        }
    }
}
