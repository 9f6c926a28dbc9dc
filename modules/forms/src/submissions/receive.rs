//! One submission by the API.

use axum::{
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};
use utoipa::ToSchema;
use web::{Cx, Json, Reply, Visit};

use super::{
    incoming::{Incoming, Key, Outcome},
    intake::{Envelope, incoming},
    json::Receipt,
    own_files::require_own,
    store,
};
use crate::{
    Forms,
    forms::{FormId, acceptance::Once},
    paths,
    published::Published,
    texts::Texts,
};

/// A submission to be stored.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"answers": {"email": "ada@example.com", "message": "Hello"}}))]
pub(crate) struct NewSubmission {
    /// Answers by the keys of the form's fields.
    #[schema(value_type = Object)]
    pub(crate) answers: Box<RawValue>,
    /// When it was given, should that differ from when it is sent.
    #[serde(default)]
    pub(crate) submitted_at: Option<Timestamp>,
    /// Anything that belongs to it; a JSON object of at most 16 KiB. Its numbers are read as 64-bit
    /// integers or doubles (RFC 8259, 6): send longer ones as text.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub(crate) metadata: Option<Value>,
    /// The same as the header `Idempotency-Key`.
    #[serde(default)]
    pub(crate) idempotency_key: Option<String>,
}

impl NewSubmission {
    /// The header's key, when there is one, counts more than the body's.
    pub(crate) fn keyed_by(mut self, headers: &HeaderMap) -> Self {
        if let Some(key) = headers.get("idempotency-key") {
            // What is not ASCII becomes text that the check refuses by name.
            self.idempotency_key = Some(String::from_utf8_lossy(key.as_bytes()).into_owned());
        }
        self
    }

    /// Says who was invited to send it, whatever whoever sends it says of that.
    pub(crate) fn sent_by(mut self, name: &str) -> Self {
        match &mut self.metadata {
            Some(Value::Object(metadata)) => {
                metadata.insert("respondent".to_owned(), name.into());
            }
            None | Some(Value::Null) => self.metadata = Some(json!({"respondent": name})),
            // It is refused for its shape.
            Some(_) => {}
        }
        self
    }

    /// Judges the answers and the rest.
    pub(crate) fn check(
        &self,
        cx: &Cx,
        form: &Published,
        source: &'static str,
    ) -> Result<Incoming> {
        self.check_in(Texts::english(), cx, form, source)
    }

    /// The same, with what people can do wrong told in another language.
    pub(crate) fn check_in(
        &self,
        texts: &Texts,
        cx: &Cx,
        form: &Published,
        source: &'static str,
    ) -> Result<Incoming> {
        let answers = form.frozen.compiled.judge_json(texts, self.answers.get())?;
        let envelope = Envelope {
            key: self.idempotency_key.clone(),
            metadata: self.metadata.clone(),
            submitted_at: self.submitted_at,
            source,
            ..Envelope::default()
        };
        incoming(cx, form, answers, envelope)
    }
}

/// Stores one submission durably and says what became of it.
async fn receive(
    cx: &Cx,
    forms: &Forms,
    form: &Published,
    input: &NewSubmission,
) -> Result<Outcome> {
    form.require_open(cx.now())?;
    let incoming = input.check(cx, form, "api")?;
    require_own(cx, form, &incoming.files).await?;
    forms.writer().write(incoming).await
}

/// Whether what became of a submission may look otherwise by the version that it was first sent to.
pub(crate) fn is_doubtful(outcome: &Result<Outcome>) -> bool {
    matches!(outcome, Ok(Outcome::KeyReused) | Err(Error::Gone(_) | Error::Invalid(_)))
}

/// What became of a submission, also by the version that it was first sent to.
pub(crate) async fn reconsidered(
    cx: &Cx,
    forms: &Forms,
    form: &Published,
    input: &NewSubmission,
    source: &'static str,
    outcome: Result<Outcome>,
) -> Result<Outcome> {
    if is_doubtful(&outcome)
        && let Some(earlier) = repeated(cx, forms, form, input, source).await?
    {
        return Ok(earlier);
    }
    outcome
}

/// A repeat of what was stored before the form was closed or changed: its receipt may have been lost on
/// the way, so it comes again, as long as key and content are the same.
async fn repeated(
    cx: &Cx,
    forms: &Forms,
    form: &Published,
    input: &NewSubmission,
    source: &'static str,
) -> Result<Option<Outcome>> {
    let Some(text) = input.idempotency_key.clone() else { return Ok(None) };
    let key = Key::new(form.form, source, text);
    let mut tx = cx.db().read(form.workspace).await?;
    let row = store::find_keyed(&mut tx, key.hash).await?;
    drop(tx);
    let Some(row) = row else { return Ok(None) };
    let Some(then) = forms.published().earlier(form, row.form_version).await? else {
        return Ok(None);
    };
    let same = input.check(cx, &then, source).is_ok_and(|item| row.repeats(&item));
    Ok(same.then(|| Outcome::Replayed(row.stored())))
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    Path(form): Path<String>,
    request: Request,
) -> Reply<Response> {
    // Before the body is looked at: a form of others is not there, whatever is sent to it.
    let form = form_of(&forms, &visit, &form).await?;
    let headers = request.headers().clone();
    let Json(input) = Json::<NewSubmission>::from_request(request, &()).await?;
    let input = input.keyed_by(&headers);
    let outcome = receive(&visit, &forms, &form, &input).await;
    reply(&form, reconsidered(&visit, &forms, &form, &input, "api", outcome).await?)
}

/// The published form that the address names, in the workspace at hand.
pub(crate) async fn form_of(
    forms: &Forms,
    cx: &Cx,
    name: &str,
) -> Result<std::sync::Arc<Published>> {
    let id: FormId = name.parse().map_err(|_| Error::NotFound)?;
    forms.published().of_workspace(cx.workspace(), id).await
}

/// Every place is taken.
pub(crate) fn full() -> Error {
    Error::Gone("This form has all the submissions that it takes.".into())
}

/// Told beside the question that tells people apart, if it is one.
pub(crate) fn answered_before(form: &Published) -> Error {
    match form.acceptance.once() {
        Some(Once::Field(key)) => Error::invalid(
            &format!("answers.{key}"),
            "answered_before",
            "There is an answer with this already, and the form takes one a person.",
        ),
        _ => Error::conflict(
            "answered_before",
            "You have answered this form already, and it takes one answer a person.",
        ),
    }
}

/// The receipt with its status: 201 for what is new, 200 for a repeat.
pub(crate) fn reply(form: &Published, outcome: Outcome) -> Reply<Response> {
    let (status, stored) = match outcome {
        Outcome::Stored(stored) => (StatusCode::CREATED, stored),
        Outcome::Replayed(stored) => (StatusCode::OK, stored),
        Outcome::KeyReused => {
            let message =
                "This idempotency key was used for other content. Use a new key for new content.";
            return Err(Error::conflict("idempotency_key_reused", message).into());
        }
        Outcome::Full => return Err(full().into()),
        Outcome::AnsweredBefore => return Err(answered_before(form).into()),
        Outcome::UnknownFile(file) => return Err(form.frozen.compiled.unknown_file(file).into()),
        Outcome::FormGone => return Err(Error::NotFound.into()),
    };
    let mut response = web::with_status(status, &Receipt::of(form.form, stored)).into_response();
    let headers = response.headers_mut();
    if status == StatusCode::OK {
        headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
    }
    if let Ok(location) = HeaderValue::from_str(&paths::api_submission(stored.id)) {
        headers.insert("location", location);
    }
    Ok(response)
}
