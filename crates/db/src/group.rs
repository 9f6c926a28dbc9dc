//! Group commit: callers hand over items and wait; one writer stores what has gathered in one
//! transaction and only then answers everyone.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc};

use futures::{FutureExt, future::BoxFuture};
use kernel::{Error, Result};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use crate::Db;

/// How much may wait and how much is written at once.
#[derive(Debug, Clone, Copy)]
pub struct GroupLimits {
    /// KiB that may wait in memory; above it callers are refused.
    pub waiting_kib: usize,
    /// Items in one transaction.
    pub batch: usize,
}

/// How heavy an item is in memory, in bytes.
pub trait Weigh {
    /// Bytes, roughly.
    fn weight(&self) -> usize;
}

/// The entrance to a group-commit writer; cheap to clone.
pub struct Group<T, R> {
    sender: mpsc::UnboundedSender<Waiting<T, R>>,
    room: Arc<Semaphore>,
    capacity: usize,
}

impl<T, R> Clone for Group<T, R> {
    fn clone(&self) -> Self {
        Group { sender: self.sender.clone(), room: self.room.clone(), capacity: self.capacity }
    }
}

struct Waiting<T, R> {
    items: Vec<T>,
    reply: oneshot::Sender<Result<Vec<R>>>,
    _room: OwnedSemaphorePermit,
}

impl<T, R> Group<T, R>
where
    T: Weigh + Clone + Send + Sync + 'static,
    R: Send + 'static,
{
    /// Starts the writer, apart from all other tasks. `write` stores a batch and answers one result an item, in order;
    /// its failure means that nothing of the batch is stored.
    pub fn start<W, F>(db: &Db, limits: GroupLimits, write: W) -> Self
    where
        W: Fn(Arc<[T]>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Vec<R>>> + Send + 'static,
    {
        let (sender, receiver) = mpsc::unbounded_channel();
        db.spawn_apart(work(receiver, limits.batch, Arc::new(write)));
        Group {
            sender,
            room: Arc::new(Semaphore::new(limits.waiting_kib)),
            capacity: limits.waiting_kib,
        }
    }

    /// Stores one item; refused at once with 503 when too much is waiting already.
    pub async fn write(&self, item: T) -> Result<R> {
        let room = self
            .room
            .clone()
            .try_acquire_many_owned(self.kib(std::slice::from_ref(&item)))
            .map_err(|_| Error::unavailable("the writer's queue is full"))?;
        let mut answers = self.hand_over(vec![item], room).await?;
        answers.pop().ok_or_else(|| Error::internal("the writer gave no answer"))
    }

    /// Stores several items; waits for room instead of being refused, so that a long stream slows down.
    pub async fn write_all(&self, items: Vec<T>) -> Result<Vec<R>> {
        let room = self
            .room
            .clone()
            .acquire_many_owned(self.kib(&items))
            .await
            .map_err(Error::internal)?;
        self.hand_over(items, room).await
    }

    async fn hand_over(&self, items: Vec<T>, room: OwnedSemaphorePermit) -> Result<Vec<R>> {
        let (reply, answer) = oneshot::channel();
        self.sender
            .send(Waiting { items, reply, _room: room })
            .map_err(|_| Error::unavailable("the writer has stopped"))?;
        answer.await.map_err(|_| Error::unavailable("the writer has stopped"))?
    }

    fn kib(&self, items: &[T]) -> u32 {
        let bytes: usize = items.iter().map(|item| item.weight() + 512).sum();
        // Never more than there is, or the caller would wait for ever.
        u32::try_from(bytes.div_ceil(1024).min(self.capacity)).unwrap_or(u32::MAX)
    }
}

async fn work<T, R, W, F>(
    mut receiver: mpsc::UnboundedReceiver<Waiting<T, R>>,
    batch: usize,
    write: Arc<W>,
) where
    T: Clone + Send + Sync + 'static,
    R: Send + 'static,
    W: Fn(Arc<[T]>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Vec<R>>> + Send + 'static,
{
    while let Some(first) = receiver.recv().await {
        let mut count = first.items.len();
        let mut callers = vec![first];
        while count < batch {
            let Ok(next) = receiver.try_recv() else { break };
            count += next.items.len();
            callers.push(next);
        }
        // Whoever has been told "too late" will come again: storing that now would only be in the way.
        callers.retain(|caller| !caller.reply.is_closed());
        if callers.is_empty() {
            continue;
        }
        metrics::histogram!("mewayz_group_commit_items").record(count as f64);
        serve(callers, &write).await;
    }
}

async fn serve<T, R, W, F>(callers: Vec<Waiting<T, R>>, write: &Arc<W>)
where
    T: Clone + Send + Sync + 'static,
    R: Send + 'static,
    W: Fn(Arc<[T]>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Vec<R>>> + Send + 'static,
{
    let mut items = Vec::new();
    let mut desks = Vec::with_capacity(callers.len());
    for caller in callers {
        desks.push((caller.items.len(), caller.reply, caller._room));
        items.extend(caller.items);
    }
    let mut answers = store(items.into(), write.clone()).await.into_iter();
    for (count, reply, _room) in desks {
        // A caller that has gone away is no problem: its items are stored.
        let _ = reply.send(answers.by_ref().take(count).collect());
    }
}

/// Stores the batch; when our own mistake with one item spoils it, halves find and isolate that item.
fn store<T, R, W, F>(items: Arc<[T]>, write: Arc<W>) -> BoxFuture<'static, Vec<Result<R>>>
where
    T: Clone + Send + Sync + 'static,
    R: Send + 'static,
    W: Fn(Arc<[T]>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Vec<R>>> + Send + 'static,
{
    async move {
        let count = items.len();
        // Whoever writes next must not suffer from what one item brings to light.
        let written = AssertUnwindSafe(async { write(items.clone()).await }).catch_unwind().await;
        match written.unwrap_or_else(|_| Err(Error::internal("the writer panicked"))) {
            Ok(answers) if answers.len() == count => answers.into_iter().map(Ok).collect(),
            Ok(_) => (0..count).map(|_| Err(Error::internal("an answer is missing"))).collect(),
            Err(error @ Error::Internal { .. }) if count == 1 => vec![Err(error)],
            Err(Error::Internal { .. }) => {
                let (left, right) = items.split_at(count / 2);
                let mut answers = store(left.into(), write.clone()).await;
                answers.extend(store(right.into(), write).await);
                answers
            }
            Err(error) => {
                tracing::warn!(?error, count, "a batch could not be stored");
                (0..count).map(|_| Err(Error::unavailable(error.to_string()))).collect()
            }
        }
    }
    .boxed()
}
