//! One form.

use axum::response::Response;
use web::{Reply, Viewable};

use super::{Form, json::FormJson};

pub(crate) async fn api(form: Viewable<Form>) -> Reply<Response> {
    Ok(web::json(&FormJson::of(&form)?))
}
