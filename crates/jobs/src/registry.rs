//! Which kinds of jobs this program can do, and what it does by the clock.

use std::{collections::BTreeSet, collections::HashMap, future::Future, sync::Arc};

use db::Json;
use futures::{FutureExt, future::BoxFuture};

use crate::{Failure, Job, JobContext, NewJob, Schedule};

pub(crate) type Handler =
    Arc<dyn Fn(JobContext, Json) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

pub(crate) struct Scheduled {
    pub(crate) name: &'static str,
    pub(crate) schedule: Schedule,
    pub(crate) make: Box<dyn Fn() -> NewJob + Send + Sync>,
}

/// The handlers and schedules of all modules.
#[derive(Default)]
pub struct Registry {
    handlers: HashMap<&'static str, Handler>,
    queues: BTreeSet<&'static str>,
    scheduled: Vec<Scheduled>,
}

impl Registry {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says how a kind of job is done.
    ///
    /// # Panics
    /// When the kind has a handler already: a programming mistake.
    pub fn handle<J, H, F>(&mut self, handler: H)
    where
        J: Job,
        H: Fn(JobContext, J) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let run: Handler = Arc::new(move |context, payload: Json| match payload.read::<J>() {
            Ok(job) => handler(context, job).boxed(),
            // Retried: a newer program may be able to read it.
            Err(error) => futures::future::ready(Err(error.into())).boxed(),
        });
        self.queues.insert(J::QUEUE);
        let known = self.handlers.insert(J::KIND, run);
        assert!(known.is_none(), "two handlers for the job {}", J::KIND);
    }

    /// Enqueues what `make` returns by the clock: once across all processes, and after a standstill
    /// once for everything that was missed.
    pub fn schedule(
        &mut self,
        name: &'static str,
        schedule: Schedule,
        make: impl Fn() -> NewJob + Send + Sync + 'static,
    ) {
        self.scheduled.push(Scheduled { name, schedule, make: Box::new(make) });
    }

    pub(crate) fn handler(&self, kind: &str) -> Option<Handler> {
        self.handlers.get(kind).cloned()
    }

    pub(crate) fn knows(&self, kind: &str) -> bool {
        self.handlers.contains_key(kind)
    }

    pub(crate) fn queues(&self) -> impl Iterator<Item = &'static str> {
        self.queues.iter().copied()
    }

    pub(crate) fn scheduled(&self) -> &[Scheduled] {
        &self.scheduled
    }
}
