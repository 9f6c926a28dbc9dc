//! The operator's way in.

use testing::{Actor, TestApp, TestSettings};
use workspaces::{Registration, entrance::setup_token};

async fn closed() -> (TestApp, Actor) {
    let settings = TestSettings { registration: Registration::Closed, ..TestSettings::default() };
    let app = TestApp::start_with(settings, |_| Vec::new()).await;
    let anonymous = app.anonymous();
    (app, anonymous)
}

const FIELDS: [(&str, &str); 4] = [
    ("name", "Olga"),
    ("email", "olga@example.com"),
    ("password", "a quiet sentence"),
    ("workspace", "Acme Studio"),
];

#[tokio::test]
async fn the_set_up_link_makes_the_operator_once() {
    let (app, browser) = closed().await;
    let token = setup_token(&app.house).await.expect("the database answers").expect("no operator");
    let path = format!("/setup/{token}");
    browser.get(&path).await.expect(200);
    let reply = browser.submit(&path, &FIELDS).await.expect(303);
    assert_eq!(reply.header("location"), "/w/acme-studio");
    browser.get("/w/acme-studio/settings/members").await.expect(200);
    let other = app.anonymous();
    other.get(&path).await.expect(404);
    other.submit(&path, &FIELDS).await.expect(404);
    assert!(setup_token(&app.house).await.expect("the database answers").is_none());
}

#[tokio::test]
async fn of_many_who_use_the_link_at_once_one_becomes_the_operator() {
    let (app, browser) = closed().await;
    let token = setup_token(&app.house).await.expect("the database answers").expect("no operator");
    let attempts = (0..4).map(|number| {
        let (actor, path) = (browser.in_another_browser(), format!("/setup/{token}"));
        let email = format!("olga{number}@example.com");
        tokio::spawn(async move {
            let fields = [FIELDS[0], ("email", email.as_str()), FIELDS[2], FIELDS[3]];
            actor.submit(&path, &fields).await.status()
        })
    });
    let mut made = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        made += u32::from(attempt.await.expect("answers") == 303);
    }
    assert_eq!(made, 1);
}

#[tokio::test]
async fn a_mistake_does_not_use_the_link_up() {
    let (app, browser) = closed().await;
    let token = setup_token(&app.house).await.expect("the database answers").expect("no operator");
    let path = format!("/setup/{token}");
    let long = "x".repeat(101);
    let fields = [FIELDS[0], FIELDS[1], FIELDS[2], ("workspace", long.as_str())];
    let page = browser.submit(&path, &fields).await.expect(422).text();
    assert!(page.contains("Use at most 100 characters.") && page.contains("value=\"Olga\""));
    let fields = [FIELDS[0], FIELDS[1], ("password", "short"), FIELDS[3]];
    browser.submit(&path, &fields).await.expect(422);
    browser.submit(&path, &FIELDS).await.expect(303);
}

#[tokio::test]
async fn a_guessed_or_replaced_link_is_no_link() {
    let (app, browser) = closed().await;
    let first = setup_token(&app.house).await.expect("the database answers").expect("no operator");
    let second = setup_token(&app.house).await.expect("the database answers").expect("no operator");
    browser.get(&format!("/setup/{first}")).await.expect(404);
    browser.get("/setup/guess").await.expect(404);
    browser.get(&format!("/setup/{second}")).await.expect(200);
}
