//! Imports and their errors as the API speaks them.

use kernel::{Result, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use web::Visit;

use super::{Column, Import, ImportId, Mapping, Options, store::ErrorRow};
use crate::{SUBMISSIONS_READ, forms::FormId};

/// An import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub(crate) struct ImportJson {
    id: ImportId,
    form_id: FormId,
    /// As the file is called.
    name: String,
    /// `csv` or `jsonl`.
    format: String,
    bytes: i64,
    /// What stands in the file, by its first hundred rows. Whoever may only send is told no samples of a file that was
    /// sent before.
    columns: Vec<Column>,
    /// Where each column goes: the key of a field, `submitted_at`, `received_at`, `metadata`, or null where it
    /// is left out.
    mapping: Mapping,
    options: Options,
    /// What was asked for last: `check`, `run` or `removal`.
    task: String,
    /// How far that is: `draft` before anything was asked for, then `waiting`, `running`, `done`, `failed` or
    /// `cancelled`.
    status: String,
    /// Of the file, how many were read.
    bytes_done: i64,
    /// Rows that were looked at.
    rows_done: i64,
    /// Rows that were stored; of a check those that would be.
    rows_stored: i64,
    /// Rows that were not, each with its errors.
    rows_refused: i64,
    /// Errors that are kept: the first ten thousand. All refused rows are counted.
    errors_kept: i64,
    /// Submissions that a removal has deleted.
    rows_removed: i64,
    /// Whether rows may be stored that a removal would delete.
    removable: bool,
    /// Why it failed.
    error: Option<String>,
    created_at: Timestamp,
    finished_at: Option<Timestamp>,
    /// When its file is deleted, and its errors with it. Null when they are.
    expires_at: Option<Timestamp>,
}

impl ImportJson {
    /// To whoever has changed something of it: what stands in a file is for those who may read.
    pub(crate) fn told(import: &Import, visit: &Visit) -> Result<Self> {
        let mut told = ImportJson::of(import)?;
        if !visit.actor().may(SUBMISSIONS_READ) {
            told.columns.iter_mut().for_each(|column| column.samples.clear());
        }
        Ok(told)
    }

    pub(crate) fn of(import: &Import) -> Result<Self> {
        Ok(ImportJson {
            id: import.id,
            form_id: import.form_id,
            name: import.name.clone(),
            format: import.format.clone(),
            bytes: import.bytes,
            columns: import.columns()?,
            mapping: import.mapping()?,
            options: import.options()?,
            task: import.task.clone(),
            status: import.status.clone(),
            bytes_done: import.bytes_done,
            rows_done: import.rows_done,
            rows_stored: import.rows_stored,
            rows_refused: import.rows_refused,
            errors_kept: import.errors_kept,
            rows_removed: import.rows_removed,
            removable: import.has_stored(),
            error: import.error.clone(),
            created_at: import.created_at,
            finished_at: import.finished_at,
            expires_at: import.expires_at,
        })
    }
}

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportError)]
pub(crate) struct ErrorJson {
    /// The row's place among the rows, from 1.
    row: i64,
    /// The line of the file in which it begins, from 1.
    line: i64,
    /// The column that it is about; null when it is about the whole row.
    column: Option<String>,
    /// As for a submission: `answers.email`, `metadata`; `row` when it is about the whole row.
    field: String,
    code: String,
    message: String,
    /// The beginning of what stands there.
    value: String,
}

impl ErrorJson {
    pub(crate) fn of(error: ErrorRow) -> Self {
        ErrorJson {
            row: error.row_number,
            line: error.line,
            column: error.column_name,
            field: error.field,
            code: error.code,
            message: error.message,
            value: error.value,
        }
    }
}
