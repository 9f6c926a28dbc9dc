//! The conditions of one field, changed on their page a row at a time.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Query, Reply, Viewable};

use super::{
    Form,
    condition_rows::{Rows, When},
    edit::Edit,
    fields::FieldPath,
    logic::drawn,
    logic_page::{Attempt, Work},
    logic_view as view,
    update::{FormChange, update},
};
use crate::{
    definition::{Compares, Condition, Definition, Field, Kind, Operator, Test},
    pages::sent,
    paths,
};

/// What the address of a change may carry.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// The row is not complete yet: show what fits what was chosen so far.
    #[serde(default)]
    choose: bool,
}

/// Adds a row, takes one away, joins them otherwise, or takes away the condition.
pub(crate) async fn change(
    Path(path): Path<FieldPath>,
    Query(asked): Query<Asked>,
    edit: Edit,
) -> Reply<Response> {
    if asked.choose {
        return refuse(&edit, &path.field, StatusCode::OK, Fields::new()).await;
    }
    match store(&edit, &path.field).await {
        Ok(form) if edit.wants_part() => {
            let work = Work { open: Some(&path.field), attempt: None };
            let body = drawn(&edit.visit, &form, Vec::new(), work, view::container);
            Ok(body.await?.into_response())
        }
        Ok(form) => {
            let here = paths::logic_of(edit.visit.slug(), form.id, &path.field);
            Ok(web::done(&here, "Condition saved"))
        }
        Err(Error::Invalid(problems)) => {
            refuse(&edit, &path.field, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(Error::Conflict { .. }) => {
            refuse(&edit, &path.field, StatusCode::CONFLICT, Fields::new()).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn store(edit: &Edit, key: &str) -> Result<Form> {
    let revision = edit.revision()?;
    edit.form.expect_revision(Some(revision))?;
    let definition = edit.form.definition()?;
    let index = definition.fields.iter().position(|field| field.key == key);
    let index = index.ok_or(Error::NotFound)?;
    let mut field = definition.fields[index].clone();
    let place = match When::sent(&edit.pairs) {
        When::Show => &mut field.show_if,
        When::Require => &mut field.require_if,
    };
    *place = altered(place.take(), &edit.pairs, &definition)?;
    let mut fields = edit.fields()?;
    fields[index] = serde_json::to_value(&field).map_err(Error::internal)?;
    let change = FormChange {
        fields: Some(Value::from(fields).into()),
        revision: Some(revision),
        ..FormChange::default()
    };
    update(&edit.visit, edit.form.clone(), change).await
}

/// The condition as it is after what was sent. One that is nested can only be taken away as a whole.
fn altered(
    condition: Option<Condition>,
    pairs: &[(String, String)],
    definition: &Definition,
) -> Result<Option<Condition>> {
    if sent(pairs, "clear").is_some() {
        return Ok(None);
    }
    let Some(mut rows) = Rows::of(condition.as_ref()) else {
        let message = "This condition is nested. Remove it first, then make it anew here.";
        return Err(Error::invalid("condition", "nested", message));
    };
    if let Some(joined) = sent(pairs, "joined") {
        rows.any = joined == "any";
    } else if let Some(row) = sent(pairs, "remove") {
        let row = row.parse::<usize>().ok().filter(|row| *row < rows.tests.len());
        rows.tests.remove(row.ok_or(Error::NotFound)?);
    } else {
        rows.tests.push(row(pairs, definition)?);
    }
    Ok(rows.condition())
}

/// A new row; whether it fits the form as a whole is for the rules of documents to say.
fn row(pairs: &[(String, String)], definition: &Definition) -> Result<Test> {
    let field = sent(pairs, "field").and_then(|key| definition.field(key));
    let field =
        field.ok_or_else(|| Error::invalid("field", "required", "Choose an earlier question."))?;
    let is = sent(pairs, "is").and_then(Operator::named);
    let is = is.filter(|is| Operator::of(&field.kind).contains(is)).ok_or_else(|| {
        let message = format!("Choose how the answer to “{}” is tested.", field.name());
        Error::invalid("is", "not_an_option", message)
    })?;
    let several = is.compares() == Compares::WithSeveral;
    let texts = pairs.iter().filter(|(name, _)| name == "value").map(|(_, text)| text.as_str());
    let lines = texts.flat_map(|text| if several { text.lines().collect() } else { vec![text] });
    let texts = lines.map(str::trim).filter(|text| !text.is_empty());
    let values = texts.map(|text| value(field, text)).collect::<Result<Vec<Value>>>();
    let value = match is.compares() {
        Compares::WithNothing => None,
        Compares::WithSeveral => Some(Value::from(values?)).filter(|list| *list != json!([])),
        Compares::WithOne => values?.pop(),
    };
    if value.is_none() && is.compares() != Compares::WithNothing {
        return Err(Error::invalid("value", "required", "Say what it is compared with."));
    }
    Ok(Test { field: field.key.clone(), is, value })
}

/// A text as the document writes what answers to this field are compared with.
fn value(field: &Field, text: &str) -> Result<Value> {
    let number = || {
        let whole = text.parse::<i64>().ok().map(Value::from);
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from);
        whole.or(number)
    };
    let read = match field.kind {
        Kind::Number(_) | Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => {
            number().ok_or("Write a number and nothing else, such as 18.")
        }
        Kind::YesNo => text.parse::<bool>().map(Value::from).map_err(|_| "Choose Yes or No."),
        _ => Ok(text.into()),
    };
    read.map_err(|message| Error::invalid("value", "wrong_type", message))
}

/// The page as it stands now with what was sent in its inputs, and what is wrong beside them.
async fn refuse(edit: &Edit, key: &str, status: StatusCode, problems: Fields) -> Reply<Response> {
    let form: Viewable<Form> = Viewable::load(&edit.visit, edit.form.id).await?;
    let definition = form.definition()?;
    let field = definition.field(key).ok_or(Error::NotFound)?;
    let (problems, mut told) = beside_inputs(&problems, field);
    if status == StatusCode::CONFLICT {
        let message = "Someone else changed this form just now. It is shown as it stands; \
                       make your change again.";
        told.push(message.into());
    }
    let when = When::sent(&edit.pairs);
    let attempt = Attempt { key, when, pairs: &edit.pairs, problems, told: told.join(" ") };
    let work = Work { open: Some(key), attempt: Some(&attempt) };
    if edit.wants_part() {
        let body = drawn(&edit.visit, &form, Vec::new(), work, view::container).await?;
        return Ok((status, body).into_response());
    }
    let body = drawn(&edit.visit, &form, Vec::new(), work, view::page).await?;
    Ok((status, web::shell_page(&edit.visit, &form.title, body)).into_response())
}

/// `fields[3].show_if.all[0].value` stands in the input `value`; the rest is told above the row.
fn beside_inputs(problems: &Fields, field: &Field) -> (Fields, Vec<String>) {
    let (mut beside, mut told) = (Fields::new(), Vec::new());
    let owner = format!("The condition of “{}”: ", field.name());
    for problem in problems {
        let last = problem.field.rsplit('.').next().unwrap_or_default();
        let name = last.split('[').next().unwrap_or_default();
        let message = problem.message.strip_prefix(&owner).unwrap_or(&problem.message);
        if matches!(name, "field" | "is" | "value") {
            beside.push(name, "refused", message);
        } else {
            told.push(message.to_owned());
        }
    }
    (beside, told)
}
