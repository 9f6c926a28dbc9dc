//! The fields of a form, changed one at a time from its page; each change stores the whole document
//! through the one action that checks it.

use axum::{extract::Path, response::IntoResponse, response::Response};
use kernel::{Error, Result};
use serde::Deserialize;
use serde_json::Value;
use web::{Query, Reply};

use super::{
    Form,
    edit::Edit,
    editor::{self, Part},
    fresh::fresh,
    retype::{family, retyped},
    settings::changed,
    update::{FormChange, update},
};
use crate::pages::sent;

/// Which field the address names.
#[derive(Debug, Deserialize)]
pub(crate) struct FieldPath {
    pub(crate) field: String,
}

/// What a removal's address may carry.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    revision: Option<i64>,
}

/// Adds a field: after the one that is named, at the place that is named, or at the end.
pub(crate) async fn add(edit: Edit) -> Reply<Response> {
    let labelled = sent(&edit.pairs, "label").is_some();
    let mut at = 0;
    let outcome = store(&edit, edit.revision()?, None, |fields| {
        at = insertion(fields, &edit.pairs);
        fields.insert(at, fresh(fields, &edit.pairs));
        Ok(())
    });
    let outcome = outcome.await;
    let part = match &outcome {
        Ok(form) if !labelled => Part::Added(key_at(form, at)?),
        _ => Part::NewField,
    };
    edit.answer(part, outcome, "Field added").await
}

fn insertion(fields: &[Value], pairs: &[(String, String)]) -> usize {
    let after = sent(pairs, "after").and_then(|key| position(fields, key).ok());
    let place = sent(pairs, "place").and_then(|text| text.parse::<usize>().ok());
    match (place, after) {
        (Some(place), _) => place.saturating_sub(1).min(fields.len()),
        (None, Some(after)) => after + 1,
        (None, None) => fields.len(),
    }
}

fn key_at(form: &Form, at: usize) -> Result<String> {
    let definition = form.definition()?;
    let field = definition.fields.get(at);
    field.map(|field| field.key.clone()).ok_or_else(|| Error::internal("the field is not there"))
}

/// Takes over all settings of a field.
pub(crate) async fn change(Path(path): Path<FieldPath>, edit: Edit) -> Reply<Response> {
    let part = Some(format!("fields.{}", path.field));
    let outcome = store(&edit, edit.revision()?, part, |fields| {
        let index = position(fields, &path.field)?;
        fields[index] = changed(&fields[index], &edit.pairs);
        Ok(())
    });
    let outcome = outcome.await;
    edit.answer(Part::Field(path.field), outcome, "Field saved").await
}

/// Moves a field one place up or down, or to the place that is named, counted from 1.
pub(crate) async fn reposition(Path(path): Path<FieldPath>, edit: Edit) -> Reply<Response> {
    let outcome = store(&edit, edit.revision()?, None, |fields| {
        let from = position(fields, &path.field)?;
        let to = destination(&edit.pairs, from, fields.len())?;
        let field = fields.remove(from);
        fields.insert(to, field);
        Ok(())
    });
    let outcome = outcome.await;
    edit.answer(Part::Order, outcome, "Field moved").await
}

fn destination(pairs: &[(String, String)], from: usize, count: usize) -> Result<usize> {
    let place = sent(pairs, "place").and_then(|text| text.parse::<usize>().ok());
    match (sent(pairs, "to"), place) {
        (Some("up"), _) => Ok(from.saturating_sub(1)),
        (Some("down"), _) => Ok((from + 1).min(count - 1)),
        (None, Some(place)) => Ok(place.saturating_sub(1).min(count - 1)),
        _ => Err(Error::invalid("to", "not_an_option", "Move it up, down, or to a place.")),
    }
}

/// Puts a second one after it, with a key of its own.
pub(crate) async fn copy(Path(path): Path<FieldPath>, edit: Edit) -> Reply<Response> {
    let mut at = 0;
    let outcome = store(&edit, edit.revision()?, None, |fields| {
        at = position(fields, &path.field)? + 1;
        let mut second = fields[at - 1].clone();
        second["key"].take();
        fields.insert(at, second);
        Ok(())
    });
    let outcome = outcome.await;
    let part = match &outcome {
        Ok(form) => Part::Added(key_at(form, at)?),
        Err(_) => Part::Whole,
    };
    edit.answer(part, outcome, "Field duplicated").await
}

/// Makes it a field of another type of the same family.
pub(crate) async fn retype(Path(path): Path<FieldPath>, edit: Edit) -> Reply<Response> {
    let outcome = store(&edit, edit.revision()?, None, |fields| {
        let index = position(fields, &path.field)?;
        let kind = sent(&edit.pairs, "type").unwrap_or_default();
        if !family(fields[index]["type"].as_str().unwrap_or_default()).contains(&kind) {
            let message = "A field can turn into one of its own kind. Add another field instead.";
            return Err(Error::invalid("type", "not_an_option", message));
        }
        fields[index] = retyped(&fields[index], kind);
        Ok(())
    });
    let outcome = outcome.await;
    edit.answer(Part::Field(path.field), outcome, "Type changed").await
}

/// Tries the pattern that stands in the panel, stored or not.
pub(crate) async fn try_pattern(Path(path): Path<FieldPath>, edit: Edit) -> Reply<Response> {
    if edit.wants_part() {
        return Ok(editor::verdict(&path.field, Some(&edit.pairs)).into_response());
    }
    edit.show_again(&Part::Field(path.field)).await
}

/// Takes a field out.
pub(crate) async fn remove(
    Path(path): Path<FieldPath>,
    Query(seen): Query<Seen>,
    edit: Edit,
) -> Reply<Response> {
    let revision = seen.revision.map_or_else(|| edit.revision(), Ok)?;
    let outcome = store(&edit, revision, None, |fields| {
        fields.remove(position(fields, &path.field)?);
        Ok(())
    });
    let outcome = outcome.await;
    edit.answer(Part::Removed, outcome, "Field deleted").await
}

async fn store(
    edit: &Edit,
    revision: i64,
    part: Option<String>,
    alter: impl FnOnce(&mut Vec<Value>) -> Result<()>,
) -> Result<Form> {
    edit.form.expect_revision(Some(revision))?;
    let mut fields = edit.fields()?;
    alter(&mut fields)?;
    let change = FormChange {
        fields: Some(Value::from(fields).into()),
        revision: Some(revision),
        part,
        ..FormChange::default()
    };
    update(&edit.visit, edit.form.clone(), change).await
}

fn position(fields: &[Value], key: &str) -> Result<usize> {
    fields.iter().position(|field| field["key"] == key).ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_field_goes_where_it_is_told_and_never_beyond_the_list() {
        let fields = [json!({"key": "a"}), json!({"key": "b"})];
        let at = |list: &[(&str, &str)]| insertion(&fields, &pairs(list));
        assert_eq!([at(&[]), at(&[("after", "a")]), at(&[("after", "gone")])], [2, 1, 2]);
        assert_eq!(
            [at(&[("place", "1")]), at(&[("place", "0")]), at(&[("place", "99")])],
            [0, 0, 2]
        );
        let to = |list: &[(&str, &str)]| destination(&pairs(list), 1, 3).ok();
        assert_eq!([to(&[("to", "up")]), to(&[("to", "down")])], [Some(0), Some(2)]);
        assert_eq!([to(&[("place", "3")]), to(&[("place", "-1")]), to(&[])], [Some(2), None, None]);
    }
}
