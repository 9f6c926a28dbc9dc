//! What a workspace has learned of spam from its people's marks: put into spam, released, done. It says nothing before
//! it has seen enough of both, and what it says it says with its reasons.

mod score;
mod store;
mod words;

#[cfg(test)]
mod measured;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use db::Tx;
use kernel::Result;

pub(crate) use store::{find_lessons, forget, forget_part};

use crate::{ids::FormId, protection::Strictness};
use score::Score;
use words::words;

/// Lessons of each kind before anything is judged: with fewer it is too often wrong (docs/spam.md).
const ENOUGH: i64 = 50;
/// Words that a workspace knows at most; those that came once make room for others.
const MOST_WORDS: i64 = 50_000;
/// Texts whose words are looked up at once.
const AT_ONCE: usize = 50;

/// What a text is an example of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Spam,
    /// What is none: the field's own word for it.
    Ham,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Kind::Spam => "spam",
            Kind::Ham => "ham",
        }
    }
}

/// In how many texts of each kind something was found; for a workspace, how many there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, db::FromRow)]
pub(crate) struct Count {
    spam: i64,
    ham: i64,
}

impl Count {
    fn add(&mut self, kind: Kind, times: i64) {
        match kind {
            Kind::Spam => self.spam += times,
            Kind::Ham => self.ham += times,
        }
    }

    fn is_enough(self) -> bool {
        self.spam.min(self.ham) >= ENOUGH
    }
}

/// Whether there is anything to judge by.
pub(crate) async fn is_learned(tx: &mut Tx) -> Result<bool> {
    Ok(store::find_total(tx).await?.is_enough())
}

/// Why some of these texts look like spam, each by its number.
pub(crate) async fn judge(
    tx: &mut Tx,
    strictness: Strictness,
    texts: &[(i64, String)],
) -> Result<Vec<(i64, String)>> {
    let total = store::find_total(tx).await?;
    let Some(least) = strictness.least().filter(|_| total.is_enough()) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for some in texts.chunks(AT_ONCE) {
        let all: Vec<(i64, BTreeSet<String>)> =
            some.iter().map(|(number, text)| (*number, words(text))).collect();
        let asked: BTreeSet<&str> =
            all.iter().flat_map(|(_, words)| words.iter().map(String::as_str)).collect();
        let known = store::find_words(tx, &asked).await?;
        for (number, words) in &all {
            let score = Score::of(words, &known, total);
            if score.value >= least {
                found.push((*number, score.told()));
            }
        }
    }
    Ok(found)
}

/// Learns from some submissions of a form; of each it knows what it has learned, so that a mark that is taken back
/// is unlearned. One at a time learns in a workspace.
pub(crate) async fn learn(
    tx: &mut Tx,
    form: FormId,
    lessons: &[(i64, Kind, String)],
) -> Result<()> {
    let numbers: Vec<i64> = lessons.iter().map(|(number, _, _)| *number).collect();
    let (mut total, known_words) = store::lock(tx).await?;
    let learned = store::find_lessons(tx, form, &numbers).await?;
    let mut changes: BTreeMap<String, Count> = BTreeMap::new();
    let mut kept = Vec::new();
    for (number, kind, text) in lessons {
        let before = learned.get(number).copied();
        if before == Some(*kind) {
            continue;
        }
        let mut take = |kind, times| {
            total.add(kind, times);
            for word in words(text) {
                changes.entry(word).or_default().add(kind, times);
            }
        };
        take(*kind, 1);
        if let Some(before) = before {
            take(before, -1);
        }
        kept.push((*number, *kind));
    }
    let count = keep_words(tx, known_words, changes).await?;
    store::save_lessons(tx, form, &kept).await?;
    store::save_total(tx, total, count).await
}

/// Takes back what was learned from texts that nobody may keep, and forgets the words that were in no other.
pub(crate) async fn unlearn(tx: &mut Tx, lessons: &[(Kind, String)]) -> Result<()> {
    if lessons.is_empty() {
        return Ok(());
    }
    let (mut total, known_words) = store::lock(tx).await?;
    let mut changes: BTreeMap<String, Count> = BTreeMap::new();
    for (kind, text) in lessons {
        total.add(*kind, -1);
        for word in words(text) {
            changes.entry(word).or_default().add(*kind, -1);
        }
    }
    let count = keep_words(tx, known_words, changes).await?;
    let gone = store::delete_empty_words(tx).await?;
    store::save_total(tx, total, count - gone).await
}

/// Adds to what is known of each word, and gives back how many are known now.
async fn keep_words(
    tx: &mut Tx,
    mut count: i64,
    mut changes: BTreeMap<String, Count>,
) -> Result<i64> {
    let asked = changes.keys().map(String::as_str).collect();
    let known: HashMap<String, Count> = store::find_words(tx, &asked).await?;
    // A word that had to make room cannot be unlearned.
    changes.retain(|word, it| known.contains_key(word) || (it.spam >= 0 && it.ham >= 0));
    let fresh = changes.keys().filter(|word| !known.contains_key(*word)).count();
    let fresh = i64::try_from(fresh).unwrap_or(i64::MAX);
    if count + fresh > MOST_WORDS {
        count -= store::delete_rare_words(tx).await?;
    }
    if count + fresh > MOST_WORDS {
        changes.retain(|word, _| known.contains_key(word));
        store::add_to_words(tx, changes).await?;
        return Ok(count);
    }
    store::add_to_words(tx, changes).await?;
    Ok(count + fresh)
}
