//! An empty form, or one that the link has filled in.

use axum::{extract::RawQuery, http::StatusCode, response::Response};
use kernel::{Error, Fields};
use web::{Reply, Visit};

use super::{
    Hosted, framed,
    views::{self, Sheet},
};
use crate::controls::Filled;

pub(crate) async fn page(
    visit: Visit,
    Hosted(form): Hosted,
    RawQuery(query): RawQuery,
) -> Reply<Response> {
    if !form.open {
        return Ok(framed(StatusCode::GONE, views::closed(&form.frozen.title)));
    }
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default())
            .map_err(|error| Error::Malformed(format!("The address cannot be read: {error}.")))?;
    let filled = Filled { pairs: &pairs, problems: &Fields::new(), kept: &[], prefix: "" };
    let key = kernel::short_id(visit.chance());
    let sheet = Sheet { form: &form, filled, key: &key, here: 0 };
    Ok(framed(StatusCode::OK, views::page(&sheet)))
}
