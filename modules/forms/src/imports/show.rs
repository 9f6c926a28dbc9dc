//! One import: where its columns go, how far it is, and what is wrong with its rows.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields, Result};
use web::{Page, Paging, Query, Reply, Viewable, Visit};

use super::{
    Import, errors,
    json::ImportJson,
    store::ErrorRow,
    views::{
        one,
        sheet::{Attempt, Sheet},
    },
};
use crate::{
    Forms, SUBMISSIONS_DELETE, SUBMISSIONS_WRITE,
    definition::Definition,
    forms::Form,
    pages::{Viewer, wants_part},
};

pub(crate) async fn api(import: Viewable<Import>) -> Reply<Response> {
    Ok(web::json(&ImportJson::of(&import)?))
}

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    headers: HeaderMap,
    import: Viewable<Import>,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let form = Viewable::<Form>::load(&visit, import.form_id).await?;
    let found = Shown::find(&forms, &visit, &form, &import, &paging).await?;
    let (pairs, problems) = (Vec::new(), Fields::new());
    let sheet =
        found.sheet(&visit, &form, &import, Attempt { pairs: &pairs, problems: &problems })?;
    if wants_part(&headers) {
        return Ok(one::container(&sheet).into_response());
    }
    Ok(web::shell_page(&visit, &form.title, one::page(&sheet)).into_response())
}

/// The page once more, with what was chosen and what is wrong with it.
pub(super) async fn again(
    forms: &Forms,
    visit: &Visit,
    import: &Import,
    pairs: &[(String, String)],
    problems: &Fields,
) -> Reply<Response> {
    let form = Viewable::<Form>::load(visit, import.form_id).await?;
    let found = Shown::find(forms, visit, &form, import, &Paging::default()).await?;
    let sheet = found.sheet(visit, &form, import, Attempt { pairs, problems })?;
    let page = web::shell_page(visit, &form.title, one::page(&sheet));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What the page shows beside the import.
struct Shown {
    definition: Definition,
    errors: Page<ErrorRow>,
    first: bool,
}

impl Shown {
    async fn find(
        forms: &Forms,
        visit: &Visit,
        form: &Form,
        import: &Import,
        paging: &Paging,
    ) -> Result<Self> {
        // A form that was closed is judged by its newest version all the same.
        let definition = match forms.published().of_workspace(visit.workspace(), form.id).await {
            Ok(published) => published.frozen.definition.clone(),
            Err(Error::NotFound) => form.definition()?,
            Err(error) => return Err(error),
        };
        Ok(Shown {
            definition,
            errors: errors::list(visit, import, paging).await?,
            first: paging.cursor.as_deref().is_none_or(str::is_empty),
        })
    }

    fn sheet<'a>(
        &'a self,
        visit: &'a Visit,
        form: &'a Form,
        import: &'a Import,
        attempt: Attempt<'a>,
    ) -> Result<Sheet<'a>> {
        Ok(Sheet {
            viewer: Viewer::of(visit, SUBMISSIONS_WRITE),
            deletes: visit.actor().may(SUBMISSIONS_DELETE),
            form,
            import,
            definition: &self.definition,
            columns: import.columns()?,
            mapping: import.mapping()?,
            options: import.options()?,
            errors: &self.errors,
            first: self.first,
            attempt,
        })
    }
}
