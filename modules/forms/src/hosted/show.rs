//! An empty form, or one that the link has filled in.

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};
use kernel::{Error, Fields};
use web::{Reply, Visit};

use super::{
    framed, known, missing,
    views::{self, Sheet},
};
use crate::{Forms, controls::Filled};

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Path(public_id): Path<String>,
    RawQuery(query): RawQuery,
) -> Reply<Response> {
    let Some(form) = known(&forms, &public_id).await? else { return Ok(missing()) };
    if !form.open {
        return Ok(framed(StatusCode::GONE, views::closed(&form.title)));
    }
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default())
            .map_err(|error| Error::Malformed(format!("The address cannot be read: {error}.")))?;
    let filled = Filled { pairs: &pairs, problems: &Fields::new(), prefix: "" };
    let sheet = Sheet { form: &form, filled, key: &kernel::short_id(visit.chance()) };
    Ok(framed(StatusCode::OK, views::page(&sheet)))
}
