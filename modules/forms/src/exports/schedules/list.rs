//! The schedules of a form; there are few of them, so they are no pages.

use axum::{extract::Path, response::Response};
use kernel::Result;
use web::{Page, Reply, Visit};

use crate::{
    exports::{json::ScheduleJson, store},
    submissions::expect_form,
};

pub(crate) async fn api(visit: Visit, Path(form): Path<String>) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let all = store::schedules::list_of(&mut visit.read().await?, form).await?;
    let data = all.iter().map(ScheduleJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: None }))
}
