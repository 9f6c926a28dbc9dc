//! Rate limits as clients meet them.

use std::{num::NonZeroU32, time::Duration};

use axum::{body::Body, extract::Request, http::StatusCode};
use web::LimitSettings;

use crate::world::{Answer, World, from, post, world, world_with};

const NOTE: &str = r#"{"text": "hello"}"#;

async fn limited(limits: LimitSettings) -> World {
    world_with(|settings| settings.limits = limits).await
}

fn page(address: &str) -> Request {
    Request::get("/work").extension(from(address)).body(Body::empty()).unwrap()
}

async fn write(world: &World, token: &str) -> Answer {
    world.send(post("/api/notes", token, None, NOTE)).await
}

#[tokio::test]
async fn a_fresh_installation_limits_nobody() {
    let world = world().await;
    for _ in 0..30 {
        let answer = write(&world, "key one").await;
        assert_eq!(answer.status, StatusCode::CREATED);
        assert_eq!(answer.header("ratelimit"), "");
    }
}

#[tokio::test]
async fn a_key_is_told_what_is_left_and_when_to_come_back() {
    let limits = LimitSettings {
        api_per_minute: NonZeroU32::new(60),
        burst: NonZeroU32::new(2),
        ..Default::default()
    };
    let world = limited(limits).await;
    let first = write(&world, "key one").await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(first.header("ratelimit-policy"), r#""default";q=60;w=60"#);
    assert_eq!(first.header("ratelimit"), r#""default";r=1;t=1"#);
    write(&world, "key one").await;

    let refused = write(&world, "key one").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("ratelimit-policy"), r#""default";q=60;w=60"#);
    assert_eq!(refused.header("ratelimit"), r#""default";r=0;t=1"#);

    world.clock.advance(Duration::from_secs(1));
    assert_eq!(write(&world, "key one").await.status, StatusCode::CREATED);
    assert_eq!(world.written().await, 3, "what was refused was not done");
}

#[tokio::test]
async fn each_key_and_each_person_has_a_budget_of_its_own() {
    let world =
        limited(LimitSettings { api_per_minute: NonZeroU32::new(1), ..Default::default() }).await;
    for token in ["key one", "key two", "person ann", "person bob"] {
        assert_eq!(write(&world, token).await.status, StatusCode::CREATED, "{token}");
        assert_eq!(write(&world, token).await.status, StatusCode::TOO_MANY_REQUESTS, "{token}");
    }
}

#[tokio::test]
async fn a_refusal_of_another_kind_is_charged_and_says_so_too() {
    let world =
        limited(LimitSettings { api_per_minute: NonZeroU32::new(60), ..Default::default() }).await;
    let invalid = world.send(post("/api/notes", "key one", None, r#"{"text": ""}"#)).await;
    assert_eq!(invalid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(invalid.header("ratelimit"), r#""default";r=59;t=1"#);
}

#[tokio::test]
async fn wrong_credentials_cost_the_address_that_shows_them() {
    let limits = LimitSettings {
        api_per_minute: NonZeroU32::new(1),
        public_per_minute: NonZeroU32::new(2),
        ..Default::default()
    };
    let world = limited(limits).await;
    for expected in [401, 401, 429] {
        assert_eq!(write(&world, "stolen").await.status.as_u16(), expected);
    }
    assert_eq!(write(&world, "key one").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn public_pages_are_limited_by_address_and_health_is_not() {
    let world =
        limited(LimitSettings { public_per_minute: NonZeroU32::new(2), ..Default::default() })
            .await;
    for expected in [204, 204, 429] {
        assert_eq!(world.send(page("192.0.2.7")).await.status.as_u16(), expected);
    }
    assert_eq!(world.send(page("192.0.2.8")).await.status, StatusCode::NO_CONTENT);
    for _ in 0..5 {
        let watcher = Request::get("/api/health/live").extension(from("192.0.2.7"));
        let answer = world.send(watcher.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn signing_in_has_a_tighter_budget_than_other_public_requests() {
    let limits = LimitSettings {
        public_per_minute: NonZeroU32::new(100),
        sign_in_per_minute: NonZeroU32::new(2),
        ..Default::default()
    };
    let world = limited(limits).await;
    for expected in [204, 204, 429] {
        let answer = world.send(post("/api/sign-ins", "", None, "{}")).await;
        assert_eq!(answer.status.as_u16(), expected);
        assert_eq!(answer.header("ratelimit-policy"), r#""sign_in";q=2;w=60"#);
    }
    assert_eq!(world.send(page("192.0.2.1")).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn forwarded_addresses_count_only_behind_a_trusted_proxy() {
    let limits = LimitSettings {
        public_per_minute: NonZeroU32::new(1),
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        ..Default::default()
    };
    let world = limited(limits).await;
    let forwarded = |socket: &str, client: &str| {
        let mut request = page(socket);
        request.headers_mut().insert("x-forwarded-for", client.parse().unwrap());
        request
    };
    let proxied = [("198.51.100.1", 204), ("198.51.100.2", 204), ("9.9.9.9, 198.51.100.1", 429)];
    for (client, expected) in proxied {
        let answer = world.send(forwarded("10.0.0.1", client)).await;
        assert_eq!(answer.status.as_u16(), expected, "{client}");
    }
    for (client, expected) in [("198.51.100.3", 204), ("198.51.100.4", 429)] {
        let answer = world.send(forwarded("192.0.2.66", client)).await;
        assert_eq!(answer.status.as_u16(), expected, "forged: {client}");
    }
}
