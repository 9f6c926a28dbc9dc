//! The log of what happened: appended in the transaction that made it happen, in commit order.

mod store;

use db::{Json, Migration, MigrationText, Tx};
use kernel::{EntityRef, Result, Timestamp, WorkspaceId};
use serde::Serialize;

/// The tables of the log.
pub const MIGRATIONS: &[Migration] = &[Migration {
    module: "events",
    name: "0001_events",
    text: MigrationText::Both(include_str!("../migrations/0001_events.sql")),
}];

/// The signal that wakes whoever follows a workspace; its payload is the workspace id.
pub const SIGNAL: &str = "events";

/// How many automatic consequences may follow one another before a chain is cut.
pub const MAX_DEPTH: i64 = 16;

/// A fact in the past tense, such as `form.published`; it serialises to the payload.
pub trait Event: Serialize {
    /// `noun.verbed`.
    const KIND: &'static str;

    /// The entity it is about.
    fn subject(&self) -> EntityRef;
}

/// An event as the log holds it.
#[derive(Debug, Clone, db::FromRow)]
pub struct Recorded {
    pub workspace_id: WorkspaceId,
    /// 1, 2, 3 … within the workspace, in commit order, without gaps.
    pub seq: i64,
    pub kind: String,
    pub subject: EntityRef,
    pub actor: String,
    pub payload: Json,
    /// The event that led to this one.
    pub causation_seq: Option<i64>,
    /// How many consequences lie between this and what a person did.
    pub depth: i64,
    pub at: Timestamp,
}

/// What an event came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cause {
    /// The event that led here; none when a person or a program did it.
    pub seq: Option<i64>,
    /// Its depth plus one; 0 when there is none.
    pub depth: i64,
}

/// Appends an event and wakes its followers once the transaction is committed.
pub async fn append<E: Event>(
    tx: &mut Tx,
    workspace: WorkspaceId,
    actor: &str,
    cause: Cause,
    at: Timestamp,
    event: &E,
) -> Result<Recorded> {
    let mut recorded = Recorded {
        workspace_id: workspace,
        seq: 0,
        kind: E::KIND.to_owned(),
        subject: event.subject(),
        actor: actor.to_owned(),
        payload: Json::of(event)?,
        causation_seq: cause.seq,
        depth: cause.depth,
        at,
    };
    recorded.seq = store::insert_event(tx, &recorded).await?;
    tx.signal(SIGNAL, workspace.to_string());
    Ok(recorded)
}

/// The events after `seq`, oldest first, at most `limit`.
pub async fn after(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seq: i64,
    limit: i64,
) -> Result<Vec<Recorded>> {
    store::list_after(tx, workspace, seq, limit).await
}

/// Puts another payload in the place of one that says what nobody may keep; that it happened stays.
pub async fn rewrite(tx: &mut Tx, workspace: WorkspaceId, seq: i64, payload: Json) -> Result<()> {
    store::update_payload(tx, workspace, seq, payload).await
}

/// The seq of the newest event; 0 when nothing has happened yet.
pub async fn head(tx: &mut Tx, workspace: WorkspaceId) -> Result<i64> {
    store::find_head(tx, workspace).await
}
