//! Live streams: how many, and for how long.

use axum::{body::Body, extract::Request, response::Response};
use tower::ServiceExt;

use crate::world::{World, world};

async fn follow(world: &World, token: &str) -> Response {
    let request = Request::get("/api/events").header("host", "localhost");
    let request = request.header("authorization", format!("Bearer {token}"));
    world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn one_actor_has_fifty_streams_and_no_more() {
    let world = world().await;
    let mut open = Vec::new();
    for _ in 0..50 {
        let stream = follow(&world, "key one").await;
        assert_eq!(stream.status().as_u16(), 200);
        open.push(stream);
    }
    let refused = follow(&world, "key one").await;
    assert_eq!(refused.status().as_u16(), 429);
    assert_eq!(refused.headers()["retry-after"], "30");
    assert_eq!(follow(&world, "key two").await.status().as_u16(), 200);
    open.pop();
    assert_eq!(follow(&world, "key one").await.status().as_u16(), 200, "a place is free again");
}
