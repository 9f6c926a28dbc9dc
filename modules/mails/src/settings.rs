//! Seeing and changing how mails are signed.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields, Result, is_plain};
use web::{Cx, Form, Json, Reply, Visit};

use crate::{
    Mails,
    address::parse_address,
    events::MailSenderChanged,
    mails::list,
    paths,
    sender::{
        Sender,
        json::{SenderChange, SenderJson},
        of_workspace, store,
    },
};

/// Letters of a name.
const LONGEST: usize = 100;

async fn update(cx: &Cx, change: &SenderChange) -> Result<Sender> {
    let mut tx = cx.begin().await?;
    let kept = of_workspace(&mut tx).await?;
    let sender = checked(kept, change)?;
    store::keep_sender(&mut tx, &sender, cx.now()).await?;
    tx.record(&MailSenderChanged { name: sender.name.clone() }).await?;
    tx.commit().await?;
    Ok(sender)
}

fn checked(kept: Sender, change: &SenderChange) -> Result<Sender> {
    let mut problems = Fields::new();
    let name = change.name.as_deref().map_or(kept.name, |name| name.trim().to_owned());
    problems.check(!name.is_empty(), "name", "required", "Say in whose name mails come.");
    let short = name.chars().count() <= LONGEST;
    problems.check(short, "name", "too_long", "Use at most 100 characters.");
    problems.check(is_plain(&name), "name", "invalid", "Use letters only, on one line.");
    let reply_to = match change.reply_to.as_deref().map(str::trim) {
        None => kept.reply_to,
        Some("") => None,
        Some(text) => {
            let address = parse_address(text);
            let message = "Enter an e-mail address such as desk@example.com, or leave it empty.";
            problems.check(address.is_some(), "reply_to", "invalid", message);
            address
        }
    };
    problems.into_result()?;
    Ok(Sender { name, reply_to })
}

pub(crate) async fn page(
    State(system): State<Mails>,
    visit: Visit,
    Form(change): Form<SenderChange>,
) -> Reply {
    match update(&visit, &change).await {
        Ok(_) => Ok(web::done(&paths::mails(visit.slug()), "Saved")),
        Err(Error::Invalid(problems)) => {
            let part = list::Part { entered: Some((&change, &problems)), ..list::Part::default() };
            let page = list::render(&system, &visit, &part).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api_show(State(system): State<Mails>, visit: Visit) -> Reply<Response> {
    let sender = of_workspace(&mut visit.read().await?).await?;
    Ok(web::json(&SenderJson::of(sender, system.from())))
}

pub(crate) async fn api(
    State(system): State<Mails>,
    visit: Visit,
    Json(change): Json<SenderChange>,
) -> Reply<Response> {
    let sender = update(&visit, &change).await?;
    Ok(web::json(&SenderJson::of(sender, system.from())))
}
