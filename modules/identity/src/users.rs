//! Accounts: a name, an e-mail address, a password.

mod store;

use db::Tx;
use email_address::EmailAddress;
use kernel::{Error, Fields, Result, Timestamp, UserId, is_plain};
use web::ClientAddress;

use crate::{Identity, passwords};

pub(crate) use store::{find_with_password, update_password};

/// Someone with an account.
#[derive(Debug, Clone, PartialEq, Eq, db::FromRow)]
pub struct User {
    pub id: UserId,
    pub name: String,
    /// In lower case.
    pub email: String,
    /// Runs the installation.
    pub operator: bool,
}

/// What a person says to get an account.
#[derive(Clone)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub password: String,
    pub operator: bool,
}

/// An account that is sound but not stored yet: hashing takes too long to be done in a transaction.
pub struct Account {
    user: User,
    password_hash: String,
    created_at: Timestamp,
}

impl Identity {
    /// Checks what a person says and hashes the password; `from` is none when the house itself asks.
    pub async fn prepare(&self, new: NewUser, from: Option<ClientAddress>) -> Result<Account> {
        let (name, email) = (new.name.trim().to_owned(), normal_email(&new.email));
        let mut fields = Fields::new();
        check_name(&mut fields, &name);
        check_email(&mut fields, &email);
        passwords::check(&mut fields, &new.password);
        fields.into_result()?;
        let password_hash = self.0.passwords.hash(&new.password, from).await?;
        let created_at = self.0.house.clock.now();
        let id = UserId::new(created_at, &self.0.house.chance);
        let user = User { id, name, email, operator: new.operator };
        Ok(Account { user, password_hash, created_at })
    }
}

impl Account {
    /// Who it will be.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Stores it; a taken address is an error of the field `email`.
    pub async fn insert(&self, tx: &mut Tx) -> Result<()> {
        db::on_unique(store::insert_user(tx, self).await, || {
            Error::invalid("email", "taken", "There is an account with this address already.")
        })
    }
}

/// The account by this id.
pub async fn find(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    store::find_user(tx, id).await
}

/// The account with this address, however it is written.
pub async fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<User>> {
    if !may_be_email(email) {
        return Ok(None);
    }
    store::find_user_by_email(tx, &normal_email(email)).await
}

/// Whether someone runs the installation already.
pub async fn has_operator(tx: &mut Tx) -> Result<bool> {
    store::exists_operator(tx).await
}

/// Bytes that an address has at most (RFC 5321, section 4.5.3.1.3, without the brackets).
const LONGEST_EMAIL: usize = 254;

/// Whether there can be an account with this address; nothing else is worth a look.
pub(crate) fn may_be_email(email: &str) -> bool {
    email.len() <= LONGEST_EMAIL && !email.chars().any(char::is_control)
}

/// One address has one spelling.
pub(crate) fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

fn check_name(fields: &mut Fields, name: &str) {
    fields.check(!name.is_empty(), "name", "required", "Enter your name.");
    let length = name.chars().count();
    fields.check(length <= 100, "name", "too_long", "Use at most 100 characters.");
    fields.check(is_plain(name), "name", "invalid", "Use letters only, on one line.");
}

fn check_email(fields: &mut Fields, email: &str) {
    if email.is_empty() {
        return fields.push("email", "required", "Enter your e-mail address.");
    }
    let sound = may_be_email(email) && EmailAddress::is_valid(email) && !email.contains(['"', '[']);
    fields.check(sound, "email", "invalid", "Enter an e-mail address such as ada@example.com.");
}
