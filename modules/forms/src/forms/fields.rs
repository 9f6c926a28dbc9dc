//! The fields of a form, changed one at a time from its page; each change stores the whole document
//! through the one action that checks it.

use axum::{extract::Path, response::Response};
use kernel::{Error, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Query, Reply};

use super::{
    Form,
    edit::Edit,
    editor::Part,
    settings::{OPTIONS, changed, has_options},
    update::{FormChange, update},
};
use crate::pages::sent;

/// Which field the address names.
#[derive(Debug, Deserialize)]
pub(crate) struct FieldPath {
    field: String,
}

/// What a removal's address carries, since its dialog has no inputs.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    revision: i64,
}

/// Adds a field at the end.
pub(crate) async fn add(edit: Edit) -> Reply<Response> {
    let outcome = store(&edit, edit.revision()?, |fields| {
        let kind = sent(&edit.pairs, "type").unwrap_or_default();
        let mut bare =
            json!({"type": kind, "required": sent(&edit.pairs, "required") == Some("true")});
        bare["label"] = sent(&edit.pairs, "label").unwrap_or_default().trim().into();
        if has_options(kind) {
            bare[OPTIONS.name] = changed(&bare, &edit.pairs)[OPTIONS.name].take();
        }
        fields.push(bare);
        Ok(())
    });
    let outcome = outcome.await;
    edit.answer(Part::NewField, outcome, "Field added").await
}

/// Takes over all settings of a field.
pub(crate) async fn change(Path(path): Path<FieldPath>, edit: Edit) -> Reply<Response> {
    let outcome = store(&edit, edit.revision()?, |fields| {
        let index = position(fields, &path.field)?;
        fields[index] = changed(&fields[index], &edit.pairs);
        Ok(())
    });
    let outcome = outcome.await;
    edit.answer(Part::Field(path.field), outcome, "Field saved").await
}

/// Moves a field one place up or down.
pub(crate) async fn reposition(Path(path): Path<FieldPath>, edit: Edit) -> Reply<Response> {
    let outcome = store(&edit, edit.revision()?, |fields| {
        let from = position(fields, &path.field)?;
        let to = match sent(&edit.pairs, "to") {
            Some("up") => from.saturating_sub(1),
            Some("down") => (from + 1).min(fields.len() - 1),
            _ => return Err(Error::invalid("to", "not_an_option", "Move it up or down.")),
        };
        fields.swap(from, to);
        Ok(())
    });
    let outcome = outcome.await;
    edit.answer(Part::Whole, outcome, "Field moved").await
}

/// Takes a field out.
pub(crate) async fn remove(
    Path(path): Path<FieldPath>,
    Query(seen): Query<Seen>,
    edit: Edit,
) -> Reply<Response> {
    let outcome = store(&edit, seen.revision, |fields| {
        fields.remove(position(fields, &path.field)?);
        Ok(())
    });
    let outcome = outcome.await;
    edit.answer(Part::Whole, outcome, "Field deleted").await
}

async fn store(
    edit: &Edit,
    revision: i64,
    alter: impl FnOnce(&mut Vec<Value>) -> Result<()>,
) -> Result<Form> {
    edit.form.expect_revision(Some(revision))?;
    let mut fields = edit.fields()?;
    alter(&mut fields)?;
    let change = FormChange {
        fields: Some(Value::from(fields).into()),
        revision: Some(revision),
        ..FormChange::default()
    };
    update(&edit.visit, edit.form.clone(), change).await
}

fn position(fields: &[Value], key: &str) -> Result<usize> {
    fields.iter().position(|field| field["key"] == key).ok_or(Error::NotFound)
}
