//! A form that comes back as JSON from a page of somebody's own.

use std::net::IpAddr;

use axum::{
    extract::{FromRequest, Request},
    http::HeaderMap,
    response::Response,
};
use kernel::{Error, Result};
use web::{Json, Reply, Visit};

use super::{
    respondent::{Respondent, Stranger, respondent},
    sent::{limit_text, pairs_of},
    traps::Verdict,
};
use crate::{
    Forms,
    published::Published,
    submissions::{
        incoming::Outcome,
        own_files::require_own,
        receive::{NewSubmission, reconsidered, reply},
    },
    texts::{Texts, fill},
};

/// Stores the answers, and says what became of them as the API does, in the form's language.
pub(super) async fn from_json(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    address: IpAddr,
    request: Request,
) -> Reply<Response> {
    let headers: HeaderMap = request.headers().clone();
    let texts = form.texts(&headers);
    let pairs = pairs_of(request.uri());
    let Json(input) = Json::<NewSubmission>::from_request(limit_text(request), &()).await?;
    let input = input.keyed_by(&headers);
    let who = respondent(form, &headers, &pairs).map_err(|stranger| match stranger {
        Stranger::NoCookie => Error::Forbidden(texts.allow_cookies.into()),
        Stranger::NotInvited => {
            let title = &form.frozen.title;
            Error::Forbidden(fill(texts.by_invitation_text, &[("title", title)]))
        }
    })?;
    let input = match who.as_ref().and_then(|who| who.invited.as_deref()) {
        Some(name) => input.sent_by(name),
        None => input,
    };
    let verdict = Verdict::of(forms, visit, form, &pairs, address);
    let outcome = store_json(forms, visit, form, (&input, texts), (who, verdict)).await;
    reply(form, reconsidered(visit, forms, form, &input, "page", outcome).await?)
}

async fn store_json(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    (input, texts): (&NewSubmission, &Texts),
    (who, verdict): (Option<Respondent>, Verdict),
) -> Result<Outcome> {
    form.require_open(visit.now())?;
    let mut incoming = input.check_in(texts, visit, form, "page")?;
    (incoming.suspicion, incoming.doubts) = (verdict.suspicion, verdict.doubts);
    incoming.respondent = who.map(|who| who.hash).or(incoming.respondent);
    require_own(visit, form, &incoming.files).await?;
    forms.writer().write(incoming).await
}
