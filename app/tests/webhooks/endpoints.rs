//! Endpoints as people and programs handle them.

use std::time::Duration;

use kernel::Role;
use serde_json::json;

use crate::{
    receiver::Receiver,
    world::{a_form, an_endpoint, log, made, start, start_with_people, submit, text},
};

#[tokio::test]
async fn an_address_in_a_private_network_is_refused_at_saving() {
    let (_app, owner) = start().await;
    for url in [
        "http://10.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2852039166/latest/meta-data",
        "http://metadata.google.internal/",
        "http://127.0.0.2/",
    ] {
        let body = json!({"url": url, "event_types": ["submission.received"]});
        let refused = owner.post("/api/webhooks", &body).await.expect(422);
        assert_eq!(refused.complaints(), ["url:refused"], "{url}");
        assert!(refused.text().contains("outbound.allow"), "{url}");
    }
    let receiver = Receiver::start().await;
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    let path = format!("/api/webhooks/{webhook}");
    let refused = owner.patch(&path, &json!({"url": "http://10.0.0.1/"})).await.expect(422);
    assert_eq!(refused.complaints(), ["url:refused"]);
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let (_app, owner) = start().await;
    let body = json!({"url": "ftp://x", "event_types": ["form.juggled"], "subject": "x y"});
    let refused = owner.post("/api/webhooks", &body).await.expect(422);
    assert_eq!(refused.complaints(), ["url:refused", "event_types:unknown", "subject:unknown"]);
    let body = json!({"url": "", "event_types": []});
    let refused = owner.post("/api/webhooks", &body).await.expect(422);
    assert_eq!(refused.complaints(), ["url:required", "event_types:required"]);
    let good = json!({"url": "https://example.com", "event_types": ["form.closed"], "secret": "x"});
    let refused = owner.post("/api/webhooks", &good).await.expect(422);
    assert_eq!(refused.complaints(), ["secret:invalid"]);
}

#[tokio::test]
async fn a_form_is_chosen_by_its_name_and_is_one_that_is_there() {
    let (app, owner) = start_with_people().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    let stranger = app.register("Mallory Stranger", "Elsewhere").await;
    let theirs = a_form(&stranger).await;
    let bound =
        |form: &str| json!({"url": receiver.url, "event_types": ["form.closed"], "subject": form});
    for unknown in [theirs.as_str(), "frm_01jb2m8q4xf0v8k3n5r7t9w2y4", "usr_01"] {
        let refused = owner.post("/api/webhooks", &bound(unknown)).await.expect(422);
        assert_eq!(refused.complaints(), ["subject:unknown"]);
    }
    let title = json!({"title": "Bread for Sunday"});
    owner.patch(&format!("/api/forms/{form}"), &title).await.expect(200);
    let (webhook, _) = made(&owner, &bound(&form)).await;
    let (list, one) =
        (owner.page("settings/webhooks"), owner.page(&format!("settings/webhooks/{webhook}")));
    let option = format!("<option value=\"{form}\" selected>Bread for Sunday</option>");
    let page = owner.get(&list).await.expect(200).text();
    assert!(page.contains("only of Bread for Sunday") && !page.contains(&theirs), "{page}");
    assert!(owner.get(&one).await.expect(200).text().contains(&option));
    // Who changes something else of an endpoint does not lose the bound with the form.
    owner.delete(&format!("/api/forms/{form}")).await.expect(204);
    let option =
        format!("<option value=\"{form}\" selected>a form that is no longer there</option>");
    assert!(owner.get(&one).await.expect(200).text().contains(&option));
    let kept = json!({"description": "Bakery", "subject": form});
    let kept = owner.patch(&format!("/api/webhooks/{webhook}"), &kept).await.expect(200);
    assert_eq!(kept.json()["subject"], form.as_str());
}

#[tokio::test]
async fn a_former_secret_signs_for_another_day() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let (webhook, first) = an_endpoint(&owner, &receiver).await;
    let secret = format!("/api/webhooks/{webhook}/secret");
    let test = format!("/api/webhooks/{webhook}/test");
    assert_eq!(owner.get(&secret).await.expect(200).json()["secret"], first.as_str());
    let second = text(&owner.post(&secret, &json!({})).await.expect(200).json()["secret"]);
    assert_ne!(first, second);
    let signed = async |hours: u64| {
        app.clock.advance(Duration::from_secs(hours * 60 * 60));
        owner.post(&test, &json!({})).await.expect(202);
        app.drain_jobs().await;
        let last = receiver.received().pop().expect("a message");
        (last.signed_by(&first), last.signed_by(&second))
    };
    assert_eq!(signed(23).await, (1, 1));
    assert_eq!(signed(2).await, (0, 1));
    // One that has leaked stops at once.
    let third = owner.post(&secret, &json!({"revoke_former": true})).await.expect(200).json();
    assert_eq!(third["former"], json!([]));
    assert_eq!(signed(0).await, (0, 0));
}

#[tokio::test]
async fn a_secret_may_be_brought_along_and_is_shown_to_nobody_else() {
    let (app, owner) = start_with_people().await;
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let body =
        json!({"url": "https://example.com/", "event_types": ["form.closed"], "secret": secret});
    let (webhook, shown) = made(&owner, &body).await;
    assert_eq!(shown, secret);
    for path in ["/api/webhooks".to_owned(), format!("/api/webhooks/{webhook}")] {
        assert!(!owner.get(&path).await.expect(200).text().contains("whsec_"));
    }
    let member = app.join(&owner, Role::Member).await;
    member.get("/api/webhooks").await.expect(403);
    let reader = owner.with_key(&["webhooks:read"]).await;
    reader.get("/api/webhooks").await.expect(200);
    reader.get(&format!("/api/webhooks/{webhook}/secret")).await.expect(403);
}

#[tokio::test]
async fn the_pages_do_what_the_api_does() {
    let (app, owner) = start_with_people().await;
    let receiver = Receiver::start().await;
    let list = owner.page("settings/webhooks");
    let wrong = owner.submit(&list, &[("url", "http://10.0.0.1/")]).await.expect(422).text();
    assert!(wrong.contains("private network") && wrong.contains("http://10.0.0.1/"));
    let fields = [("url", receiver.url.as_str()), ("event_types", "submission.received")];
    let made = owner.submit(&list, &fields).await.expect(303);
    let secret_page = made.header("location").to_owned();
    assert!(owner.get(&secret_page).await.expect(200).text().contains("whsec_"));
    let page = secret_page.trim_end_matches("/secret").to_owned();
    assert!(!owner.get(&page).await.expect(200).text().contains("whsec_"));
    let none: [(&str, &str); 0] = [];
    let test = owner.submit(&format!("{page}/test"), &none).await.expect(303);
    app.drain_jobs().await;
    let delivery = owner.get(test.header("location")).await.expect(200).text();
    assert!(delivery.contains("Taken") && delivery.contains("webhook.test"));
    owner.submit(&format!("{page}/state"), &[("state", "disabled")]).await.expect(303);
    assert!(owner.get(&page).await.expect(200).text().contains("It gets nothing"));
    owner.submit(&format!("{page}/state"), &[("state", "enabled")]).await.expect(303);
    owner.submit(&format!("{page}/deletion"), &none).await.expect(303);
    owner.get(&page).await.expect(404);
    app.drain_jobs().await;
    owner.get(test.header("location")).await.expect(404);
}

#[tokio::test]
async fn the_log_is_walked_by_key_and_kept_for_thirty_days() {
    let (app, owner) = start().await;
    let receiver = Receiver::start().await;
    let form = a_form(&owner).await;
    let (webhook, _) = an_endpoint(&owner, &receiver).await;
    for number in 0..5 {
        submit(&owner, &form, &format!("n{number}")).await;
        app.clock.advance(Duration::from_secs(60));
    }
    app.drain_jobs().await;
    let mut seen = Vec::new();
    let mut path = format!("/api/webhooks/deliveries?webhook={webhook}&state=succeeded&limit=2");
    loop {
        let page = owner.get(&path).await.expect(200).json();
        seen.extend(
            page["data"].as_array().expect("a list").iter().map(|one| text(&one["created_at"])),
        );
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!(
            "/api/webhooks/deliveries?webhook={webhook}&state=succeeded&limit=2&cursor={cursor}"
        );
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.is_sorted_by(|newer, older| newer > older));
    let between = "since=2026-08-03T09:13:00Z&until=2026-08-03T09:15:00Z";
    let some = owner.get(&format!("/api/webhooks/deliveries?{between}")).await.expect(200).json();
    assert_eq!(some["data"].as_array().map(Vec::len), Some(2));
    owner.get("/api/webhooks/deliveries?state=lost").await.expect(422);
    app.clock.advance(Duration::from_secs(29 * 24 * 60 * 60));
    app.drain_jobs().await;
    assert_eq!(log(&owner, &webhook).await.len(), 5);
    app.clock.advance(Duration::from_secs(24 * 60 * 60));
    app.drain_jobs().await;
    assert!(log(&owner, &webhook).await.is_empty());
}
