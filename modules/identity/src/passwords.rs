//! Passwords: what they must be, and their argon2id hashes (OWASP Password Storage Cheat Sheet).

use std::{net::IpAddr, sync::Arc, time::Duration};

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use kernel::{Chance, Crowd, Error, Fields, Result};
use tokio::sync::Semaphore;
use web::ClientAddress;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashing at once; each takes 19 MiB, so a crowd at the door must not take all memory.
const AT_ONCE: usize = 2;
/// Waiting for their turn; more are sent away.
const WAITING: usize = 200;
/// Those of one address among them, so that nobody keeps all others out.
const WAITING_PER_CLIENT: usize = 8;
const TOO_MANY: Error = Error::Limited { retry_after: Duration::from_secs(1) };

/// The most common passwords of eight letters or more, lower-cased.
const COMMON: &str = include_str!("common_passwords.txt");

/// Compared with when there is no account, so that the answer takes as long; it fits no password.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cyBzYWx0IQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and compares, a few at a time.
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
    clients: Crowd<IpAddr>,
    chance: Chance,
}

impl Passwords {
    pub(crate) fn new(chance: Chance) -> Self {
        Passwords {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            places: Arc::new(Semaphore::new(WAITING)),
            clients: Crowd::default(),
            chance,
        }
    }

    /// The PHC string to store; `from` is none when the house itself asks.
    pub(crate) async fn hash(&self, password: &str, from: Option<ClientAddress>) -> Result<String> {
        let (password, salt) = (password.to_owned(), self.chance.bytes::<16>());
        self.work(from, move || hash(&password, &salt)).await?
    }

    /// Whether the password belongs to the stored hash; `None` takes as long and is never right.
    pub(crate) async fn fits(
        &self,
        password: &str,
        stored: Option<&str>,
        from: ClientAddress,
    ) -> Result<bool> {
        let known = stored.is_some();
        let (password, stored) = (password.to_owned(), stored.unwrap_or(NOBODYS).to_owned());
        let fits = self.work(Some(from), move || fits(&password, &stored)).await?;
        Ok(known && fits)
    }

    async fn work<T: Send + 'static>(
        &self,
        from: Option<ClientAddress>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let enter = |from: ClientAddress| self.clients.enter(from.0, WAITING_PER_CLIENT);
        let _own = from.map(|from| enter(from).ok_or(TOO_MANY)).transpose()?;
        let _place = self
            .places
            .clone()
            .try_acquire_owned()
            .map_err(|_| Error::unavailable("too many passwords wait to be hashed"))?;
        let turn = self.turns.clone().acquire_owned().await.map_err(Error::internal)?;
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(Error::internal)
    }
}

/// The parameters in force.
fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are sound");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &str, salt: &[u8]) -> Result<String> {
    let hash = argon2().hash_password_with_salt(password.as_bytes(), salt);
    hash.map(|hash| hash.to_string()).map_err(Error::internal)
}

fn fits(password: &str, stored: &str) -> bool {
    let hash = PasswordHash::new(stored);
    hash.is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Whether the stored hash was made with weaker parameters than those in force.
pub(crate) fn is_weak(stored: &str) -> bool {
    let hash = PasswordHash::new(stored).ok();
    hash.and_then(|hash| Params::try_from(&hash).ok()).is_none_or(|params| {
        params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES || params.p_cost() < LANES
    })
}

/// Complains about a new password: 8 to 256 letters, and not one that everybody tries first.
pub(crate) fn check(fields: &mut Fields, password: &str) {
    let length = password.chars().count();
    fields.check(length >= 8, "password", "too_short", "Use at least 8 characters.");
    fields.check(length <= 256, "password", "too_long", "Use at most 256 characters.");
    let common = COMMON.lines().any(|common| common == password.to_lowercase());
    fields.check(
        !common,
        "password",
        "too_common",
        "This is one of the passwords that everybody tries first. Choose another.",
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let stored = hash("correct horse battery", b"sixteen bytes !!").expect("hashes");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(fits("correct horse battery", &stored));
        assert!(!fits("correct horse batterz", &stored));
        assert!(!is_weak(&stored));
    }

    #[tokio::test]
    async fn one_address_does_not_take_all_places() {
        let passwords = Arc::new(Passwords::new(Chance::seeded(1)));
        let [one, other] =
            ["192.0.2.1", "192.0.2.2"].map(|text| ClientAddress(text.parse().expect("an address")));
        let attempts = (0..300).map(|_| {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.fits("a guess", None, one).await })
        });
        let attempts: Vec<_> = attempts.collect();
        tokio::task::yield_now().await;
        assert!(passwords.fits("a sentence", None, other).await.is_ok(), "another is shut out");
        let mut refused = 0;
        for attempt in attempts {
            let outcome = attempt.await.expect("no panic");
            refused += usize::from(matches!(outcome, Err(Error::Limited { .. })));
        }
        assert_eq!(refused, 300 - WAITING_PER_CLIENT);
    }

    #[test]
    fn a_hash_of_weaker_parameters_is_weak() {
        assert!(is_weak(&NOBODYS.replace("m=19456", "m=4096")));
        assert!(is_weak("nonsense"));
        assert!(!is_weak(NOBODYS));
    }

    #[test]
    fn nobodys_hash_is_whole_so_that_comparing_takes_as_long() {
        let hash = PasswordHash::new(NOBODYS).expect("a PHC string");
        assert!(hash.salt.is_some() && hash.hash.is_some());
    }

    #[test]
    fn the_common_ones_are_refused_in_any_case() {
        let codes = |password: &str| {
            let mut fields = Fields::new();
            check(&mut fields, password);
            fields.iter().map(|error| error.code.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(codes("PassWord1"), ["too_common"]);
        assert_eq!(codes("short"), ["too_short"]);
        assert_eq!(codes(&"é".repeat(257)), ["too_long"]);
        assert!(codes(&"é".repeat(256)).is_empty());
        assert!(codes("a quiet sentence").is_empty());
        assert!(COMMON.lines().all(|line| line.len() >= 8 && line == line.to_lowercase()));
    }
}
