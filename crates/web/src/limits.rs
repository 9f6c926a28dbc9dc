//! Rate limits: a budget for each key, person or address, refilled steadily (GCRA, ITU-T I.371).
//!
//! One request costs one unit, also a bulk request; what an item of a bulk request costs is not decided yet.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::http::{HeaderMap, HeaderName, HeaderValue, request::Parts};
use kernel::{ApiKeyId, Error, Timestamp, UserId};
use moka::sync::Cache;
use serde::Deserialize;

use crate::{
    Network,
    address::{self, neighbourhood},
    gate::{Credential, Visitor},
};

/// How much is allowed; what is left out is not limited.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// Calls of the API a minute for one API key or one person.
    pub api_per_minute: Option<NonZeroU32>,
    /// How many of them may come at once after a pause; a whole minute's worth when left out.
    pub burst: Option<NonZeroU32>,
    /// Requests a minute from one address by those who show no credential, or a wrong one.
    pub public_per_minute: Option<NonZeroU32>,
    /// Attempts a minute from one address to sign in; as many as public requests when left out.
    pub sign_in_per_minute: Option<NonZeroU32>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
}

/// Which budget a route draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Budget {
    /// That of the credential on API routes, that of the address where none is shown.
    #[default]
    Usual,
    /// That of attempts to sign in from the address.
    SignIn,
    /// None: health, figures and assets.
    Free,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Program(ApiKeyId),
    Person(UserId),
    Address(IpAddr),
    SignIn(IpAddr),
}

/// Keys remembered at most; those in frequent use stay.
const KEYS: u64 = 100_000;
/// After a minute without use every budget is full again, so that forgetting it changes nothing.
const IDLE: Duration = Duration::from_secs(120);

/// The budgets of this process. With several processes behind a balancer each has its own.
pub(crate) struct Limits {
    settings: LimitSettings,
    arrivals: Cache<Key, Arc<AtomicU64>>,
}

impl Limits {
    pub(crate) fn new(settings: LimitSettings) -> Self {
        Limits {
            settings,
            arrivals: Cache::builder().max_capacity(KEYS).time_to_idle(IDLE).build(),
        }
    }

    /// Takes one unit from the budget that this request draws on; none when it draws on none.
    /// `visitor` is none when a wrong credential was shown: that must not cost its owner anything.
    pub(crate) fn charge(
        &self,
        budget: Budget,
        parts: &Parts,
        visitor: Option<&Visitor>,
        now: Timestamp,
    ) -> Option<Charge> {
        let (key, name, quota) = match budget {
            Budget::Free => return None,
            Budget::SignIn => {
                let LimitSettings { sign_in_per_minute, public_per_minute, .. } = self.settings;
                (None, "sign_in", Quota::whole(sign_in_per_minute.or(public_per_minute)?))
            }
            Budget::Usual => match visitor.and_then(|visitor| visitor.credential.as_ref()) {
                Some(Credential::Session { .. }) => return None,
                Some(credential) => (Some(Key::of(credential)), "default", self.api_quota()?),
                None => (None, "public", Quota::whole(self.settings.public_per_minute?)),
            },
        };
        let key = key.unwrap_or_else(|| {
            let address = neighbourhood(address::client(parts, &self.settings.trusted_proxies));
            if budget == Budget::SignIn { Key::SignIn(address) } else { Key::Address(address) }
        });
        let arrival = self.arrivals.get_with(key, Arc::default);
        Some(quota.charge(name, &arrival, u64::try_from(now.micros()).unwrap_or(0)))
    }

    fn api_quota(&self) -> Option<Quota> {
        let per_minute = self.settings.api_per_minute?;
        Some(Quota::new(per_minute, self.settings.burst.unwrap_or(per_minute)))
    }
}

impl Key {
    fn of(credential: &Credential) -> Self {
        match credential {
            Credential::ApiKey { id, .. } => Key::Program(*id),
            Credential::Session { person, .. } | Credential::Token { person } => {
                Key::Person(person.id)
            }
        }
    }
}

/// A steady refill and how much may gather.
#[derive(Debug, Clone, Copy)]
struct Quota {
    per_minute: u32,
    /// Microseconds between two units.
    interval: u64,
    /// Microseconds that the theoretical arrival may lie ahead.
    tolerance: u64,
}

const MINUTE: u64 = 60_000_000;

impl Quota {
    fn new(per_minute: NonZeroU32, burst: NonZeroU32) -> Self {
        let per_minute = per_minute.get();
        // Rounded up, so that the rate is never exceeded.
        let interval = MINUTE.div_ceil(u64::from(per_minute));
        let burst = burst.get().min(per_minute);
        Quota { per_minute, interval, tolerance: interval * u64::from(burst) }
    }

    fn whole(per_minute: NonZeroU32) -> Self {
        Quota::new(per_minute, per_minute)
    }

    /// `arrival` is the theoretical arrival time of the next request at a steady pace.
    fn charge(self, name: &'static str, arrival: &AtomicU64, now: u64) -> Charge {
        let admitted = |arrival: u64| {
            let next = arrival.max(now) + self.interval;
            (next - now <= self.tolerance).then_some(next)
        };
        let taken = arrival.fetch_update(Ordering::AcqRel, Ordering::Acquire, admitted);
        let ahead = match taken {
            Ok(before) => before.max(now) + self.interval - now,
            Err(before) => before - now,
        };
        Charge {
            name,
            per_minute: self.per_minute,
            admitted: taken.is_ok(),
            remaining: self.tolerance.saturating_sub(ahead) / self.interval,
            reset: ahead,
            wait: (ahead + self.interval).saturating_sub(self.tolerance),
        }
    }
}

/// What a request was charged, and what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Charge {
    name: &'static str,
    per_minute: u32,
    admitted: bool,
    remaining: u64,
    /// Microseconds until the budget is full.
    reset: u64,
    /// Microseconds until the next unit is there.
    wait: u64,
}

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");
/// What the layer that renders errors must keep.
pub(crate) const HEADERS: [HeaderName; 2] = [POLICY, STATE];

impl Charge {
    /// The refusal, when nothing was left.
    pub(crate) fn refusal(&self) -> Option<Error> {
        let retry_after = Duration::from_secs(seconds(self.wait));
        (!self.admitted).then_some(Error::Limited { retry_after })
    }

    /// Says so in the fields of draft-ietf-httpapi-ratelimit-headers. `t` is the time until the
    /// budget is full or, with nothing left, until it is worth coming back: as `Retry-After`.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        let Charge { name, per_minute, remaining, .. } = *self;
        let until = seconds(if remaining == 0 { self.wait } else { self.reset });
        let policy = format!("\"{name}\";q={per_minute};w=60");
        let state = format!("\"{name}\";r={remaining};t={until}");
        for (header, text) in [(POLICY, policy), (STATE, state)] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(header, value);
            }
        }
    }
}

/// Rounded up: whoever waits so long is admitted.
fn seconds(micros: u64) -> u64 {
    micros.div_ceil(1_000_000).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECOND: u64 = 1_000_000;

    fn a_quota(per_minute: u32, burst: u32) -> Quota {
        let some = |number| NonZeroU32::new(number).unwrap();
        Quota::new(some(per_minute), some(burst))
    }

    fn headers(charge: Charge) -> [String; 2] {
        let mut headers = HeaderMap::new();
        charge.tell(&mut headers);
        HEADERS.map(|name| headers[name].to_str().unwrap().to_owned())
    }

    #[test]
    fn the_headers_say_what_is_left() {
        let quota = a_quota(600, 600);
        let arrival = AtomicU64::new(0);
        assert_eq!(
            headers(quota.charge("default", &arrival, 1_000 * SECOND)),
            ["\"default\";q=600;w=60", "\"default\";r=599;t=1"]
        );
    }

    #[test]
    fn whoever_waits_as_told_is_admitted() {
        let quota = a_quota(60, 3);
        let arrival = AtomicU64::new(0);
        let mut now = 1_000 * SECOND;
        for remaining in [2, 1, 0] {
            let charge = quota.charge("default", &arrival, now);
            assert!(charge.refusal().is_none());
            assert_eq!(charge.remaining, remaining);
        }
        let refused = quota.charge("default", &arrival, now);
        let Some(Error::Limited { retry_after }) = refused.refusal() else { panic!("admitted") };
        assert_eq!(retry_after, Duration::from_secs(1));
        assert_eq!(headers(refused)[1], "\"default\";r=0;t=1");
        now += SECOND;
        assert!(quota.charge("default", &arrival, now).refusal().is_none());
        assert!(quota.charge("default", &arrival, now).refusal().is_some());
        now += 3600 * SECOND;
        assert_eq!(quota.charge("default", &arrival, now).remaining, 2, "no more gathers");
    }

    #[test]
    fn a_clock_that_steps_back_gives_nothing_away_and_does_no_harm() {
        let quota = a_quota(60, 1);
        let arrival = AtomicU64::new(0);
        assert!(quota.charge("default", &arrival, 1_000 * SECOND).refusal().is_none());
        assert!(quota.charge("default", &arrival, 990 * SECOND).refusal().is_some());
        assert!(quota.charge("default", &arrival, 1_001 * SECOND).refusal().is_none());
    }

    #[test]
    fn neighbours_of_ipv6_share_a_budget() {
        let of = |text: &str| neighbourhood(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }

    proptest! {
        /// In every window of any length, whatever the rate, the burst and the arrivals.
        #[test]
        fn never_more_than_the_burst_and_the_rate_are_admitted(
            per_minute in 1_u32..100_000,
            burst in 1_u32..500,
            pauses in prop::collection::vec(prop_oneof![Just(0), 0..5_000_u64, 0..90_000_000_u64], 1..400),
        ) {
            let quota = a_quota(per_minute, burst);
            let arrival = AtomicU64::new(0);
            let mut now = 1_700_000_000 * SECOND;
            let mut admitted = Vec::new();
            for pause in pauses {
                now += pause;
                if quota.charge("default", &arrival, now).admitted {
                    admitted.push(now);
                }
            }
            for (first, begin) in admitted.iter().enumerate() {
                for (last, end) in admitted.iter().enumerate().skip(first) {
                    let count = (last - first + 1) as f64;
                    let minutes = (end - begin) as f64 / MINUTE as f64;
                    let most = f64::from(burst.min(per_minute)) + f64::from(per_minute) * minutes;
                    prop_assert!(count <= most + 1e-6, "{count} in {minutes} minutes");
                }
            }
        }

        #[test]
        fn a_steady_pace_below_the_rate_is_never_refused(
            per_minute in 1_u32..100_000, count in 1_u64..300,
        ) {
            let quota = a_quota(per_minute, 1);
            let arrival = AtomicU64::new(0);
            for index in 0..count {
                let now = SECOND + index * quota.interval;
                prop_assert!(quota.charge("default", &arrival, now).admitted);
            }
        }
    }

    #[test]
    fn threads_that_race_share_one_budget() {
        let quota = a_quota(600, 50);
        let arrival = AtomicU64::new(0);
        let admitted: usize = std::thread::scope(|scope| {
            let race =
                || (0..100).filter(|_| quota.charge("default", &arrival, SECOND).admitted).count();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(race)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(admitted, 50);
    }
}
