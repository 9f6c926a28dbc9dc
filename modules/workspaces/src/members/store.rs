//! The SQL of members.

use db::{Tx, sql};
use kernel::{Result, Role, Timestamp, UserId, WorkspaceId};
use web::Tenant;

use super::Member;

/// Whether it was stored; not when the person is a member already.
pub(crate) async fn insert_member(
    tx: &mut Tx,
    user: UserId,
    role: Role,
    now: Timestamp,
) -> Result<bool> {
    let stored = sql("insert into member (workspace_id, user_id, role, added_at)
         values ($1, $2, $3, $4)
         on conflict (workspace_id, user_id) do nothing")
    .bind(tx.workspace())
    .bind(user)
    .bind(role)
    .bind(now)
    .run(tx)
    .await?;
    Ok(stored == 1)
}

pub(crate) async fn find_member(tx: &mut Tx, user: UserId) -> Result<Option<Member>> {
    sql("select m.user_id, u.name, u.email, m.role, m.added_at
         from member m
         join user_account u on u.id = m.user_id
         where m.workspace_id = $1 and m.user_id = $2")
    .bind(tx.workspace())
    .bind(user)
    .optional(tx)
    .await
}

pub(crate) async fn list_members(
    tx: &mut Tx,
    after: Option<UserId>,
    limit: i64,
) -> Result<Vec<Member>> {
    sql("select m.user_id, u.name, u.email, m.role, m.added_at
         from member m
         join user_account u on u.id = m.user_id
         where m.workspace_id = $1 and ($2 is null or m.user_id > $2)
         order by m.user_id
         limit $3")
    .bind(tx.workspace())
    .bind(after)
    .bind(limit)
    .all(tx)
    .await
}

/// At most two are counted: one more is all that anyone asks.
pub(crate) async fn count_owners(tx: &mut Tx) -> Result<usize> {
    let owners: Vec<(UserId,)> =
        sql("select user_id from member where workspace_id = $1 and role = $2 limit 2")
            .bind(tx.workspace())
            .bind(Role::Owner)
            .all(tx)
            .await?;
    Ok(owners.len())
}

pub(crate) async fn update_role(tx: &mut Tx, user: UserId, role: Role) -> Result<()> {
    sql("update member set role = $3 where workspace_id = $1 and user_id = $2")
        .bind(tx.workspace())
        .bind(user)
        .bind(role)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn delete_member(tx: &mut Tx, user: UserId) -> Result<()> {
    sql("delete from member where workspace_id = $1 and user_id = $2")
        .bind(tx.workspace())
        .bind(user)
        .run(tx)
        .await
        .map(|_| ())
}

#[derive(db::FromRow)]
struct MembershipRow {
    id: WorkspaceId,
    slug: String,
    name: String,
    role: Role,
}

/// How many workspaces the person is in, and how many of them they own; also across workspaces.
pub(crate) async fn count_memberships(tx: &mut Tx, user: UserId) -> Result<(i64, i64)> {
    sql("select count(*), count(case when role = $2 then 1 end) from member where user_id = $1")
        .bind(user)
        .bind(Role::Owner)
        .one(tx)
        .await
}

/// The oldest membership first. Asked before the workspace is known, so in a system transaction.
pub(crate) async fn list_memberships(tx: &mut Tx, user: UserId) -> Result<Vec<(Tenant, Role)>> {
    let rows: Vec<MembershipRow> = sql("select w.id, w.slug, w.name, m.role
         from member m
         join workspace w on w.id = m.workspace_id
         where m.user_id = $1
         order by m.added_at, case m.role when $2 then 0 else 1 end, w.id")
    .bind(user)
    .bind(Role::Owner)
    .all(tx)
    .await?;
    let turn =
        |row: MembershipRow| (Tenant { id: row.id, slug: row.slug, name: row.name }, row.role);
    Ok(rows.into_iter().map(turn).collect())
}

/// Holds the workspace until the end of the transaction; writing a row unchanged locks it on both engines.
pub(crate) async fn lock_workspace(tx: &mut Tx) -> Result<()> {
    sql("update workspace set name = name where id = $1")
        .bind(tx.workspace())
        .run(tx)
        .await
        .map(|_| ())
}
