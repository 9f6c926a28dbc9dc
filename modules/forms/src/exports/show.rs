//! One export.

use axum::response::Response;
use web::{Reply, Viewable, Visit};

use super::{Export, json::ExportJson};

pub(crate) async fn api(visit: Visit, export: Viewable<Export>) -> Reply<Response> {
    Ok(web::json(&ExportJson::of(&export, visit.now())?))
}
