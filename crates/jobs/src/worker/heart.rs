//! The loop of a worker. It never waits for a handler, and never ends because of the database.

use std::{collections::HashMap, sync::Arc, time::Duration};

use kernel::{Error, Timestamp};
use tokio::{
    sync::{broadcast, mpsc, oneshot},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::{
    WorkerSettings,
    bench::{Bench, Chores, Line, Report},
    run,
    settled::{Fate, Settled},
};
use crate::{
    JobId,
    store::{LATER, READY},
};

struct Held {
    lease: i64,
    until: Timestamp,
    line: usize,
    kind: String,
}

pub(super) struct Heart {
    bench: Arc<Bench>,
    settings: WorkerSettings,
    lines: Vec<Line>,
    held: HashMap<JobId, Held>,
    tasks: JoinSet<()>,
    ended: (mpsc::UnboundedSender<Settled>, mpsc::UnboundedReceiver<Settled>),
    settled: Vec<Settled>,
    signals: broadcast::Receiver<db::Signal>,
    drain: Option<oneshot::Receiver<Duration>>,
    leave_at: Option<Instant>,
    announced: bool,
    next_look: Instant,
    next_due: Option<Timestamp>,
    next_heartbeat: Timestamp,
    failures: u32,
    paused_until: Instant,
}

impl Heart {
    pub(super) fn new(
        bench: Arc<Bench>,
        settings: WorkerSettings,
        drain: oneshot::Receiver<Duration>,
    ) -> Self {
        let lines = match settings.queues.as_slice() {
            [] => bench.registry.queues().map(Line::new).collect(),
            queues => queues.iter().map(|queue| Line::new(queue)).collect(),
        };
        Heart {
            lines,
            held: HashMap::new(),
            tasks: JoinSet::new(),
            ended: mpsc::unbounded_channel(),
            settled: Vec::new(),
            signals: bench.db.signals(),
            drain: Some(drain),
            leave_at: None,
            announced: false,
            next_look: Instant::now(),
            next_due: None,
            next_heartbeat: bench.clock.now().plus(settings.lease / 3),
            failures: 0,
            paused_until: Instant::now(),
            bench,
            settings,
        }
    }

    pub(super) async fn beat(mut self) {
        while !self.is_over() {
            self.gather();
            if self.has_work() {
                self.work().await;
            } else {
                self.rest().await;
            }
        }
        self.leave().await;
    }

    fn is_over(&self) -> bool {
        self.leave_at.is_some_and(|moment| {
            Instant::now() >= moment || (self.held.is_empty() && self.settled.is_empty())
        })
    }

    /// Takes in what has happened meanwhile.
    fn gather(&mut self) {
        while let Ok(settled) = self.ended.1.try_recv() {
            self.take_in(settled);
        }
        loop {
            match self.signals.try_recv() {
                Ok(signal) => self.hear(&signal),
                Err(broadcast::error::TryRecvError::Lagged(_)) => self.look_everywhere(),
                Err(_) => break,
            }
        }
        while self.tasks.try_join_next().is_some() {}
    }

    fn take_in(&mut self, settled: Settled) {
        self.held.remove(&settled.id);
        self.settled.push(settled);
    }

    fn hear(&mut self, signal: &db::Signal) {
        match signal.channel.as_str() {
            READY => {
                for line in self.lines.iter_mut().filter(|line| *line.queue == *signal.payload) {
                    line.hungry = true;
                }
            }
            LATER => match signal.payload.parse() {
                Ok(micros) => {
                    let moment = Timestamp::from_micros(micros);
                    self.next_due = Some(self.next_due.map_or(moment, |due| due.min(moment)));
                }
                Err(_) => self.next_look = Instant::now(),
            },
            db::Signal::RESYNC => self.look_everywhere(),
            _ => {}
        }
    }

    fn look_everywhere(&mut self) {
        self.next_look = Instant::now();
        self.lines.iter_mut().for_each(|line| line.hungry = true);
    }

    fn has_work(&mut self) -> bool {
        let now = self.bench.clock.now();
        if Instant::now() < self.paused_until {
            return false;
        }
        self.measure_rooms();
        !self.settled.is_empty()
            || self.lines.iter().any(|line| line.hungry && line.room > 0)
            || self.clock_is_due(now)
            || self.heartbeat_is_due(now)
    }

    fn measure_rooms(&mut self) {
        let mut running = vec![0; self.lines.len()];
        for held in self.held.values() {
            running[held.line] += 1;
        }
        let (concurrency, batch) = (self.settings.concurrency, self.settings.batch);
        for (line, running) in self.lines.iter_mut().zip(running) {
            line.room = concurrency.saturating_sub(running).min(batch);
            if self.leave_at.is_some() {
                line.room = 0;
            }
        }
    }

    fn clock_is_due(&self, now: Timestamp) -> bool {
        let due = self.next_due.is_some_and(|moment| moment <= now);
        self.leave_at.is_none() && (due || Instant::now() >= self.next_look)
    }

    fn heartbeat_is_due(&self, now: Timestamp) -> bool {
        !self.held.is_empty() && now >= self.next_heartbeat
    }

    async fn work(&mut self) {
        let now = self.bench.clock.now();
        let polling = Instant::now() >= self.next_look;
        let look_at_clock = self.clock_is_due(now);
        if polling {
            // Signals may be lost; the look is what is relied on.
            self.lines.iter_mut().for_each(|line| line.hungry = true);
        }
        let extend = if self.heartbeat_is_due(now) { self.ageing(now) } else { Vec::new() };
        let chores = Chores {
            settled: &self.settled,
            extend: &extend,
            look_at_clock,
            announce: !self.announced,
        };
        match self.bench.round(&chores, &mut self.lines).await {
            Ok(report) => {
                if look_at_clock {
                    self.next_look = Instant::now() + self.settings.poll;
                    self.next_due = report.next_due;
                }
                self.succeed(&extend, report, now);
            }
            Err(error) => self.fail(error).await,
        }
    }

    /// Jobs that have used up a third of their lease.
    fn ageing(&self, now: Timestamp) -> Vec<(JobId, i64)> {
        let young = now.plus(self.settings.lease * 2 / 3);
        let ageing = self.held.iter().filter(|(_, held)| held.until <= young);
        ageing.map(|(id, held)| (*id, held.lease)).collect()
    }

    fn succeed(&mut self, extended: &[(JobId, i64)], report: Report, now: Timestamp) {
        if self.failures > 0 {
            tracing::info!("the worker reaches the database again");
        }
        self.failures = 0;
        self.announced = true;
        for settled in self.settled.drain(..) {
            note(&settled);
            if let Fate::Retried { at, .. } | Fate::Deferred { at } = settled.fate {
                self.next_due = Some(self.next_due.map_or(at, |due| due.min(at)));
            }
        }
        if now >= self.next_heartbeat {
            self.next_heartbeat = now.plus(self.settings.lease / 3);
        }
        for (id, _) in extended {
            if let Some(held) = self.held.get_mut(id) {
                held.until = report.lease_until;
            }
        }
        self.start(report);
    }

    fn start(&mut self, report: Report) {
        for (line, job) in report.claimed {
            let queue = self.lines[line].queue.clone();
            let held =
                Held { lease: job.lease, until: report.lease_until, line, kind: job.kind.clone() };
            self.held.insert(job.id, held);
            let (bench, ended) = (self.bench.clone(), self.ended.0.clone());
            self.tasks.spawn(async move {
                // The receiver is gone only when the worker is.
                let _ = ended.send(run::attempt(bench, queue, job).await);
            });
        }
    }

    /// Tells it once, and tries again after a while.
    async fn fail(&mut self, error: Error) {
        if self.failures == 0 {
            tracing::warn!(?error, "the worker cannot use the database; it keeps trying");
        }
        self.failures += 1;
        self.look_everywhere();
        let ours = matches!(error, Error::Internal { .. });
        if ours && self.failures > 1 && self.bench.settle_singly(&self.settled).await.is_ok() {
            self.settled.drain(..).for_each(|settled| note(&settled));
        }
        self.paused_until = Instant::now() + pause(self.failures);
    }

    /// Until something happens, or is due.
    async fn rest(&mut self) {
        let nap = sleep(self.nap());
        tokio::select! {
            Some(settled) = self.ended.1.recv() => {
                self.take_in(settled);
                // Those that end in the same moment are settled together.
                tokio::task::yield_now().await;
            }
            signal = self.signals.recv() => match signal {
                Ok(signal) => self.hear(&signal),
                Err(_) => self.look_everywhere(),
            },
            limit = wait_for(&mut self.drain) => {
                self.drain = None;
                self.leave_at = Some(Instant::now() + limit);
            }
            () = nap => {}
        }
    }

    fn nap(&self) -> Duration {
        const SHORTEST: Duration = Duration::from_millis(1);
        let (begun, now) = (Instant::now(), self.bench.clock.now());
        if begun < self.paused_until {
            return self.paused_until - begun;
        }
        let mut nap = self.next_look.saturating_duration_since(begun);
        if let Some(moment) = self.leave_at {
            nap = moment.saturating_duration_since(begun);
        } else if let Some(due) = self.next_due {
            nap = nap.min(due.since(now));
        }
        if !self.held.is_empty() {
            nap = nap.min(self.next_heartbeat.since(now));
        }
        nap.max(SHORTEST)
    }

    /// Stops what still runs and gives it back.
    async fn leave(mut self) {
        const PATIENCE: Duration = Duration::from_secs(1);
        self.tasks.abort_all();
        let _ = timeout(PATIENCE, async { while self.tasks.join_next().await.is_some() {} }).await;
        self.gather();
        for (id, held) in self.held.drain() {
            let queue = self.lines[held.line].queue.clone();
            let fate = Fate::Untouched;
            self.settled.push(Settled { id, lease: held.lease, queue, kind: held.kind, fate });
        }
        for failures in 1..=3 {
            let chores = Chores { settled: &self.settled, ..Chores::default() };
            match self.bench.round(&chores, &mut []).await {
                Ok(_) => return self.settled.iter().for_each(note),
                Err(error) => tracing::warn!(?error, "the worker could not give its jobs back"),
            }
            sleep(pause(failures)).await;
        }
    }
}

fn note(settled: &Settled) {
    let (kind, outcome) = (settled.kind.clone(), settled.fate.outcome());
    metrics::counter!("mewayz_jobs_finished_total", "kind" => kind, "outcome" => outcome)
        .increment(1);
}

/// 100 ms, doubled each time up to 5 s.
fn pause(failures: u32) -> Duration {
    Duration::from_millis(100 << failures.clamp(1, 7).saturating_sub(1)).min(Duration::from_secs(5))
}

/// The order to drain; a handle that went away without one never gives it.
async fn wait_for(drain: &mut Option<oneshot::Receiver<Duration>>) -> Duration {
    if let Some(receiver) = drain {
        if let Ok(limit) = receiver.await {
            return limit;
        }
        *drain = None;
    }
    std::future::pending().await
}
