//! Browsers that are signed in.

use std::time::Duration;

use axum::http::Method;
use testing::{Actor, TestApp, TestSettings};

const DAY: Duration = Duration::from_secs(24 * 3600);
const MEMBERS: &str = "settings/members";

async fn sees_members(actor: &Actor) -> bool {
    let reply = actor.get(&actor.page(MEMBERS)).await;
    assert!(reply.status() == 200 || reply.header("location").starts_with("/login"), "{reply}");
    reply.status() == 200
}

async fn sign_in(actor: &Actor) -> testing::Reply {
    let email = actor.user.as_ref().expect("a person").email.clone();
    actor.submit("/login", &[("email", email.as_str()), ("password", Actor::PASSWORD)]).await
}

#[tokio::test]
async fn a_session_is_another_one_after_signing_in() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let before = owner.cookie();
    sign_in(&owner).await.expect(303);
    assert_ne!(owner.cookie(), before);
    assert!(sees_members(&owner).await);
    owner.set_cookie(&before);
    assert!(!sees_members(&owner).await, "the session from before still opens");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_removes_the_cookie() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let thief = owner.in_another_browser();
    let reply = owner.submit::<[(&str, &str)]>("/logout", &[]).await.expect(303);
    assert!(reply.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(owner.cookie(), "");
    assert!(!sees_members(&thief).await);
}

#[tokio::test]
async fn a_session_ends_after_fourteen_quiet_days() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    app.clock.advance(DAY * 13);
    assert!(sees_members(&owner).await);
    app.clock.advance(DAY * 2);
    assert!(sees_members(&owner).await, "a visit in between counts");
    assert!(!sees_members(&teammate).await);
}

#[tokio::test]
async fn a_session_ends_after_thirty_days_however_busy() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    for _ in 0..29 {
        app.clock.advance(DAY);
        assert!(sees_members(&owner).await);
    }
    app.clock.advance(DAY);
    assert!(!sees_members(&owner).await);
}

#[tokio::test]
async fn a_cookie_that_nobody_gave_out_is_no_session() {
    let (_app, anonymous, ..) = TestApp::start(|_| Vec::new()).await;
    anonymous.set_cookie("mewayz_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    anonymous.get("/login").await.expect(200);
    let reply = anonymous.get("/w/acme/settings/members").await.expect(303);
    assert_eq!(reply.header("location"), "/login?next=%2Fw%2Facme%2Fsettings%2Fmembers");
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let reply = sign_in(&owner).await;
    let cookie = reply.header("set-cookie").to_owned();
    assert!(cookie.starts_with("mewayz_session="), "{cookie}");
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=2592000"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let settings = TestSettings { secure_cookies: true, ..TestSettings::default() };
    let app = TestApp::start_with(settings, |_| Vec::new()).await;
    let owner = app.register("Ada Byron", "Acme").await;
    let reply = sign_in(&owner).await;
    assert!(reply.header("set-cookie").starts_with("__Host-mewayz="));
    assert!(reply.header("set-cookie").ends_with("; Secure"));
    assert!(sees_members(&owner).await);
}

#[tokio::test]
async fn a_change_without_the_sessions_token_is_refused() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let forged = [("name", "Stolen")];
    owner.forge("/workspaces", &forged).await.expect(403);
    let foreign = teammate.csrf_token().await.expect("a token");
    owner.forge("/workspaces", &[("name", "x"), ("csrf_token", &foreign)]).await.expect(403);
    let header = owner.sending("x-csrf-token", &foreign);
    header.forge("/workspaces", &forged).await.expect(403);
    owner.submit("/workspaces", &forged).await.expect(303);
}

#[tokio::test]
async fn a_change_from_another_site_is_refused_even_with_the_token() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let fields = [("name", "Stolen")];
    for (header, value) in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        owner.sending(header, value).submit("/workspaces", &fields).await.expect(403);
    }
    let login = [("email", "ada0@example.com"), ("password", Actor::PASSWORD)];
    let foreign = anonymous.sending("origin", "https://evil.example");
    foreign.submit("/login", &login).await.expect(403);
    assert_eq!(foreign.cookie(), "", "another site signed the browser in");
    owner.sending("origin", "http://localhost").submit("/workspaces", &fields).await.expect(303);
}

#[tokio::test]
async fn the_api_takes_no_cookie_and_pages_take_no_token() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let browser = anonymous.sending("cookie", &owner.cookie());
    browser.get("/api/me").await.expect(401);
    let token = format!("Bearer {}", owner.tokens.as_ref().expect("tokens").access_token);
    let program = anonymous.sending("authorization", &token);
    let members = owner.page(MEMBERS);
    program.send(Method::GET, &members, None, axum::body::Body::empty()).await.expect(303);
}

#[tokio::test]
async fn signing_out_ends_the_streams_of_the_session() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let mut stream = owner.stream(&owner.page("live"), None).await;
    let mut other = teammate.stream(&teammate.page("live"), None).await;
    assert_eq!(stream.next().await.event, "ready");
    other.next().await;
    owner.submit::<[(&str, &str)]>("/logout", &[]).await.expect(303);
    // Whoever was let in a moment ago is believed for a second.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let member = format!("/api/members/{}", teammate.user.as_ref().expect("a person").id);
    owner.patch(&member, &serde_json::json!({"role": "viewer"})).await.expect(200);
    assert_eq!(stream.read().await, None);
    assert_eq!(other.next().await.event, "member.role_changed");
}
