//! The SQL of tags.

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, Timestamp};

/// Keys and names of the workspace's tags.
pub(crate) async fn list_tags(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    sql("select key, name from tag where workspace_id = $1 order by key")
        .bind(tx.workspace())
        .all(tx)
        .await
}

const TAGS: Insert<4> = Insert {
    table: "tag",
    columns: ["workspace_id", "key", "name", "created_at"],
    suffix: "on conflict (workspace_id, key) do nothing",
};

pub(crate) async fn insert_tags(
    tx: &mut Tx,
    tags: Vec<(String, String)>,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    let row =
        |(key, name): (String, String)| [workspace.value(), key.value(), name.value(), now.value()];
    let rows = tags.into_iter().map(row).collect();
    TAGS.run(tx, rows).await.map(|_| ())
}
