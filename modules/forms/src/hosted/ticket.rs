//! A ticket for pages of somebody's own, which send answers as JSON: `POST /f/…?_ticket=…`.

use axum::{
    extract::State,
    http::header::CACHE_CONTROL,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use web::{Reply, Visit};

use super::Hosted;
use crate::Forms;

/// Says when a page was opened.
#[derive(Serialize)]
struct Ticket {
    ticket: String,
}

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Hosted(form): Hosted,
) -> Reply<Response> {
    let (now, chance, works) = (visit.now(), visit.chance(), form.protection.proof_of_work);
    let ticket = forms.guard().ticket(form.form, now, chance, works);
    Ok(([(CACHE_CONTROL, "no-store")], web::json(&Ticket { ticket })).into_response())
}
