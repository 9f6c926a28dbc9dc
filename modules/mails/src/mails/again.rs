//! Sending again: one, or all that were given up.

use axum::{http::StatusCode, response::Response};
use jobs::{JobContext, When};
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{Mail, json::MailJson, store};
use crate::{
    jobs::{SendFailedAgain, SendMails},
    paths,
};

/// Starts a mail over, with all its attempts before it.
async fn send_again(cx: &Cx, mail: Editable<Mail>) -> Result<Mail> {
    if mail.erased_at.is_some() {
        return Err(Error::conflict("erased", "Its address and its text were erased."));
    }
    let mut tx = cx.begin().await?;
    if !store::restart(&mut tx, mail.id, cx.now()).await? {
        return Err(Error::conflict("sending", "It is being sent at this moment."));
    }
    tx.enqueue(&SendMails { at: None }, When::Now).await?;
    let mail = store::find_mail(&mut tx, mail.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(mail)
}

/// Has all sent again that were given up, by a job.
async fn send_failed_again(cx: &Cx) -> Result<()> {
    let mut tx = cx.begin().await?;
    tx.enqueue(&SendFailedAgain {}, When::Now).await?;
    tx.commit().await
}

/// Rows of one transaction.
const CHUNK: i64 = 500;

/// The job: chunk by chunk; what is started over is not failed any more, so twice is once.
pub(crate) async fn work(job: &JobContext, cx: &Cx) -> Result<()> {
    loop {
        let mut tx = cx.begin().await?;
        if store::restart_failed(&mut tx, CHUNK, cx.now()).await? == 0 {
            job.finish(&mut tx).await?;
            return tx.commit().await;
        }
        tx.enqueue(&SendMails { at: None }, When::Now).await?;
        tx.commit().await?;
    }
}

pub(crate) async fn page(visit: Visit, mail: Editable<Mail>) -> Reply<Response> {
    let path = paths::mail(visit.slug(), mail.id);
    match send_again(&visit, mail).await {
        Ok(_) => Ok(web::done(&path, "It is sent again")),
        Err(Error::Conflict { message, .. }) => Ok(web::refused(&path, &message)),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(visit: Visit, mail: Editable<Mail>) -> Reply<Response> {
    let mail = send_again(&visit, mail).await?;
    Ok(web::with_status(StatusCode::ACCEPTED, &MailJson::of(mail)))
}

pub(crate) async fn page_failed(visit: Visit) -> Reply<Response> {
    send_failed_again(&visit).await?;
    Ok(web::done(&paths::mails(visit.slug()), "All that were given up are sent again"))
}

pub(crate) async fn api_failed(visit: Visit) -> Reply<Response> {
    send_failed_again(&visit).await?;
    Ok(web::with_status(StatusCode::ACCEPTED, &serde_json::json!({"status": "queued"})))
}
