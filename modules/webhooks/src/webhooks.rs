//! Endpoints as people and programs handle them.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod secret;
pub(crate) mod show;
pub(crate) mod state;
pub(crate) mod test;
pub(crate) mod update;
pub(crate) mod views;

use kernel::{Fields, Result, is_plain};
use outbound::Outbound;
use serde::Deserialize;
use utoipa::ToSchema;
use web::Visit;

use crate::endpoint::EVENT_TYPES;

/// What an endpoint is made of.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWebhook {
    /// Where messages are sent by POST.
    #[schema(example = "https://example.com/hooks", max_length = 2000)]
    pub(crate) url: String,
    /// For people, at most 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub(crate) description: String,
    /// What to be told of.
    #[schema(example = json!(["submission.received"]))]
    pub(crate) event_types: Vec<String>,
    /// Only what is about this entity, such as the id of a form.
    #[serde(default)]
    pub(crate) subject: Option<String>,
    /// A secret that the receiver has already: `whsec_` and 24 to 64 bytes in base64. A fresh one when absent.
    #[serde(default)]
    pub(crate) secret: Option<String>,
}

/// The parts of an endpoint, checked.
pub(crate) struct Checked {
    pub(crate) url: String,
    pub(crate) description: String,
    pub(crate) event_types: String,
    pub(crate) subject: Option<String>,
}

/// Letters of a description.
const LONGEST_DESCRIPTION: usize = 200;

/// What an endpoint is to be.
pub(crate) struct Parts<'a> {
    pub(crate) url: &'a str,
    pub(crate) description: &'a str,
    pub(crate) event_types: &'a [String],
    pub(crate) subject: Option<&'a str>,
    /// What it has until now.
    pub(crate) known_subject: Option<&'a str>,
}

/// What is wrong with it, or how it is kept. A name that leads into our own network is refused here already,
/// although every connection is checked again.
pub(crate) async fn check(
    outbound: &Outbound,
    visit: &Visit,
    parts: &Parts<'_>,
) -> Result<Checked> {
    let mut fields = Fields::new();
    let url = checked_url(outbound, parts.url.trim(), &mut fields).await;
    let description = parts.description.trim();
    let short = description.chars().count() <= LONGEST_DESCRIPTION;
    fields.check(short, "description", "too_long", "Use at most 200 characters.");
    let plain = is_plain(description);
    fields.check(plain, "description", "invalid", "Use letters only, on one line.");
    let event_types = checked_types(parts.event_types, &mut fields);
    let subject = parts.subject.map(str::trim).filter(|subject| !subject.is_empty());
    // One that it has already may have gone meanwhile.
    if let Some(id) = subject.filter(|id| parts.known_subject != Some(id)) {
        let message = "Use the id of a form that is here, such as frm_01jb2m8q4xf0v8k3n5r7t9w2y4, or leave it empty.";
        fields.check(visit.subject(id).await?.is_some(), "subject", "unknown", message);
    }
    fields.into_result()?;
    let (description, subject) = (description.to_owned(), subject.map(str::to_owned));
    Ok(Checked { url, description, event_types, subject })
}

async fn checked_url(outbound: &Outbound, url: &str, fields: &mut Fields) -> String {
    if url.is_empty() {
        fields.push("url", "required", "Say where messages are to be sent.");
        return String::new();
    }
    let looked_up = match outbound.target(url) {
        Ok(target) => outbound.look_up(&target).await.map(|()| target.as_str().to_owned()),
        Err(refusal) => Err(refusal),
    };
    looked_up.unwrap_or_else(|refusal| {
        fields.push("url", "refused", refusal.to_string());
        String::new()
    })
}

fn checked_types(asked: &[String], fields: &mut Fields) -> String {
    fields.check(!asked.is_empty(), "event_types", "required", "Choose at least one.");
    let mut chosen: Vec<&str> = Vec::new();
    for kind in asked {
        if !EVENT_TYPES.iter().any(|(known, _)| known == kind) {
            fields.push("event_types", "unknown", format!("There is no event type “{kind}”."));
        } else if !chosen.contains(&kind.as_str()) {
            chosen.push(kind);
        }
    }
    chosen.join(" ")
}
