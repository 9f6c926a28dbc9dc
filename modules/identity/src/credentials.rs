//! Who knows the password.

use kernel::{Error, Result};
use web::ClientAddress;

use crate::{
    Identity, User, passwords,
    users::{find_with_password, may_be_email, normal_email, update_password},
};

/// One message for both cases: it must not tell whether there is such an account.
const WRONG: Error = Error::Unauthorized("The e-mail address or the password is wrong.");

impl Identity {
    /// The account with this address and password; 401 otherwise, 429 after too many wrong ones
    /// from the same `address` of the network.
    pub async fn check_password(
        &self,
        email: &str,
        password: &str,
        address: ClientAddress,
    ) -> Result<User> {
        if !may_be_email(email) {
            return Err(WRONG);
        }
        let email = normal_email(email);
        self.0.throttle.attempt(&email, address.0, self.0.house.clock.now())?;
        let mut tx = self.0.house.db.system_read("sign in by e-mail").await?;
        let found = find_with_password(&mut tx, &email).await?;
        drop(tx);
        let stored = found.as_ref().map(|found| found.password_hash.as_str());
        if !self.0.passwords.fits(password, stored, address).await? {
            metrics::counter!("mewayz_sign_in_failed_total").increment(1);
            return Err(WRONG);
        }
        self.0.throttle.forgive(&email, address.0);
        let found = found.ok_or(WRONG)?;
        if passwords::is_weak(&found.password_hash) {
            self.strengthen(&found.user, password).await?;
        }
        Ok(found.user)
    }

    /// Hashes anew with the parameters in force; only at sign-in is the password at hand.
    async fn strengthen(&self, user: &User, password: &str) -> Result<()> {
        let hash = self.0.passwords.hash(password, None).await?;
        let mut tx = self.0.house.db.system("a stronger hash at sign-in").await?;
        update_password(&mut tx, user.id, &hash).await?;
        tx.commit().await
    }
}
