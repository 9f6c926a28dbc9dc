//! Whether the process lives, whether it can serve, and its figures.

use std::{collections::BTreeMap, sync::atomic::Ordering, time::Duration};

use axum::{
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result, same_secret};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Access, Operation, Reply, Routes, Visit, address::Peer, page::with_status,
    telemetry::metrics_handle,
};

/// Below this much free space nothing more is accepted.
const MIN_FREE_BYTES: u64 = 64 * 1024 * 1024;

/// Whoever asks, such as a balancer, asks again after a few seconds: a late "no" is none.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Serialize, ToSchema)]
struct Health {
    /// `ok` or `unavailable`.
    status: &'static str,
    /// What was looked at: `ok`, or what is wrong.
    checks: BTreeMap<&'static str, String>,
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(
            Method::GET,
            "/api/health/live",
            Access::Public,
            live,
            Operation::new("Health", "Whether the process lives").reply::<Health>(200, "It does."),
        )
        .unlimited()
        .api(
            Method::GET,
            "/api/health/ready",
            Access::Public,
            ready,
            Operation::new("Health", "Whether the process can serve")
                .describe("Looks at the database, its migrations, free disk space, and whether the process is about to stop.")
                .reply::<Health>(200, "It can.")
                .reply::<Health>(503, "It cannot; `checks` says why."),
        )
        .unlimited()
        .page(Method::GET, "/metrics", Access::Public, figures)
        .unlimited()
}

async fn live() -> Response {
    crate::json(&Health { status: "ok", checks: BTreeMap::new() })
}

async fn ready(visit: Visit) -> Response {
    let shared = &visit.shared;
    let mut checks = BTreeMap::new();
    let pending = tokio::time::timeout(PATIENCE, db::pending(&shared.house.db, &shared.migrations))
        .await
        .unwrap_or_else(|_| Err(Error::unavailable("no answer in time")));
    checks.insert("database", pending.as_ref().map_or_else(trouble, |_| "ok".into()));
    let migrations = match pending {
        Ok(pending) if pending.is_empty() => "ok".into(),
        Ok(pending) => format!("missing: {}", pending.join(", ")),
        Err(_) => "unknown".into(),
    };
    checks.insert("migrations", migrations);
    checks.insert("disk", free_space(&shared.settings.data));
    let stopping = shared.stopping.load(Ordering::Relaxed);
    checks.insert("stopping", if stopping { "about to stop".into() } else { "ok".into() });
    let fine = checks.values().all(|check| check == "ok");
    let (status, word) = if fine {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    };
    with_status(status, &Health { status: word, checks })
}

/// Anyone may ask, so the cause itself goes to the log.
fn trouble(error: &Error) -> String {
    tracing::warn!(?error, "the database does not answer");
    "does not answer".into()
}

fn free_space(folder: &std::path::Path) -> String {
    match rustix::fs::statvfs(folder) {
        Ok(stat) if stat.f_bavail.saturating_mul(stat.f_frsize) >= MIN_FREE_BYTES => "ok".into(),
        Ok(stat) => {
            format!("{} MiB free", stat.f_bavail.saturating_mul(stat.f_frsize) / 1024 / 1024)
        }
        Err(error) => format!("cannot be read: {error}"),
    }
}

async fn figures(visit: Visit, peer: Peer, headers: HeaderMap) -> Reply {
    expect_watcher(visit.shared.settings.metrics_token.as_deref(), peer, &headers)?;
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, metrics_handle().render()).into_response())
}

/// Figures tell how busy a house is and with what: they are for whoever runs it.
fn expect_watcher(token: Option<&str>, peer: Peer, headers: &HeaderMap) -> Result<()> {
    let Some(token) = token else {
        // A proxy on this machine passes on what comes from afar, and says so.
        let passed_on = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];
        let near = peer.is_loopback() && !passed_on.iter().any(|name| headers.contains_key(*name));
        let far =
            "Figures are read on this machine, or with the token of the setting metrics_token.";
        return near.then_some(()).ok_or_else(|| Error::Forbidden(far.into()));
    };
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
    same_secret(shown, token).then_some(()).ok_or(Error::Unauthorized("Send the figures' token."))
}
