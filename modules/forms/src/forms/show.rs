//! One form.

use axum::{http::HeaderMap, response::Response};
use maud::{Markup, html};
use web::{Reply, Viewable, Visit};

use super::{
    Form,
    editor::{self, Editor},
    json::FormJson,
};
use crate::{
    FORMS_WRITE,
    pages::{Viewer, origin},
};

/// The page on which it is changed, by those who may.
pub(crate) async fn page(visit: Visit, headers: HeaderMap, form: Viewable<Form>) -> Reply<Markup> {
    let (definition, origin) = (form.definition()?, origin(&headers));
    let editor = Editor {
        viewer: Viewer::of(&visit, FORMS_WRITE),
        form: &form,
        definition: &definition,
        origin: &origin,
        attempt: None,
        done: None,
    };
    let body = html! {
        (editor::page(&editor))
        script src=(ui::url("unsaved.js")) type="module" {}
    };
    Ok(web::shell_page(&visit, &form.title, body))
}

pub(crate) async fn api(form: Viewable<Form>) -> Reply<Response> {
    Ok(web::json(&FormJson::of(&form)?))
}
