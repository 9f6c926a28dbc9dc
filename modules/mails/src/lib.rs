//! Mail that leaves the house: written in the transaction of its cause, sent over SMTP, logged with each answer.
//!
//! # Layout
//! - [`template`]: from words with variables to a text and HTML
//! - `mails`: the outbox and its log; `sender`: in whose name
//! - `smtp`: the wire; `sending`: claims, attempts, and when the next one is due

mod address;
mod addresses;
mod background;
mod events;
mod ids;
mod jobs;
mod mails;
mod paths;
mod routes;
mod samples;
mod sender;
mod sending;
mod settings;
mod smtp;
pub mod template;
mod text;
mod tokens;

use std::sync::Arc;

use ::events::Event;
use db::{Migration, MigrationText};
use kernel::{Error, Permission, Result, Role, Seal};
use ui::{Icon, Sample};
use web::{Cx, EventRule, House, JobRegistry, Module, Navigation, Routes};

pub use address::{header_text, parse_address};
pub use addresses::{
    Address, ask as ask_addresses,
    erasing::{forget_addresses, known_spellings},
    known as known_addresses, welcome,
};
pub use events::MailFailed;
pub use ids::MailId;
pub use mails::{
    NewMail,
    erasing::{Letter, Trace, erase_mails, kept_mails, mails_about},
    outbox::{count_to, write},
    purpose,
    show::framed,
    views::not_configured,
};
pub use smtp::Smtp;

use tokens::Purpose;

/// Seeing mails: they hold what respondents wrote.
pub const MAIL_READ: Permission =
    Permission { key: "mail:read", label: "see mails and their log", from: Role::Admin };
/// Sending again, and deciding how mails are signed.
pub const MAIL_WRITE: Permission =
    Permission { key: "mail:write", label: "send mails again, sign them", from: Role::Admin };

/// What the operator decides.
pub struct Settings {
    /// Seals the links in mails.
    pub master_key: [u8; 32],
    /// The way out; mails wait without it.
    pub smtp: Option<Smtp>,
}

/// The system; cheap to clone.
#[derive(Clone)]
pub struct Mails(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) house: Arc<House>,
    pub(crate) smtp: Option<Smtp>,
    pub(crate) seal: Seal,
}

impl Mails {
    /// Starts the system.
    pub fn new(house: Arc<House>, settings: Settings) -> Self {
        let seal = Seal::derive(&settings.master_key, "mails");
        Mails(Arc::new(Inner { house, smtp: settings.smtp, seal }))
    }

    /// Whether mails leave the house.
    pub fn is_configured(&self) -> bool {
        self.0.smtp.is_some()
    }

    /// The address that all mails come from; none while no server is set up.
    pub(crate) fn from(&self) -> Option<&str> {
        self.0.smtp.as_ref().map(|smtp| smtp.from.as_str())
    }

    /// Where whoever gets a mail says that they want no more about something; good for ever.
    pub fn unsubscription(&self, cx: &Cx, origin: &str, to: &str, about: &str) -> Result<String> {
        let purpose = Purpose::Decline { address: to.to_owned(), about: about.to_owned() };
        Ok(paths::unsubscription(origin, &self.token(cx, &purpose)?))
    }

    fn expect_configured(&self) -> Result<()> {
        let message = "No mail server is set up: the operator names one in the section [mail].";
        self.from().map(|_| ()).ok_or_else(|| Error::conflict("not_configured", message))
    }
}

impl Module for Mails {
    fn name(&self) -> &'static str {
        "mails"
    }

    fn migrations(&self) -> Vec<Migration> {
        let migration =
            |name, text| Migration { module: "mails", name, text: MigrationText::Both(text) };
        vec![
            migration("0001_mails", include_str!("../migrations/0001_mails.sql")),
            migration("0002_erased", include_str!("../migrations/0002_erased.sql")),
            migration("0003_to_one", include_str!("../migrations/0003_to_one.sql")),
        ]
    }

    fn permissions(&self) -> Vec<Permission> {
        vec![MAIL_READ, MAIL_WRITE]
    }

    fn event_rules(&self) -> Vec<EventRule> {
        let rule = |kind| EventRule { kind, permission: MAIL_READ, turns_subject: false };
        vec![
            rule(MailFailed::KIND),
            rule(events::MailSenderChanged::KIND),
            rule(events::MailAddressConfirmed::KIND),
            rule(events::MailDeclined::KIND),
        ]
    }

    fn navigation(&self) -> Vec<Navigation> {
        vec![Navigation {
            label: "Mail",
            path: "settings/mail",
            also: &[],
            icon: Icon::Mail,
            section: "Settings",
            hotkey: "g e",
            permission: Some(MAIL_READ),
        }]
    }

    fn jobs(&self, registry: &mut JobRegistry) {
        background::register(registry, &self.0);
    }

    fn routes(&self) -> Routes {
        routes::table().with_state(self.clone())
    }

    fn assets(&self) -> Vec<(&'static str, &'static str)> {
        vec![("mails.css", include_str!("../assets/mails.css"))]
    }

    fn samples(&self) -> Vec<Sample> {
        samples::samples()
    }
}
