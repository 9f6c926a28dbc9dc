//! What a form has ever asked: lists may name it, also when it is asked no more.

use std::collections::{HashMap, HashSet};

use db::Tx;
use kernel::{Error, Fields, Result};

use super::filter::Filter;
use crate::{
    definition::{Definition, Field},
    forms::{self, FormId},
};

/// A question, and whether the form still asks it.
pub(crate) struct Question {
    pub(crate) field: Field,
    pub(crate) asked: bool,
}

/// All questions: as they stand now, and then those of earlier versions, the newest first.
pub(crate) async fn all(tx: &mut Tx, form: FormId, now: &Definition) -> Result<Vec<Question>> {
    let mut known = HashSet::new();
    let mut questions = Vec::new();
    let mut add = |definition: &Definition, asked: bool| {
        for field in definition.fields.iter().filter(|field| field.kind.is_question()) {
            if known.insert(field.key.clone()) {
                questions.push(Question { field: field.clone(), asked });
            }
        }
    };
    add(now, true);
    let mut below = i64::MAX;
    while let Some((version, frozen)) = forms::store::find_version_below(tx, form, below).await? {
        add(&frozen.read()?, false);
        below = version;
    }
    Ok(questions)
}

/// The questions of these keys as they were asked last. Earlier versions are read only for what is not asked now.
pub(crate) async fn find<'a>(
    tx: &mut Tx,
    form: FormId,
    now: &Definition,
    keys: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Field>> {
    let mut wanted: HashSet<&str> = keys.collect();
    let mut found = HashMap::new();
    take(&mut wanted, &mut found, now);
    let mut below = i64::MAX;
    while !wanted.is_empty() {
        let frozen = forms::store::find_version_below(tx, form, below).await?;
        let Some((version, frozen)) = frozen else { break };
        take(&mut wanted, &mut found, &frozen.read()?);
        below = version;
    }
    Ok(found)
}

/// Keys that a filter asks for and that the form never asked. Without a question about answers nothing is read.
pub(crate) async fn unknown(
    tx: &mut Tx,
    form: FormId,
    now: &Definition,
    filter: &Filter,
) -> Result<Vec<String>> {
    let keys = || filter.answers.iter().map(|(key, _)| key.as_str());
    let found = find(tx, form, now, keys()).await?;
    let mut unknown: Vec<String> =
        keys().filter(|key| !found.contains_key(*key)).map(str::to_owned).collect();
    unknown.dedup();
    Ok(unknown)
}

/// Refuses such a filter by the name of each condition; `place` is where the filter stands, such as `filter.`.
pub(crate) async fn expect(tx: &mut Tx, form: FormId, filter: &Filter, place: &str) -> Result<()> {
    if filter.answers.is_empty() {
        return Ok(());
    }
    let whole = forms::store::find_form(tx, form).await?.ok_or(Error::NotFound)?;
    let mut problems = Fields::new();
    for key in unknown(tx, form, &whole.definition()?, filter).await? {
        let message = format!("This form has no field “{key}” in any version.");
        problems.push(format!("{place}answers.{key}"), "unknown_field", message);
    }
    problems.into_result().map_err(Error::from)
}

fn take(wanted: &mut HashSet<&str>, found: &mut HashMap<String, Field>, definition: &Definition) {
    for field in definition.fields.iter().filter(|field| field.kind.is_question()) {
        if wanted.remove(field.key.as_str()) {
            found.insert(field.key.clone(), field.clone());
        }
    }
}
