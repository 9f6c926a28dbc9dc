//! One connection's work: send, receive, count, and send again where that was asked for.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::time::{sleep, timeout};

use crate::arguments::Offer;
use crate::connection::Connection;
use crate::pace::{Pace, Ticket};
use crate::recipe::Recipe;
use crate::reply::{self, Reply};
use crate::report::Tally;

/// The pause after a failed attempt when the server names none.
const BREATH: Duration = Duration::from_millis(50);

/// What all connections of a run have in common.
pub(crate) struct Shared {
    pub(crate) offer: Offer,
    pub(crate) recipe: Recipe,
    pub(crate) pace: Pace,
    pub(crate) ids: Option<Mutex<BufWriter<File>>>,
}

/// A connection, its counts, and its buffers.
pub(crate) struct Worker {
    shared: Arc<Shared>,
    connection: Option<Connection>,
    requests: Vec<u8>,
    body: Vec<u8>,
    tally: Tally,
}

#[derive(Deserialize)]
struct BulkReply {
    items: Vec<BulkItem>,
}

#[derive(Deserialize)]
struct BulkItem {
    index: u64,
    id: Option<String>,
}

impl Worker {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let tally = Tally::default();
        Self { shared, connection: None, requests: Vec::new(), body: Vec::new(), tally }
    }

    /// Works until the run is over or the server stays away longer than the patience lasts.
    pub(crate) async fn run(mut self) -> io::Result<Tally> {
        let shared = Arc::clone(&self.shared);
        while let Some(tickets) = shared.pace.tickets(shared.offer.pipeline).await {
            self.tally.requests += tickets.len() as u64;
            self.tally.sent += tickets.len() as u64 * shared.recipe.items;
            if !self.deliver(tickets).await? {
                break;
            }
        }
        Ok(self.tally)
    }

    /// False when the server could not be reached at all.
    async fn deliver(&mut self, mut tickets: Vec<Ticket>) -> io::Result<bool> {
        let patience = Duration::from_secs_f64(self.shared.offer.patience);
        let give_up_at = Instant::now() + patience;
        loop {
            if !self.connected(give_up_at).await {
                tickets.iter().for_each(|_| self.tally.error("no connection"));
                return Ok(false);
            }
            let (again, pause) = self.attempt(&tickets).await?;
            if again.is_empty() {
                return Ok(true);
            }
            if Instant::now() + pause > give_up_at {
                again.iter().for_each(|_| self.tally.error("given up"));
                return Ok(true);
            }
            self.tally.retries += again.len() as u64;
            sleep(pause).await;
            tickets = again;
        }
    }

    async fn connected(&mut self, give_up_at: Instant) -> bool {
        let limit = self.time_limit();
        while self.connection.is_none() && Instant::now() < give_up_at {
            match timeout(limit, Connection::open(&self.shared.recipe.target.address)).await {
                Ok(Ok(connection)) => self.connection = Some(connection),
                Ok(Err(_)) | Err(_) => sleep(BREATH).await,
            }
        }
        self.connection.is_some()
    }

    /// Sends all, receives all; returns what is to be sent again, and after what pause.
    async fn attempt(&mut self, tickets: &[Ticket]) -> io::Result<(Vec<Ticket>, Duration)> {
        self.requests.clear();
        for ticket in tickets {
            self.shared.recipe.write(ticket.index, &mut self.requests, &mut self.body);
        }
        let (mut again, mut pause) = (Vec::new(), BREATH);
        let mut failure = self.send().await.err();
        for ticket in tickets {
            let reply = match &failure {
                None => self.receive().await,
                Some(kind) => Err(*kind),
            };
            match reply {
                Ok(reply) if self.settled(*ticket, &reply)? => {}
                Ok(reply) => {
                    pause = pause.max(reply.retry_after.unwrap_or(BREATH));
                    again.push(*ticket);
                }
                Err(kind) => {
                    failure = Some(kind);
                    self.connection = None;
                    self.tally.error(kind);
                    again.extend(self.shared.offer.retry.then_some(*ticket));
                }
            }
        }
        Ok((again, pause))
    }

    async fn send(&mut self) -> Result<(), io::ErrorKind> {
        let limit = self.time_limit();
        let Some(connection) = &mut self.connection else {
            return Err(io::ErrorKind::NotConnected);
        };
        match timeout(limit, connection.send(&self.requests)).await {
            Ok(sent) => sent.map_err(|error| error.kind()),
            Err(_) => Err(io::ErrorKind::TimedOut),
        }
    }

    async fn receive(&mut self) -> Result<Reply, io::ErrorKind> {
        let limit = self.time_limit();
        let Some(connection) = &mut self.connection else {
            return Err(io::ErrorKind::NotConnected);
        };
        let reply = match timeout(limit, connection.receive()).await {
            Ok(reply) => reply.map_err(|error| error.kind())?,
            Err(_) => return Err(io::ErrorKind::TimedOut),
        };
        if reply.closes {
            self.connection = None;
        }
        Ok(reply)
    }

    /// Counts a reply; false when it is to be asked for again.
    fn settled(&mut self, ticket: Ticket, reply: &Reply) -> io::Result<bool> {
        if !(200..300).contains(&reply.status) {
            self.tally.refusal(reply.status);
            return Ok(!(self.shared.offer.retry && matches!(reply.status, 429 | 503)));
        }
        self.tally.latency(ticket.due.elapsed());
        if self.shared.recipe.items > 1 {
            self.tally.acknowledged += reply::counter(&reply.body, "accepted").unwrap_or_default();
            self.tally.duplicate += reply::counter(&reply.body, "duplicate").unwrap_or_default();
            self.tally.rejected += reply::counter(&reply.body, "rejected").unwrap_or_default();
        } else {
            self.tally.acknowledged += 1;
            self.tally.replayed += u64::from(reply.replayed);
        }
        self.note_ids(ticket.index, reply)?;
        Ok(true)
    }

    fn note_ids(&self, index: u64, reply: &Reply) -> io::Result<()> {
        let Some(file) = &self.shared.ids else { return Ok(()) };
        let mut file = file.lock().expect("no connection panics while it writes a line");
        let recipe = &self.shared.recipe;
        if recipe.items > 1 {
            let bulk: BulkReply = serde_json::from_slice(&reply.body)?;
            for item in bulk.items {
                if let Some(id) = item.id {
                    let key = recipe.idempotency_key(index * recipe.items + item.index);
                    writeln!(file, "{key} {id}")?;
                }
            }
        } else if let Some(id) = reply::id(&reply.body) {
            writeln!(file, "{} {id}", recipe.idempotency_key(index))?;
        }
        Ok(())
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs_f64(self.shared.offer.timeout)
    }
}
