//! The pages of endpoints.

mod sheet;

use kernel::Fields;
use maud::{Markup, Render, html};
use ui::{
    Alert, Button, Card, Choice, Column, EmptyState, Field, Illustration, PageHeader, Row, Table,
    Tone, badge, hidden, status,
};

use web::Subject;

use super::NewWebhook;
use crate::{
    endpoint::{EVENT_TYPES, Webhook, reason},
    paths,
    text::ago,
};

pub(crate) use sheet::Sheet;

/// All endpoints, and a new one.
pub(crate) struct List<'a> {
    pub(crate) slug: &'a str,
    pub(crate) webhooks: &'a [Webhook],
    /// What an endpoint may be bound to.
    pub(crate) subjects: &'a [Subject],
    pub(crate) may_write: bool,
    pub(crate) entered: &'a NewWebhook,
    pub(crate) fields: &'a Fields,
    pub(crate) csrf_token: &'a str,
}

const COLUMNS: [Column<'static>; 4] = [
    Column::text("Endpoint"),
    Column::text("State"),
    Column::line("Told of"),
    Column::wide_only("Made"),
];

/// How something is called that has been deleted.
const GONE: &str = "a form that is no longer there";

impl List<'_> {
    pub(crate) fn page(&self) -> Markup {
        let disabled = |why: &str| {
            self.webhooks.iter().any(|webhook| webhook.disabled_reason.as_deref() == Some(why))
        };
        html! {
            (PageHeader::new("Webhooks").summary(html! {
                span { "Your own programs are told of what happens here, signed after the Standard Webhooks specification." }
            }))
            div.stack {
                @if disabled(reason::FAILING) {
                    (Alert::warning("An endpoint was disabled").text(
                        "It did nothing but fail for five days. Look at its log, and enable it when it works again."
                    ))
                }
                @if disabled(reason::GONE) {
                    (Alert::warning("An endpoint asked to be left alone").text(
                        "It answered 410 and was disabled. Enable it when that was a mistake."
                    ))
                }
                (self.table())
                @if self.may_write { (self.new_webhook()) }
            }
        }
    }

    fn table(&self) -> Markup {
        let links: Vec<String> =
            self.webhooks.iter().map(|one| paths::webhook(self.slug, one.id)).collect();
        let rows: Vec<Row<'_>> =
            self.webhooks.iter().zip(&links).map(|(one, link)| self.row(one, link)).collect();
        let nothing = EmptyState::new(
            Illustration::Key,
            "No endpoint yet",
            "Name an address of your own program, and it is told of each submission as it comes in.",
        );
        Table::new("Endpoints", &COLUMNS, &rows).empty(nothing.small().render()).render()
    }

    fn row<'b>(&self, webhook: &Webhook, link: &'b str) -> Row<'b> {
        Row {
            id: None,
            href: Some(link),
            cells: vec![
                html! {
                    span.webhook__url { (webhook.url) }
                    @if !webhook.description.is_empty() { span.webhook__text { (webhook.description) } }
                },
                webhook_state(webhook),
                html! { div.row { (told_of(webhook, self.subjects)) } },
                ago(webhook.created_at),
            ],
        }
    }

    fn new_webhook(&self) -> Markup {
        let form = html! {
            form.stack method="post" action=(paths::webhooks(self.slug)) {
                (hidden("csrf_token", self.csrf_token))
                (inputs(self.entered, self.fields, self.subjects))
                div { (Button::primary("Make endpoint").submit()) }
            }
        };
        Card::new(form).id("new-webhook").title("New endpoint").render()
    }
}

/// What an endpoint is bound to, as people call it.
fn name_of<'a>(subjects: &'a [Subject], id: &str) -> &'a str {
    let known = subjects.iter().find(|subject| subject.id == id);
    known.map_or(GONE, |subject| &subject.name)
}

/// What it is told of, and of which form alone.
fn told_of(webhook: &Webhook, subjects: &[Subject]) -> Markup {
    html! {
        @for kind in webhook.types() { (badge(Tone::Neutral, kind)) }
        @if let Some(id) = &webhook.subject {
            span.webhook__text { "only of " (name_of(subjects, id)) }
        }
    }
}

/// What may be chosen; also what is chosen and no longer there, so that whoever saves something else keeps it.
fn choices<'a>(subjects: &'a [Subject], chosen: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut choices = vec![("", "All forms")];
    choices.extend(subjects.iter().map(|subject| (subject.id.as_str(), subject.name.as_str())));
    if choices.iter().all(|(id, _)| *id != chosen) {
        choices.push((chosen, GONE));
    }
    choices
}

/// Whether it gets anything, and whether that works.
fn webhook_state(webhook: &Webhook) -> Markup {
    match (webhook.enabled, webhook.failing_since) {
        (false, _) => status(Tone::Neutral, "Disabled"),
        (true, Some(_)) => status(Tone::Warning, "Failing"),
        (true, None) => status(Tone::Good, "Enabled"),
    }
}

/// What an endpoint is made of, with what was entered.
fn inputs(entered: &NewWebhook, fields: &Fields, subjects: &[Subject]) -> Markup {
    let chosen = entered.subject.as_deref().unwrap_or_default();
    let choices = choices(subjects, chosen);
    let choices: Vec<Choice<'_>> =
        choices.into_iter().map(|(value, label)| Choice { value, label }).collect();
    let wrong = fields.of("event_types");
    html! {
        (Field::text("url", "Where to?").required(true).attr("inputmode", "url").attr("maxlength", "2000")
            .attr("placeholder", "https://example.com/hooks").attr("autocomplete", "off").attr("spellcheck", "false")
            .value(&entered.url).error(fields.of("url"))
            .hint(Some("Messages are sent there by POST, and count as taken when it answers 2xx within 15 s.")))
        (Field::text("description", "What is it for?").attr("maxlength", "200")
            .value(&entered.description).error(fields.of("description")))
        fieldset.field.field--group id="field-event_types" tabindex="-1" aria-describedby=[wrong.map(|_| "field-event_types-error")] {
            legend.field__label { "What is it told of?" }
            div.stack {
                @for (kind, meaning) in EVENT_TYPES {
                    label.option {
                        input type="checkbox" name="event_types" value=(kind)
                            checked[entered.event_types.iter().any(|chosen| chosen == kind)];
                        span { (meaning) code.webhook__kind { (kind) } }
                    }
                }
            }
            @if let Some(wrong) = wrong {
                p.field__error id="field-event_types-error" { (ui::Icon::Warning) span { (wrong) } }
            }
        }
        (Field::select("subject", "Of which form?", &choices).value(chosen).error(fields.of("subject")))
    }
}
