//! Moves what the log holds into the main file, beside the writer instead of inside one of its commits.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering::Relaxed},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use rusqlite::Connection;
use tokio::{runtime::Handle, sync::Mutex};

use super::{
    connect,
    pool::{Pool, WeakPool},
};

/// Pages of 4 KiB in the log, 64 MB, after which it is worth it: fewer, larger, more sequential writes.
const ENOUGH: i32 = 16_384;
/// Pages more in the log before the next try, when readers did not let all of it go.
const MORE: i32 = 4_096;

/// Hears from the writer how long the log is.
#[derive(Clone)]
pub(super) struct Gauge {
    /// Pages from which on somebody should look.
    threshold: Arc<AtomicI32>,
    alarm: SyncSender<()>,
}

impl Gauge {
    /// A gauge, and where its alarms arrive.
    pub(super) fn new() -> (Self, Receiver<()>) {
        let (alarm, alarms) = sync_channel(1);
        (Gauge { threshold: Arc::new(AtomicI32::new(ENOUGH)), alarm }, alarms)
    }

    /// Watches every commit of this connection.
    pub(super) fn watch(&self, writer: &mut Connection) -> rusqlite::Result<()> {
        let gauge = self.clone();
        writer.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages| {
            if pages < ENOUGH {
                gauge.threshold.store(ENOUGH, Relaxed);
            } else if pages >= gauge.threshold.load(Relaxed) {
                // Full means that somebody has been told already.
                let _ = gauge.alarm.try_send(());
            }
            Ok(())
        }))
    }
}

/// Held while the log is being shortened.
pub(super) type Turn = Arc<Mutex<()>>;

/// Works until the database is closed.
pub(super) fn start(path: PathBuf, gauge: &Gauge, alarms: Receiver<()>, writer: &Pool) -> Turn {
    let (threshold, writer, runtime) =
        (gauge.threshold.clone(), writer.downgrade(), Handle::current());
    let turn = Turn::default();
    let ours = turn.clone();
    thread::Builder::new()
        .name("mewayz-checkpoint".into())
        .spawn(move || {
            while alarms.recv().is_ok() {
                let _turn = ours.blocking_lock();
                match shorten(&path, &writer, &runtime) {
                    Ok(pages) => threshold.store(pages.saturating_add(MORE), Relaxed),
                    Err(error) => tracing::warn!(?error, "the log could not be shortened"),
                }
            }
        })
        .expect("the system has room for a thread");
    turn
}

/// Moves most of it while others write, then what they wrote meanwhile, and what little has come since
/// while they wait, so that the next commit begins the log anew. Tells how many pages the log had.
fn shorten(path: &Path, writer: &WeakPool, runtime: &Handle) -> rusqlite::Result<i32> {
    let Some(writer) = writer.upgrade().filter(|writer| !writer.is_closed()) else { return Ok(0) };
    // Not kept: the last connection to be closed folds all of the log, and that should not be this one.
    let connection = connect(path, "cache_size = -1024")?;
    checkpoint(&connection)?;
    let pages = checkpoint(&connection)?;
    match runtime.block_on(writer.lease()) {
        Ok(_lease) => checkpoint(&connection),
        Err(_) => Ok(pages),
    }
}

fn checkpoint(connection: &Connection) -> rusqlite::Result<i32> {
    connection.query_row("pragma wal_checkpoint(passive)", [], |row| row.get(1))
}
