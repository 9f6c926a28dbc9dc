//! SQLite: a contentless FTS5 table whose rowids are places, read from the newest backwards.

use db::{Insert, Json, ToValue, Tx, sql};
use kernel::{Error, Result};

use super::{CUT, scope_of};
use crate::{
    Document, POSITIONS, Side,
    query::{Phrase, Sought},
};

/// Collections that fit into a place beside [`POSITIONS`].
const COLLECTIONS: i64 = 1 << 23;

const NEW_DOCUMENTS: Insert<3> = Insert {
    table: "search_document",
    columns: ["place", "collection", "id"],
    suffix: "on conflict do nothing",
};
const DOCUMENTS: Insert<3> = Insert { suffix: "", ..NEW_DOCUMENTS };

pub(super) async fn insert_documents(
    tx: &mut Tx,
    number: i64,
    documents: Vec<Document>,
) -> Result<()> {
    if number >= COLLECTIONS {
        return Err(Error::internal("too many collections for one SQLite file"));
    }
    let rows = || documents.iter().map(|document| row(number, document)).collect();
    let fresh = NEW_DOCUMENTS.run(tx, rows()).await?;
    if fresh < documents.len() as u64 {
        // Some were there before and make room; a position used twice is an error.
        let ids: Vec<String> = documents.iter().map(|document| document.id.clone()).collect();
        super::delete_documents(tx, number, &ids).await?;
        DOCUMENTS.run(tx, rows()).await?;
    }
    // One statement: before each further one FTS5 would write out what it has gathered.
    sql("insert into search_text (rowid, words)
         select value ->> 0, value ->> 1 from json_each($1)")
    .bind(Json(as_list(number, &documents)))
    .run(tx)
    .await
    .map(|_| ())
}

/// A document takes about a thirtieth of a page, and is merged again on each of some eight levels.
const ROWS_A_PAGE: i64 = 4;
/// The fewest pages that are worth a merge: about a millisecond.
const FEWEST: i64 = 8;

/// Merges some segments of the index (sqlite.org/fts5.html, 6.8). It tells that it found work by having
/// changed more than the row that gives the order.
pub(super) async fn merge(tx: &mut Tx, rows: i64) -> Result<bool> {
    merge_pages(tx, FEWEST + rows / ROWS_A_PAGE).await
}

/// Pages that are merged in one change: some milliseconds.
const PURGED: i64 = 256;

/// A number below nothing merges all into one, in as many steps as it takes, and leaves out what was deleted.
pub(super) async fn purge(tx: &mut Tx) -> Result<bool> {
    merge_pages(tx, -PURGED).await
}

async fn merge_pages(tx: &mut Tx, pages: i64) -> Result<bool> {
    const CHANGES: &str = "select total_changes()";
    let (before,): (i64,) = sql(CHANGES).one(tx).await?;
    sql("insert into search_text (search_text, rank) values ('merge', $1)")
        .bind(pages)
        .run(tx)
        .await?;
    let (after,): (i64,) = sql(CHANGES).one(tx).await?;
    Ok(after - before > 1)
}

pub(super) async fn delete_documents(tx: &mut Tx, number: i64, ids: &[String]) -> Result<()> {
    sql("delete from search_text where rowid in (
             select place from search_document where collection = $1 and id in")
    .bind(number)
    .bind_list(ids)
    .push(")")
    .run(tx)
    .await?;
    sql("delete from search_document where collection = $1 and id in")
        .bind(number)
        .bind_list(ids)
        .run(tx)
        .await
        .map(|_| ())
}

pub(super) async fn delete_some(tx: &mut Tx, number: i64, limit: i64) -> Result<u64> {
    let (first, end) = (place(number, 0), place(number + 1, 0));
    let last: Option<(i64,)> = sql("select place from search_document
         where place >= $1 and place < $2
         order by place
         limit 1 offset $3")
    .bind(first)
    .bind(end)
    .bind(limit)
    .optional(tx)
    .await?;
    let end = last.map_or(end, |(last,)| last);
    sql("delete from search_text where rowid >= $1 and rowid < $2")
        .bind(first)
        .bind(end)
        .run(tx)
        .await?;
    sql("delete from search_document where place >= $1 and place < $2")
        .bind(first)
        .bind(end)
        .run(tx)
        .await
}

pub(super) async fn find_nearest(tx: &mut Tx, number: i64, side: Side) -> Result<Option<i64>> {
    let (text, from, to) = match side {
        Side::Before(before) => (
            "select max(place) - $1 from search_document where place >= $2 and place < $3",
            0,
            before,
        ),
        Side::After(after) => (
            "select min(place) - $1 from search_document where place >= $2 and place < $3",
            after + 1,
            POSITIONS,
        ),
    };
    let (nearest,): (Option<i64>,) = sql(text)
        .bind(place(number, 0))
        .bind(place(number, from))
        .bind(place(number, to))
        .one(tx)
        .await?;
    Ok(nearest)
}

pub(super) async fn find_in_blocks(
    tx: &mut Tx,
    number: i64,
    scopes: &[String],
    sought: &Sought,
    side: Side,
    limit: i64,
) -> Result<Vec<(String, i64)>> {
    // Cross join: the text index leads, since its rowids come in the order that is asked for.
    let (text, from) = match side {
        Side::Before(before) => (
            "select document.id, document.place - $1 as position
             from search_text
             cross join search_document document on document.place = search_text.rowid
             where search_text match $2 and search_text.rowid < $3
             order by search_text.rowid desc
             limit $4",
            before,
        ),
        Side::After(after) => (
            "select document.id, document.place - $1 as position
             from search_text
             cross join search_document document on document.place = search_text.rowid
             where search_text match $2 and search_text.rowid > $3
             order by search_text.rowid
             limit $4",
            after,
        ),
    };
    sql(text)
        .bind(place(number, 0))
        .bind(expression(scopes, sought))
        .bind(place(number, from))
        .bind(limit)
        .all(tx)
        .await
}

fn place(number: i64, position: i64) -> i64 {
    number * POSITIONS + position
}

fn row(number: i64, document: &Document) -> [db::Value; 3] {
    [place(number, document.position).value(), number.value(), (&document.id).value()]
}

/// Places and words, `[[4, "s1word s1other "]]`. Words and scopes are letters and digits only, so that nothing in
/// them needs an escape.
fn as_list(number: i64, documents: &[Document]) -> String {
    let bytes: usize = documents.iter().map(|document| document.words.len() * 3 + 32).sum();
    let mut list = String::with_capacity(bytes);
    for document in documents {
        list.push_str(if list.is_empty() { "[[" } else { "],[" });
        list.push_str(&place(number, document.position).to_string());
        list.push_str(",\"");
        let scope = scope_of(number, document);
        for word in document.words().chain(document.cut.then_some(CUT)) {
            list.extend([&scope, word, " "]);
        }
        list.push('"');
    }
    list.push_str("]]");
    list
}

/// Quoted strings only, and words hold letters only: nothing in it can be taken for syntax.
fn expression(scopes: &[String], sought: &Sought) -> String {
    let blocks = scopes.iter().map(|scope| {
        let all: Vec<String> = sought.phrases.iter().map(|phrase| quoted(scope, phrase)).collect();
        let cut = if sought.or_cut { format!(" OR \"{scope}{CUT}\"") } else { String::new() };
        format!("({}){cut}", all.join(" AND "))
    });
    blocks.collect::<Vec<_>>().join(" OR ")
}

fn quoted(scope: &str, phrase: &Phrase) -> String {
    let words: Vec<String> = phrase.words.iter().map(|word| format!("{scope}{word}")).collect();
    format!("\"{}\"{}", words.join(" "), if phrase.prefix { " *" } else { "" })
}
