//! Whether the process lives, whether it can serve, and its figures.

use std::{collections::BTreeMap, sync::atomic::Ordering, time::Duration};

use axum::{
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::Error;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Access, Operation, Routes, Visit, page::with_status, telemetry::metrics_handle};

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

async fn figures() -> Response {
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        metrics_handle().render(),
    )
        .into_response()
}
