//! Asking the owner of an address whether mails may be sent there.

use kernel::{Error, Result};
use web::{Change, Cx};

use super::{Address, MOST, PAUSE, store};
use crate::{
    Mails,
    mails::{NewMail, outbox, purpose},
    paths,
    template::{Foot, Holds, Template, Values, Variable},
    tokens::Purpose,
};

const SUBJECT: &str = "May {{workspace}} send you mails?";
const BODY: &str = "# May {{workspace}} send you mails?\n\nSomebody at {{workspace}} wants this address to be told of what comes in by their forms. Nothing is sent before you have said yes.\n\n[Yes, send them]({{link}})\n\nIf you do not want that, there is nothing to do.";

/// Asks all of these that have not said yes, each once an hour at most.
pub async fn ask(
    system: &Mails,
    cx: &Cx,
    tx: &mut Change,
    addresses: &[String],
    origin: &str,
) -> Result<()> {
    let known = store::list_named(tx, addresses).await?;
    let mut room = MOST - store::count_addresses(tx).await?;
    let mut mails = Vec::new();
    for address in addresses.iter().map(|address| address.to_lowercase()) {
        let found = known.iter().find(|one| one.address == address);
        if found.is_some_and(|one| is_answered(one, cx)) {
            continue;
        }
        room -= i64::from(found.is_none());
        if room < 0 {
            let message =
                format!("A workspace writes to at most {MOST} addresses beyond its members.");
            return Err(Error::conflict("too_many_addresses", message));
        }
        store::keep_asked(tx, &address, &cx.actor().name(), cx.now()).await?;
        mails.push(question(system, cx, tx, &address, origin).await?);
    }
    outbox::write(tx, mails, cx.now(), cx.chance()).await.map(|_| ())
}

fn is_answered(address: &Address, cx: &Cx) -> bool {
    address.confirmed_at.is_some() || cx.now().since(address.asked_at) < PAUSE
}

async fn question(
    system: &Mails,
    cx: &Cx,
    tx: &mut Change,
    address: &str,
    origin: &str,
) -> Result<NewMail> {
    let token = system.token(cx, &Purpose::Confirm { address: address.to_owned() })?;
    let values = Values {
        texts: vec![
            ("workspace".into(), workspaces::current(tx).await?.name),
            ("link".into(), paths::confirmation(origin, &token)),
        ],
        tables: Vec::new(),
    };
    let known = [("workspace", Holds::Text), ("link", Holds::Link)];
    let known =
        known.map(|(name, holds)| Variable { name: name.into(), meaning: String::new(), holds });
    let foot = Foot {
        reason: "You get this once, because somebody entered your address.".into(),
        link: None,
    };
    Ok(NewMail {
        source: format!("confirmation {address} {}", cx.now().micros()),
        at: cx.now(),
        purpose: purpose::CONFIRMATION,
        about: "mail".into(),
        recipient: address.to_owned(),
        recipient_name: String::new(),
        reply_to: None,
        content: Template::parse(SUBJECT, BODY, &known)?.render(&values, &foot),
        unsubscribe: None,
    })
}
