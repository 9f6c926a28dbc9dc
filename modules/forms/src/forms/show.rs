//! One form.

use axum::{
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use maud::{Markup, html};
use web::{Editable, Reply, Viewable, Visit};

use super::{
    Form,
    editor::{self, Editor},
    fields::FieldPath,
    history::History,
    json::FormJson,
};
use crate::{
    FORMS_WRITE,
    pages::{Viewer, origin, wants_part},
    paths,
};

/// The page on which it is changed, by those who may.
pub(crate) async fn page(visit: Visit, headers: HeaderMap, form: Viewable<Form>) -> Reply<Markup> {
    let body = shown(&visit, &headers, &form, None, |editor| Ok(whole(editor))).await?;
    Ok(web::shell_page(&visit, &form.title, body))
}

/// The settings of one field, by themselves or in the page.
pub(crate) async fn field(
    visit: Visit,
    headers: HeaderMap,
    Path(path): Path<FieldPath>,
    form: Editable<Form>,
) -> Reply<Response> {
    let key = path.field.as_str();
    let panel = |editor: &Editor<'_>| editor::field_panel(editor, key).ok_or(Error::NotFound);
    if wants_part(&headers) {
        return Ok(shown(&visit, &headers, &form, None, panel).await?.into_response());
    }
    let view = |editor: &Editor<'_>| panel(editor).map(|_| whole(editor));
    let body = shown(&visit, &headers, &form, Some(key), view).await?;
    Ok(web::shell_page(&visit, &form.title, body).into_response())
}

async fn shown(
    visit: &Visit,
    headers: &HeaderMap,
    form: &Form,
    open: Option<&str>,
    view: impl FnOnce(&Editor<'_>) -> Result<Markup>,
) -> Result<Markup> {
    let history = History::of(&mut visit.read().await?, form.id).await?;
    let (definition, origin) = (form.definition()?, origin(headers));
    view(&Editor {
        viewer: Viewer::of(visit, FORMS_WRITE),
        form,
        definition: &definition,
        origin: &origin,
        attempt: None,
        done: None,
        history,
        open,
        preview: &paths::form_part(visit.slug(), form.id, "preview"),
    })
}

fn whole(editor: &Editor<'_>) -> Markup {
    html! {
        (editor::page(editor))
        script src=(ui::url("builder.js")) type="module" {}
    }
}

pub(crate) async fn api(visit: Visit, form: Viewable<Form>) -> Reply<Response> {
    Ok(web::json(&FormJson::of(&form, visit.now())?))
}
