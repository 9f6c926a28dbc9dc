//! Programs that act for a person.

use std::time::Duration;

use serde_json::json;
use testing::{Actor, Reply, TestApp};

fn token(reply: &Reply, name: &str) -> String {
    reply.json()[name].as_str().expect("a token").to_owned()
}

async fn refresh(actor: &Actor, token: &str) -> Reply {
    actor.post("/api/auth/refresh", &json!({"refresh_token": token})).await
}

async fn login(actor: &Actor, email: &str) -> Reply {
    let body = json!({"email": email, "password": Actor::PASSWORD});
    actor.post("/api/auth/login", &body).await.expect(200)
}

#[tokio::test]
async fn an_access_token_is_good_for_an_hour() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    app.clock.advance(Duration::from_secs(3599));
    owner.get("/api/me").await.expect(200);
    app.clock.advance(Duration::from_secs(1));
    let reply = owner.get("/api/me").await.expect(401);
    assert_eq!(reply.header("www-authenticate"), "Bearer");
    assert_eq!(reply.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_refresh_token_brings_new_tokens_once() {
    let (app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let first = owner.tokens.clone().expect("tokens").refresh_token;
    app.clock.advance(Duration::from_secs(7200));
    let renewed = refresh(&anonymous, &first).await.expect(200);
    assert_eq!(renewed.json()["expires_in"], 3600);
    assert_eq!(renewed.json()["user"]["name"], "Ada Byron");
    let second = token(&renewed, "refresh_token");
    assert_ne!(first, second);
    let program = anonymous.with_bearer(&token(&renewed, "access_token"));
    program.get("/api/me").await.expect(200);
    refresh(&anonymous, &second).await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_all_that_follows_from_it() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let stolen = owner.tokens.clone().expect("tokens").refresh_token;
    let thiefs = refresh(&anonymous, &stolen).await.expect(200);
    let thief = anonymous.with_bearer(&token(&thiefs, "access_token"));
    thief.get("/api/me").await.expect(200);
    refresh(&anonymous, &stolen).await.expect(401);
    refresh(&anonymous, &token(&thiefs, "refresh_token")).await.expect(401);
    thief.get("/api/me").await.expect(401);
    owner.get("/api/me").await.expect(401);
    // Another sign-in of the same person is another family.
    let again = login(&anonymous, "ada0@example.com").await;
    anonymous.with_bearer(&token(&again, "access_token")).get("/api/me").await.expect(200);
}

#[tokio::test]
async fn of_many_who_refresh_at_once_at_most_one_gets_tokens() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let first = owner.tokens.clone().expect("tokens").refresh_token;
    let tries = (0..8).map(|_| {
        let (actor, token) = (anonymous.clone(), first.clone());
        tokio::spawn(async move { refresh(&actor, &token).await.status() })
    });
    let mut granted = 0;
    for attempt in tries.collect::<Vec<_>>() {
        granted += u32::from(attempt.await.expect("answers") == 200);
    }
    assert_eq!(granted, 1);
}

#[tokio::test]
async fn a_refresh_token_is_good_for_thirty_days() {
    let (app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let token = owner.tokens.clone().expect("tokens").refresh_token;
    app.clock.advance(Duration::from_secs(30 * 24 * 3600));
    refresh(&anonymous, &token).await.expect(401);
}

#[tokio::test]
async fn signing_out_ends_access_at_once() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    owner.get("/api/me").await.expect(200);
    let tokens = owner.tokens.clone().expect("tokens");
    let body = json!({"refresh_token": tokens.refresh_token});
    anonymous.post("/api/auth/logout", &body).await.expect(204);
    owner.get("/api/me").await.expect(401);
    refresh(&anonymous, &tokens.refresh_token).await.expect(401);
    anonymous.post("/api/auth/logout", &body).await.expect(204);
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let good = owner.tokens.clone().expect("tokens").access_token;
    let tampered = format!("{}x", &good[..good.len() - 1]);
    for wrong in ["", "x", "a.b.c", &tampered, &"x".repeat(10_000)] {
        anonymous.with_bearer(wrong).get("/api/me").await.expect(401);
    }
    for scheme in ["Basic YTpi", "Bearer", "é"] {
        anonymous.sending("authorization", scheme).get("/api/me").await.expect(401);
    }
    for wrong in ["", "x", "tkf_x.y", "."] {
        refresh(&anonymous, wrong).await.expect(401);
    }
    let lower = format!("bearer {good}");
    anonymous.sending("authorization", &lower).get("/api/me").await.expect(200);
}

#[tokio::test]
async fn signing_out_with_a_token_used_before_ends_what_followed_from_it() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let used = owner.tokens.clone().expect("tokens").refresh_token;
    let renewed = refresh(&anonymous, &used).await.expect(200);
    let program = anonymous.with_bearer(&token(&renewed, "access_token"));
    program.get("/api/me").await.expect(200);
    anonymous.post("/api/auth/logout", &json!({"refresh_token": used})).await.expect(204);
    program.get("/api/me").await.expect(401);
    refresh(&anonymous, &token(&renewed, "refresh_token")).await.expect(401);
}

#[tokio::test]
async fn a_stream_ends_when_its_token_does() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let key = owner.with_key(&["*"]).await;
    let mut expired = owner.stream("/api/events", None).await;
    app.clock.advance(Duration::from_secs(1800));
    let tokens = app.identity.issue_tokens(teammate.user.as_ref().expect("a person").id).await;
    let tokens = tokens.expect("tokens");
    let fresh = teammate.with_bearer(&tokens.access_token).sending("x-workspace", "acme");
    let mut signed_out = fresh.stream("/api/events", None).await;
    for stream in [&mut expired, &mut signed_out] {
        assert_eq!(stream.next().await.event, "ready");
    }
    app.clock.advance(Duration::from_secs(1800));
    let body = json!({"refresh_token": tokens.refresh_token});
    fresh.post("/api/auth/logout", &body).await.expect(204);
    // Whoever was let in a moment ago is believed for a second.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    key.with_key(&["*"]).await;
    assert_eq!(expired.read().await, None);
    assert_eq!(signed_out.read().await, None);
}
