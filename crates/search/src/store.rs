//! The numbers of collections, and the choice between the two engines.

mod postgres;
mod sqlite;

use db::{Engine, Tx, sql};
use kernel::{Result, WorkspaceId};

use crate::{Document, Hit, query::Phrase, words};

/// What a text index can hold of one document; both limits are PostgreSQL's, a little rounded.
const WORDS: usize = 16_383;
const BYTES: usize = 400_000;

pub(crate) async fn find_collection(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
) -> Result<Option<i64>> {
    let found: Option<(i64,)> =
        sql("select number from search_collection where workspace_id = $1 and collection = $2")
            .bind(workspace)
            .bind(collection)
            .optional(tx)
            .await?;
    Ok(found.map(|(number,)| number))
}

pub(crate) async fn number_collection(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
) -> Result<i64> {
    if let Some(number) = find_collection(tx, workspace, collection).await? {
        return Ok(number);
    }
    // An update that changes nothing gives back the row that another process has just made.
    let (number,) = sql("insert into search_collection (workspace_id, collection)
         values ($1, $2)
         on conflict (workspace_id, collection) do update set collection = excluded.collection
         returning number")
    .bind(workspace)
    .bind(collection)
    .one(tx)
    .await?;
    Ok(number)
}

pub(crate) async fn insert_documents(
    tx: &mut Tx,
    number: i64,
    documents: Vec<Document>,
) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => sqlite::insert_documents(tx, number, documents).await,
        Engine::Postgres => postgres::insert_documents(tx, number, documents).await,
    }
}

pub(crate) async fn delete_documents(tx: &mut Tx, number: i64, ids: &[String]) -> Result<()> {
    for some in ids.chunks(512) {
        match tx.engine() {
            Engine::Sqlite => sqlite::delete_documents(tx, number, some).await?,
            Engine::Postgres => postgres::delete_documents(tx, number, some).await?,
        }
    }
    Ok(())
}

pub(crate) async fn delete_collection(
    tx: &mut Tx,
    workspace: WorkspaceId,
    number: i64,
) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => sqlite::delete_collection(tx, number).await?,
        Engine::Postgres => postgres::delete_collection(tx, number).await?,
    }
    sql("delete from search_collection where workspace_id = $1 and number = $2")
        .bind(workspace)
        .bind(number)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn find_documents(
    tx: &mut Tx,
    number: i64,
    phrases: &[Phrase],
    before: i64,
    limit: i64,
) -> Result<Vec<Hit>> {
    let found = match tx.engine() {
        Engine::Sqlite => sqlite::find_documents(tx, number, phrases, before, limit).await,
        Engine::Postgres => postgres::find_documents(tx, number, phrases, before, limit).await,
    }?;
    Ok(found.into_iter().map(|(id, position)| Hit { id, position }).collect())
}

/// The mark that makes a word one of its collection: no other collection's words begin with it.
fn scope(number: i64) -> String {
    format!("{number:x}_")
}

/// Calls `take` with each word of a document's text that is indexed.
fn each_indexed(text: &str, mut take: impl FnMut(&str)) {
    let mut words = 0;
    let mut bytes = 0;
    words::each(text, |word| {
        words += 1;
        bytes += word.len();
        if words <= WORDS && bytes <= BYTES {
            take(word);
        }
    });
}
