//! Tags: words of the workspace that submissions are sorted by.

pub(crate) mod store;

use axum::response::Response;
use kernel::{Error, Result};
use serde::Serialize;
use utoipa::ToSchema;
use web::{Change, Cx, Reply, Visit};

use super::state::change::Step;
use crate::definition::visible::is_blank;

/// Tags of one submission.
const MOST: usize = 20;
/// Tags of a workspace.
const MOST_KNOWN: usize = 500;
/// Letters of a tag.
const LONGEST: usize = 40;

/// The names as keys, each once; tags that are not known yet are made.
pub(crate) async fn named(cx: &Cx, tx: &mut Change, names: &[String]) -> Result<Vec<String>> {
    let invalid = |code, message: &str| Err(Error::invalid("tags", code, message));
    if names.len() > MOST {
        return invalid("too_many", "A submission has at most 20 tags.");
    }
    let known = store::list_tags(tx).await?;
    let mut keys = Vec::new();
    let mut fresh = Vec::new();
    for name in names {
        let name = name.trim();
        let fits = !is_blank(name)
            && name.chars().count() <= LONGEST
            && !name.chars().any(|letter| letter.is_control() || letter == ',');
        if !fits {
            return invalid("invalid", "Use 1 to 40 letters for a tag, and no comma.");
        }
        let key = name.to_lowercase();
        if !known.iter().any(|(known, _)| *known == key) {
            fresh.push((key.clone(), name.to_owned()));
        }
        keys.push(key);
    }
    if known.len() + fresh.len() > MOST_KNOWN {
        return invalid("too_many", "A workspace has at most 500 tags. Use one of those.");
    }
    store::insert_tags(tx, fresh, cx.now()).await?;
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

/// The step from the tags that there are to these.
pub(crate) fn to(before: &[String], keys: &[String]) -> Step {
    let without = |list: &[String], others: &[String]| {
        list.iter().filter(|tag| !others.contains(tag)).cloned().collect()
    };
    Step::Tag { add: without(keys, before), remove: without(before, keys) }
}

/// A tag of the workspace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TagJson {
    /// The word in filters: the name in small letters.
    key: String,
    name: String,
}

/// The tags of the workspace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TagList {
    data: Vec<TagJson>,
}

pub(crate) async fn api_list(visit: Visit) -> Reply<Response> {
    let tags = store::list_tags(&mut visit.read().await?).await?;
    let data = tags.into_iter().map(|(key, name)| TagJson { key, name }).collect();
    Ok(web::json(&TagList { data }))
}
