//! The statuses of a form's submissions: three that every form has, and its own.

pub(crate) mod page;
pub(crate) mod store;
pub(crate) mod views;

use std::{collections::HashSet, iter::once};

use axum::{extract::Path, response::Response};
use db::Tx;
use kernel::{Error, Fields, Result, is_plain};
use serde::{Deserialize, Serialize};
use ui::Tone;
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Reply, Visit};

use super::{
    expect_form,
    state::{DONE, IN_PROGRESS, NEW, store::list_tally},
};
use crate::{
    definition::visible::is_blank,
    events::FormStatusesChanged,
    forms::{Form, FormId},
};

/// Statuses of its own that a form may have.
const MOST: usize = 20;
/// Letters of a name.
const LONGEST: usize = 40;

/// A status that submissions of a form can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Status {
    /// The word in addresses and JSON.
    #[schema(example = "in_progress")]
    pub(crate) key: String,
    pub(crate) name: String,
    /// `neutral`, `accent`, `info`, `good`, `warning` or `bad`.
    pub(crate) tone: String,
}

impl Status {
    fn of(key: &str, name: &str, tone: Tone) -> Self {
        Status { key: key.into(), name: name.into(), tone: tone.name().into() }
    }

    /// The colour that it is shown in.
    pub(crate) fn tone(&self) -> Tone {
        Tone::ALL.into_iter().find(|tone| tone.name() == self.tone).unwrap_or(Tone::Neutral)
    }
}

/// All statuses of a form in their order.
pub(crate) async fn list(tx: &mut Tx, form: FormId) -> Result<Vec<Status>> {
    Ok(around(store::list_statuses(tx, form).await?))
}

/// A form's own statuses stand between those that every form has.
pub(crate) fn around(own: Vec<Status>) -> Vec<Status> {
    let mut statuses = vec![
        Status::of(NEW, "New", Tone::Info),
        Status::of(IN_PROGRESS, "In progress", Tone::Warning),
    ];
    statuses.extend(own);
    statuses.push(Status::of(DONE, "Done", Tone::Good));
    statuses
}

/// Refuses a status that the form does not have.
pub(crate) async fn expect(tx: &mut Tx, form: FormId, key: &str) -> Result<()> {
    let statuses = list(tx, form).await?;
    if statuses.iter().any(|status| status.key == key) {
        return Ok(());
    }
    let keys: Vec<&str> = statuses.iter().map(|status| status.key.as_str()).collect();
    let message = format!("This form has no such status. Use one of {}.", keys.join(", "));
    Err(Error::invalid("status", "not_an_option", message))
}

/// A status of a form's own.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnStatus {
    /// Made from the name when absent.
    key: Option<String>,
    #[schema(max_length = 40, example = "Waiting for the customer")]
    name: String,
    /// `neutral` when absent.
    tone: Option<String>,
}

/// The statuses of a form's own, in their order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnStatuses {
    statuses: Vec<OwnStatus>,
}

/// All statuses of a form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusList {
    data: Vec<Status>,
}

/// Puts these in place of the form's own statuses. One that submissions have cannot go.
pub(crate) async fn replace(
    cx: &Cx,
    form: &Editable<Form>,
    own: OwnStatuses,
) -> Result<Vec<Status>> {
    let own = checked(own)?;
    let mut tx = cx.begin().await?;
    let tally = list_tally(&mut tx, form.id).await?;
    for known in store::list_statuses(&mut tx, form.id).await? {
        let used = tally.iter().any(|it| it.status == known.key);
        if used && !own.iter().any(|status| status.key == known.key) {
            let message =
                format!("Submissions have the status “{}”. Give them another first.", known.name);
            return Err(Error::conflict("status_in_use", message));
        }
    }
    store::replace_statuses(&mut tx, form.id, &own).await?;
    let keys = own.iter().map(|status| status.key.clone()).collect();
    tx.record(&FormStatusesChanged { form_id: form.id, keys }).await?;
    let all = list(&mut tx, form.id).await?;
    tx.commit().await?;
    Ok(all)
}

fn checked(own: OwnStatuses) -> Result<Vec<Status>> {
    let mut problems = Fields::new();
    problems.check(
        own.statuses.len() <= MOST,
        "statuses",
        "too_many",
        "A form may have 20 statuses of its own.",
    );
    // A key that is made of a name makes way for those that are written down, wherever they stand.
    let written = own.statuses.iter().filter_map(|status| status.key.clone());
    let mut taken: HashSet<String> =
        [NEW, IN_PROGRESS, DONE].map(str::to_owned).into_iter().chain(written).collect();
    let mut all: Vec<Status> = Vec::new();
    for (index, status) in own.statuses.into_iter().enumerate() {
        let place = |name: &str| format!("statuses[{index}].{name}");
        let name = status.name.trim().to_owned();
        let fits = !is_blank(&name) && name.chars().count() <= LONGEST && is_plain(&name);
        problems.check(fits, &place("name"), "invalid", "Use 1 to 40 letters for the name.");
        let named = |known: &Status| known.name.to_lowercase() == name.to_lowercase();
        let free = !around(all.clone()).iter().any(named);
        problems.check(free, &place("name"), "taken", "Another status has this name.");
        let written = status.key.filter(|key| !key.is_empty());
        let key = written.unwrap_or_else(|| free_key(&name, &taken));
        taken.insert(key.clone());
        let word =
            |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
        let fits = (1..=64).contains(&key.len()) && key.bytes().all(word);
        problems.check(
            fits,
            &place("key"),
            "invalid",
            "Use small letters, digits and _ for the key.",
        );
        let free = ![NEW, IN_PROGRESS, DONE].contains(&key.as_str())
            && !all.iter().any(|known| known.key == key);
        problems.check(free, &place("key"), "taken", "Another status has this key.");
        let tone = status.tone.unwrap_or_else(|| Tone::Neutral.name().into());
        let known = Tone::ALL.iter().any(|known| known.name() == tone);
        let message = "Use neutral, accent, info, good, warning or bad.";
        problems.check(known, &place("tone"), "not_an_option", message);
        all.push(Status { key, name, tone });
    }
    problems.into_result()?;
    Ok(all)
}

/// `Waiting for Ada` → `waiting_for_ada`, and `waiting_for_ada_2` where that is taken. Names without a letter of
/// the Latin alphabet become `status`.
fn free_key(name: &str, taken: &HashSet<String>) -> String {
    let key = key_of(name);
    let numbered = (2..).map(|number| format!("{key}_{number}"));
    once(key.clone()).chain(numbered).find(|key| !taken.contains(key)).unwrap_or(key)
}

fn key_of(name: &str) -> String {
    let mut key = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            key.push(letter.to_ascii_lowercase());
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    let key = key.trim_end_matches('_');
    if key.is_empty() { "status".into() } else { key.into() }
}

pub(crate) async fn api_list(visit: Visit, Path(form): Path<String>) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let mut tx = visit.read().await?;
    Ok(web::json(&StatusList { data: list(&mut tx, form).await? }))
}

pub(crate) async fn api_replace(
    visit: Visit,
    form: Editable<Form>,
    Json(own): Json<OwnStatuses>,
) -> Reply<Response> {
    Ok(web::json(&StatusList { data: replace(&visit, &form, own).await? }))
}
