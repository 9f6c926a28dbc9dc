//! A conversation with the server (RFC 5321), step by step, so that each failure says at which step it came.

use std::{fmt, future::Future};

use lettre::{
    address::Envelope,
    transport::smtp::{
        Error as SmtpError,
        authentication::Mechanism,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt, Rset},
        extension::{ClientId, Extension, MailParameter},
        response::Response,
    },
};
use tokio::time::timeout;

use super::{Protection, Smtp};

/// At which step something failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Before the server knew what is to be sent: it says nothing of the mail.
    Opening,
    /// Who writes, and to whom.
    Envelope,
    /// The message was handed over; without an answer nobody knows whether it was taken.
    Content,
}

/// Why a mail was not taken.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) phase: Phase,
    /// Of the server's answer, when there was one.
    pub(crate) status: Option<u16>,
    pub(crate) text: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// An open connection; one mail after the other goes through it.
pub(crate) struct Conversation<'a> {
    smtp: &'a Smtp,
    connection: AsyncSmtpConnection,
    /// Whether the one before left it in the middle of something.
    untidy: bool,
}

impl<'a> Conversation<'a> {
    /// Connects, protects the wire and says who we are.
    pub(crate) async fn open(smtp: &'a Smtp) -> Result<Self, Fault> {
        let hello = ClientId::Domain(smtp.domain().to_owned());
        let implicit = smtp.protection == Protection::Implicit;
        let tls = implicit.then(|| smtp.tls.clone());
        let place = (smtp.host.as_str(), smtp.port);
        let patience = Some(smtp.patience);
        let connecting = AsyncSmtpConnection::connect_tokio1(place, patience, &hello, tls, None);
        let connection = step(smtp, Phase::Opening, connecting).await?;
        let mut conversation = Conversation { smtp, connection, untidy: false };
        conversation.protect(&hello).await?;
        conversation.sign_in().await?;
        Ok(conversation)
    }

    async fn protect(&mut self, hello: &ClientId) -> Result<(), Fault> {
        let wanted = match self.smtp.protection {
            Protection::Implicit | Protection::None => false,
            Protection::Required => true,
            Protection::Opportunistic => self.connection.can_starttls(),
        };
        if !wanted {
            return Ok(());
        }
        if !self.connection.can_starttls() {
            let text = "The server offers no STARTTLS, without which nothing is sent.".to_owned();
            return Err(Fault { phase: Phase::Opening, status: None, text });
        }
        let starting = self.connection.starttls(self.smtp.tls.clone(), hello);
        step(self.smtp, Phase::Opening, starting).await
    }

    async fn sign_in(&mut self) -> Result<(), Fault> {
        let Some(credentials) = &self.smtp.credentials else { return Ok(()) };
        let signing = self.connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials);
        step(self.smtp, Phase::Opening, signing).await.map(|_| ())
    }

    /// Whether another mail can go through it.
    pub(crate) fn is_sound(&self) -> bool {
        !self.connection.has_broken()
    }

    /// Hands a message over; the server's words when it takes it.
    pub(crate) async fn send(
        &mut self,
        envelope: &Envelope,
        message: &[u8],
    ) -> Result<(u16, String), Fault> {
        if self.untidy {
            let resetting = self.connection.command(Rset);
            step(self.smtp, Phase::Opening, resetting).await?;
        }
        self.untidy = true;
        self.address(envelope).await?;
        let beginning = self.connection.command(Data);
        step(self.smtp, Phase::Envelope, beginning).await?;
        let handing = self.connection.message(message);
        let response = step(self.smtp, Phase::Content, handing).await?;
        self.untidy = false;
        Ok((u16::from(response.code()), words(&response)))
    }

    async fn address(&mut self, envelope: &Envelope) -> Result<(), Fault> {
        let mut parameters = Vec::new();
        if envelope.to().iter().any(|to| !to.to_string().is_ascii()) {
            if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let text = "The server takes no addresses in other letters (SMTPUTF8).".to_owned();
                return Err(Fault { phase: Phase::Envelope, status: Some(553), text });
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let mail = self.connection.command(Mail::new(envelope.from().cloned(), parameters));
        step(self.smtp, Phase::Envelope, mail).await?;
        for to in envelope.to() {
            let recipient = self.connection.command(Rcpt::new(to.clone(), Vec::new()));
            step(self.smtp, Phase::Envelope, recipient).await?;
        }
        Ok(())
    }

    /// Says good-bye; nothing depends on the answer.
    pub(crate) async fn close(mut self) {
        let _ = timeout(std::time::Duration::from_secs(2), self.connection.abort()).await;
    }
}

async fn step<T>(
    smtp: &Smtp,
    phase: Phase,
    doing: impl Future<Output = Result<T, SmtpError>>,
) -> Result<T, Fault> {
    match timeout(smtp.patience, doing).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(fault(smtp, phase, &error)),
        Err(_) => {
            let seconds = smtp.patience.as_secs();
            let text = format!("{} did not answer within {seconds} s.", smtp.host);
            Err(Fault { phase, status: None, text })
        }
    }
}

/// What the server said, or why it could not be reached, without what only programs understand.
fn fault(smtp: &Smtp, phase: Phase, error: &SmtpError) -> Fault {
    let status = error.status().map(u16::from);
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let text = match status {
        Some(status) => format!("{status} {cause}"),
        None if cause.is_empty() => format!("{}:{}: {error}.", smtp.host, smtp.port),
        None => format!("{}:{}: {cause}.", smtp.host, smtp.port),
    };
    Fault { phase, status, text: clip(&text) }
}

fn words(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    clip(&format!("{} {}", u16::from(response.code()), lines.join(" ")))
}

/// Letters of an answer that the log keeps.
const KEPT: usize = 1_000;

/// Short enough to keep; no text can hold U+0000.
fn clip(text: &str) -> String {
    text.trim().chars().take(KEPT).collect::<String>().replace('\0', "\u{fffd}")
}
