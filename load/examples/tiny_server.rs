//! The least server that answers like ours: shows how much the generator itself can offer.
//! `cargo run --release --example tiny_server -- 127.0.0.1:9000`

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9000".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    let created = || async { (StatusCode::CREATED, r#"{"id":"sub_0"}"#) };
    axum::serve(listener, Router::new().route("/api/forms/{form}/submissions", post(created))).await
}
