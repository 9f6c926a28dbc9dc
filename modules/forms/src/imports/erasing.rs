//! Imports that hold what nobody may keep: their files, their errors, and the samples of their columns.

use db::Json;
use files::Files;
use kernel::{Error, Result};
use serde_json::Value;
use web::{Change, Cx};

use super::{
    CHUNK, Import, ImportId, Status,
    delete::remove,
    row::{Content, Row},
    rows::Rows,
    store,
};
use crate::{
    events::{ImportCancelled, ImportDeleted},
    json_texts,
};

/// Whether a text is such a one.
type Is<'a> = &'a (dyn Fn(&str) -> bool + Send + Sync);

/// Where in an import such a text stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Held {
    pub(crate) anywhere: bool,
    pub(crate) in_name: bool,
}

/// Looks through an import of any form.
pub(crate) async fn look(files: &Files, cx: &Cx, id: ImportId, is: Is<'_>) -> Result<Held> {
    let import = store::find_import_of_any(&mut cx.read().await?, id).await?;
    let Some(import) = import else { return Ok(Held::default()) };
    let in_name = is(&import.name);
    let anywhere = in_name
        || in_columns(&import, is)?
        || in_errors(cx, id, is).await?
        || in_file(files, cx, &import, is).await?;
    Ok(Held { anywhere, in_name })
}

fn in_columns(import: &Import, is: Is<'_>) -> Result<bool> {
    for json in [&import.columns, &import.mapping, &import.options] {
        if json_texts::any(&json.read()?, &is) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Errors read at a time.
const PAGE: i64 = 1_000;

async fn in_errors(cx: &Cx, id: ImportId, is: Is<'_>) -> Result<bool> {
    let mut position = 0;
    loop {
        let some = store::list_errors(&mut cx.read().await?, id, position, PAGE).await?;
        let Some(last) = some.last() else { return Ok(false) };
        position = last.position;
        if some.iter().any(|error| is(&error.value) || is(&error.message)) {
            return Ok(true);
        }
    }
}

/// Row by row, as the import reads it. A file that is no text to its end may hold anything; one that cannot be
/// fetched now is looked at again.
async fn in_file(files: &Files, cx: &Cx, import: &Import, is: Is<'_>) -> Result<bool> {
    let Some(file) = import.file_id else { return Ok(false) };
    let owner = import.id.to_string();
    let opened = files.open(&mut cx.read().await?, file, Some(&owner)).await;
    let content = match opened {
        Ok((_, content)) => content,
        Err(Error::NotFound) => return Ok(false),
        Err(error) => return Err(error),
    };
    let mut rows = Rows::of(content, import.format(), &import.options()?);
    loop {
        let some = match rows.chunk(CHUNK).await {
            Err(Error::Invalid(_)) => return Ok(true),
            other => other?,
        };
        if some.is_empty() {
            return Ok(false);
        }
        if some.iter().any(|row| in_row(row, is)) {
            return Ok(true);
        }
    }
}

fn in_row(row: &Row, is: Is<'_>) -> bool {
    match &row.content {
        Content::Cells(cells) | Content::Broken { cells, .. } => cells.iter().any(|cell| is(cell)),
        Content::Line(text) => match serde_json::from_str::<Value>(text) {
            Ok(value) => json_texts::any(&value, &is),
            Err(_) => is(text),
        },
    }
}

/// Deletes the import; of one that has stored something the row stays, so that it can be taken back. One at work
/// stops. `named`: what it is called goes as well. Tells whether it was there.
pub(crate) async fn forget(tx: &mut Change, id: ImportId, named: bool) -> Result<bool> {
    let Some(import) = store::find_import_of_any(tx, id).await? else { return Ok(false) };
    let (form_id, import_id) = (import.form_id, id.to_string());
    if !import.has_stored() {
        remove(tx, id).await?;
        tx.record(&ImportDeleted { form_id, import_id }).await?;
        return Ok(true);
    }
    let now = tx.now();
    if store::end(tx, id, Status::Cancelled, None, now).await? {
        tx.record(&ImportCancelled { form_id, import_id }).await?;
    }
    store::delete_errors(tx, id).await?;
    let file: Vec<_> = store::forget_file(tx, id).await?.into_iter().collect();
    let workspace = tx.workspace();
    files::delete(tx, workspace, &file, &id.to_string()).await?;
    let name = if named { "erased" } else { &import.name };
    store::forget_columns(tx, id, name, &Json("[]".into()), &Json("{}".into())).await?;
    Ok(true)
}
