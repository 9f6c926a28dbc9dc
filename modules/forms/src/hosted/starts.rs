//! The browser tells that somebody begins to answer: once a page, and it waits for nothing.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use kernel::Error;
use serde::Deserialize;
use web::{Form, Reply, Visit};

use super::{Hosted, walk::is_key};
use crate::{Forms, visits::bots::is_bot};

/// Bytes of what is told.
pub(crate) const LARGEST: usize = 1_024;

/// Somebody begins.
#[derive(Debug, Deserialize)]
pub(crate) struct Start {
    /// The key of the page.
    visit: String,
}

/// 202: heard, and counted in a moment.
pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Hosted(form): Hosted,
    headers: HeaderMap,
    Form(start): Form<Start>,
) -> Reply<StatusCode> {
    if !is_key(&start.visit) {
        return Err(Error::invalid("visit", "invalid", "Send the key of the page.").into());
    }
    if form.is_open(visit.now()) && !is_bot(&headers) {
        forms.visits().began(&form, &start.visit);
    }
    Ok(StatusCode::ACCEPTED)
}
