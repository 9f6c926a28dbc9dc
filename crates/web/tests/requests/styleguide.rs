//! The style guide shows what modules hand in.

use axum::{body::Body, extract::Request, http::StatusCode};

use crate::world::world;

#[tokio::test]
async fn the_style_guide_shows_components_and_views_of_modules_to_anyone() {
    let world = world().await;
    let answer = world.send(Request::get("/styleguide").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("group-buttons"));
    assert!(answer.body.contains("A note as it is shown"));
}
