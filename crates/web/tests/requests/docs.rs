//! The reference has every call of the document.

use axum::{body::Body, extract::Request, http::StatusCode};
use serde_json::Value;

use crate::world::world;

#[tokio::test]
async fn every_call_stands_in_the_reference_without_raw_marks() {
    let world = world().await;
    let ask = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let document = world.send(ask("/api/openapi.json")).await.body;
    let document: Value = serde_json::from_str(&document).unwrap();
    let page = world.send(ask("/api/docs")).await;
    assert_eq!(page.status, StatusCode::OK);
    let calls = document["paths"].as_object().unwrap().values();
    for call in calls.flat_map(|path| path.as_object().unwrap().values()) {
        let id = call["operationId"].as_str().unwrap();
        assert!(page.body.contains(&format!("<article class=\"docs__call\" id=\"{id}\">")), "{id}");
    }
    assert!(!page.body.contains('`'), "words of the document stand there as they were written");
}
