//! PostgreSQL: a tsvector that we make ourselves, under a GIN index.

use std::fmt::Write;

use db::{Json, Tx, sql};
use kernel::Result;
use serde::Serialize;

use super::{CUT, scope_of};
use crate::{
    Document, Side,
    query::{Phrase, Sought},
};

/// How many of the nearest documents are looked through before the index is asked.
const NEAREST: i64 = 1_000;

#[derive(Serialize)]
struct Indexed<'a> {
    position: i64,
    id: &'a str,
    words: String,
}

pub(super) async fn insert_documents(
    tx: &mut Tx,
    number: i64,
    documents: Vec<Document>,
) -> Result<()> {
    let rows: Vec<Indexed> = documents
        .iter()
        .map(|document| Indexed {
            position: document.position,
            id: &document.id,
            words: vector(&scope_of(number, document), document),
        })
        .collect();
    sql("insert into search_document (collection, position, id, words)
         select $1, position, id, words::tsvector
         from jsonb_to_recordset($2) as document (position bigint, id text, words text)
         on conflict (collection, id)
         do update set position = excluded.position, words = excluded.words")
    .bind(number)
    .bind(Json::of(&rows)?)
    .run(tx)
    .await
    .map(|_| ())
}

pub(super) async fn delete_documents(tx: &mut Tx, number: i64, ids: &[String]) -> Result<()> {
    sql("delete from search_document where collection = $1 and id in")
        .bind(number)
        .bind_list(ids)
        .run(tx)
        .await
        .map(|_| ())
}

pub(super) async fn delete_some(tx: &mut Tx, number: i64, limit: i64) -> Result<u64> {
    sql("delete from search_document
         where collection = $1 and position in (
             select position from search_document where collection = $1 order by position limit $2
         )")
    .bind(number)
    .bind(limit)
    .run(tx)
    .await
}

pub(super) async fn find_nearest(tx: &mut Tx, number: i64, side: Side) -> Result<Option<i64>> {
    let (text, position) = match side {
        Side::Before(before) => (
            "select max(position) from search_document where collection = $1 and position < $2",
            before,
        ),
        Side::After(after) => (
            "select min(position) from search_document where collection = $1 and position > $2",
            after,
        ),
    };
    let (nearest,): (Option<i64>,) = sql(text).bind(number).bind(position).one(tx).await?;
    Ok(nearest)
}

/// Frequent words are found among the nearest documents, rare ones by the index. Each way is bounded
/// where the other is not, and the planner, which cannot know how frequent a prefix is, has no choice.
pub(super) async fn find_in_blocks(
    tx: &mut Tx,
    number: i64,
    scopes: &[String],
    sought: &Sought,
    side: Side,
    limit: i64,
) -> Result<Vec<(String, i64)>> {
    let query = query(scopes, sought);
    if let [_] = scopes {
        let nearest = find_among_nearest(tx, number, &query, side, limit).await?;
        if nearest.len() as i64 >= limit {
            return Ok(nearest);
        }
    }
    find_by_index(tx, number, &query, side, limit).await
}

async fn find_among_nearest(
    tx: &mut Tx,
    number: i64,
    query: &str,
    side: Side,
    limit: i64,
) -> Result<Vec<(String, i64)>> {
    let (text, position) = match side {
        Side::Before(before) => (
            "select id, position
             from (
                 select id, position, words from search_document
                 where collection = $1 and position < $2
                 order by position desc
                 limit $3
             ) nearest
             where words @@ $4::tsquery
             order by position desc
             limit $5",
            before,
        ),
        Side::After(after) => (
            "select id, position
             from (
                 select id, position, words from search_document
                 where collection = $1 and position > $2
                 order by position
                 limit $3
             ) nearest
             where words @@ $4::tsquery
             order by position
             limit $5",
            after,
        ),
    };
    sql(text).bind(number).bind(position).bind(NEAREST).bind(query).bind(limit).all(tx).await
}

async fn find_by_index(
    tx: &mut Tx,
    number: i64,
    query: &str,
    side: Side,
    limit: i64,
) -> Result<Vec<(String, i64)>> {
    // The sums keep the planner off the primary key.
    let (text, position) = match side {
        Side::Before(before) => (
            "select id, position from search_document
             where words @@ $1::tsquery and collection + 0 = $2 and position + 0 < $3
             order by position + 0 desc
             limit $4",
            before,
        ),
        Side::After(after) => (
            "select id, position from search_document
             where words @@ $1::tsquery and collection + 0 = $2 and position + 0 > $3
             order by position + 0
             limit $4",
            after,
        ),
    };
    sql(text).bind(query).bind(number).bind(position).bind(limit).all(tx).await
}

/// The text form of a tsvector: lexemes with their positions.
fn vector(scope: &str, document: &Document) -> String {
    let mut vector = String::with_capacity(document.words.len() * 3);
    for (index, word) in document.words().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(vector, "'{scope}{word}':{} ", index + 1);
    }
    if document.cut {
        let _ = write!(vector, "'{scope}{CUT}'");
    }
    vector
}

/// Quoted lexemes only, and words hold letters only: nothing in it can be taken for syntax.
fn query(scopes: &[String], sought: &Sought) -> String {
    let blocks = scopes.iter().map(|scope| {
        let all: Vec<String> = sought.phrases.iter().map(|phrase| quoted(scope, phrase)).collect();
        let cut = if sought.or_cut { format!(" | '{scope}{CUT}'") } else { String::new() };
        format!("({}){cut}", all.join(" & "))
    });
    blocks.collect::<Vec<_>>().join(" | ")
}

fn quoted(scope: &str, phrase: &Phrase) -> String {
    let words: Vec<String> = phrase.words.iter().map(|word| format!("'{scope}{word}'")).collect();
    format!("({}{})", words.join(" <-> "), if phrase.prefix { ":*" } else { "" })
}
