//! What people teach by their marks: what they put into spam is spam; what they release, or are done with, is none.

use std::collections::{HashMap, hash_map::Entry};

use kernel::{Actor, Result};
use web::Change;

use super::{Changed, DONE, Scene};
use crate::{
    definition::Definition,
    learning::{Kind, learn},
    submissions::{store, tray::Tray},
};

/// Lessons of one step: of many that are marked at once, some say enough.
const MOST: usize = 50;

/// Learns from a step, in its transaction. What the house does itself teaches nothing.
pub(super) async fn teach(tx: &mut Change, scene: &Scene<'_>, all: &[Changed]) -> Result<()> {
    if scene.actor == Actor::System.name() {
        return Ok(());
    }
    let taught = all.iter().filter_map(|it| Some((it.number, kind(it)?)));
    let kinds: HashMap<i64, Kind> = taught.take(MOST).collect();
    if kinds.is_empty() {
        return Ok(());
    }
    let numbers: Vec<i64> = kinds.keys().copied().collect();
    let mut versions: HashMap<i64, Definition> = HashMap::new();
    let mut lessons = Vec::with_capacity(numbers.len());
    for row in store::list_numbered(tx, scene.form, &numbers).await? {
        if let Entry::Vacant(place) = versions.entry(row.form_version) {
            place.insert(row.definition(tx).await?);
        }
        let text = row.answers()?.searchable_text(&versions[&row.form_version]);
        lessons.push((row.number, kinds[&row.number], text));
    }
    learn(tx, scene.form, &lessons).await
}

fn kind(Changed { before, after, .. }: &Changed) -> Option<Kind> {
    let is_done = before.status != DONE && after.status == DONE;
    match (before.tray, after.tray) {
        (from, Tray::Spam) if from.is_kept() => Some(Kind::Spam),
        (Tray::Spam, to) if to.is_kept() => Some(Kind::Ham),
        (_, here) if here.is_kept() && is_done => Some(Kind::Ham),
        _ => None,
    }
}
