//! The numbers of collections, and the choice between the two engines.

mod postgres;
mod sqlite;

use db::{Engine, Tx, sql};
use kernel::{Result, WorkspaceId};

use crate::{Document, Hit, Side, query::Sought};

/// Positions are taken in blocks of 65,536: what a search for a prefix walks at most before it can answer.
const BLOCK_BITS: u32 = 16;
/// Blocks asked in one statement.
const WIDEST: i64 = 32;

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

/// Whether there was something to do; PostgreSQL does it by itself.
pub(crate) async fn tidy(tx: &mut Tx, rows: i64) -> Result<bool> {
    match tx.engine() {
        Engine::Sqlite => sqlite::merge(tx, rows).await,
        Engine::Postgres => Ok(false),
    }
}

/// Whether there was something to do; PostgreSQL keeps no words of what is removed.
pub(crate) async fn purge(tx: &mut Tx) -> Result<bool> {
    match tx.engine() {
        Engine::Sqlite => sqlite::purge(tx).await,
        Engine::Postgres => Ok(false),
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

/// Documents of a collection that go in one transaction.
const FORGOTTEN: i64 = 2_000;

/// Whether something is left.
pub(crate) async fn delete_some(tx: &mut Tx, workspace: WorkspaceId, number: i64) -> Result<bool> {
    let gone = match tx.engine() {
        Engine::Sqlite => sqlite::delete_some(tx, number, FORGOTTEN).await?,
        Engine::Postgres => postgres::delete_some(tx, number, FORGOTTEN).await?,
    };
    if gone > 0 {
        return Ok(true);
    }
    sql("delete from search_collection where workspace_id = $1 and number = $2")
        .bind(workspace)
        .bind(number)
        .run(tx)
        .await
        .map(|_| false)
}

/// Walks away from the position block by block until the page is full. A prefix costs as much as it has matches in the
/// blocks asked, so the first is asked alone; when words turn out to be rare, more are asked at a time.
pub(crate) async fn find_documents(
    tx: &mut Tx,
    number: i64,
    sought: &Sought,
    mut side: Side,
    limit: i64,
) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    let mut width = 1;
    while let Some(nearest) = find_nearest(tx, number, side).await? {
        let block = nearest >> BLOCK_BITS;
        let (first, last) = match side {
            Side::Before(_) => ((block + 1 - width).max(0), block),
            Side::After(_) => (block, block + width - 1),
        };
        let scopes: Vec<String> = (first..=last).map(|block| scope(number, block)).collect();
        let room = limit - hits.len() as i64;
        let found = find_in_blocks(tx, number, &scopes, sought, side, room).await?;
        hits.extend(found.into_iter().map(|(id, position)| Hit { id, position }));
        if hits.len() as i64 >= limit {
            break;
        }
        side = match side {
            Side::Before(_) => Side::Before(first << BLOCK_BITS),
            Side::After(_) => Side::After(((last + 1) << BLOCK_BITS) - 1),
        };
        width = (width * 2).min(WIDEST);
    }
    Ok(hits)
}

async fn find_nearest(tx: &mut Tx, number: i64, side: Side) -> Result<Option<i64>> {
    match tx.engine() {
        Engine::Sqlite => sqlite::find_nearest(tx, number, side).await,
        Engine::Postgres => postgres::find_nearest(tx, number, side).await,
    }
}

async fn find_in_blocks(
    tx: &mut Tx,
    number: i64,
    scopes: &[String],
    sought: &Sought,
    side: Side,
    limit: i64,
) -> Result<Vec<(String, i64)>> {
    match tx.engine() {
        Engine::Sqlite => sqlite::find_in_blocks(tx, number, scopes, sought, side, limit).await,
        Engine::Postgres => postgres::find_in_blocks(tx, number, scopes, sought, side, limit).await,
    }
}

/// Stands in the index of each document that is cut. No word is like it, nor begins so.
const CUT: &str = "_";

/// What every word of a document is marked with: its collection, and the block of positions it lies in.
fn scope_of(number: i64, document: &Document) -> String {
    scope(number, document.position >> BLOCK_BITS)
}

/// No scope is the beginning of another, so neither is any word of one a beginning in another.
fn scope(number: i64, block: i64) -> String {
    format!("{number:x}_{block:x}_")
}
