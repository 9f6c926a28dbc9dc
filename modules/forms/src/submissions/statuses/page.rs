//! The page on which a form's own statuses are named, and on which it is said how long it keeps what comes in.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields};
use web::{Editable, Pairs, Reply, Viewable, Visit};

use super::{OwnStatus, OwnStatuses, Status, replace, store, views};
use crate::{
    FORMS_WRITE, SUBMISSIONS_DELETE,
    forms::Form,
    pages::{Viewer, sent},
    paths,
    submissions::{
        expiry::store::find_retention,
        retention::{self, Retention},
    },
};

/// What stands in the inputs, and what is wrong with it.
#[derive(Default)]
struct Attempt {
    own: Option<Vec<Status>>,
    days: Option<String>,
    problems: Fields,
    told: Option<String>,
}

pub(crate) async fn page(visit: Visit, form: Viewable<Form>) -> Reply<Response> {
    shown(&visit, &form, StatusCode::OK, Attempt::default()).await
}

/// Takes the statuses in the order of the page, less those without a name.
pub(crate) async fn save(
    visit: Visit,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let own = written(&pairs);
    match replace(&visit, &form, OwnStatuses { statuses: own.clone() }).await {
        Ok(_) => Ok(web::done(&paths::statuses(visit.slug(), form.id), "Statuses saved")),
        Err(Error::Invalid(problems)) => {
            let attempt = Attempt { own: Some(drawn(own)), problems, ..Attempt::default() };
            shown(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY, attempt).await
        }
        Err(error @ Error::Conflict { .. }) => {
            let told = Some(error.to_string());
            let attempt = Attempt { own: Some(drawn(own)), told, ..Attempt::default() };
            shown(&visit, &form, StatusCode::CONFLICT, attempt).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The rows of the page; the one whose arrow was pressed has changed places with the one above.
fn written(pairs: &[(String, String)]) -> Vec<OwnStatus> {
    let all = |name: &'static str| {
        pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    };
    let rows = all("key").zip(all("name")).zip(all("tone"));
    let mut rows: Vec<OwnStatus> = rows
        .map(|((key, name), tone)| OwnStatus {
            key: (!key.is_empty()).then(|| key.to_owned()),
            name: name.to_owned(),
            tone: (!tone.is_empty()).then(|| tone.to_owned()),
        })
        .collect();
    let up = sent(pairs, "up").and_then(|index| index.parse::<usize>().ok());
    if let Some(index) = up.filter(|index| (1..rows.len()).contains(index)) {
        rows.swap(index - 1, index);
    }
    rows.retain(|row| !row.name.is_empty());
    rows
}

fn drawn(own: Vec<OwnStatus>) -> Vec<Status> {
    own.into_iter()
        .map(|it| Status {
            key: it.key.unwrap_or_default(),
            name: it.name,
            tone: it.tone.unwrap_or_default(),
        })
        .collect()
}

pub(crate) async fn keep(
    visit: Visit,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let text = sent(&pairs, "days").unwrap_or_default().trim().to_owned();
    // What is no number is as wrong as one that is out of range, and told alike.
    let days = (!text.is_empty()).then(|| text.parse().unwrap_or(0));
    match retention::keep(&visit, &form, &Retention { days }).await {
        Ok(()) => Ok(web::done(&paths::statuses(visit.slug(), form.id), "Saved")),
        Err(Error::Invalid(problems)) => {
            let attempt = Attempt { days: Some(text), problems, ..Attempt::default() };
            shown(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY, attempt).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown(
    visit: &Visit,
    form: &Form,
    status: StatusCode,
    attempt: Attempt,
) -> Reply<Response> {
    let mut tx = visit.read().await?;
    let stored = store::list_statuses(&mut tx, form.id).await?;
    let days = find_retention(&mut tx, form.id).await?.map(|days| days.to_string());
    drop(tx);
    let page = views::page(&views::Page {
        viewer: Viewer::of(visit, FORMS_WRITE),
        deletes: visit.actor().may(SUBMISSIONS_DELETE),
        form,
        own: &attempt.own.unwrap_or(stored),
        days: &attempt.days.or(days).unwrap_or_default(),
        problems: &attempt.problems,
        told: attempt.told.as_deref(),
    });
    let title = format!("Statuses of {}", form.title);
    Ok((status, web::shell_page(visit, &title, page)).into_response())
}
