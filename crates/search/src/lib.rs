//! Full-text search over documents of any module: newest first, alike on both engines.
//!
//! A collection, such as the submissions of one form, is numbered, and its positions are cut into
//! blocks; every indexed word carries both numbers, so that a search walks only words of its own
//! collection, and of it only the newest blocks that fill a page, whatever else is stored.

mod query;
mod store;
mod words;

use std::collections::HashMap;

use db::{Migration, MigrationText, Tx};
use kernel::{Error, Result, WorkspaceId};

use self::query::Sought;

/// The tables behind the search.
pub const MIGRATIONS: &[Migration] = &[Migration {
    module: "search",
    name: "0001_search",
    text: MigrationText::Pair {
        sqlite: include_str!("../migrations/0001_search.sqlite.sql"),
        postgres: include_str!("../migrations/0001_search.postgres.sql"),
    },
}];

/// Positions lie below this: 2^40, as many as fit into a rowid beside the collection's number.
pub const POSITIONS: i64 = 1 << 40;

/// What a text index can hold of one document; both limits are PostgreSQL's, a little rounded.
const WORDS: usize = 16_383;
const BYTES: usize = 300_000;
/// Places of one word in one document that PostgreSQL keeps; words are found side by side only there.
const PLACES: usize = 255;

/// A text to be found by its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    id: String,
    position: i64,
    /// Folded, parted by single spaces.
    words: String,
    /// The index cannot hold all words at all their places.
    cut: bool,
}

impl Document {
    /// Cuts the text into words, which is most of the work: do it before the transaction.
    ///
    /// `id` is the entity's, in text form, unique within the collection. `position` is the order within
    /// the collection, larger is newer; unique there, from 0 up to [`POSITIONS`]. A search is fast when
    /// they are numbered without large gaps (a clock's time is no position). Of very long texts only the
    /// beginning is indexed (16,383 words, 300 kB), and of a word the first 255 places: such a document is marked
    /// as cut.
    pub fn new(id: impl Into<String>, position: i64, text: &str) -> Self {
        let mut words = String::with_capacity(text.len());
        let (mut count, mut bytes) = (0, 0);
        words::each(text, |word| {
            count += 1;
            bytes += word.len();
            if count <= WORDS && bytes <= BYTES {
                if count > 1 {
                    words.push(' ');
                }
                words.push_str(word);
            }
        });
        let cut = count > WORDS || bytes > BYTES || count > PLACES && is_repetitive(&words);
        Document { id: id.into(), position, words, cut }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.words.split(' ').filter(|word| !word.is_empty())
    }
}

fn is_repetitive(words: &str) -> bool {
    let mut places: HashMap<&str, usize> = HashMap::new();
    words.split(' ').any(|word| {
        let places = places.entry(word).or_default();
        *places += 1;
        *places > PLACES
    })
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    text: &'a str,
    or_cut: bool,
}

impl<'a> Query<'a> {
    /// Also finds every document that is cut, whatever its words: for whoever then reads what was found, and must miss
    /// nothing.
    pub fn or_cut(text: &'a str) -> Self {
        Query { text, or_cut: true }
    }
}

impl<'a> From<&'a str> for Query<'a> {
    fn from(text: &'a str) -> Self {
        Query { text, or_cut: false }
    }
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub id: String,
    pub position: i64,
}

/// Adds documents, or replaces those whose ids are there already; of two with one id the last counts.
///
/// Fastest with many documents at a time, in the order of their positions.
pub async fn index(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
    documents: Vec<Document>,
) -> Result<()> {
    let documents = sorted(documents)?;
    if documents.is_empty() {
        return Ok(());
    }
    let number = store::number_collection(tx, workspace, collection).await?;
    store::insert_documents(tx, number, documents).await
}

/// Forgets documents; ids that are not there do no harm.
pub async fn remove(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
    ids: &[String],
) -> Result<()> {
    match store::find_collection(tx, workspace, collection).await? {
        Some(number) => store::delete_documents(tx, number, ids).await,
        None => Ok(()),
    }
}

/// Puts a part of the index in order, as large as indexing `rows` documents asks for, so that searches
/// stay quick. To be done after each [`index`]; tells whether there was something to do.
pub async fn tidy(tx: &mut Tx, rows: i64) -> Result<bool> {
    store::tidy(tx, rows).await
}

/// Takes the words of removed documents out of the index for good, a part of them: on SQLite they stay in it until
/// it is merged, though nothing finds them. Goes through the index of all collections. Tells whether there was
/// something to do.
pub async fn purge(tx: &mut Tx) -> Result<bool> {
    store::purge(tx).await
}

/// Forgets a part of a collection, short enough for whoever waits to write. To be repeated, each time in
/// a transaction of its own, until it tells that nothing is left.
pub async fn remove_some(tx: &mut Tx, workspace: WorkspaceId, collection: &str) -> Result<bool> {
    match store::find_collection(tx, workspace, collection).await? {
        Some(number) => store::delete_some(tx, workspace, number).await,
        None => Ok(false),
    }
}

/// The newest documents before a position that hold all words of the query.
///
/// Case and accents do not matter, the last word may be the beginning of one, words in "quotes" or
/// glued by punctuation stand side by side. Every text is a query; one without a word finds nothing.
pub async fn find(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
    query: impl Into<Query<'_>>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Hit>> {
    let before = before.unwrap_or(POSITIONS).clamp(0, POSITIONS);
    find_from(tx, workspace, collection, query.into(), Side::Before(before), limit).await
}

/// As [`find`], after a position: the nearest of them, and the nearest first.
pub async fn find_after(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
    query: impl Into<Query<'_>>,
    after: i64,
    limit: i64,
) -> Result<Vec<Hit>> {
    let after = after.clamp(-1, POSITIONS);
    find_from(tx, workspace, collection, query.into(), Side::After(after), limit).await
}

/// Whether there is a word in a query; one without finds nothing.
pub fn has_words(query: &str) -> bool {
    !query::parse(query).is_empty()
}

/// Whether a text holds all words of a query, read as [`find`] reads both; for filters over what was found.
pub fn holds(text: &str, query: &str) -> bool {
    let mut held = Vec::new();
    words::each(text, |word| held.push(word.to_owned()));
    let phrases = query::parse(query);
    !phrases.is_empty() && phrases.iter().all(|phrase| phrase.stands_in(&held))
}

/// On which side of a position.
#[derive(Debug, Clone, Copy)]
enum Side {
    Before(i64),
    After(i64),
}

async fn find_from(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
    query: Query<'_>,
    side: Side,
    limit: i64,
) -> Result<Vec<Hit>> {
    let sought = Sought { phrases: query::parse(query.text), or_cut: query.or_cut };
    if sought.phrases.is_empty() || limit <= 0 {
        return Ok(Vec::new());
    }
    match store::find_collection(tx, workspace, collection).await? {
        Some(number) => store::find_documents(tx, number, &sought, side, limit).await,
        None => Ok(Vec::new()),
    }
}

/// One document an id, oldest first: SQLite writes its index at once when rowids only rise.
fn sorted(mut documents: Vec<Document>) -> Result<Vec<Document>> {
    if documents.iter().any(|document| !(0..POSITIONS).contains(&document.position)) {
        return Err(Error::internal("a document's position is out of range"));
    }
    documents.reverse();
    let mut seen = std::collections::HashSet::with_capacity(documents.len());
    let last: Vec<bool> = documents.iter().map(|document| seen.insert(&document.id)).collect();
    let mut last = last.into_iter();
    documents.retain(|_| last.next().unwrap_or(false));
    documents.sort_unstable_by_key(|document| document.position);
    Ok(documents)
}
