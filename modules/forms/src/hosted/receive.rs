//! A form that comes back from a browser, or as JSON from a page of its own.

use axum::{
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use kernel::{Error, Fields, Result};
use web::{Json, Reply, Visit};

use super::{
    framed, known, missing,
    sent::{Sent, Written, from_parts, from_urlencoded, limit_text, written},
    views::{self, KEY, Sheet},
};
use crate::{
    Forms,
    answers::Answers,
    controls::Filled,
    definition::Kind,
    pages::sent,
    paths,
    published::Published,
    submissions::{
        incoming::Outcome,
        intake::{Envelope, incoming},
        receive::{NewSubmission, reply},
    },
};

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Path(public_id): Path<String>,
    request: Request,
) -> Reply<Response> {
    let form = match known(&forms, &public_id).await? {
        Some(form) => form,
        None if matches!(written(&request), Written::Json) => return Err(Error::NotFound.into()),
        None => return Ok(missing()),
    };
    let sent = match written(&request) {
        Written::Json => return from_json(&forms, &visit, &form, request).await,
        _ if !form.open => return Ok(framed(StatusCode::GONE, views::closed(&form.title))),
        Written::Parts => from_parts(&forms, &visit, &form, request).await?,
        Written::Urlencoded => from_urlencoded(&form, request).await?,
    };
    match form.compiled.from_form(&sent.pairs) {
        Ok(answers) if sent.problems.is_empty() => {
            store(&forms, &visit, &form, &sent, answers).await?;
            Ok(web::see_other(&paths::thanks(&public_id)))
        }
        judged => Ok(refused(&visit, &form, &sent, judged.err().unwrap_or_default())),
    }
}

async fn from_json(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    request: Request,
) -> Reply<Response> {
    form.require_open()?;
    let headers: HeaderMap = request.headers().clone();
    let Json(input) = Json::<NewSubmission>::from_request(limit_text(request), &()).await?;
    let incoming = input.keyed_by(&headers).check(visit, form, "page")?;
    reply(form, forms.writer().write(incoming).await?)
}

/// Stores the answers once, however often the page is sent.
async fn store(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    sent: &Sent,
    answers: Answers,
) -> Result<()> {
    sent.uploads.claim(visit, form).await?;
    let key = page_key(sent);
    let envelope = |key| Envelope { key, source: "page", ..Envelope::default() };
    let first = incoming(visit, form, answers.clone(), envelope(key.clone()))?;
    let fingerprint = first.fingerprint;
    let outcome = match (forms.writer().write(first).await?, key) {
        // Someone went back and answered otherwise: that is another submission, sent once as well.
        (Outcome::KeyReused, Some(key)) if sent.uploads.is_empty() => {
            let key = format!("{key}.{fingerprint:x}");
            forms.writer().write(incoming(visit, form, answers, envelope(Some(key)))?).await?
        }
        (outcome, _) => outcome,
    };
    match outcome {
        Outcome::Stored(_) => Ok(()),
        // Pressed twice: the first one's files are kept.
        Outcome::Replayed(_) | Outcome::KeyReused => sent.uploads.discard(visit, form).await,
        Outcome::FormGone => Err(Error::NotFound),
    }
}

/// The key that the page was made with, unless someone has tampered with it.
fn page_key(request: &Sent) -> Option<String> {
    let ours = |key: &&str| {
        (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    sent(&request.pairs, KEY).filter(ours).map(str::to_owned)
}

/// The same page with what was written and what is wrong with it.
fn refused(visit: &Visit, form: &Published, sent: &Sent, found: Fields) -> Response {
    let mut problems = sent.problems.clone();
    for problem in &found {
        if problems.of(&problem.field).is_none() {
            problems.push(&problem.field, "refused", &problem.message);
        }
    }
    // A browser forgets which files were chosen, and so do we: better told than lost unseen.
    for field in form.definition.fields.iter().filter(|field| matches!(field.kind, Kind::File(_))) {
        let place = format!("answers.{}", field.key);
        if problems.of(&place).is_none() && sent.pairs.iter().any(|(name, _)| *name == field.key) {
            problems.push(place, "file", "Choose the file again; it was not kept.");
        }
    }
    let filled = Filled { pairs: &sent.pairs, problems: &problems, prefix: "" };
    let key = page_key(sent).unwrap_or_else(|| kernel::short_id(visit.chance()));
    let sheet = Sheet { form, filled, key: &key };
    framed(StatusCode::UNPROCESSABLE_ENTITY, views::page(&sheet))
}
