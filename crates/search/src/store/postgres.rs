//! PostgreSQL: a tsvector that we make ourselves, under a GIN index.

use std::fmt::Write;

use db::{Json, Tx, sql};
use kernel::Result;
use serde::Serialize;

use super::scope_of;
use crate::{Document, query::Phrase};

/// How many of the newest documents are looked through before the index is asked.
const NEWEST: i64 = 1_000;

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

pub(super) async fn delete_collection(tx: &mut Tx, number: i64) -> Result<()> {
    sql("delete from search_document where collection = $1").bind(number).run(tx).await.map(|_| ())
}

pub(super) async fn find_newest(tx: &mut Tx, number: i64, before: i64) -> Result<Option<i64>> {
    let (newest,): (Option<i64>,) =
        sql("select max(position) from search_document where collection = $1 and position < $2")
            .bind(number)
            .bind(before)
            .one(tx)
            .await?;
    Ok(newest)
}

/// Frequent words are found among the newest documents, rare ones by the index. Each way is bounded
/// where the other is not, and the planner, which cannot know how frequent a prefix is, has no choice.
pub(super) async fn find_in_blocks(
    tx: &mut Tx,
    number: i64,
    scopes: &[String],
    phrases: &[Phrase],
    before: i64,
    limit: i64,
) -> Result<Vec<(String, i64)>> {
    let query = query(scopes, phrases);
    if let [_] = scopes {
        let newest = find_among_newest(tx, number, &query, before, limit).await?;
        if newest.len() as i64 >= limit {
            return Ok(newest);
        }
    }
    find_by_index(tx, number, &query, before, limit).await
}

async fn find_among_newest(
    tx: &mut Tx,
    number: i64,
    query: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<(String, i64)>> {
    sql("select id, position
         from (
             select id, position, words from search_document
             where collection = $1 and position < $2
             order by position desc
             limit $3
         ) newest
         where words @@ $4::tsquery
         order by position desc
         limit $5")
    .bind(number)
    .bind(before)
    .bind(NEWEST)
    .bind(query)
    .bind(limit)
    .all(tx)
    .await
}

async fn find_by_index(
    tx: &mut Tx,
    number: i64,
    query: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<(String, i64)>> {
    // The sums keep the planner off the primary key.
    sql("select id, position from search_document
         where words @@ $1::tsquery and collection + 0 = $2 and position + 0 < $3
         order by position + 0 desc
         limit $4")
    .bind(query)
    .bind(number)
    .bind(before)
    .bind(limit)
    .all(tx)
    .await
}

/// The text form of a tsvector: lexemes with their positions.
fn vector(scope: &str, document: &Document) -> String {
    let mut vector = String::with_capacity(document.words.len() * 3);
    for (index, word) in document.words().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(vector, "'{scope}{word}':{} ", index + 1);
    }
    vector
}

/// Quoted lexemes only, and words hold letters only: nothing in it can be taken for syntax.
fn query(scopes: &[String], phrases: &[Phrase]) -> String {
    let blocks = scopes.iter().map(|scope| {
        let all: Vec<String> = phrases.iter().map(|phrase| quoted(scope, phrase)).collect();
        format!("({})", all.join(" & "))
    });
    blocks.collect::<Vec<_>>().join(" | ")
}

fn quoted(scope: &str, phrase: &Phrase) -> String {
    let words: Vec<String> = phrase.words.iter().map(|word| format!("'{scope}{word}'")).collect();
    format!("({}{})", words.join(" <-> "), if phrase.prefix { ":*" } else { "" })
}
