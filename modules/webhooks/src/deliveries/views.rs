//! Deliveries as people see them: the log, and one of them with all that was said.

use maud::{Markup, Render, html};
use ui::{
    Alert, Button, Card, Column, EmptyState, Icon, Illustration, PageHeader, Row, Table, Tone,
    badge, code_block, facts, status,
};

use super::{Attempt, Delivery, outcome, state};
use crate::{
    endpoint::Webhook,
    paths,
    text::{ago, milliseconds},
};

const COLUMNS: [Column<'static>; 5] = [
    Column::text("Message"),
    Column::text("State"),
    Column::line("Last answer"),
    Column::number("Attempts"),
    Column::text("When"),
];

/// Where a delivery is on its way.
fn delivery_state(word: &str) -> Markup {
    match word {
        state::SUCCEEDED => status(Tone::Good, "Taken"),
        state::FAILED => status(Tone::Bad, "Given up"),
        state::SENDING => status(Tone::Accent, "On the wire"),
        _ => status(Tone::Warning, "Waits"),
    }
}

/// The rows of the log.
pub(crate) fn table(slug: &str, deliveries: &[Delivery]) -> Markup {
    let links: Vec<String> = deliveries.iter().map(|one| paths::delivery(slug, one.id)).collect();
    let rows: Vec<Row<'_>> =
        deliveries.iter().zip(&links).map(|(one, link)| row(one, link)).collect();
    let nothing = EmptyState::new(
        Illustration::Done,
        "Nothing here yet",
        "What is sent shows up here, with each answer. Send a test to see it.",
    );
    Table::new("Deliveries, newest first", &COLUMNS, &rows).empty(nothing.small().render()).render()
}

fn row<'a>(delivery: &Delivery, link: &'a str) -> Row<'a> {
    Row {
        id: None,
        href: Some(link),
        cells: vec![
            html! { (delivery.kind) },
            delivery_state(&delivery.state),
            html! { (last_answer(delivery)) },
            html! { (delivery.attempts) },
            ago(delivery.created_at),
        ],
    }
}

fn last_answer(delivery: &Delivery) -> Markup {
    html! {
        @match (&delivery.last_error, delivery.last_status) {
            (Some(error), _) => (error),
            (None, Some(status)) => (status),
            (None, None) => "–",
        }
        @if delivery.state == state::PENDING && delivery.attempts > 0 {
            @if let Some(due) = delivery.due_at { span.muted { " Next " (ago(due)) } }
        }
    }
}

/// One delivery.
pub(crate) struct Sheet<'a> {
    pub(crate) slug: &'a str,
    pub(crate) delivery: &'a Delivery,
    pub(crate) webhook: Option<&'a Webhook>,
    /// None when the log is younger.
    pub(crate) payload: Option<&'a str>,
    pub(crate) attempts: &'a [Attempt],
    pub(crate) may_write: bool,
    pub(crate) csrf_token: &'a str,
}

impl Sheet<'_> {
    pub(crate) fn page(&self) -> Markup {
        let (all, one) =
            (paths::webhooks(self.slug), paths::webhook(self.slug, self.delivery.webhook_id));
        let name = self.webhook.map_or("Endpoint", |webhook| webhook.url.as_str());
        let trail: &[(&str, &str)] = &[("Webhooks", &all), (name, &one)];
        let unsettled = matches!(self.delivery.state.as_str(), state::PENDING | state::SENDING);
        let address = paths::delivery(self.slug, self.delivery.id);
        html! {
            (PageHeader::new(&self.delivery.kind).trail(trail)
                .summary(delivery_state(&self.delivery.state)).actions(self.actions()))
            // Looks again while something may still change.
            div.stack id="delivery" data-hx-get=[unsettled.then_some(&address)]
                data-hx-trigger=[unsettled.then_some("every 2s")] data-hx-select="#delivery"
                data-hx-swap=[unsettled.then_some("outerHTML")] {
                (self.notice())
                (self.known())
                @for attempt in self.attempts { (attempt_card(attempt)) }
                @if let Some(payload) = self.payload { (code_block("What is sent", &pretty(payload))) }
            }
        }
    }

    fn actions(&self) -> Markup {
        let href = paths::redelivery(self.slug, self.delivery.id);
        html! {
            @if self.may_write && self.webhook.is_some_and(|webhook| webhook.enabled) {
                form method="post" action=(href) {
                    (ui::hidden("csrf_token", self.csrf_token))
                    (Button::secondary("Send again").icon(Icon::Refresh).submit())
                }
            }
        }
    }

    fn notice(&self) -> Markup {
        let unknown = self.attempts.first().is_some_and(|last| last.outcome == outcome::UNKNOWN);
        let waits = self.webhook.is_some_and(|webhook| !webhook.enabled)
            && self.delivery.state == state::PENDING;
        html! {
            @if unknown {
                (Alert::warning("We do not know whether it was taken").text(
                    "The connection broke after it was sent. A receiver that remembers the header webhook-id takes it once."
                ))
            }
            @if waits {
                (Alert::info("It waits until the endpoint is enabled"))
            }
        }
    }

    fn known(&self) -> Markup {
        let delivery = self.delivery;
        let next = delivery.due_at.filter(|_| delivery.state == state::PENDING);
        let mut pairs = vec![
            ("Happened", ago(delivery.created_at)),
            ("Attempts", html! { (delivery.attempts) }),
            ("webhook-id", html! { code { (delivery.message_id) } }),
            ("Delivery", html! { code { (delivery.id) } }),
        ];
        if let Some(next) = next {
            pairs.insert(1, ("Next attempt", ago(next)));
        }
        facts(&pairs)
    }
}

fn attempt_card(attempt: &Attempt) -> Markup {
    let (tone, word) = match attempt.outcome.as_str() {
        outcome::SUCCEEDED => (Tone::Good, "Taken"),
        outcome::REFUSED => (Tone::Bad, "Not taken"),
        outcome::NOT_SENT => (Tone::Bad, "Not sent"),
        _ => (Tone::Warning, "Unknown"),
    };
    let title = format!("Attempt {}", attempt.number);
    let body = html! {
        div.stack {
            p.row {
                (badge(tone, word))
                @if let Some(status) = attempt.status { strong { (status) } }
                @if attempt.at.micros() > 0 {
                    span.muted { (ago(attempt.at)) " · " (milliseconds(attempt.duration)) }
                }
            }
            @if let Some(error) = &attempt.error { p { (error) } }
            details.attempt {
                summary { "Headers and answer" }
                div.stack {
                    (code_block("Headers sent", &header_lines(&attempt.request_headers)))
                    @if let Some(headers) = &attempt.response_headers {
                        (code_block("Headers of the answer", &header_lines(headers)))
                    }
                    @if let Some(text) = attempt.response_body.as_deref().filter(|text| !text.is_empty()) {
                        (code_block("Body of the answer", text))
                    }
                }
            }
        }
    };
    Card::new(body).title(&title).render()
}

fn header_lines(headers: &db::Json) -> String {
    let pairs: Vec<(String, String)> = headers.read().unwrap_or_default();
    let lines: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    lines.join("\n")
}

/// For reading; what is signed is the text as it was sent, without these line breaks.
fn pretty(payload: &str) -> String {
    let value = serde_json::from_str::<serde_json::Value>(payload);
    value.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or_else(|_| payload.into())
}
