//! From what was sent to what is stored: one check for all ways in.

use kernel::{Error, Fields, Result, Timestamp, fingerprint};
use serde_json::Value;
use web::Cx;

use super::{
    SubmissionId,
    incoming::{Incoming, Key, is_news},
    trace::Trace,
};
use crate::{
    answers::{self, Answers},
    forms::acceptance::{Once, respondent_hash},
    protection::Doubts,
    published::Published,
};

/// Bytes of metadata, written as JSON.
const LARGEST_METADATA: usize = 16 * 1024;
/// Characters of an idempotency key.
const LONGEST_KEY: usize = 200;

/// What came beside the answers.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    pub(crate) key: Option<String>,
    pub(crate) metadata: Option<Value>,
    pub(crate) submitted_at: Option<Timestamp>,
    /// `api`, `bulk`, `page` or `import`.
    pub(crate) source: &'static str,
    /// Who sends it, as a hash, where that is known by more than an answer.
    pub(crate) respondent: Option<String>,
    /// From where the sender came, where that is known.
    pub(crate) visit: Option<Trace>,
    /// Why it looks like spam, where it does.
    pub(crate) suspicion: Option<String>,
    /// What is looked up of it where it is stored.
    pub(crate) doubts: Option<Box<Doubts>>,
}

/// Checks the envelope and makes the row that the writer stores.
pub(crate) fn incoming(
    cx: &Cx,
    form: &Published,
    answers: Answers,
    envelope: Envelope,
) -> Result<Incoming> {
    let mut problems = Fields::new();
    check_key(envelope.key.as_deref(), &mut problems);
    let metadata = checked_metadata(envelope.metadata, &mut problems);
    problems.into_result()?;
    let files = form.frozen.compiled.attached(&answers);
    let respondent = match is_news(envelope.source) {
        true => envelope.respondent.or_else(|| by_answer(form, &answers)),
        false => None,
    };
    let answers = answers.to_json();
    let visit = envelope.visit.map(|trace| serde_json::to_string(&trace));
    let now = cx.now();
    let content = (&answers, &metadata, envelope.submitted_at.map(Timestamp::micros));
    let content = serde_json::to_vec(&content).map_err(Error::internal)?;
    Ok(Incoming {
        workspace: form.workspace,
        form: form.form,
        id: SubmissionId::new(now, cx.chance()),
        form_version: form.version,
        fingerprint: fingerprint(content),
        answers,
        files,
        metadata,
        visit: visit.transpose().map_err(Error::internal)?,
        source: envelope.source,
        respondent,
        suspicion: envelope.suspicion,
        doubts: envelope.doubts,
        actor: cx.actor().name(),
        key: envelope.key.map(|text| Key::new(form.form, envelope.source, text)),
        submitted_at: envelope.submitted_at,
        received_at: now,
    })
}

/// Who sends it, where an answer tells people apart.
fn by_answer(form: &Published, answers: &Answers) -> Option<String> {
    let Some(Once::Field(key)) = form.acceptance.once() else { return None };
    let who = match answers.get(key)? {
        answers::Value::Text(text) => text.clone(),
        answers::Value::Integer(number) => number.to_string(),
        answers::Value::Decimal(number) => number.to_string(),
        answers::Value::Flag(_) | answers::Value::List(_) => return None,
    };
    Some(respondent_hash(form.form, key, &who))
}

fn check_key(key: Option<&str>, problems: &mut Fields) {
    let fits = |key: &str| {
        (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if key.is_some_and(|key| !fits(key)) {
        problems.push(
            "idempotency_key",
            "invalid",
            "Use 1 to 200 visible ASCII characters without spaces.",
        );
    }
}

fn checked_metadata(metadata: Option<Value>, problems: &mut Fields) -> Option<String> {
    let metadata = metadata.filter(|value| !value.is_null())?;
    problems.check(
        metadata.is_object(),
        "metadata",
        "wrong_type",
        "Send metadata as a JSON object.",
    );
    let clean = !holds_nul(&metadata);
    problems.check(
        clean,
        "metadata",
        "nul_character",
        "Leave the character U+0000 out; it cannot be stored.",
    );
    let text = metadata.to_string();
    let small = text.len() <= LARGEST_METADATA;
    problems.check(small, "metadata", "too_large", "Send at most 16 KiB of metadata.");
    Some(text)
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(list) => list.iter().any(holds_nul),
        Value::Object(object) => {
            object.iter().any(|(key, value)| key.contains('\0') || holds_nul(value))
        }
        _ => false,
    }
}
