//! The style guide shows what modules hand in.

use axum::{body::Body, extract::Request, http::StatusCode};

use crate::world::world;

#[tokio::test]
async fn the_style_guide_shows_components_and_views_of_modules_to_anyone() {
    let world = world().await;
    let answer = world.send(Request::get("/styleguide").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("group-buttons"));
    assert!(answer.body.contains("href=\"#group-screens\""));
    assert!(answer.body.contains("Not signed in") && !answer.body.contains("Operator"));
    assert!(answer.body.contains("href=\"/styleguide/notes-a-note-as-it-is-shown\""));

    let screen = Request::get("/styleguide/notes-a-note-as-it-is-shown");
    let answer = world.send(screen.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("<p>hello</p>"));

    let none = Request::get("/styleguide/none").body(Body::empty()).unwrap();
    assert_eq!(world.send(none).await.status, StatusCode::NOT_FOUND);
}
