//! The message as it travels: headers that cannot be broken, and a text and an HTML part of one content.

use std::time::{Duration, UNIX_EPOCH};

use kernel::{Error, Result, Timestamp};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};

use super::Smtp;
use crate::address::{header_text, name, wire_address};

/// What is written to one person.
#[derive(Debug)]
pub(crate) struct Outgoing<'a> {
    /// The stable part of the header Message-ID, which stays the same over attempts.
    pub(crate) id: String,
    pub(crate) at: Timestamp,
    pub(crate) from_name: &'a str,
    pub(crate) reply_to: Option<&'a str>,
    pub(crate) recipient: &'a str,
    pub(crate) recipient_name: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) text: &'a str,
    pub(crate) html: &'a str,
    pub(crate) unsubscribe: Option<&'a str>,
}

/// Letters of a subject; longer ones are cut.
pub(crate) const LONGEST_SUBJECT: usize = 200;

/// The envelope and the bytes of a message.
pub(crate) fn compose(smtp: &Smtp, mail: &Outgoing<'_>) -> Result<(Envelope, Vec<u8>)> {
    let (from, to) = (address(&smtp.from)?, address(mail.recipient)?);
    let at = UNIX_EPOCH + Duration::from_micros(u64::try_from(mail.at.micros()).unwrap_or(0));
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]);
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, smtp.domain())))
        .date(at)
        .from(Mailbox::new(filled(name(mail.from_name)), from))
        .to(Mailbox::new(filled(name(mail.recipient_name)), to))
        .subject(header_text(mail.subject, LONGEST_SUBJECT))
        // No program of a person on leave answers to these (RFC 3834, section 5).
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("X-Auto-Response-Suppress", "All"));
    if let Some(reply_to) = mail.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    if let Some(unsubscribe) = mail.unsubscribe {
        // RFC 8058: a press on the mail program's button is enough.
        builder = builder
            .raw_header(raw("List-Unsubscribe", &format!("<{unsubscribe}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let parts = MultiPart::alternative()
        .boundary(format!("=_{}", mail.id))
        .singlepart(SinglePart::plain(mail.text.to_owned()))
        .singlepart(SinglePart::html(mail.html.to_owned()));
    let message = builder.multipart(parts).map_err(Error::internal)?;
    Ok((envelope.map_err(Error::internal)?, message.formatted()))
}

fn filled(name: String) -> Option<String> {
    Some(name).filter(|name| !name.is_empty())
}

fn address(text: &str) -> Result<Address> {
    let wire = wire_address(text).ok_or_else(|| Error::internal("an address without a domain"))?;
    wire.parse().map_err(Error::internal)
}

fn raw(header: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(header), header_text(value, 2_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composed(mail: &Outgoing<'_>) -> String {
        let smtp = Smtp::parse("smtp://localhost", "forms@example.com", None).expect("a server");
        let (_, bytes) = compose(&smtp, mail).expect("a message");
        String::from_utf8(bytes).expect("ASCII")
    }

    fn plain() -> Outgoing<'static> {
        Outgoing {
            id: "mal_01".into(),
            at: Timestamp::from_micros(1_785_748_320_000_000),
            from_name: "Acme",
            reply_to: None,
            recipient: "ada@example.com",
            recipient_name: "",
            subject: "Hello",
            text: "Hello",
            html: "<p>Hello</p>",
            unsubscribe: None,
        }
    }

    #[test]
    fn a_message_says_who_wrote_it_and_that_no_person_did() {
        let text = composed(&Outgoing {
            unsubscribe: Some("https://example.com/mail/unsubscription?token=x"),
            reply_to: Some("desk@example.com"),
            ..plain()
        });
        for header in [
            "Message-ID: <mal_01@example.com>\r\n",
            "Date: Mon, 03 Aug 2026 09:12:00 +0000\r\n",
            "From: Acme <forms@example.com>\r\n",
            "To: ada@example.com\r\n",
            "Reply-To: desk@example.com\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "List-Unsubscribe: <https://example.com/mail/unsubscription?token=x>\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        ] {
            assert!(text.contains(header), "{header} in\n{text}");
        }
        assert!(text.is_ascii() && text.contains("multipart/alternative"));
    }

    #[test]
    fn nothing_that_people_enter_begins_a_header() {
        let text = composed(&Outgoing {
            from_name: "Acme\r\nBcc: eve@example.com",
            recipient_name: "Ada\nX-Evil: 1",
            subject: "Hi\r\n\r\n<script>",
            ..plain()
        });
        let head = text.split("\r\n\r\n").next().unwrap_or_default();
        for line in head.lines() {
            assert!(!line.starts_with("Bcc") && !line.starts_with("X-Evil"), "{head}");
        }
        assert!(head.contains("Subject: Hi <script>"));
    }
}
