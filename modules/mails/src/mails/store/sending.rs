//! What whoever sends asks and tells.

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::{Attempt, state};
use crate::ids::MailId;

/// A mail that is now ours to send.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Claimed {
    pub(crate) id: MailId,
    pub(crate) recipient: String,
    pub(crate) recipient_name: String,
    pub(crate) from_name: String,
    pub(crate) reply_to: Option<String>,
    pub(crate) subject: String,
    pub(crate) body_text: String,
    pub(crate) body_html: String,
    pub(crate) unsubscribe: Option<String>,
    /// As it was before it was claimed.
    pub(crate) state: String,
    /// With the attempt it is claimed for.
    pub(crate) attempts: i64,
    pub(crate) tries: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// Takes what is due, also from whoever has had it for too long. It is ours until `until`.
pub(crate) async fn claim_due(
    tx: &mut Tx,
    limit: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Claimed>> {
    let mut due: Vec<Claimed> =
        sql("select id, recipient, recipient_name, from_name, reply_to, subject, body_text,
                body_html, unsubscribe, state, attempts, tries, created_at, updated_at
         from mail
         where workspace_id = $1 and due_at is not null and due_at <= $2
         order by due_at, id
         limit $3")
        .bind(tx.workspace())
        .bind(now)
        .bind(limit)
        .skip_locked(tx)
        .all(tx)
        .await?;
    if due.is_empty() {
        return Ok(due);
    }
    sql("update mail
         set state = $2, attempts = attempts + 1, tries = tries + 1, due_at = $3, updated_at = $4
         where workspace_id = $1 and id in")
    .bind(tx.workspace())
    .bind(state::SENDING)
    .bind(until)
    .bind(now)
    .bind_list(due.iter().map(|one| one.id))
    .run(tx)
    .await?;
    for one in &mut due {
        one.attempts += 1;
        one.tries += 1;
    }
    Ok(due)
}

const ATTEMPT: Insert<8> = Insert {
    table: "mail_attempt",
    columns: ["workspace_id", "mail_id", "number", "at", "duration", "outcome", "status", "answer"],
    // Whoever was taken for dead and was not knows better than whoever took over.
    suffix: "on conflict (workspace_id, mail_id, number) do update
         set at = excluded.at, duration = excluded.duration, outcome = excluded.outcome, status = excluded.status,
             answer = excluded.answer",
};

pub(crate) async fn insert_attempts(tx: &mut Tx, attempts: Vec<(MailId, Attempt)>) -> Result<()> {
    let workspace = tx.workspace();
    let row = |(mail, attempt): (MailId, Attempt)| {
        [
            workspace.value(),
            mail.value(),
            attempt.number.value(),
            attempt.at.value(),
            attempt.duration.value(),
            attempt.outcome.value(),
            attempt.status.value(),
            attempt.answer.value(),
        ]
    };
    ATTEMPT.run(tx, attempts.into_iter().map(row).collect()).await.map(|_| ())
}

/// What has become of an attempt.
#[derive(Debug)]
pub(crate) struct Settled {
    pub(crate) id: MailId,
    /// The attempt that it is about.
    pub(crate) attempt: i64,
    pub(crate) state: &'static str,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) status: Option<i64>,
    pub(crate) answer: String,
}

/// Ends an attempt, unless another has begun meanwhile.
pub(crate) async fn settle(tx: &mut Tx, settled: &Settled, now: Timestamp) -> Result<()> {
    sql("update mail
         set state = $4, due_at = $5, last_status = $6, last_answer = $7, updated_at = $8
         where workspace_id = $1 and id = $2 and attempts = $3 and state = $9")
    .bind(tx.workspace())
    .bind(settled.id)
    .bind(settled.attempt)
    .bind(settled.state)
    .bind(settled.due_at)
    .bind(settled.status)
    .bind(settled.answer.clone())
    .bind(now)
    .bind(state::SENDING)
    .run(tx)
    .await
    .map(|_| ())
}

/// Workspaces with something due since this moment; hops from one to the next, however much waits in each.
pub(crate) async fn find_overdue(
    tx: &mut Tx,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId,)>> {
    sql("with recursive waiting (workspace_id) as (
             select ''
             union all
             select (
                 select m.workspace_id from mail m
                 where m.workspace_id > waiting.workspace_id and m.due_at is not null
                 order by m.workspace_id
                 limit 1
             )
             from waiting
             where waiting.workspace_id is not null
         )
         select workspace_id from waiting
         where exists (
             select 1 from mail m
             where m.workspace_id = waiting.workspace_id and m.due_at is not null and m.due_at <= $1
         )
         limit $2")
    .bind(since)
    .bind(limit)
    .all(tx)
    .await
}
