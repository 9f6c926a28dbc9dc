//! The generator against servers that count, refuse, stall and hang up.

use std::collections::HashMap;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

type Seen = Arc<Mutex<HashMap<String, u32>>>;

fn key(headers: &HeaderMap) -> String {
    headers["idempotency-key"].to_str().expect("a plain key").to_owned()
}

fn note(seen: &Seen, key: String) -> u32 {
    let mut seen = seen.lock().expect("no handler panics");
    let times = seen.entry(key).or_default();
    *times += 1;
    *times
}

async fn accept(State(seen): State<Seen>, headers: HeaderMap, body: Bytes) -> Response {
    serde_json::from_slice::<Value>(&body).expect("a JSON body");
    let key = key(&headers);
    let id = format!("sub_{key}");
    note(&seen, key);
    (StatusCode::CREATED, json!({ "id": id }).to_string()).into_response()
}

async fn refuse_once(State(seen): State<Seen>, headers: HeaderMap) -> Response {
    if note(&seen, key(&headers)) == 1 {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "0")]).into_response();
    }
    (StatusCode::OK, [("idempotent-replayed", "true")], r#"{"id":"sub_1"}"#).into_response()
}

async fn take_list(body: Bytes) -> Response {
    let list: Value = serde_json::from_slice(&body).expect("a JSON body");
    let count = list["submissions"].as_array().expect("a list").len();
    let items: Vec<Value> = (0..count)
        .map(|index| json!({ "index": index, "status": "accepted", "id": format!("sub_{index}") }))
        .collect();
    json!({ "accepted": count, "duplicate": 0, "rejected": 0, "items": items })
        .to_string()
        .into_response()
}

/// Serves on a free port; the address and the keys it has seen.
async fn serve() -> (String, Seen) {
    let seen = Seen::default();
    let router = Router::new()
        .route("/api/forms/plain/submissions", post(accept))
        .route("/api/forms/busy/submissions", post(refuse_once))
        .route("/api/forms/plain/submissions/bulk", post(take_list))
        .with_state(Arc::clone(&seen));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound listener");
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("http://{address}"), seen)
}

async fn load(arguments: &[&str]) -> Value {
    let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
    let run = move || Command::new(env!("CARGO_BIN_EXE_mewayz-load")).args(arguments).output();
    let output: Output =
        tokio::task::spawn_blocking(run).await.expect("no panic").expect("the generator starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a JSON report")
}

#[tokio::test]
async fn every_request_is_sent_once_with_a_key_of_its_own() {
    let (server, seen) = serve().await;
    for pipeline in ["1", "4"] {
        seen.lock().expect("no handler panics").clear();
        let report = load(&[
            "single",
            "--server",
            &server,
            "--form",
            "plain",
            "--count",
            "500",
            "--connections",
            "7",
            "--pipeline",
            pipeline,
        ])
        .await;
        assert_eq!((&report["sent"], &report["acknowledged"]), (&json!(500), &json!(500)));
        let seen = seen.lock().expect("no handler panics");
        assert_eq!(seen.len(), 500);
        assert!(seen.values().all(|times| *times == 1));
    }
}

#[tokio::test]
async fn a_refusal_is_final_unless_told_to_retry() {
    let (server, seen) = serve().await;
    let busy = ["single", "--server", &server, "--form", "busy", "--count", "20"];
    let report = load(&busy).await;
    assert_eq!(report["refused"], json!({ "503": 20 }));
    assert_eq!(report["acknowledged"], 0);

    seen.lock().expect("no handler panics").clear();
    let report = load(&[&busy[..], &["--retry"]].concat()).await;
    assert_eq!(report["acknowledged"], 20);
    assert_eq!((&report["retries"], &report["replayed"]), (&json!(20), &json!(20)));
    assert!(seen.lock().expect("no handler panics").values().all(|times| *times == 2));
}

#[tokio::test]
async fn a_constant_rate_is_kept_and_its_latency_counts_from_when_it_was_due() {
    let (server, _) = serve().await;
    let report = load(&[
        "single", "--server", &server, "--form", "plain", "--count", "400", "--rate", "800",
    ])
    .await;
    let seconds = report["seconds"].as_f64().expect("a number");
    assert!((0.45..2.0).contains(&seconds), "400 at 800 a second took {seconds} s");
    assert_eq!(report["acknowledged"], 400);
}

#[tokio::test]
async fn a_stalled_server_shows_in_the_latency_of_all_that_was_due_meanwhile() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("a bound listener"));
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut buffer = [0; 4096];
        for answered in 0.. {
            if stream.read(&mut buffer).await.expect("a request") == 0 {
                return;
            }
            if answered == 0 {
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
            let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(reply).await.expect("an open connection");
        }
    });
    let report =
        load(&["list", "--url", &url, "--count", "100", "--rate", "200", "--connections", "1"])
            .await;
    let median = report["latency_ms"]["p50"].as_f64().expect("a number");
    assert!(median > 100.0, "half of the requests waited behind the stall, yet p50 is {median} ms");
}

#[tokio::test]
async fn bulk_counts_submissions_and_notes_their_ids() {
    let (server, _) = serve().await;
    let file = std::env::temp_dir().join(format!("mewayz-load-ids-{}", std::process::id()));
    let path = file.to_str().expect("a plain path");
    let report = load(&[
        "bulk", "--server", &server, "--form", "plain", "--items", "50", "--count", "10", "--ids",
        path, "--seed", "1",
    ])
    .await;
    assert_eq!((&report["requests"], &report["sent"]), (&json!(10), &json!(500)));
    assert_eq!(report["acknowledged"], 500);
    let ids = std::fs::read_to_string(&file).expect("the file of ids");
    std::fs::remove_file(&file).expect("the file of ids");
    let keys: std::collections::HashSet<&str> =
        ids.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(keys.len(), 500);
}

#[tokio::test]
async fn a_server_that_hangs_up_is_an_error_and_not_an_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("a bound listener"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            assert!(stream.read(&mut [0; 4096]).await.expect("a request") > 0);
        }
    });
    let report = load(&["list", "--url", &url, "--count", "5", "--connections", "1"]).await;
    assert_eq!(report["acknowledged"], 0);
    let errors = report["errors"].as_object().expect("a map");
    assert_eq!(errors.values().filter_map(Value::as_u64).sum::<u64>(), 5);
}
