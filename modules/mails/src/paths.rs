//! The addresses of this system.

use crate::ids::MailId;

/// Routes, as the registry knows them.
pub(crate) mod route {
    pub(crate) const PAGE: &str = "/w/{workspace}/settings/mail";
    pub(crate) const SENDER: &str = "/w/{workspace}/settings/mail/sender";
    pub(crate) const TEST: &str = "/w/{workspace}/settings/mail/test";
    pub(crate) const FAILED: &str = "/w/{workspace}/settings/mail/redeliveries";
    pub(crate) const ONE: &str = "/w/{workspace}/settings/mail/{mail}";
    pub(crate) const HTML: &str = "/w/{workspace}/settings/mail/{mail}/html";
    pub(crate) const AGAIN: &str = "/w/{workspace}/settings/mail/{mail}/redelivery";
    pub(crate) const CONFIRMATION: &str = "/mail/confirmation";
    pub(crate) const UNSUBSCRIPTION: &str = "/mail/unsubscription";
    pub(crate) const API_ALL: &str = "/api/mails";
    pub(crate) const API_ONE: &str = "/api/mails/{mail}";
    pub(crate) const API_AGAIN: &str = "/api/mails/{mail}/redelivery";
    pub(crate) const API_FAILED: &str = "/api/mails/redeliveries";
    pub(crate) const API_TEST: &str = "/api/mails/test";
    pub(crate) const API_SENDER: &str = "/api/mails/sender";
}

/// The log and the sender.
pub(crate) fn mails(slug: &str) -> String {
    format!("/w/{slug}/settings/mail")
}

/// A part of it that takes a POST: `sender`, `test`, `redeliveries`.
pub(crate) fn part(slug: &str, part: &str) -> String {
    format!("/w/{slug}/settings/mail/{part}")
}

/// One mail.
pub(crate) fn mail(slug: &str, id: MailId) -> String {
    format!("/w/{slug}/settings/mail/{id}")
}

/// A part of it: `html`, `redelivery`.
pub(crate) fn mail_part(slug: &str, id: MailId, part: &str) -> String {
    format!("/w/{slug}/settings/mail/{id}/{part}")
}

/// Where whoever holds the secret says that mails may be sent.
pub(crate) fn confirmation(origin: &str, token: &str) -> String {
    format!("{origin}{}?token={token}", route::CONFIRMATION)
}

/// Where whoever holds the secret says that no more may be sent.
pub(crate) fn unsubscription(origin: &str, token: &str) -> String {
    format!("{origin}{}?token={token}", route::UNSUBSCRIPTION)
}
