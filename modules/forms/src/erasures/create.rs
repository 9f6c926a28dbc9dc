//! Asking for one person: a job looks for what there is of them.

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use jobs::When;
use kernel::{Error, Result};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{Cx, Json, Pairs, Reply, Visit};

use super::{
    Erasure, ErasureId, KEPT_AT_WORK, Status, json::ErasureJson, list, person::Person, steps::Step,
    store,
};
use crate::{
    Forms,
    events::{ErasureRequested, ErasureStarted},
    jobs::RunErasure,
    pages::sent,
    paths,
};

/// Whom to look for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewErasure {
    /// Found in whatever case and spelling of the domain it was answered.
    #[schema(example = "ann@example.com")]
    email: String,
    /// A text of 3 to 200 characters, such as a phone number: submissions in which it is an answer as a whole are
    /// theirs as well.
    #[serde(default)]
    text: Option<String>,
    /// Erases without waiting for a word on what was found.
    #[serde(default)]
    at_once: bool,
}

/// What became of the wish.
enum Asked {
    Begun(Box<Erasure>),
    /// One for this person is not over yet.
    Known(ErasureId),
}

async fn create(forms: &Forms, cx: &Cx, person: &Person, at_once: bool) -> Result<Asked> {
    let secrets = forms.secrets();
    let id = ErasureId::new(cx.now(), cx.chance());
    let status = if at_once { Status::Erasing } else { Status::Searching };
    let mut tx = cx.begin().await?;
    let erasure = Erasure {
        workspace_id: cx.workspace(),
        id,
        address_hash: secrets.hash(cx.workspace(), person),
        sealed: Some(secrets.close(cx.chance(), id, person)?),
        requested_by: cx.actor().name(),
        status: status.word().to_owned(),
        step: Step::FIRST.word().to_owned(),
        place: String::new(),
        looked: 0,
        total: store::count_submissions(&mut tx).await?,
        found: store::nothing(),
        erased: store::nothing(),
        error: None,
        created_at: cx.now(),
        started_at: at_once.then(|| cx.now()),
        finished_at: None,
        expires_at: Some(cx.now().plus(KEPT_AT_WORK)),
    };
    if !store::insert_erasure(&mut tx, &erasure).await? {
        let known = store::find_unfinished(&mut tx, &erasure.address_hash).await?;
        let busy = || Error::unavailable("an erasure of this person has just ended");
        return Ok(Asked::Known(known.ok_or_else(busy)?));
    }
    let (workspace_id, erasure_id) = (cx.workspace(), id.to_string());
    tx.record(&ErasureRequested { workspace_id, erasure_id: erasure_id.clone() }).await?;
    if at_once {
        tx.record(&ErasureStarted { workspace_id, erasure_id }).await?;
    }
    tx.enqueue(&RunErasure { erasure_id: id }, When::Now).await?;
    tx.commit().await?;
    Ok(Asked::Begun(erasure.into()))
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    Json(new): Json<NewErasure>,
) -> Reply<Response> {
    let person = Person::named(&new.email, new.text.as_deref())?;
    match create(&forms, &visit, &person, new.at_once).await? {
        Asked::Begun(erasure) => {
            let json = ErasureJson::find(&forms, &visit, &erasure).await?;
            let place = [(LOCATION, paths::api_erasure(erasure.id))];
            Ok((place, web::with_status(StatusCode::ACCEPTED, &json)).into_response())
        }
        Asked::Known(id) => Err(Error::conflict(
            "unfinished",
            format!("This person is being looked for already: go on with {id}."),
        )
        .into()),
    }
}

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let said = |name: &str| sent(&pairs, name).unwrap_or_default();
    let person = match Person::named(said("email"), Some(said("text"))) {
        Ok(person) => person,
        Err(Error::Invalid(problems)) => return list::again(&visit, &pairs, &problems).await,
        Err(error) => return Err(error.into()),
    };
    let here = |id: ErasureId| paths::erasure(visit.slug(), id);
    Ok(match create(&forms, &visit, &person, false).await? {
        Asked::Begun(erasure) => web::see_other(&here(erasure.id)),
        Asked::Known(id) => web::done(&here(id), "This person is being looked for already"),
    })
}
