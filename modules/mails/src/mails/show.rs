//! One mail: what it says, and what the server said to it, each time.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use maud::Markup;
use web::{Cx, Reply, Viewable, Visit};

use super::{Attempt, Content, Mail, json::DetailJson, store, views};
use crate::{MAIL_WRITE, Mails, paths};

/// More were made by hand only.
const ATTEMPTS: i64 = 100;

async fn find(cx: &Cx, mail: &Mail) -> Result<(Content, Vec<Attempt>)> {
    let mut tx = cx.read().await?;
    let content = store::find_content(&mut tx, mail.id).await?.ok_or(Error::NotFound)?;
    Ok((content, store::list_attempts(&mut tx, mail.id, ATTEMPTS).await?))
}

pub(crate) async fn page(
    State(system): State<Mails>,
    visit: Visit,
    mail: Viewable<Mail>,
) -> Reply<Markup> {
    let (content, attempts) = find(&visit, &mail).await?;
    let frame = paths::mail_part(visit.slug(), mail.id, "html");
    let sheet = views::Sheet {
        slug: visit.slug(),
        mail: &mail,
        content: &content,
        frame: &frame,
        from: system.from(),
        attempts: &attempts,
        may_write: visit.actor().may(MAIL_WRITE),
        csrf_token: visit.visitor.csrf_token(),
    };
    Ok(web::shell_page(&visit, &mail.subject, sheet.page()))
}

/// What frames of our own pages show: looks of its own, and nothing that acts, or fetches more than pictures of ours.
pub(crate) const FRAMED: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors 'self'";

pub(crate) async fn html(visit: Visit, mail: Viewable<Mail>) -> Reply<Response> {
    let (content, _) = find(&visit, &mail).await?;
    Ok(framed(content.body_html))
}

/// A mail's HTML, to be looked at in a frame.
pub fn framed(html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, FRAMED),
    ];
    (headers, html).into_response()
}

pub(crate) async fn api(visit: Visit, mail: Viewable<Mail>) -> Reply<Response> {
    let (content, attempts) = find(&visit, &mail).await?;
    Ok(web::json(&DetailJson::of(mail.into_inner(), content, attempts)))
}
