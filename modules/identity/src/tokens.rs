//! Programs that act for a person: a short-lived JWT (RFC 7519) and a refresh token that is renewed at each use.
//!
//! All tokens that follow from one sign-in are a family. A refresh token that was used before is
//! proof that someone copied it, so the whole family ends (RFC 9700, section 4.14.2).

mod key;
mod store;

use std::time::Duration;

use kernel::{Error, Result, UserId, sha256_hex, token, typed_id};
use serde::Serialize;

use crate::{Identity, User};

pub(crate) use key::Key;

typed_id!(/// All tokens that follow from one sign-in.
    pub(crate) FamilyId, FamilyKind, "tkf");

/// Sent with the family's id when its tokens are good no more.
pub(crate) const SIGNAL: &str = "token_families";

const ACCESS: Duration = Duration::from_secs(3600);
const REFRESH: Duration = Duration::from_secs(30 * 24 * 3600);
const REFUSED: Error = Error::Unauthorized("This token is good no more. Sign in again.");

/// What a program gets when a person signs in.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Tokens {
    /// Send it as `Authorization: Bearer …`.
    pub access_token: String,
    /// Send it to `POST /api/auth/refresh`, once.
    pub refresh_token: String,
    /// Seconds that the access token is good for.
    #[schema(example = 3600)]
    pub expires_in: u64,
}

impl Identity {
    /// Tokens for a person who has just signed in.
    pub async fn issue_tokens(&self, user: UserId) -> Result<Tokens> {
        let house = &self.0.house;
        let (now, secret) = (house.clock.now(), token(&house.chance));
        let family = FamilyId::new(now, &house.chance);
        let mut tx = house.db.system("sign a program in").await?;
        store::delete_ended(&mut tx, user, now).await?;
        let expires_at = now.plus(REFRESH);
        store::insert_family(&mut tx, family, user, &sha256_hex(&secret), now, expires_at).await?;
        tx.commit().await?;
        self.tokens(family, user, &secret)
    }

    /// New tokens for a refresh token, which is used up by this.
    pub async fn refresh(&self, refresh_token: &str) -> Result<(User, Tokens)> {
        let (family, old) = parts(refresh_token).ok_or(REFUSED)?;
        let house = &self.0.house;
        let (now, secret) = (house.clock.now(), token(&house.chance));
        let mut tx = house.db.system("renew a program's tokens").await?;
        let renewal = store::Renewal {
            family,
            old_hash: &sha256_hex(old),
            new_hash: &sha256_hex(&secret),
            now,
            expires_at: now.plus(REFRESH),
        };
        let Some(user) = store::update_secret(&mut tx, &renewal).await? else {
            // Known but used up, or too old: either way nothing of this family is good any more.
            store::delete_family(&mut tx, family).await?;
            tx.signal(SIGNAL, family.to_string());
            tx.commit().await?;
            self.0.token_users.forget(&family);
            return Err(REFUSED);
        };
        let user = crate::users::find(&mut tx, user).await?.ok_or(REFUSED)?;
        tx.commit().await?;
        let tokens = self.tokens(family, user.id, &secret)?;
        Ok((user, tokens))
    }

    /// Ends the family of a refresh token, also of one that was used before: whoever signs out means all
    /// that followed from it. One that is unknown has ended already.
    pub async fn revoke_tokens(&self, refresh_token: &str) -> Result<()> {
        let Some((family, _)) = parts(refresh_token) else { return Ok(()) };
        let mut tx = self.0.house.db.system("sign a program out").await?;
        store::delete_family(&mut tx, family).await?;
        tx.signal(SIGNAL, family.to_string());
        tx.commit().await?;
        self.0.token_users.forget(&family);
        Ok(())
    }

    /// Whose access token this is; 401 when it is wrong, too old, or its family has ended.
    pub async fn check_access_token(&self, access_token: &str) -> Result<User> {
        let now = self.0.house.clock.now();
        let claims = self.0.token_key.read(access_token, now).ok_or(REFUSED)?;
        let missed = match self.0.token_users.get(&claims.family) {
            Ok(user) => return Ok(user),
            Err(missed) => missed,
        };
        let mut tx = self.0.house.db.system_read("whose access token it is").await?;
        let user = store::find_user(&mut tx, claims.family).await?.ok_or(REFUSED)?;
        self.0.token_users.insert(missed, claims.family, user.clone());
        Ok(user)
    }

    fn tokens(&self, family: FamilyId, user: UserId, secret: &str) -> Result<Tokens> {
        let expires_at = self.0.house.clock.now().plus(ACCESS);
        Ok(Tokens {
            access_token: self.0.token_key.sign(family, user, expires_at)?,
            refresh_token: format!("{family}.{secret}"),
            expires_in: ACCESS.as_secs(),
        })
    }
}

/// The family in front tells which row to look at; the secret behind it is compared by its hash.
fn parts(refresh_token: &str) -> Option<(FamilyId, &str)> {
    let (family, secret) = refresh_token.split_once('.')?;
    Some((family.parse().ok()?, secret))
}
