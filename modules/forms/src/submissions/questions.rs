//! What a form has ever asked: lists may name it, also when it is asked no more.

use std::collections::{HashMap, HashSet};

use db::Tx;
use kernel::Result;

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

fn take(wanted: &mut HashSet<&str>, found: &mut HashMap<String, Field>, definition: &Definition) {
    for field in definition.fields.iter().filter(|field| field.kind.is_question()) {
        if wanted.remove(field.key.as_str()) {
            found.insert(field.key.clone(), field.clone());
        }
    }
}
