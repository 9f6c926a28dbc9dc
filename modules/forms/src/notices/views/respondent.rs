//! The inputs of the answer to a respondent.

use maud::{Markup, html};
use ui::{Alert, Field as Input};

use super::{Inputs, Page, choices_of};
use crate::{notices::ADDRESS_CAP, pages::figure};

impl Page<'_> {
    pub(super) fn respondent(&self, inputs: &Inputs<'_>) -> Markup {
        let notice = inputs.notice;
        let cap = notice.hourly_cap.to_string();
        let emails = self.emails("Choose a question");
        let emails = choices_of(&emails);
        let body = html! {
            @if emails.len() == 1 {
                (Alert::info("Ask for an e-mail address first")
                    .text("The form has no question of the type E-mail whose answer could be written to."))
            }
            (inputs.input(Input::switch("enabled", "Answer whoever has answered"), "enabled")
                .value(if inputs.is_on("enabled", notice.enabled) { "true" } else { "" }))
            @if notice.withheld > 0 {
                p.muted { (figure(notice.withheld)) " were not sent because of the limits." }
            }
            (inputs.input(Input::select("field", "To the answer to", &emails), "field")
                .value(inputs.value("field", notice.field.as_deref().unwrap_or_default())))
            (inputs.input(Input::email("reply_to", "Where answers to it go"), "reply_to")
                .value(inputs.value("reply_to", notice.reply_to.as_deref().unwrap_or_default()))
                .attr("autocomplete", "off")
                .hint(Some("Empty: as the workspace has it under Settings, Mail.")))
            (inputs.input(Input::text("hourly_cap", "Mails an hour at most"), "hourly_cap")
                .value(inputs.value("hourly_cap", &cap)).attr("inputmode", "numeric")
                .hint(Some(&format!("What is above it is not sent, nor more than {ADDRESS_CAP} an hour to one address: nobody can have another's letter box filled."))))
        };
        let summary = "One mail a submission, to the address in it.";
        self.card(inputs, "Answer to the respondent", summary, body)
    }
}
