//! The versions of a form: what each asked, what it changed, and the way back to it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use db::Json as Document;
use kernel::{Error, Result};
use serde::Deserialize;
use serde_json::Value;
use web::{Cx, Editable, Page, Paging, Query, Reply, Viewable, Visit};

use super::{
    Form,
    comparison::{self, Comparison, Edition},
    frozen::{Version, VersionHead},
    history,
    json::FormJson,
    store, versions_view,
};
use crate::{FORMS_WRITE, Forms, events::FormRestored, pages::Viewer, paths};

/// Which version the address names.
#[derive(Debug, Deserialize)]
pub(crate) struct VersionPath {
    version: String,
}

impl VersionPath {
    fn number(&self) -> Result<i64> {
        self.version.parse().map_err(|_| Error::NotFound)
    }
}

pub(crate) async fn list(cx: &Cx, form: &Form, paging: &Paging) -> Result<Page<VersionHead>> {
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let rows = store::list_versions(&mut tx, form.id, paging.place()?, limit + 1).await?;
    Ok(Page::of(rows, limit, |version| version.version.to_string()))
}

/// A version, with what it changed.
pub(crate) async fn find(cx: &Cx, form: &Form, number: i64) -> Result<Version> {
    let mut tx = cx.read().await?;
    let head = store::find_version_head(&mut tx, form.id, number).await?;
    let head = head.ok_or(Error::NotFound)?;
    let edition = Edition::frozen(&mut tx, form, number).await?.ok_or(Error::NotFound)?;
    let before = Edition::frozen(&mut tx, form, number - 1).await?;
    let definition = &edition.definition;
    let whole = |it: Result<Value, serde_json::Error>| it.map_err(Error::internal);
    Ok(Version {
        head,
        fields: whole(serde_json::to_value(&definition.fields))?,
        settings: whole(serde_json::to_value(&definition.settings))?,
        changes: before.map(|before| Comparison::between(before, edition.clone()).changes),
    })
}

/// A version, and the one before it, if there is one.
async fn edition_and_before(
    cx: &Cx,
    form: &Form,
    number: i64,
) -> Result<(Edition, Option<Edition>)> {
    let mut tx = cx.read().await?;
    let edition = Edition::frozen(&mut tx, form, number).await?.ok_or(Error::NotFound)?;
    Ok((edition, Edition::frozen(&mut tx, form, number - 1).await?))
}

/// Makes the document of an earlier version the draft; it is published as a new version or not at all.
pub(crate) async fn restore(cx: &Cx, form: Editable<Form>, number: i64) -> Result<Form> {
    let before = form.into_inner();
    let mut form = before.clone();
    let mut tx = cx.begin().await?;
    let found = store::find_version(&mut tx, form.id, number).await?;
    let (title, document) = found.ok_or(Error::NotFound)?;
    (form.title, form.definition) = (title, Document(document.0));
    form.changed = true;
    form.updated_at = cx.now();
    store::update_form(&mut tx, &mut form).await?;
    history::remember(cx, &mut tx, &before, &form, None).await?;
    tx.record(&FormRestored { form_id: form.id, title: form.title.clone(), version: number })
        .await?;
    tx.commit().await?;
    Ok(form)
}

pub(crate) async fn api_list(
    visit: Visit,
    form: Viewable<Form>,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    Ok(web::json(&list(&visit, &form, &paging).await?))
}

pub(crate) async fn api_show(
    visit: Visit,
    form: Viewable<Form>,
    Path(path): Path<VersionPath>,
) -> Reply<Response> {
    Ok(web::json(&find(&visit, &form, path.number()?).await?))
}

pub(crate) async fn api_restore(
    State(_): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
    Path(path): Path<VersionPath>,
) -> Reply<Response> {
    let form = restore(&visit, form, path.number()?).await?;
    Ok(web::json(&FormJson::of(&form, visit.now())?))
}

/// All versions, the one that is asked for with what it changed.
pub(crate) async fn page(
    visit: Visit,
    form: Viewable<Form>,
    Query(paging): Query<Paging>,
) -> Reply<maud::Markup> {
    let viewer = Viewer::of(&visit, FORMS_WRITE);
    let page = list(&visit, &form, &paging).await?;
    let further = paging.cursor.is_some_and(|cursor| !cursor.is_empty());
    let offered = comparison::offered(&visit, &form).await?;
    let body = versions_view::list(&viewer, &form, &page, &offered, further);
    Ok(web::shell_page(&visit, &format!("Versions of {}", form.title), body))
}

pub(crate) async fn page_show(
    visit: Visit,
    form: Viewable<Form>,
    Path(path): Path<VersionPath>,
) -> Reply<maud::Markup> {
    let viewer = Viewer::of(&visit, FORMS_WRITE);
    let number = path.number()?;
    let (edition, before) = edition_and_before(&visit, &form, number).await?;
    let body = versions_view::one(&viewer, &form, edition, before);
    Ok(web::shell_page(&visit, &format!("Version {number}"), body))
}

pub(crate) async fn page_restore(
    visit: Visit,
    form: Editable<Form>,
    Path(path): Path<VersionPath>,
) -> Reply<Response> {
    let number = path.number()?;
    let form = restore(&visit, form, number).await?;
    let text = format!("The form is as it was in version {number}. Publish it when it is right.");
    Ok(web::done(&paths::form(visit.slug(), form.id), &text))
}
