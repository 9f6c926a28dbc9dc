//! Where SQLite may keep a thread waiting. The threads that serve requests never wait for a disk: their
//! statements go to other threads. Handing one over costs more than most statements take, so tasks that
//! do little but write run on a thread of their own and wait there.

use std::{cell::Cell, thread};

use kernel::{Error, Result};
use tokio::{runtime::Handle, task::spawn_blocking};

thread_local! {
    static MAY_WAIT: Cell<bool> = const { Cell::new(false) };
}

/// Does what may wait for a disk: here when this thread may, otherwise on one that may.
pub(crate) async fn waiting<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    if MAY_WAIT.get() {
        return Ok(work());
    }
    spawn_blocking(work).await.map_err(|error| {
        if error.is_cancelled() {
            Error::unavailable("the program is stopping")
        } else {
            Error::internal(error)
        }
    })
}

/// Runs a long task on a thread of its own that may wait.
pub(crate) fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    let runtime = Handle::current();
    thread::Builder::new()
        .name("mewayz-writer".into())
        .spawn(move || {
            MAY_WAIT.set(true);
            runtime.block_on(task);
        })
        .expect("the system has room for a thread");
}

/// Runs a short task to its end on a thread that may wait, lent for that time.
pub(crate) fn lend(task: impl Future<Output = ()> + Send + 'static) {
    let runtime = Handle::current();
    spawn_blocking(move || {
        let _back = Back;
        MAY_WAIT.set(true);
        runtime.block_on(task);
    });
}

/// Gives a lent thread back as it was, even when its task panics.
struct Back;

impl Drop for Back {
    fn drop(&mut self) {
        MAY_WAIT.set(false);
    }
}
