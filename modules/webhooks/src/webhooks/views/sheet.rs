//! The page of one endpoint.

use kernel::Fields;
use maud::{Markup, Render, html};
use ui::{
    Alert, Button, Card, Chip, Confirm, Icon, PageHeader, Pagination, chips, hidden, secret_box,
};
use web::{Page, Subject};

use super::{inputs, told_of, webhook_state};
use crate::{
    deliveries::{self, Delivery, list::Filter, state},
    endpoint::{Webhook, reason},
    paths,
    text::ago,
    webhooks::{NewWebhook, json::SecretsJson},
};

/// One endpoint with its log.
pub(crate) struct Sheet<'a> {
    pub(crate) slug: &'a str,
    pub(crate) webhook: &'a Webhook,
    /// What it may be bound to.
    pub(crate) subjects: &'a [Subject],
    pub(crate) secrets: Option<&'a SecretsJson>,
    pub(crate) entered: &'a NewWebhook,
    pub(crate) fields: &'a Fields,
    pub(crate) deliveries: &'a Page<Delivery>,
    pub(crate) filter: &'a Filter,
    pub(crate) may_write: bool,
    pub(crate) csrf_token: &'a str,
}

const DELETION: &str = "delete-webhook";
const ROTATION: &str = "rotate-secret";

impl Sheet<'_> {
    pub(crate) fn page(&self) -> Markup {
        let all = paths::webhooks(self.slug);
        html! {
            (PageHeader::new(&self.webhook.url).trail(&[("Webhooks", &all)])
                .summary(html! {
                    (webhook_state(self.webhook))
                    (told_of(self.webhook, self.subjects))
                })
                .actions(self.actions()))
            div.stack.stack--loose {
                (self.notice())
                @if let Some(secrets) = self.secrets { (secret(secrets)) }
                (self.log())
                @if self.may_write { (self.settings()) (self.dialogs()) }
            }
        }
    }

    fn at(&self, part: &str) -> String {
        paths::part(self.slug, self.webhook.id, part)
    }

    fn post(&self, part: &str, state: Option<&str>, button: &Button<'_>) -> Markup {
        html! {
            form method="post" action=(self.at(part)) {
                (hidden("csrf_token", self.csrf_token))
                @if let Some(state) = state { (hidden("state", state)) }
                (button)
            }
        }
    }

    fn actions(&self) -> Markup {
        html! {
            @if self.may_write {
                (Button::icon_only(Icon::Trash, "Delete endpoint…").opens_dialog(DELETION))
                @if self.webhook.enabled {
                    (self.post("state", Some("disabled"), &Button::secondary("Disable").submit()))
                    (self.post("test", None, &Button::primary("Send a test").icon(Icon::Bolt).submit()))
                } @else {
                    (self.post("state", Some("enabled"), &Button::primary("Enable").submit()))
                }
            }
        }
    }

    fn notice(&self) -> Markup {
        let text = match self.webhook.disabled_reason.as_deref() {
            Some(reason::FAILING) => Some((
                "We disabled this endpoint",
                "It did nothing but fail for five days. What was on its way waits; it goes on when you enable it.",
            )),
            Some(reason::GONE) => Some((
                "We disabled this endpoint",
                "It answered 410, which means that it wants nothing more. What was on its way waits.",
            )),
            Some(_) => Some((
                "Disabled",
                "It gets nothing, and is not told later of what happens meanwhile.",
            )),
            None => None,
        };
        html! {
            @if let Some((title, text)) = text { (Alert::warning(title).text(text)) }
            @if let (true, Some(since)) = (self.webhook.enabled, self.webhook.failing_since) {
                p.webhook__failing { (Icon::Warning) span { "Nothing was taken since " (ago(since)) ". After five days of nothing but failures it is disabled." } }
            }
        }
    }

    fn log(&self) -> Markup {
        let data = &self.deliveries.data;
        let failed = data.iter().any(|one| one.state == state::FAILED);
        let here = paths::webhook(self.slug, self.webhook.id);
        let chosen = self.filter.state.as_deref().unwrap_or_default();
        let (suffix, joint) = match chosen {
            "" => (String::new(), "?"),
            state => (format!("?state={state}"), "&"),
        };
        let newest = format!("{here}{suffix}");
        let older =
            self.deliveries.next_cursor.as_ref().map(|at| format!("{newest}{joint}cursor={at}"));
        let further = self.filter.cursor.is_some();
        html! {
            section.stack aria-label="Deliveries" {
                div.row.row--between {
                    h2 { "Deliveries" }
                    @if self.may_write && self.webhook.enabled && failed {
                        (self.post("redeliveries", None, &Button::secondary("Send all that failed again").icon(Icon::Refresh).small().submit()))
                    }
                }
                (filters(&here, chosen))
                (deliveries::views::table(self.slug, data))
                @if older.is_some() || further {
                    (Pagination { newer: further.then_some(newest.as_str()), older: older.as_deref(), summary: "Newest first" })
                }
                p.muted { "The log is kept for 30 days." }
            }
        }
    }

    fn settings(&self) -> Markup {
        let form = html! {
            form.stack method="post" action=(paths::webhook(self.slug, self.webhook.id)) {
                (hidden("csrf_token", self.csrf_token))
                (inputs(self.entered, self.fields, self.subjects))
                div.row {
                    (Button::primary("Save").submit())
                    @if self.secrets.is_none() { (Button::secondary("Show secret").icon(Icon::Key).href(&self.at("secret"))) }
                    (Button::secondary("New secret…").opens_dialog(ROTATION))
                }
            }
        };
        Card::new(form).title("Endpoint").render()
    }

    fn dialogs(&self) -> Markup {
        html! {
            (Confirm {
                id: DELETION,
                title: "Delete this endpoint?",
                text: "It gets nothing more, and its log is deleted. This cannot be undone.",
                action: "Delete endpoint",
                decline: "Keep it",
                href: &self.at("deletion"),
                csrf_token: self.csrf_token,
            })
            (Confirm {
                id: ROTATION,
                title: "Make a new secret?",
                text: "Messages are signed with both for a day, so that your program can change over without losing one.",
                action: "Make new secret",
                decline: "Keep it",
                href: &self.at("secret"),
                csrf_token: self.csrf_token,
            })
        }
    }
}

fn filters(here: &str, chosen: &str) -> Markup {
    let named = [
        ("", "All"),
        (state::PENDING, "Waiting"),
        (state::SUCCEEDED, "Taken"),
        (state::FAILED, "Given up"),
    ];
    let links = named.map(|(word, _)| match word {
        "" => here.to_owned(),
        word => format!("{here}?state={word}"),
    });
    let row: Vec<Chip<'_>> = named
        .iter()
        .zip(&links)
        .map(|((word, label), href)| Chip { label, href, on: *word == chosen })
        .collect();
    chips("Which deliveries", &row)
}

fn secret(secrets: &SecretsJson) -> Markup {
    html! {
        (secret_box(
            "The secret that signs",
            &secrets.secret,
            "Give it to your program, which verifies the header webhook-signature with it.",
        ))
        @for former in &secrets.former {
            p.muted {
                "A former secret signs beside it"
                @if let Some(end) = former.expires_at { " and ends " (ago(end)) }
                "."
            }
        }
    }
}
