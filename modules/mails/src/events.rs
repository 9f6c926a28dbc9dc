//! What this system tells the log.

use events::Event;
use kernel::EntityRef;
use serde::Serialize;

use crate::ids::MailId;

/// A mail was given up.
#[derive(Debug, Serialize)]
pub struct MailFailed {
    pub mail_id: MailId,
    pub reason: String,
}

impl Event for MailFailed {
    const KIND: &'static str = "mail.failed";

    fn subject(&self) -> EntityRef {
        self.mail_id.to_string()
    }
}

/// A workspace's mails call their sender otherwise.
#[derive(Debug, Serialize)]
pub(crate) struct MailSenderChanged {
    pub(crate) name: String,
}

impl Event for MailSenderChanged {
    const KIND: &'static str = "mail.sender_changed";

    fn subject(&self) -> EntityRef {
        "mail".to_owned()
    }
}

/// The owner of an address has said that mails may be sent there.
#[derive(Debug, Serialize)]
pub(crate) struct MailAddressConfirmed {
    pub(crate) address: String,
}

impl Event for MailAddressConfirmed {
    const KIND: &'static str = "mail.address_confirmed";

    fn subject(&self) -> EntityRef {
        "mail".to_owned()
    }
}

/// Whoever gets mails about something wants no more of them.
#[derive(Debug, Serialize)]
pub(crate) struct MailDeclined {
    pub(crate) address: String,
    pub(crate) about: String,
}

impl Event for MailDeclined {
    const KIND: &'static str = "mail.declined";

    fn subject(&self) -> EntityRef {
        self.about.clone()
    }
}
