//! The request behind a job, carried along without being handed over.

use std::future::Future;

tokio::task_local! {
    static REQUEST: Option<String>;
}

/// Runs `future` so that every job enqueued inside remembers the request that caused it.
pub async fn with_request<F: Future>(request: Option<String>, future: F) -> F::Output {
    REQUEST.scope(request, future).await
}

/// The request that is being served, also inside the jobs that it caused.
pub fn current_request() -> Option<String> {
    REQUEST.try_with(Clone::clone).ok().flatten()
}
