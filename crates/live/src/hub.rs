//! One pump reads the log once for all followers of a workspace; each follower fills its own gaps from the log.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use db::{Db, Signal};
use events::Recorded;
use futures::Stream;
use kernel::{Result, WorkspaceId};
use tokio::sync::broadcast::{self, error::RecvError};

/// How far back a follower may be before it is told to load the page anew.
const REPLAY_LIMIT: i64 = 1_000;
/// How many events a slow follower may lag behind before it reads the log itself.
const BACKLOG: usize = 256;

/// What a follower gets.
#[derive(Debug, Clone)]
pub enum Frame {
    /// The follower is connected and has everything up to this seq.
    Ready(i64),
    /// An event of the log.
    Event(Arc<Recorded>),
    /// Too much was missed: load anew and go on from this seq.
    Reset(i64),
}

/// The fan-out of one process; cheap to clone.
#[derive(Clone)]
pub struct Live {
    db: Db,
    rooms: Arc<Mutex<HashMap<WorkspaceId, Room>>>,
}

struct Room {
    sender: broadcast::Sender<Arc<Recorded>>,
    /// The last event that was handed out here.
    seq: i64,
}

impl Live {
    /// Starts the pump, which runs as long as the database is open.
    pub fn start(db: Db) -> Self {
        let live = Live { db, rooms: Arc::default() };
        tokio::spawn(live.clone().pump());
        live
    }

    /// Follows a workspace from after `after` (what the client saw last), or from now.
    /// The stream ends when the log cannot be read; the client then comes back by itself.
    pub async fn follow(
        &self,
        workspace: WorkspaceId,
        after: Option<i64>,
    ) -> Result<impl Stream<Item = Frame> + use<>> {
        let head = self.head(workspace).await?;
        let mut receiver = self.enter(workspace, head);
        let live = self.clone();
        let asked = after.unwrap_or(head);
        Ok(async_stream::stream! {
            metrics::gauge!("mewayz_live_followers").increment(1.0);
            let _leaving = Leaving { live: live.clone(), workspace };
            let mut seen = asked;
            // A number from the future belongs to another database, such as one restored from a backup.
            if asked > head || head - asked > REPLAY_LIMIT {
                seen = head;
                yield Frame::Reset(head);
            }
            let Ok(missed) = live.read(workspace, seen).await else { return };
            for event in missed {
                seen = event.seq;
                yield Frame::Event(event);
            }
            yield Frame::Ready(seen);
            loop {
                let next = match receiver.recv().await {
                    Ok(event) if event.seq <= seen => continue,
                    Ok(event) if event.seq == seen + 1 => vec![event],
                    Ok(_) | Err(RecvError::Lagged(_)) => match live.read(workspace, seen).await {
                        Ok(events) => events,
                        Err(_) => return,
                    },
                    Err(RecvError::Closed) => return,
                };
                for event in next {
                    seen = event.seq;
                    yield Frame::Event(event);
                }
            }
        })
    }

    fn enter(&self, workspace: WorkspaceId, head: i64) -> broadcast::Receiver<Arc<Recorded>> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let room = rooms
            .entry(workspace)
            .or_insert_with(|| Room { sender: broadcast::channel(BACKLOG).0, seq: head });
        room.sender.subscribe()
    }

    async fn head(&self, workspace: WorkspaceId) -> Result<i64> {
        let mut tx = self.db.read(workspace).await?;
        events::head(&mut tx, workspace).await
    }

    async fn read(&self, workspace: WorkspaceId, after: i64) -> Result<Vec<Arc<Recorded>>> {
        let mut tx = self.db.read(workspace).await?;
        let events = events::after(&mut tx, workspace, after, REPLAY_LIMIT).await?;
        Ok(events.into_iter().map(Arc::new).collect())
    }

    async fn pump(self) {
        let mut signals = self.db.signals();
        loop {
            let rooms = match signals.recv().await {
                Ok(signal) if signal.channel == events::SIGNAL => {
                    signal.payload.parse().map(|workspace| vec![workspace]).unwrap_or_default()
                }
                Ok(signal) if signal.channel == Signal::RESYNC => self.occupied(),
                Ok(_) => continue,
                Err(RecvError::Lagged(_)) => self.occupied(),
                Err(RecvError::Closed) => return,
            };
            for workspace in rooms {
                self.hand_out(workspace).await;
            }
        }
    }

    fn occupied(&self) -> Vec<WorkspaceId> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }

    async fn hand_out(&self, workspace: WorkspaceId) {
        let Some(after) = self.seq(workspace) else { return };
        match self.read(workspace, after).await {
            Ok(events) => {
                let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(room) = rooms.get_mut(&workspace) else { return };
                for event in events {
                    room.seq = event.seq;
                    // Followers that left in this moment need nothing.
                    let _ = room.sender.send(event);
                }
            }
            // The followers notice the gap with the next event.
            Err(error) => tracing::warn!(?error, "live events could not be read"),
        }
    }

    fn seq(&self, workspace: WorkspaceId) -> Option<i64> {
        self.rooms
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&workspace)
            .map(|room| room.seq)
    }
}

/// Closes the room behind the last follower.
struct Leaving {
    live: Live,
    workspace: WorkspaceId,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        metrics::gauge!("mewayz_live_followers").decrement(1.0);
        let mut rooms = self.live.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        // The leaving follower's own receiver is still counted.
        if rooms.get(&self.workspace).is_some_and(|room| room.sender.receiver_count() <= 1) {
            rooms.remove(&self.workspace);
        }
    }
}
