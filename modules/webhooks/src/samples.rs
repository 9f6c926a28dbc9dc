//! The pages with sample data, for `/styleguide`.

use std::time::Duration;

use db::Json;
use kernel::{Chance, Fields, Timestamp};
use ui::Sample;
use web::{Page, Subject};

use crate::{
    deliveries::{self, Attempt, Delivery, list::Filter, outcome, state},
    endpoint::{Webhook, reason},
    ids::{WebhookId, delivery_id, message_id},
    webhooks::{NewWebhook, json::SecretsJson, views},
};

const NOW: Timestamp = Timestamp::from_micros(1_785_748_320_000_000);

fn webhook(enabled: bool) -> Webhook {
    Webhook {
        id: WebhookId::new(NOW, &Chance::seeded(1)),
        url: "https://bakery.example/hooks/orders".into(),
        description: "Orders for the bakery".into(),
        event_types: "submission.received form.published".into(),
        subject: enabled.then(|| "frm_01".into()),
        enabled,
        disabled_reason: (!enabled).then(|| reason::FAILING.into()),
        listens_since: NOW,
        failing_since: (!enabled).then_some(NOW),
        failures: 0,
        created_by: "usr_01".into(),
        created_at: NOW,
        updated_at: NOW,
    }
}

fn forms() -> Vec<Subject> {
    let named = |(id, name): (&str, &str)| Subject { id: id.into(), name: name.into() };
    [("frm_01", "Bread for Sunday"), ("frm_02", "Write to us")].map(named).into()
}

fn delivery(source: &str, state: &str, error: Option<&str>) -> Delivery {
    let webhook_id = webhook(true).id;
    let message_id = message_id(source, NOW);
    Delivery {
        id: delivery_id(message_id, webhook_id, NOW),
        webhook_id,
        message_id,
        kind: "submission.received".into(),
        state: state.into(),
        attempts: 2,
        due_at: (state == state::PENDING).then(|| NOW.plus(Duration::from_secs(300))),
        last_status: error.is_none().then_some(200),
        last_error: error.map(str::to_owned),
        created_at: NOW,
        updated_at: NOW,
    }
}

fn attempt(number: i64, outcome: &str, status: Option<i64>, error: Option<&str>) -> Attempt {
    Attempt {
        number,
        at: NOW,
        duration: 48_200,
        outcome: outcome.into(),
        status,
        request_headers: Json(
            r#"[["webhook-id","msg_01"],["webhook-timestamp","1785748320"]]"#.into(),
        ),
        response_headers: status.map(|_| Json(r#"[["content-type","text/plain"]]"#.into())),
        response_body: status.map(|_| "Thank you".into()),
        error: error.map(str::to_owned),
    }
}

/// Every view in its states.
pub(crate) fn samples() -> Vec<Sample> {
    let (good, bad) = (webhook(true), webhook(false));
    let entered = NewWebhook {
        url: "http://10.0.0.7/hooks".into(),
        event_types: vec!["submission.received".into()],
        ..NewWebhook::default()
    };
    let refused =
        Fields::one("url", "refused", "10.0.0.7 lies in a private network, where we do not send.");
    let list = |webhooks, entered, fields| {
        views::List {
            slug: "acme",
            subjects: &forms(),
            webhooks,
            may_write: true,
            entered,
            fields,
            csrf_token: "sample",
        }
        .page()
    };
    let both = [good.clone(), bad.clone()];
    vec![
        Sample::new("webhooks", "Endpoints", list(&both, &NewWebhook::default(), &Fields::new())),
        Sample::new("webhooks", "None yet, and a mistake", list(&[], &entered, &refused)),
        Sample::new("webhooks", "One endpoint", sheet(&good, true)),
        Sample::new("webhooks", "A disabled one", sheet(&bad, false)),
        Sample::new("webhooks", "A delivery", one_delivery(&good)),
    ]
}

fn sheet(webhook: &Webhook, secret: bool) -> maud::Markup {
    let secrets =
        SecretsJson { secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".into(), former: Vec::new() };
    let data = vec![
        delivery("a", state::SUCCEEDED, None),
        delivery("b", state::PENDING, Some("Answered 503.")),
        delivery("c", state::FAILED, Some("The host bakery.example was not found.")),
    ];
    views::Sheet {
        slug: "acme",
        subjects: &forms(),
        webhook,
        secrets: secret.then_some(&secrets),
        entered: &NewWebhook { url: webhook.url.clone(), ..NewWebhook::default() },
        fields: &Fields::new(),
        deliveries: &Page { data, next_cursor: Some("dlv_".into()) },
        filter: &Filter::default(),
        may_write: true,
        csrf_token: "sample",
    }
    .page()
}

fn one_delivery(webhook: &Webhook) -> maud::Markup {
    let attempts = [
        attempt(2, outcome::SUCCEEDED, Some(200), None),
        attempt(
            1,
            outcome::UNKNOWN,
            None,
            Some("No answer within 15 s. It may have been taken all the same."),
        ),
    ];
    deliveries::views::Sheet {
        slug: "acme",
        delivery: &delivery("a", state::SUCCEEDED, None),
        webhook: Some(webhook),
        payload: Some(r#"{"type":"submission.received","timestamp":"2026-08-03T09:12:00Z","data":{"number":7}}"#),
        attempts: &attempts,
        may_write: true,
        csrf_token: "sample",
    }
    .page()
}
