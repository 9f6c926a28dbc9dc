//! What `/metrics` tells, and whom.

use axum::{body::Body, extract::Request, http::Method};

use crate::world::{Answer, World, from, world, world_with};

async fn read(world: &World, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get("/metrics").extension(from(address));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn methods_that_are_made_up_become_no_labels() {
    let world = world().await;
    read(&world, "127.0.0.1", &[]).await;
    for number in 0..3 {
        let method = Method::from_bytes(format!("MADEUP{number}").as_bytes()).unwrap();
        let request = Request::builder().method(method).uri("/work");
        let refused = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(refused.status.as_u16(), 405);
    }
    let figures = read(&world, "127.0.0.1", &[]).await.body;
    assert!(figures.contains("method=\"other\""), "{figures}");
    assert!(figures.contains("method=\"GET\"") && !figures.contains("MADEUP"), "{figures}");
}

#[tokio::test]
async fn figures_are_for_this_machine_alone() {
    let world = world().await;
    for near in ["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"] {
        assert_eq!(read(&world, near, &[]).await.status.as_u16(), 200, "{near}");
    }
    for far in ["192.0.2.1", "10.0.0.1", "2001:db8::1"] {
        assert_eq!(read(&world, far, &[]).await.status.as_u16(), 403, "{far}");
        let pretending = [("x-forwarded-for", "127.0.0.1")];
        assert_eq!(read(&world, far, &pretending).await.status.as_u16(), 403, "{far}");
    }
    let proxied = [("x-forwarded-for", "192.0.2.1")];
    assert_eq!(read(&world, "127.0.0.1", &proxied).await.status.as_u16(), 403);
    let nobody = Request::get("/metrics").body(Body::empty()).unwrap();
    assert_eq!(world.send(nobody).await.status.as_u16(), 403);
}

#[tokio::test]
async fn with_a_token_figures_are_for_whoever_has_it() {
    let world = world_with(|settings| settings.metrics_token = Some("a secret".into())).await;
    let right = [("authorization", "Bearer a secret")];
    assert_eq!(read(&world, "192.0.2.1", &right).await.status.as_u16(), 200);
    for wrong in ["", "Bearer", "Bearer ", "Bearer another", "a secret"] {
        let shown = [("authorization", wrong)];
        assert_eq!(read(&world, "127.0.0.1", &shown).await.status.as_u16(), 401, "{wrong}");
    }
}
