//! All SQL about what is wrong with rows.

use db::{Insert, ToValue, Tx, sql};
use kernel::Result;

use crate::ids::ImportId;

/// What is wrong with a row.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct ErrorRow {
    /// Its place among the errors.
    pub(crate) position: i64,
    pub(crate) row_number: i64,
    /// The line of the file in which the row begins.
    pub(crate) line: i64,
    pub(crate) column_name: Option<String>,
    pub(crate) field: String,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) value: String,
}

const ERRORS: Insert<10> = Insert {
    table: "form_import_error",
    columns: [
        "workspace_id",
        "import_id",
        "position",
        "row_number",
        "line",
        "column_name",
        "field",
        "code",
        "message",
        "value",
    ],
    suffix: "",
};

pub(crate) async fn insert_errors(tx: &mut Tx, id: ImportId, errors: Vec<ErrorRow>) -> Result<()> {
    let workspace = tx.workspace();
    let rows = errors.into_iter().map(|error| {
        [
            workspace.value(),
            id.value(),
            error.position.value(),
            error.row_number.value(),
            error.line.value(),
            error.column_name.value(),
            error.field.value(),
            error.code.value(),
            error.message.value(),
            error.value.value(),
        ]
    });
    ERRORS.run(tx, rows.collect()).await.map(|_| ())
}

/// In the order of the file, behind this one.
pub(crate) async fn list_errors(
    tx: &mut Tx,
    id: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<ErrorRow>> {
    sql("select position, row_number, line, column_name, field, code, message, value
         from form_import_error
         where workspace_id = $1 and import_id = $2 and position > $3
         order by position
         limit $4")
    .bind(tx.workspace())
    .bind(id)
    .bind(after)
    .bind(limit)
    .all(tx)
    .await
}

/// At most [`super::super::MOST_ERRORS`] and those of one row.
pub(crate) async fn delete_errors(tx: &mut Tx, id: ImportId) -> Result<()> {
    sql("delete from form_import_error where workspace_id = $1 and import_id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await
        .map(|_| ())
}
