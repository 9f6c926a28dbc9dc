//! The latest texts, read from the newest submissions of the days that are meant.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{Result, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    definition::{Definition, Field, Kind},
    forms::FormId,
    ids::SubmissionId,
    submissions::{
        filter::Filter,
        walk::{From, Walk},
    },
};

/// Submissions that are looked at.
const LOOKED_AT: usize = 60;
/// Texts of one question.
const MOST: usize = 5;
/// Characters of a text; the whole stands in its submission.
const LONGEST: usize = 280;

/// What someone wrote.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct LatestText {
    #[schema(value_type = String)]
    pub(crate) submission_id: SubmissionId,
    pub(crate) received_at: Timestamp,
    /// At most 280 characters of it.
    pub(crate) text: String,
}

/// Whether people read its answers rather than count them.
pub(crate) fn is_read(field: &Field) -> bool {
    matches!(
        field.kind,
        Kind::ShortText(_) | Kind::LongText(_) | Kind::Email(_) | Kind::Phone | Kind::Hidden(_)
    )
}

/// By the keys of their fields, the newest first.
pub(crate) async fn latest(
    tx: &mut Tx,
    form: FormId,
    definition: &Definition,
    (since, until): (Timestamp, Timestamp),
) -> Result<BTreeMap<String, Vec<LatestText>>> {
    let mut latest: BTreeMap<String, Vec<LatestText>> = BTreeMap::new();
    let read: Vec<&Field> = definition.fields.iter().filter(|field| is_read(field)).collect();
    if read.is_empty() {
        return Ok(latest);
    }
    let filter = Filter { since: Some(since), until: Some(until), ..Filter::default() };
    let mut walk = Walk::of(tx, form, &filter).await?;
    let (entries, _) = walk.page(tx, From::TOP, LOOKED_AT).await?;
    for entry in entries {
        let answers = entry.submission.answers()?;
        for field in &read {
            let texts = latest.entry(field.key.clone()).or_default();
            let text = answers.shown(field).filter(|text| !text.trim().is_empty());
            if let Some(text) = text.filter(|_| texts.len() < MOST) {
                texts.push(LatestText {
                    submission_id: entry.submission.id,
                    received_at: entry.submission.received_at,
                    text: shortened(&text),
                });
            }
        }
    }
    Ok(latest)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
