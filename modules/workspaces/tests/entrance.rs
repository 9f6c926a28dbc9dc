//! Registering and signing in.

use std::time::Duration;

use serde_json::json;
use testing::{Actor, TestApp, TestSettings};
use workspaces::Registration;

const REGISTER: &str = "/api/auth/register";
const LOGIN: &str = "/api/auth/login";
const WRONG: &str = "The e-mail address or the password is wrong.";

/// Set up, and empty otherwise.
async fn empty() -> (TestApp, Actor) {
    let app = TestApp::start_with(TestSettings::default(), |_| Vec::new()).await;
    app.operator().await;
    let anonymous = app.anonymous();
    (app, anonymous)
}

#[tokio::test]
async fn registering_makes_an_account_and_its_first_workspace() {
    let (_app, anonymous) = empty().await;
    let body =
        json!({"name": "Ada Byron", "email": " Ada@Example.com ", "password": "a quiet sentence"});
    let made = anonymous.post(REGISTER, &body).await.expect(201).json();
    assert_eq!(made["user"]["name"], "Ada Byron");
    assert_eq!(made["user"]["email"], "ada@example.com");
    assert_eq!(made["expires_in"], 3600);
    assert_eq!(made["workspace"]["slug"], "adas-workspace");
    let program = anonymous.with_bearer(made["access_token"].as_str().expect("a token"));
    let me = program.get("/api/me").await.expect(200).json();
    assert_eq!(me["user"]["id"], made["user"]["id"]);
    assert_eq!(me["workspaces"]["data"][0]["id"], made["workspace"]["id"]);
    assert_eq!(me["workspaces"]["data"][0]["role"], "owner");
    let body = json!({"email": "ADA@example.com", "password": "a quiet sentence"});
    let again = anonymous.post(LOGIN, &body).await.expect(200).json();
    assert_eq!(again["user"], made["user"]);
    assert_eq!(again["workspace"], made["workspace"]);
}

#[tokio::test]
async fn a_taken_address_is_an_error_of_its_field() {
    let (app, anonymous) = empty().await;
    app.register("Ada Byron", "Acme").await;
    let body = json!({"name": "Eve", "email": "ADA0@example.com", "password": "a quiet sentence"});
    let reply = anonymous.post(REGISTER, &body).await.expect(422);
    assert_eq!(reply.complaints(), ["email:taken"]);
}

#[tokio::test]
async fn of_two_who_register_one_address_at_once_one_gets_it() {
    let (_app, anonymous) = empty().await;
    let attempt = || {
        let actor = anonymous.clone();
        let body =
            json!({"name": "Ada", "email": "ada@example.com", "password": "a quiet sentence"});
        tokio::spawn(async move { actor.post(REGISTER, &body).await.status() })
    };
    let (one, two) = (attempt(), attempt());
    let mut statuses = [one.await.expect("answers"), two.await.expect("answers")];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422]);
}

#[tokio::test]
async fn what_is_wrong_with_a_registration_is_said_field_by_field() {
    let (_app, anonymous) = empty().await;
    let wrong = |name: &str, email: &str, password: &str| {
        let body = json!({"name": name, "email": email, "password": password});
        let actor = anonymous.clone();
        async move { actor.post(REGISTER, &body).await.expect(422).complaints() }
    };
    let all = wrong(" ", "ada@", "short").await;
    assert_eq!(all, ["name:required", "email:invalid", "password:too_short"]);
    assert_eq!(wrong("Ada", "", "Password123").await, ["email:required", "password:too_common"]);
    assert_eq!(
        wrong("A\nB", "a@b.c", &"x".repeat(257)).await,
        ["name:invalid", "password:too_long"]
    );
    for name in ["Ada\u{202e}nimda", "A\u{200b}da", "A\0"] {
        assert_eq!(wrong(name, "a@b.c", "a quiet sentence").await, ["name:invalid"]);
    }
    assert_eq!(wrong(&"x".repeat(101), "a@b.c", "a quiet sentence").await, ["name:too_long"]);
    anonymous.post(REGISTER, &json!({"name": "Ada"})).await.expect(422);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_sound_alike() {
    let (app, anonymous) = empty().await;
    app.register("Ada Byron", "Acme").await;
    for email in ["ada0@example.com", "nobody@example.com"] {
        let body = json!({"email": email, "password": "not this one"});
        let reply = anonymous.post(LOGIN, &body).await.expect(401).json();
        assert_eq!(reply["detail"], WRONG);
        let fields = [("email", email), ("password", "not this one")];
        let page = anonymous.submit("/login", &fields).await.expect(422).text();
        assert!(page.contains(WRONG) && page.contains(&format!("value=\"{email}\"")));
        assert!(!page.contains("not this one"));
    }
}

#[tokio::test]
async fn guessing_slows_down_and_does_not_lock_the_victim_out() {
    let (app, anonymous) = empty().await;
    app.register("Ada Byron", "Acme").await;
    let wrong = json!({"email": "ada0@example.com", "password": "not this one"});
    let right = json!({"email": "ada0@example.com", "password": Actor::PASSWORD});
    let guesser = anonymous.from_address("203.0.113.9");
    for _ in 0..4 {
        guesser.post(LOGIN, &wrong).await.expect(401);
        app.clock.advance(Duration::from_millis(1));
    }
    let reply = guesser.post(LOGIN, &right).await.expect(429);
    assert_eq!(reply.header("retry-after"), "1");
    let page = guesser.submit("/login", &[("email", "ada0@example.com"), ("password", "x")]).await;
    page.expect(429);
    let victim = anonymous.from_address("198.51.100.1");
    victim.post(LOGIN, &right).await.expect(200);
    app.clock.advance(Duration::from_secs(1));
    guesser.post(LOGIN, &wrong).await.expect(401);
    app.clock.advance(Duration::from_secs(1));
    guesser.post(LOGIN, &wrong).await.expect(429);
    app.clock.advance(Duration::from_secs(1));
    guesser.post(LOGIN, &right).await.expect(200);
    guesser.post(LOGIN, &wrong).await.expect(401);
}

#[tokio::test]
async fn what_can_be_no_address_is_refused_before_it_is_kept() {
    let (_app, anonymous) = empty().await;
    let endless = json!({"email": format!("{}@x.com", "a".repeat(300)), "password": "x"});
    let broken = json!({"email": "a\u{0}b@x.com", "password": "x"});
    for body in [endless, broken] {
        // Nothing is remembered of it, so nothing slows it down either.
        for _ in 0..8 {
            assert_eq!(anonymous.post(LOGIN, &body).await.expect(401).json()["detail"], WRONG);
        }
    }
}

#[tokio::test]
async fn credentials_are_short() {
    let (_app, anonymous) = empty().await;
    let long = "x".repeat(17 * 1024);
    let body = json!({"name": "Ada", "email": long, "password": "x", "refresh_token": long});
    for path in [REGISTER, LOGIN, "/api/auth/refresh", "/api/auth/logout"] {
        anonymous.post(path, &body).await.expect(413);
    }
    for path in ["/register", "/login"] {
        anonymous.submit(path, &[("email", &long)]).await.expect(413);
    }
}

#[tokio::test]
async fn a_form_of_someone_signed_in_is_read_no_further_than_its_route_allows() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let long = "x".repeat(17 * 1024);
    for path in ["/login", "/logout", "/register", "/setup/guess"] {
        owner.submit(path, &[("email", &long)]).await.expect(413);
    }
}

#[tokio::test]
async fn one_network_of_ipv6_is_one_guesser() {
    let (app, anonymous) = empty().await;
    app.register("Ada Byron", "Acme").await;
    let wrong = json!({"email": "ada0@example.com", "password": "not this one"});
    for (number, expected) in [(1, 401), (2, 401), (3, 401), (4, 401), (5, 429)] {
        let guesser = anonymous.from_address(&format!("2001:db8::{number}:1"));
        guesser.post(LOGIN, &wrong).await.expect(expected);
    }
    anonymous.from_address("2001:db8:0:1::1").post(LOGIN, &wrong).await.expect(401);
}

#[tokio::test]
async fn a_browser_registers_and_lands_in_its_workspace() {
    let (_app, browser) = empty().await;
    let page = browser.get("/register").await.expect(200).text();
    assert!(page.contains("action=\"/register\"") && page.contains("name=\"password\""));
    let fields = [("name", "Ada"), ("email", "ada"), ("password", "a quiet sentence")];
    let page = browser.submit("/register", &fields).await.expect(422).text();
    assert!(page.contains("Enter an e-mail address such as") && page.contains("value=\"Ada\""));
    assert!(!page.contains("a quiet sentence"));
    let fields = [("name", "Ada"), ("email", "ada@example.com"), ("password", "a quiet sentence")];
    let reply = browser.submit("/register", &fields).await.expect(303);
    assert_eq!(reply.header("location"), "/w/adas-workspace");
    let reply = browser.get("/w/adas-workspace").await.expect(303);
    assert_eq!(reply.header("location"), "/w/adas-workspace/forms");
    assert_eq!(browser.get("/").await.expect(303).header("location"), "/w/adas-workspace");
    assert_eq!(browser.get("/login").await.expect(303).header("location"), "/");
    browser.get("/w/adas-workspace/settings/members").await.expect(200);
}

#[tokio::test]
async fn the_front_door_shows_the_landing_page_to_whoever_is_not_signed_in() {
    let (_app, anonymous) = empty().await;
    assert!(anonymous.get("/").await.expect(200).text().contains("href=\"/register\""));
}

#[tokio::test]
async fn after_signing_in_one_is_where_one_wanted_to_go_but_never_elsewhere() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let email = owner.user.as_ref().expect("a person").email.as_str();
    for (next, target) in [
        ("/w/acme/settings/members", "/w/acme/settings/members"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ] {
        let browser = app.anonymous();
        let query = [("next", next)];
        let path = format!("/login?next={}", next.replace('\\', "%5C"));
        let page = browser.get(&path).await.expect(200).text();
        assert_eq!(page.contains("name=\"next\""), target != "/", "{next}");
        let fields = [("email", email), ("password", Actor::PASSWORD), query[0]];
        let reply = browser.submit("/login", &fields).await.expect(303);
        assert_eq!(reply.header("location"), target, "{next}");
    }
}

#[tokio::test]
async fn nobody_registers_before_the_installation_is_set_up() {
    let app = TestApp::start_with(TestSettings::default(), |_| Vec::new()).await;
    let stranger = app.anonymous();
    let body = json!({"name": "Ada", "email": "ada@example.com", "password": "a quiet sentence"});
    let refused = stranger.post(REGISTER, &body).await.expect(403).json();
    assert!(refused["detail"].as_str().is_some_and(|text| text.contains("not set up yet")));
    assert!(stranger.get("/register").await.expect(403).text().contains("not set up yet"));
    let fields = [("name", "Ada"), ("email", "ada@example.com"), ("password", "a quiet sentence")];
    stranger.submit("/register", &fields).await.expect(403);
    app.operator().await;
    stranger.post(REGISTER, &body).await.expect(201);
}

#[tokio::test]
async fn closed_registration_lets_nobody_in() {
    let settings = TestSettings { registration: Registration::Closed, ..TestSettings::default() };
    let app = TestApp::start_with(settings, |_| Vec::new()).await;
    let anonymous = app.anonymous();
    let body = json!({"name": "Ada", "email": "ada@example.com", "password": "a quiet sentence"});
    anonymous.post(REGISTER, &body).await.expect(403);
    anonymous.get("/register").await.expect(403);
    let fields = [("name", "Ada"), ("email", "ada@example.com"), ("password", "a quiet sentence")];
    anonymous.submit("/register", &fields).await.expect(403);
    let body = json!({"email": "ada@example.com", "password": "a quiet sentence"});
    anonymous.post(LOGIN, &body).await.expect(401);
}

#[tokio::test]
async fn a_browser_that_signs_in_over_an_old_session_needs_its_token() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let fields = [("email", "ada0@example.com"), ("password", Actor::PASSWORD)];
    owner.forge("/login", &fields).await.expect(403);
}
