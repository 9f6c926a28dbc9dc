//! Saying where columns go, and how values are read.

use axum::{extract::State, response::Response};
use db::Json;
use kernel::{Error, Result};
use web::{Cx, Editable, Pairs, Reply, Visit};

use super::{
    Import,
    asked::asked,
    change::ImportChange,
    create::{examine, published},
    json::ImportJson,
    mapping, show, store,
};
use crate::{Forms, events::ImportChanged, forms, paths};

/// 409 while it is at work, and once rows of it are stored: those were read in one way.
pub(super) async fn update(
    forms: &Forms,
    cx: &Cx,
    import: &Editable<Import>,
    change: ImportChange,
) -> Result<Import> {
    let published = published(forms, cx, import.form_id).await?;
    let (options, mut changed) = (import.options()?, Import::clone(import));
    let (mut columns, mut whole) = (import.columns()?, import.mapping()?);
    let mut after = change.options.taken(&options);
    if change.options.changes_columns(&options) {
        let form = forms::store::find_form(&mut cx.read().await?, import.form_id).await?;
        let (form, owner) = (form.ok_or(Error::NotFound)?, import.id.to_string());
        let file = (import.file()?, Some(owner.as_str()));
        let format = import.format();
        let asked = Some(&change.options);
        let found = examine(forms, cx, &form, &published, file, format, after, asked).await?;
        (columns, whole, after) = (found.columns, found.mapping, found.options);
    }
    whole.extend(change.mapping);
    mapping::check(&whole, &columns, import.format(), &published.frozen.definition)?;
    changed.columns = Json::of(&columns)?;
    changed.mapping = Json::of(&whole)?;
    changed.options = Json::of(&after)?;
    let mut tx = cx.begin().await?;
    if !store::update_mapping(&mut tx, &changed).await? {
        return Err(import.settled());
    }
    store::delete_errors(&mut tx, import.id).await?;
    let (form_id, import_id) = (import.form_id, import.id.to_string());
    tx.record(&ImportChanged { form_id, import_id }).await?;
    let changed = store::find_import(&mut tx, import.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(changed)
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    import: Editable<Import>,
    web::Json(change): web::Json<ImportChange>,
) -> Reply<Response> {
    let changed = update(&forms, &visit, &import, change).await?;
    Ok(web::json(&ImportJson::told(&changed, &visit)?))
}

/// Saves what the form of the page says and, when it says so, goes on to the check.
pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    import: Editable<Import>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let here = paths::import(visit.slug(), import.id);
    let asked = asked(&import, &pairs)?;
    let saved = match update(&forms, &visit, &import, asked.change).await {
        Ok(_) if asked.checks => super::start::check(&forms, &visit, &import).await.map(|_| ()),
        Ok(_) => Ok(()),
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) if asked.checks => Ok(web::done(&here, "The check has begun")),
        Ok(()) => Ok(web::done(&here, "Saved")),
        Err(Error::Invalid(problems)) => {
            show::again(&forms, &visit, &import, &pairs, &problems).await
        }
        Err(error @ Error::Conflict { .. }) => Ok(web::refused(&here, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}
