//! What happened, counted while it happens and told at the end.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

/// One connection's counts; added up at the end.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) requests: u64,
    pub(crate) sent: u64,
    pub(crate) acknowledged: u64,
    pub(crate) duplicate: u64,
    pub(crate) rejected: u64,
    pub(crate) replayed: u64,
    pub(crate) retries: u64,
    pub(crate) refused: BTreeMap<u16, u64>,
    pub(crate) errors: BTreeMap<String, u64>,
    /// Microseconds from due to acknowledged, one entry a request.
    pub(crate) latencies: Vec<u32>,
}

impl Tally {
    pub(crate) fn error(&mut self, kind: impl ToString) {
        *self.errors.entry(kind.to_string()).or_default() += 1;
    }

    pub(crate) fn refusal(&mut self, status: u16) {
        *self.refused.entry(status).or_default() += 1;
    }

    pub(crate) fn latency(&mut self, latency: Duration) {
        self.latencies.push(u32::try_from(latency.as_micros()).unwrap_or(u32::MAX));
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.requests += other.requests;
        self.sent += other.sent;
        self.acknowledged += other.acknowledged;
        self.duplicate += other.duplicate;
        self.rejected += other.rejected;
        self.replayed += other.replayed;
        self.retries += other.retries;
        for (status, count) in other.refused {
            *self.refused.entry(status).or_default() += count;
        }
        for (kind, count) in other.errors {
            *self.errors.entry(kind).or_default() += count;
        }
        self.latencies.extend(other.latencies);
    }
}

/// The result of a run.
#[derive(Serialize)]
pub(crate) struct Report {
    /// Requests answered or failed, without their repetitions.
    requests: u64,
    /// Submissions in those requests.
    sent: u64,
    /// Submissions the server took responsibility for (2xx).
    acknowledged: u64,
    duplicate: u64,
    rejected: u64,
    /// Acknowledged requests that only gave the first reply again.
    replayed: u64,
    retries: u64,
    /// Replies other than 2xx, by status; with `--retry` those answered better later count too.
    refused: BTreeMap<u16, u64>,
    /// Requests without a reply, by kind.
    errors: BTreeMap<String, u64>,
    seconds: f64,
    /// Acknowledged submissions a second.
    per_second: f64,
    latency_ms: Latency,
}

#[derive(Debug, PartialEq, Serialize)]
struct Latency {
    p50: f64,
    p90: f64,
    p99: f64,
    p99_9: f64,
    max: f64,
}

impl Report {
    pub(crate) fn new(tally: Tally, took: Duration) -> Self {
        let seconds = took.as_secs_f64();
        Self {
            requests: tally.requests,
            sent: tally.sent,
            acknowledged: tally.acknowledged,
            duplicate: tally.duplicate,
            rejected: tally.rejected,
            replayed: tally.replayed,
            retries: tally.retries,
            refused: tally.refused,
            errors: tally.errors,
            seconds,
            per_second: (tally.acknowledged as f64 / seconds).round(),
            latency_ms: Latency::new(tally.latencies),
        }
    }
}

impl Latency {
    // Every latency is kept and sorted: two million take 8 MB, and no bucket rounds the tail.
    fn new(mut microseconds: Vec<u32>) -> Self {
        microseconds.sort_unstable();
        let at = |share: f64| {
            let rank = (share * microseconds.len() as f64).ceil() as usize;
            let value = microseconds.get(rank.saturating_sub(1)).copied().unwrap_or_default();
            f64::from(value) / 1000.0
        };
        Self { p50: at(0.5), p90: at(0.9), p99: at(0.99), p99_9: at(0.999), max: at(1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_exact() {
        let shuffled: Vec<u32> = (0..1000).map(|n| (n * 7919 % 1000 + 1) * 1000).collect();
        let expected = Latency { p50: 500.0, p90: 900.0, p99: 990.0, p99_9: 999.0, max: 1000.0 };
        assert_eq!(Latency::new(shuffled), expected);
    }

    #[test]
    fn nothing_measured_is_zero() {
        assert_eq!(Latency::new(Vec::new()).max, 0.0);
    }
}
