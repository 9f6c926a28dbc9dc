//! Saying yes to mails, and saying no to more of them: pages for whoever holds a link, without an account.

use axum::{body::Bytes, extract::State};
use kernel::{Error, Result};
use maud::Markup;
use serde::Deserialize;
use web::{Query, Reply, Visit};

use super::{store, views};
use crate::{
    Mails,
    events::{MailAddressConfirmed, MailDeclined},
    tokens::{Purpose, Sealed},
};

/// The secret of a link.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    token: String,
}

fn opened(system: &Mails, token: &str) -> Result<Sealed> {
    let gone = "This link is not whole. Copy all of it from the mail.";
    system.open_token(token).ok_or_else(|| Error::Gone(gone.into()))
}

/// What a link is for, and a button: what only looks at it changes nothing.
pub(crate) async fn show(State(system): State<Mails>, Query(asked): Query<Asked>) -> Reply<Markup> {
    let sealed = opened(&system, &asked.token)?;
    Ok(views::question(&sealed.purpose, &asked.token))
}

/// The button, also that of a mail program (RFC 8058), which has the secret in the address.
pub(crate) async fn answer(
    State(system): State<Mails>,
    visit: Visit,
    Query(asked): Query<Asked>,
    body: Bytes,
) -> Reply<Markup> {
    // Mail programs send what they like, also in parts; the secret is in the address then.
    let sent = url::form_urlencoded::parse(&body).find(|(name, _)| name == "token");
    let token = sent.map_or(asked.token, |(_, token)| token.into_owned());
    let sealed = opened(&system, &token)?;
    let cx = visit.within(sealed.workspace);
    let mut tx = cx.begin().await?;
    match &sealed.purpose {
        Purpose::Confirm { address } => {
            if store::confirm(&mut tx, address, cx.now()).await? {
                tx.record(&MailAddressConfirmed { address: address.clone() }).await?;
            }
        }
        Purpose::Decline { address, about } => {
            store::insert_refusal(&mut tx, &address.to_lowercase(), about, cx.now()).await?;
            tx.record(&MailDeclined { address: address.clone(), about: about.clone() }).await?;
        }
    }
    tx.commit().await?;
    Ok(views::done(&sealed.purpose))
}
