//! Browsers that are signed in: an opaque token in a cookie, its hash in the database.

mod cookies;
mod store;

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use kernel::{Result, UserId, sha256_hex, token};

use crate::{Identity, User};

pub(crate) use cookies::Cookies;

/// However busy, after this long one signs in again.
const ABSOLUTE: Duration = Duration::from_secs(30 * 24 * 3600);
/// Without a visit for this long one signs in again.
const IDLE: Duration = Duration::from_secs(14 * 24 * 3600);
/// Writing each visit down would make every page a write.
const SEEN_EVERY: Duration = Duration::from_secs(3600);

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    pub user: User,
    /// Comes back with every change, so that other sites cannot make one.
    pub csrf_token: String,
}

impl Identity {
    /// Signs a browser in and gives the `Set-Cookie`; the session it had before, if any, ends.
    pub async fn open_session(&self, user: UserId, headers: &HeaderMap) -> Result<HeaderValue> {
        let house = &self.0.house;
        let (now, secret) = (house.clock.now(), token(&house.chance));
        let mut tx = house.db.system("sign a browser in").await?;
        if let Some(previous) = self.0.cookies.read(headers) {
            store::delete_session(&mut tx, &sha256_hex(previous)).await?;
        }
        store::delete_ended(&mut tx, user, now.minus(ABSOLUTE), now.minus(IDLE)).await?;
        store::insert_session(&mut tx, &sha256_hex(&secret), user, now).await?;
        tx.commit().await?;
        Ok(self.0.cookies.set(&secret, ABSOLUTE))
    }

    /// Signs the browser out and gives the `Set-Cookie` that removes the cookie.
    pub async fn close_session(&self, headers: &HeaderMap) -> Result<HeaderValue> {
        if let Some(secret) = self.0.cookies.read(headers) {
            let mut tx = self.0.house.db.system("sign a browser out").await?;
            store::delete_session(&mut tx, &sha256_hex(secret)).await?;
            tx.commit().await?;
        }
        Ok(self.0.cookies.clear())
    }

    /// Whose browser sent these headers; a cookie that is too old counts as none.
    pub async fn find_session(&self, headers: &HeaderMap) -> Result<Option<Session>> {
        let Some(secret) = self.0.cookies.read(headers) else { return Ok(None) };
        let now = self.0.house.clock.now();
        let hash = sha256_hex(secret);
        let mut tx = self.0.house.db.system_read("who is signed in").await?;
        let Some(found) = store::find_session(&mut tx, &hash).await? else { return Ok(None) };
        drop(tx);
        let (age, quiet) = (now.since(found.created_at), now.since(found.seen_at));
        if age >= ABSOLUTE || quiet >= IDLE {
            return Ok(None);
        }
        if quiet >= SEEN_EVERY {
            // A page that only reads must not fail because this could not be noted.
            if let Err(error) = self.note_visit(&hash).await {
                tracing::warn!(%error, "a visit could not be noted");
            }
        }
        let csrf_token = sha256_hex(format!("csrf:{secret}"));
        Ok(Some(Session { user: found.user, csrf_token }))
    }

    async fn note_visit(&self, hash: &str) -> Result<()> {
        let mut tx = self.0.house.db.system("a session was seen").await?;
        store::update_seen(&mut tx, hash, self.0.house.clock.now()).await?;
        tx.commit().await
    }
}
