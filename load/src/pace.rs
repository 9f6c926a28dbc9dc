//! When each request is due: as soon as a connection is free, or at a constant rate.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use crate::arguments::Offer;

/// The right to send the request `index`, which was due at `due`.
#[derive(Clone, Copy)]
pub(crate) struct Ticket {
    pub(crate) index: u64,
    pub(crate) due: Instant,
}

/// Hands out tickets to all connections.
pub(crate) struct Pace {
    start: Instant,
    deadline: Option<Instant>,
    count: u64,
    next: AtomicU64,
    rate: Option<Rate>,
}

struct Rate {
    interval: f64,
    due: Arc<Semaphore>,
}

impl Pace {
    /// Starts the clock; with a rate also the thread that keeps it.
    pub(crate) fn start(offer: &Offer) -> Self {
        let start = Instant::now();
        let deadline = offer.seconds.map(|seconds| start + Duration::from_secs_f64(seconds));
        let count = offer.count.unwrap_or(u64::MAX);
        let rate = offer.rate.map(|rate| Rate::keep(rate, start, deadline, count));
        Self { start, deadline, count, next: AtomicU64::new(0), rate }
    }

    /// When the run began.
    pub(crate) fn started(&self) -> Instant {
        self.start
    }

    /// Waits for one ticket, then takes up to `most` that are due too; `None` when the run is over.
    pub(crate) async fn tickets(&self, most: usize) -> Option<Vec<Ticket>> {
        if let Some(rate) = &self.rate {
            rate.due.acquire().await.ok()?.forget();
        }
        let mut tickets = vec![self.take()?];
        while tickets.len() < most && self.one_more_is_due() {
            match self.take() {
                Some(ticket) => tickets.push(ticket),
                None => break,
            }
        }
        Some(tickets)
    }

    fn one_more_is_due(&self) -> bool {
        match &self.rate {
            Some(rate) => rate.due.try_acquire().is_ok_and(|permit| {
                permit.forget();
                true
            }),
            None => true,
        }
    }

    fn take(&self) -> Option<Ticket> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        let due = match &self.rate {
            Some(rate) => self.start + Duration::from_secs_f64(rate.interval * index as f64),
            None => Instant::now(),
        };
        let over = index >= self.count || self.deadline.is_some_and(|deadline| due >= deadline);
        if over && let Some(rate) = &self.rate {
            // The permit that said "over" is passed on, so that every connection hears it.
            rate.due.add_permits(1);
        }
        (!over).then_some(Ticket { index, due })
    }
}

impl Rate {
    // A thread of its own, because the runtime's timers are a whole millisecond coarse.
    fn keep(rate: f64, start: Instant, deadline: Option<Instant>, count: u64) -> Self {
        let interval = 1.0 / rate;
        let due = Arc::new(Semaphore::new(0));
        let permits = Arc::clone(&due);
        thread::spawn(move || {
            let mut issued = 0;
            while issued < count && deadline.is_none_or(|deadline| Instant::now() < deadline) {
                let reached = ((start.elapsed().as_secs_f64() * rate) as u64 + 1).min(count);
                permits.add_permits((reached - issued) as usize);
                issued = reached;
                let next = start + Duration::from_secs_f64(interval * issued as f64);
                thread::sleep(next.saturating_duration_since(Instant::now()));
            }
            // What became due while this thread overslept the end is still owed; anything after that is
            // the sign that the run is over.
            let total = deadline
                .map_or(count, |deadline| ((deadline - start).as_secs_f64() * rate).ceil() as u64);
            permits.add_permits((total.min(count).saturating_sub(issued) + 2) as usize);
        });
        Self { interval, due }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_run_ends_for_everybody_even_when_its_clock_overslept() {
        let start = Instant::now() - Duration::from_secs(60);
        let deadline = Some(start + Duration::from_secs(1));
        let rate = Some(Rate::keep(5.0, start, deadline, u64::MAX));
        let pace = Pace { start, deadline, count: u64::MAX, next: AtomicU64::new(0), rate };
        let drain = async {
            let mut count = 0;
            while pace.tickets(1).await.is_some() {
                count += 1;
            }
            (count, pace.tickets(1).await.is_none())
        };
        let drained = tokio::time::timeout(Duration::from_secs(10), drain).await;
        assert_eq!(drained.expect("nobody waits for ever"), (5, true));
    }
}
