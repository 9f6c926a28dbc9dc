//! What is told, to whom, and how often.

use std::{collections::HashSet, time::Duration};

use serde_json::json;

use crate::{
    receiver::{Next, Receiver},
    world::{a_form, an_endpoint, detail, log, made, start, submit, text},
};

#[tokio::test]
async fn a_submission_reaches_the_endpoint_signed() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    let (webhook, secret) = an_endpoint(&owner, &receiver).await;
    let submission = submit(&owner, &form, "Grace “Amazing” Hopper").await;
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    let message = received[0].json();
    assert_eq!(message["type"], "submission.received");
    assert_eq!(message["timestamp"], "2026-08-03T09:12:00Z");
    assert_eq!(message["data"]["id"], submission.as_str());
    assert_eq!(message["data"]["answers"]["name"], "Grace “Amazing” Hopper");
    assert_eq!(received[0].signed_by(&secret), 1);
    assert_eq!(received[0].header("webhook-timestamp"), "1785748321");
    assert_eq!(received[0].header("content-type"), "application/json");
    // The data is what the API says of it.
    let api = owner.get(&format!("/api/submissions/{submission}")).await.expect(200).json();
    assert_eq!(message["data"], api);
    let log = log(&owner, &webhook).await;
    assert_eq!(log.len(), 1);
    assert_eq!((&log[0]["state"], &log[0]["last_status"]), (&json!("succeeded"), &json!(200)));
    assert_eq!(text(&log[0]["message_id"]), received[0].header("webhook-id"));
    let detail = detail(&owner, &log[0]).await;
    assert_eq!(detail["attempts"][0]["response_body"], "heard");
    assert_eq!(detail["payload"], message);
}

#[tokio::test]
async fn old_answers_that_are_imported_are_no_news() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    an_endpoint(&owner, &receiver).await;
    let csv = "name\nAda\nGrace\n";
    let path = format!("/api/forms/{form}/imports");
    let kind = Some("text/csv");
    let sent = owner.send(axum::http::Method::POST, &path, kind, csv.into()).await.expect(201);
    let import = text(&sent.json()["id"]);
    owner.post(&format!("/api/imports/{import}/run"), &json!({})).await.expect(202);
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    let list = format!("/api/forms/{form}/submissions");
    let rows = owner.get(&list).await.expect(200).json()["data"].clone();
    assert_eq!(rows.as_array().map(Vec::len), Some(2), "{rows}");
    // Nor when one of them comes out of the spam.
    let one = format!("/api/submissions/{}/spam", text(&rows[0]["id"]));
    owner.post(&one, &json!({})).await.expect(200);
    owner.delete(&one).await.expect(200);
    let news = submit(&owner, &form, "Hiro").await;
    app.clock.advance(Duration::from_secs(60));
    app.drain_jobs().await;
    let told: Vec<String> =
        receiver.received().iter().map(|it| text(&it.json()["data"]["id"])).collect();
    assert_eq!(told, [news]);
}

#[tokio::test]
async fn every_submission_is_told_once_by_however_many_workers() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    an_endpoint(&owner, &receiver).await;
    let items: Vec<_> =
        (0..600).map(|number| json!({"answers": {"name": format!("n{number}")}})).collect();
    let body = json!({"submissions": items});
    owner.post(&format!("/api/forms/{form}/submissions/bulk"), &body).await.expect(200);
    app.clock.advance(Duration::from_secs(1));
    tokio::join!(app.drain_jobs(), app.drain_jobs(), app.drain_jobs());
    app.clock.advance(Duration::from_secs(60));
    app.drain_jobs().await;
    let (ids, received) = (receiver.ids(), receiver.received());
    assert_eq!((ids.len(), ids.iter().collect::<HashSet<_>>().len()), (600, 600));
    let names: HashSet<String> =
        received.iter().map(|one| text(&one.json()["data"]["answers"]["name"])).collect();
    assert_eq!(names.len(), 600);
}

#[tokio::test]
async fn what_a_dying_worker_left_is_sent_again_and_told_as_unknown() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    submit(&owner, &form, "Grace").await;
    app.clock.advance(Duration::from_secs(1));
    receiver.will_answer([Next { pause: Duration::from_secs(60), ..Next::status(200) }]);
    // It dies while the request is on the wire.
    let dies = async {
        while receiver.received().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        _ = app.drain_jobs() => panic!("it was to die"),
        () = dies => {}
    }
    assert_eq!(log(&owner, &webhook).await[0]["state"], "sending");
    app.clock.advance(Duration::from_secs(60 * 60 + 1));
    app.drain_jobs().await;
    let ids = receiver.ids();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1], "the receiver can tell that it is the same");
    let log = log(&owner, &webhook).await;
    assert_eq!((log.len(), &log[0]["state"]), (1, &json!("succeeded")));
    let attempts = detail(&owner, &log[0]).await["attempts"].clone();
    assert_eq!(attempts[0]["outcome"], "succeeded");
    assert_eq!((&attempts[1]["number"], &attempts[1]["outcome"]), (&json!(1), &json!("unknown")));
}

#[tokio::test]
async fn an_endpoint_hears_of_nothing_before_it_was_made_nor_while_it_was_disabled() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    let tick = || app.clock.advance(Duration::from_secs(1));
    submit(&owner, &form, "before").await;
    tick();
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    submit(&owner, &form, "at once").await;
    tick();
    app.drain_jobs().await;
    let path = format!("/api/webhooks/{webhook}");
    owner.patch(&path, &json!({"state": "disabled"})).await.expect(200);
    submit(&owner, &form, "meanwhile").await;
    tick();
    owner.patch(&path, &json!({"state": "enabled"})).await.expect(200);
    submit(&owner, &form, "afterwards").await;
    tick();
    app.drain_jobs().await;
    let names: Vec<String> = receiver
        .received()
        .iter()
        .map(|one| text(&one.json()["data"]["answers"]["name"]))
        .collect();
    assert_eq!(names, ["at once", "afterwards"]);
}

#[tokio::test]
async fn an_endpoint_may_listen_to_one_form_and_to_other_things() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let (form, other) = (a_form(&owner).await, a_form(&owner).await);
    app.clock.advance(Duration::from_secs(1));
    let types = ["submission.received", "submission.deleted", "form.closed", "form.published"];
    made(&owner, &json!({"url": receiver.url, "event_types": types, "subject": form})).await;
    let submission = submit(&owner, &form, "mine").await;
    submit(&owner, &other, "not mine").await;
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    owner.delete(&format!("/api/submissions/{submission}")).await.expect(204);
    app.drain_jobs().await;
    owner.delete(&format!("/api/forms/{form}/publication")).await.expect(200);
    owner.delete(&format!("/api/forms/{other}/publication")).await.expect(200);
    app.drain_jobs().await;
    let told: Vec<String> =
        receiver.received().iter().map(|one| text(&one.json()["type"])).collect();
    assert_eq!(told, ["submission.received", "submission.deleted", "form.closed"]);
    let deleted = receiver.received()[1].json();
    assert_eq!(deleted["data"]["submission_ids"], json!([submission]));
    let closed = receiver.received()[2].json();
    assert_eq!(closed["data"]["form_id"], form.as_str());
}

#[tokio::test]
async fn what_was_marked_as_spam_in_time_is_not_told() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    an_endpoint(&owner, &receiver).await;
    submit(&owner, &form, "wanted").await;
    let spam = submit(&owner, &form, "unwanted").await;
    owner.post(&format!("/api/submissions/{spam}/spam"), &json!({})).await.expect(200);
    submit(&owner, &form, "wanted too").await;
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    let names: Vec<String> = receiver
        .received()
        .iter()
        .map(|one| text(&one.json()["data"]["answers"]["name"]))
        .collect();
    assert_eq!(names, ["wanted", "wanted too"]);
    // Released it is told like any other, and once however often it goes to and fro.
    for _ in 0..2 {
        owner.delete(&format!("/api/submissions/{spam}/spam")).await.expect(200);
        app.drain_jobs().await;
        owner.post(&format!("/api/submissions/{spam}/spam"), &json!({})).await.expect(200);
    }
    let received = receiver.received();
    assert_eq!(received.len(), 3);
    assert_eq!(received[2].json()["data"]["answers"]["name"], "unwanted");
}

#[tokio::test]
async fn no_other_workspace_is_told() {
    let (app, owner) = start().await;
    let stranger = app.register("Mallory", "Elsewhere").await;
    let receiver = Receiver::start().await;
    an_endpoint(&stranger, &receiver).await;
    let form = a_form(&owner).await;
    submit(&owner, &form, "secret").await;
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
    assert!(receiver.received().is_empty());
}
