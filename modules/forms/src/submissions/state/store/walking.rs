//! Numbers in order, from the indexes over states: each way of asking is one text.

use db::{Tx, sql};
use kernel::{Result, UserId};

use crate::{ids::FormId, submissions::tray::Tray};

/// By what the numbers are found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Index {
    Tray(Tray),
    Status(String),
    Assignee(UserId),
    Tag(String),
}

/// The nearest numbers to the older side of `from`, newest first, or to the newer side, oldest first.
pub(crate) async fn list_numbers(
    tx: &mut Tx,
    form: FormId,
    index: &Index,
    (from, older): (i64, bool),
    limit: i64,
) -> Result<Vec<i64>> {
    let text = match (index, older) {
        (Index::Tray(_), true) => {
            "select number from submission_state
             where workspace_id = $1 and form_id = $2 and tray = $3 and number < $4
             order by number desc limit $5"
        }
        (Index::Tray(_), false) => {
            "select number from submission_state
             where workspace_id = $1 and form_id = $2 and tray = $3 and number > $4
             order by number limit $5"
        }
        (Index::Status(_), true) => {
            "select number from submission_state
             where workspace_id = $1 and form_id = $2 and status = $3 and number < $4
             order by number desc limit $5"
        }
        (Index::Status(_), false) => {
            "select number from submission_state
             where workspace_id = $1 and form_id = $2 and status = $3 and number > $4
             order by number limit $5"
        }
        (Index::Assignee(_), true) => {
            "select number from submission_state
             where workspace_id = $1 and form_id = $2 and assignee = $3 and number < $4
             order by number desc limit $5"
        }
        (Index::Assignee(_), false) => {
            "select number from submission_state
             where workspace_id = $1 and form_id = $2 and assignee = $3 and number > $4
             order by number limit $5"
        }
        (Index::Tag(_), true) => {
            "select number from submission_tag
             where workspace_id = $1 and form_id = $2 and tag = $3 and number < $4
             order by number desc limit $5"
        }
        (Index::Tag(_), false) => {
            "select number from submission_tag
             where workspace_id = $1 and form_id = $2 and tag = $3 and number > $4
             order by number limit $5"
        }
    };
    let value = match index {
        Index::Tray(tray) => tray.as_str().to_owned(),
        Index::Status(status) => status.clone(),
        Index::Assignee(id) => id.to_string(),
        Index::Tag(tag) => tag.clone(),
    };
    let rows: Vec<(i64,)> = sql(text)
        .bind(tx.workspace())
        .bind(form)
        .bind(value)
        .bind(from)
        .bind(limit)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}
