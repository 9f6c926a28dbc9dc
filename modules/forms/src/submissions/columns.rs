//! Choosing the columns of the list, and their order.

mod views;

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use kernel::Result;
use maud::Markup;
use web::{Query, Reply, Viewable, Visit};

use super::{
    column::{self, Column},
    place::Place,
    questions, saved_views,
};
use crate::{
    forms::Form,
    pages::{sent, wants_part},
};

pub(crate) use views::{Offered, Panel, panel};

/// The panel; by itself for the page of the list, which it stands above.
pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let panel = drawn(&visit, &form, &pairs).await?;
    if wants_part(&headers) {
        return Ok(panel.into_response());
    }
    let title = format!("Columns of {}", form.title);
    Ok(web::shell_page(&visit, &title, views::page(visit.slug(), &form, panel)).into_response())
}

async fn drawn(visit: &Visit, form: &Form, pairs: &[(String, String)]) -> Result<Markup> {
    let mut place = Place::seen_by_people(pairs)?;
    let definition = form.definition()?;
    let mut tx = visit.read().await?;
    if let Some(id) = place.view
        && let Some(view) = saved_views::store::find_view(&mut tx, id).await?
        && view.form_id == form.id
    {
        place.follow(view.place()?);
    }
    let asked = questions::all(&mut tx, form.id, &definition).await?;
    let mut chosen = place.columns.clone().unwrap_or_else(|| column::usual(&definition));
    shift(&mut chosen, pairs);
    let offered = offered(&chosen, asked);
    Ok(panel(&Panel { slug: visit.slug(), form: form.id, place: &place, offered: &offered }))
}

/// The arrow that was pressed, where no script did it.
fn shift(chosen: &mut [Column], pairs: &[(String, String)]) {
    let at = |name: &str| {
        let word = sent(pairs, name)?;
        chosen.iter().position(|column| column.to_string() == word)
    };
    let (up, down) = (at("up").filter(|index| *index > 0), at("down"));
    if let Some(index) = up {
        chosen.swap(index - 1, index);
    } else if let Some(index) = down.filter(|index| index + 1 < chosen.len()) {
        chosen.swap(index, index + 1);
    }
}

/// The chosen columns in their order, and then all others.
fn offered(chosen: &[Column], asked: Vec<questions::Question>) -> Vec<Offered> {
    let answers = asked.into_iter().map(|it| Offered::answer(it.field, it.asked));
    let mut others: Vec<Offered> = Offered::own().chain(answers).collect();
    let mut all = Vec::with_capacity(others.len());
    for column in chosen {
        // What is chosen and known nowhere is left out.
        if let Some(index) = others.iter().position(|it| it.column == *column) {
            all.push(others.remove(index).chosen());
        }
    }
    // Answers are looked for more often than what every submission has.
    let (answers, own): (Vec<Offered>, Vec<Offered>) =
        others.into_iter().partition(|it| it.column.key().is_some());
    all.extend(answers);
    all.extend(own);
    all
}
