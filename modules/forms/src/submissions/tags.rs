//! Tags: words of the workspace that submissions are sorted by.

pub(crate) mod store;

use axum::response::Response;
use kernel::{Error, Result, is_plain};
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
    let keys = keys(names)?;
    let known = store::list_tags(tx).await?;
    let is_fresh = |key: &String| !known.iter().any(|(known, _)| known == key);
    let named =
        |key: &String| names.iter().map(|name| name.trim()).find(|name| key_of(name) == *key);
    let fresh: Vec<(String, String)> = keys
        .iter()
        .filter(|key| is_fresh(key))
        .filter_map(|key| Some((key.clone(), named(key)?.to_owned())))
        .collect();
    if known.len() + fresh.len() > MOST_KNOWN {
        let message = "A workspace has at most 500 tags. Use one of those.";
        return Err(Error::invalid("tags", "too_many", message));
    }
    store::insert_tags(tx, fresh, cx.now()).await?;
    Ok(keys)
}

/// The names as keys, each once, whether or not there are such tags.
pub(crate) fn keys(names: &[String]) -> Result<Vec<String>> {
    let invalid = |code, message: &str| Err(Error::invalid("tags", code, message));
    if names.len() > MOST {
        return invalid("too_many", "A submission has at most 20 tags.");
    }
    let fits = |name: &str| {
        !is_blank(name) && is_plain(name) && name.chars().count() <= LONGEST && !name.contains(',')
    };
    if !names.iter().all(|name| fits(name.trim())) {
        return invalid("invalid", "Use 1 to 40 letters for a tag, and no comma.");
    }
    let mut keys: Vec<String> = names.iter().map(|name| key_of(name.trim())).collect();
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

fn key_of(name: &str) -> String {
    name.to_lowercase()
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
