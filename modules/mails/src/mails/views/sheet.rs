//! The page of one mail.

use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, Icon, PageHeader, Tone, badge, code_block, facts};

use super::{log::not_configured, mail_state, meaning};
use crate::{
    mails::{Attempt, Content, Mail, outcome, state},
    paths,
    text::{ago, milliseconds},
};

/// One mail.
pub(crate) struct Sheet<'a> {
    pub(crate) slug: &'a str,
    pub(crate) mail: &'a Mail,
    pub(crate) content: &'a Content,
    /// Where the mail itself is, as its reader sees it.
    pub(crate) frame: &'a str,
    pub(crate) from: Option<&'a str>,
    pub(crate) attempts: &'a [Attempt],
    pub(crate) may_write: bool,
    pub(crate) csrf_token: &'a str,
}

impl Sheet<'_> {
    pub(crate) fn page(&self) -> Markup {
        let all = paths::mails(self.slug);
        let unsettled = self.from.is_some()
            && matches!(self.mail.state.as_str(), state::PENDING | state::SENDING);
        let address = paths::mail(self.slug, self.mail.id);
        html! {
            (PageHeader::new(&self.mail.subject).trail(&[("Mail", &all)])
                .summary(mail_state(self.mail, self.from.is_some())).actions(self.actions()))
            div.stack {
                // Looks again while something may still change.
                div.stack id="mail-way" data-hx-get=[unsettled.then_some(&address)]
                    data-hx-trigger=[unsettled.then_some("every 2s")] data-hx-select="#mail-way"
                    data-hx-swap=[unsettled.then_some("outerHTML")] {
                    (self.notice())
                    (self.known())
                    @for attempt in self.attempts { (attempt_card(attempt)) }
                }
                (self.content())
            }
        }
    }

    fn actions(&self) -> Markup {
        html! {
            @if self.may_write && self.mail.state != state::SENDING {
                form method="post" action=(paths::mail_part(self.slug, self.mail.id, "redelivery")) {
                    (ui::hidden("csrf_token", self.csrf_token))
                    (Button::secondary("Send again").icon(Icon::Refresh).submit())
                }
            }
        }
    }

    fn notice(&self) -> Markup {
        let unknown = self.attempts.first().is_some_and(|last| last.outcome == outcome::UNKNOWN);
        html! {
            @if self.from.is_none() && self.mail.state == state::PENDING { (not_configured()) }
            @if unknown {
                (Alert::warning("We do not know whether it was taken").text(
                    "The connection broke after it was handed over. It is sent once more under the same Message-ID, so that mail programs can tell."
                ))
            }
        }
    }

    fn known(&self) -> Markup {
        let mail = self.mail;
        let mut pairs = vec![
            ("What for", html! { (meaning(&mail.purpose)) }),
            ("To", html! { (mail.recipient_name) " " code { (mail.recipient) } }),
            (
                "From",
                html! { (self.content.from_name) @if let Some(from) = self.from { " " code { (from) } } },
            ),
            ("Written", ago(mail.created_at)),
            ("Attempts", html! { (mail.attempts) }),
            ("Mail", html! { code { (mail.id) } }),
        ];
        if let Some(reply_to) = &self.content.reply_to {
            pairs.insert(3, ("Answers to", html! { code { (reply_to) } }));
        }
        if let Some(next) = mail.due_at.filter(|_| mail.state == state::PENDING) {
            pairs.push(("Next attempt", ago(next)));
        }
        facts(&pairs)
    }

    fn content(&self) -> Markup {
        let body = html! {
            div.stack {
                iframe.mail-frame src=(self.frame) title="The mail as its reader sees it" sandbox="" loading="lazy" {}
                details.attempt {
                    summary { "As bare text" }
                    (code_block("Text", &self.content.body_text))
                }
            }
        };
        Card::new(body).title("What it says").render()
    }
}

fn attempt_card(attempt: &Attempt) -> Markup {
    let (tone, word) = match attempt.outcome.as_str() {
        outcome::SENT => (Tone::Good, "Taken"),
        outcome::REFUSED => (Tone::Bad, "Refused"),
        outcome::NOT_SENT => (Tone::Bad, "Not sent"),
        _ => (Tone::Warning, "Unknown"),
    };
    let body = html! {
        div.stack {
            p.row {
                (badge(tone, word))
                span.muted { (ago(attempt.at)) " · " (milliseconds(attempt.duration)) }
            }
            p.mail__answer { (attempt.answer) }
        }
    };
    Card::new(body).title(&format!("Attempt {}", attempt.number)).render()
}
