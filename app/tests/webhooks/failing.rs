//! What happens when an endpoint does not take what it is sent.

use std::time::Duration;

use serde_json::json;

use crate::{
    receiver::{Next, Receiver},
    world::{a_form, an_endpoint, detail, log, made, start, start_with_people, submit, text},
};

const HOUR: Duration = Duration::from_secs(60 * 60);

fn always(status: u16) -> impl Iterator<Item = Next> {
    std::iter::repeat_n(Next::status(status), 100)
}

#[tokio::test]
async fn ten_attempts_are_made_over_three_days_and_then_it_is_given_up() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    submit(&owner, &form, "Grace").await;
    receiver.will_answer(always(500));
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), 1);
    let first = log(&owner, &webhook).await[0].clone();
    assert_eq!(
        (&first["state"], &first["last_error"]),
        (&json!("pending"), &json!("Answered 500."))
    );
    app.clock.advance(Duration::from_secs(4));
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), 1, "it waits for five seconds");
    app.clock.advance(Duration::from_secs(3));
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), 2);
    for _ in 0..90 {
        app.clock.advance(HOUR);
        app.drain_jobs().await;
    }
    assert_eq!(receiver.received().len(), 10);
    let given_up = log(&owner, &webhook).await[0].clone();
    assert_eq!((&given_up["state"], &given_up["attempts"]), (&json!("failed"), &json!(10)));
    // By hand it begins anew, and with the same id.
    let again = format!("/api/webhooks/deliveries/{}/redelivery", text(&given_up["id"]));
    owner.post(&again, &json!({})).await.expect(202);
    app.drain_jobs().await;
    app.clock.advance(Duration::from_secs(7));
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), 12);
    let ids = receiver.ids();
    assert!(ids.iter().all(|id| *id == ids[0]));
}

#[tokio::test]
async fn an_endpoint_may_ask_for_time() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    an_endpoint(&owner, &receiver).await;
    submit(&owner, &form, "Grace").await;
    receiver.will_answer([Next { header: Some(("retry-after", "1800")), ..Next::status(503) }]);
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    app.clock.advance(Duration::from_secs(1700));
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), 1);
    app.clock.advance(Duration::from_secs(200));
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), 2);
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_disabled_and_others_are_told() {
    let (app, owner) = start_with_people().await;
    let (receiver, watcher) = (Receiver::start().await, Receiver::start().await);
    let form = a_form(&owner).await;
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    made(&owner, &json!({"url": watcher.url, "event_types": ["webhook.disabled"]})).await;
    submit(&owner, &form, "Grace").await;
    receiver.will_answer([Next::status(410)]);
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    let shown = owner.get(&format!("/api/webhooks/{webhook}")).await.expect(200).json();
    assert_eq!((&shown["state"], &shown["disabled_reason"]), (&json!("disabled"), &json!("gone")));
    assert_eq!(log(&owner, &webhook).await[0]["state"], "failed");
    let told = watcher.received();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].json()["data"]["reason"], "gone");
    submit(&owner, &form, "Ada").await;
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), 1);
    let page = owner.get(&owner.page("settings/webhooks")).await.expect(200).text();
    assert!(page.contains("asked to be left alone"));
}

#[tokio::test]
async fn five_days_of_nothing_but_failures_disable_an_endpoint_until_it_is_enabled_again() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    receiver.will_answer(always(500));
    let state = async || {
        let shown = owner.get(&format!("/api/webhooks/{webhook}")).await.expect(200).json();
        (text(&shown["state"]), text(&shown["disabled_reason"]))
    };
    for day in 0..6 {
        assert_eq!(state().await.0, "enabled", "day {day}");
        submit(&owner, &form, "Grace").await;
        for _ in 0..24 {
            app.clock.advance(HOUR);
            app.drain_jobs().await;
        }
    }
    assert_eq!(state().await, ("disabled".into(), "failing".into()));
    let count = receiver.received().len();
    app.clock.advance(24 * HOUR);
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), count, "it is left alone");
    // What was on its way goes on.
    let waiting =
        log(&owner, &webhook).await.iter().filter(|one| one["state"] == "pending").count();
    assert!(waiting > 0);
    receiver.forget();
    owner
        .patch(&format!("/api/webhooks/{webhook}"), &json!({"state": "enabled"}))
        .await
        .expect(200);
    app.drain_jobs().await;
    assert_eq!(receiver.received().len(), count + waiting);
    assert_eq!(state().await, ("enabled".into(), String::new()));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (app, owner) = start().await;
    let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
    let form = a_form(&owner).await;
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    let there: &'static str = elsewhere.url.clone().leak();
    receiver.will_answer([Next { header: Some(("location", there)), ..Next::status(307) }]);
    submit(&owner, &form, "Grace").await;
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    assert!(elsewhere.received().is_empty());
    let delivery = log(&owner, &webhook).await[0].clone();
    assert!(text(&delivery["last_error"]).contains("do not follow redirects"));
    let attempt = detail(&owner, &delivery).await["attempts"][0].clone();
    assert_eq!((&attempt["outcome"], &attempt["status"]), (&json!("refused"), &json!(307)));
}

#[tokio::test]
async fn all_that_failed_within_a_time_is_sent_again() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    let enabled = json!({"state": "enabled"});
    let path = format!("/api/webhooks/{webhook}");
    for name in ["early", "late", "later"] {
        // Answered 410, it is given up at once.
        receiver.will_answer([Next::status(410)]);
        submit(&owner, &form, name).await;
        app.clock.advance(HOUR);
        app.drain_jobs().await;
        owner.patch(&path, &enabled).await.expect(200);
    }
    let body = json!({"since": "2026-08-03T10:12:00Z"});
    owner.post(&format!("{path}/redeliveries"), &body).await.expect(202);
    app.drain_jobs().await;
    let names: Vec<String> = receiver.received()[3..]
        .iter()
        .map(|one| text(&one.json()["data"]["answers"]["name"]))
        .collect();
    assert_eq!(names, ["late", "later"]);
    let failed = owner.get("/api/webhooks/deliveries?state=failed&type=submission.received").await;
    assert_eq!(failed.expect(200).json()["data"].as_array().map(Vec::len), Some(1));
}
