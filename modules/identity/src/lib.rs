//! People and their credentials: accounts, passwords, sessions, tokens, API keys.
//!
//! # Layout
//! - [`users`]: accounts, and [`credentials`]: who knows the password, guessing slowed down
//! - [`sessions`]: browsers, by cookie; [`tokens`]: programs of a person, by JWT and refresh token
//! - [`api_keys`]: programs of a workspace

mod api_keys;
mod credentials;
mod events;
mod passwords;
mod paths;
mod sessions;
mod throttle;
mod tokens;
mod users;

use std::sync::Arc;

use ::events::Event;
use db::{Migration, MigrationText};
use kernel::Permission;
use ui::{Icon, Sample};
use web::{Action, EventRule, House, Module, Navigation, Routes};

pub use api_keys::{API_KEYS_READ, API_KEYS_WRITE, KeyHolder, revoke_keys_of};
pub use events::{ApiKeyCreated, ApiKeyRevoked, UserRegistered};
pub use sessions::Session;
pub use tokens::Tokens;
pub use users::{Account, NewUser, User, find as find_user, find_by_email, has_operator};

/// People and keys remembered at once.
const KEPT: u64 = 100_000;

/// What the operator decides.
#[derive(Clone)]
pub struct Settings {
    /// Signs access tokens; whoever has it can be anyone.
    pub master_key: [u8; 32],
    /// Served over https: cookies get the `__Host-` prefix and never travel in the clear.
    pub secure_cookies: bool,
}

/// The system; cheap to clone.
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    house: Arc<House>,
    passwords: passwords::Passwords,
    throttle: throttle::Throttle,
    cookies: sessions::Cookies,
    token_key: tokens::Key,
    token_users: db::Cache<tokens::FamilyId, User>,
    keys: db::Cache<kernel::ApiKeyId, api_keys::StoredKey>,
}

impl Identity {
    /// Starts the system; call it inside of the runtime.
    pub fn new(house: Arc<House>, settings: &Settings) -> Self {
        let inner = Inner {
            passwords: passwords::Passwords::new(house.chance.clone()),
            throttle: throttle::Throttle::default(),
            cookies: sessions::Cookies { secure: settings.secure_cookies },
            token_key: tokens::Key::derive(&settings.master_key),
            token_users: db::Cache::start(&house.db, tokens::SIGNAL, KEPT),
            keys: db::Cache::start(&house.db, api_keys::SIGNAL, KEPT),
            house,
        };
        Identity(Arc::new(inner))
    }

    /// What the process shares.
    pub fn house(&self) -> &Arc<House> {
        &self.0.house
    }
}

impl Module for Identity {
    fn name(&self) -> &'static str {
        "identity"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![Migration {
            module: "identity",
            name: "0001_identity",
            text: MigrationText::Both(include_str!("../migrations/0001_identity.sql")),
        }]
    }

    fn permissions(&self) -> Vec<Permission> {
        vec![API_KEYS_READ, API_KEYS_WRITE]
    }

    fn event_rules(&self) -> Vec<EventRule> {
        let rule =
            |kind, turns_subject| EventRule { kind, permission: API_KEYS_READ, turns_subject };
        vec![rule(ApiKeyCreated::KIND, false), rule(ApiKeyRevoked::KIND, true)]
    }

    fn navigation(&self) -> Vec<Navigation> {
        vec![Navigation {
            label: "API keys",
            path: "settings/keys",
            also: &[],
            icon: Icon::Key,
            section: "Settings",
            hotkey: "g k",
            permission: Some(API_KEYS_READ),
        }]
    }

    fn actions(&self) -> Vec<Action> {
        vec![Action {
            label: "New API key",
            path: "settings/keys#new-key",
            icon: Icon::Key,
            keywords: "create make token program",
            permission: Some(API_KEYS_WRITE),
        }]
    }

    fn routes(&self) -> Routes {
        api_keys::routes().with_state(self.clone())
    }

    fn assets(&self) -> Vec<(&'static str, &'static str)> {
        vec![("identity.css", include_str!("../assets/identity.css"))]
    }

    fn samples(&self) -> Vec<Sample> {
        api_keys::samples()
    }
}
