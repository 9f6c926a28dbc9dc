//! Sending a test mail: to whoever asks, or to another member.

use axum::{extract::State, http::StatusCode, response::Response};
use kernel::{Error, Result};
use web::{Cx, Json, Reply, Visit};

use super::{
    NewMail,
    json::{NewTest, TestJson},
    outbox, purpose,
};
use crate::{
    Mails,
    ids::MailId,
    paths,
    template::{Foot, Template, Values},
};

const SUBJECT: &str = "It works: a test mail";
const BODY: &str = "# It works\n\nThis is a test mail. Your server took it, and here it is.\n\nWhat forms send looks like this.";

async fn send(system: &Mails, cx: &Cx, to: &str) -> Result<MailId> {
    system.expect_configured()?;
    let template = Template::parse(SUBJECT, BODY, &[])?;
    let foot = Foot { reason: "Somebody asked for it on the page of settings.".into(), link: None };
    let mut tx = cx.begin().await?;
    let people = workspaces::people(&mut tx).await?;
    let member = people.into_iter().find(|one| one.email.eq_ignore_ascii_case(to));
    let message = "Name the address of a member of this workspace.";
    let member = member.ok_or_else(|| Error::invalid("to", "no_member", message))?;
    let mail = NewMail {
        source: format!("test {}", kernel::short_id(cx.chance())),
        at: cx.now(),
        purpose: purpose::TEST,
        about: "mail".into(),
        recipient: member.email,
        recipient_name: member.name,
        reply_to: None,
        content: template.render(&Values::default(), &foot),
        unsubscribe: None,
    };
    let ids = outbox::write(&mut tx, vec![mail], cx.now(), cx.chance()).await?;
    tx.commit().await?;
    ids.first().copied().ok_or(Error::NotFound)
}

pub(crate) async fn page(State(system): State<Mails>, visit: Visit) -> Reply<Response> {
    let to = visit.person()?.email.clone();
    match send(&system, &visit, &to).await {
        Ok(id) => Ok(web::done(&paths::mail(visit.slug(), id), "A test is on its way")),
        Err(error @ (Error::Conflict { .. } | Error::Invalid(_))) => {
            Ok(web::refused(&paths::mails(visit.slug()), &error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(
    State(system): State<Mails>,
    visit: Visit,
    Json(new): Json<NewTest>,
) -> Reply<Response> {
    let own = || visit.person().ok().map(|person| person.email.clone());
    let to = new.to.or_else(own).unwrap_or_default();
    let mail_id = send(&system, &visit, to.trim()).await?;
    Ok(web::with_status(StatusCode::ACCEPTED, &TestJson { mail_id }))
}
