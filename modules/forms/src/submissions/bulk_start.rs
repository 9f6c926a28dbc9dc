//! Beginning a bulk action.

use axum::{body::Bytes, extract::Path, http::StatusCode, response::Response};
use db::Json as Document;
use jobs::When;
use kernel::{Error, Result};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{Cx, Pairs, Reply, Visit};

use super::bulk_actions::{BulkAction, BulkActionJson, Deed, Selection, store};
use crate::{
    SUBMISSIONS_DELETE,
    forms::FormId,
    ids::{BulkActionId, SubmissionId},
    jobs::RunBulkAction,
    pages::sent,
    paths,
    submissions::{
        assignment, expect_form, place::Place, questions, state::change::Step, statuses,
        store as submission_store, tags, tray::Tray,
    },
};

/// Submissions that can be picked by their ids.
const MOST: usize = 1_000;

/// What to do, and with which submissions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewBulkAction {
    /// `set_status`, `assign`, `tag`, `untag`, `archive`, `mark_spam`, `delete`, `restore`, or `purge`: it deletes
    /// for good, and only what lies in the bin.
    #[schema(example = "archive")]
    action: String,
    /// For `set_status`.
    status: Option<String>,
    /// For `assign`: a member's id; nobody when absent.
    assignee: Option<String>,
    /// For `tag` and `untag`.
    #[serde(default)]
    tags: Vec<String>,
    /// Either these, at most 1,000,
    submission_ids: Option<Vec<String>>,
    /// or all that a filter means, written as the query of the list: `status=done&answers.country=DE`.
    #[schema(example = "status=done")]
    filter: Option<String>,
}

/// Keeps what is to be done, and leaves it to a job.
async fn start(cx: &Cx, form: FormId, new: NewBulkAction) -> Result<BulkAction> {
    let mut tx = cx.begin().await?;
    let action = deed(cx, &mut tx, form, &new).await?;
    let top = submission_store::find_last_number(&mut tx, form).await? + 1;
    let selection = match (new.submission_ids, new.filter) {
        (Some(ids), None) => Selection::Numbers(numbers(&mut tx, form, ids).await?),
        (None, Some(filter)) => {
            let place = Place::of_query(&filter)?;
            questions::expect(&mut tx, form, &place.filter, "").await?;
            Selection::Filter(filter)
        }
        _ => {
            let message = "Send either submission_ids or filter.";
            return Err(Error::invalid("submission_ids", "required", message));
        }
    };
    let action = BulkAction {
        id: BulkActionId::new(cx.now(), cx.chance()),
        form_id: form,
        actor: cx.actor().name(),
        action: Document::of(&action)?,
        selection: Document::of(&selection)?,
        state: "running".into(),
        failure: None,
        position: top,
        top,
        changed: 0,
        created_at: cx.now(),
        finished_at: None,
        undoes: None,
        cursor: None,
        left_alone: 0,
    };
    store::insert_bulk_action(&mut tx, &action).await?;
    tx.enqueue(&RunBulkAction { bulk_action_id: action.id }, When::Now).await?;
    tx.commit().await?;
    Ok(action)
}

async fn numbers(tx: &mut db::Tx, form: FormId, ids: Vec<String>) -> Result<Vec<i64>> {
    if ids.len() > MOST {
        let message = "Pick at most 1,000 submissions, or send a filter.";
        return Err(Error::invalid("submission_ids", "too_many", message));
    }
    let mut known: Vec<SubmissionId> = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        let unreadable = || {
            let message = "Use the ids of submissions, such as sub_01k6z3v7q8e9rtwz5c4h2n0xab.";
            Error::invalid(&format!("submission_ids[{index}]"), "invalid", message)
        };
        known.push(id.parse().map_err(|_| unreadable())?);
    }
    submission_store::list_numbers_of(tx, form, &known).await
}

/// Only the bin is emptied: whoever sends something else has not meant it.
async fn deed(cx: &Cx, tx: &mut web::Change, form: FormId, new: &NewBulkAction) -> Result<Deed> {
    if new.action != "purge" {
        return step(cx, tx, form, new).await.map(Deed::Step);
    }
    cx.require(SUBMISSIONS_DELETE)?;
    let is_bin = |query: &String| {
        Place::of_query(query).is_ok_and(|place| place.filter.tray == Some(Tray::Bin))
    };
    if new.submission_ids.is_none() && !new.filter.as_ref().is_some_and(is_bin) {
        let message =
            "Only what lies in the bin is deleted for good: begin the filter with tray=bin.";
        return Err(Error::invalid("filter", "not_the_bin", message));
    }
    Ok(Deed::Purge)
}

async fn step(cx: &Cx, tx: &mut web::Change, form: FormId, new: &NewBulkAction) -> Result<Step> {
    if new.tags.is_empty() && ["tag", "untag"].contains(&new.action.as_str()) {
        return Err(Error::invalid("tags", "required", "Say which tags."));
    }
    Ok(match new.action.as_str() {
        "set_status" => {
            let Some(status) = new.status.clone() else {
                let message = "Say which status: set_status needs it.";
                return Err(Error::invalid("status", "required", message));
            };
            statuses::expect(tx, form, &status).await?;
            Step::SetStatus { status }
        }
        "assign" => {
            let given = new.assignee.as_deref().filter(|id| !id.is_empty());
            let id = given.map(str::parse).transpose();
            let id = id.map_err(|_| Error::invalid("assignee", "invalid", "Use a member's id."))?;
            assignment::step(tx, id).await?
        }
        "tag" => Step::Tag { add: tags::named(cx, tx, &new.tags).await?, remove: Vec::new() },
        "untag" => Step::Tag { add: Vec::new(), remove: tags::keys(&new.tags)? },
        "archive" => Step::Archive,
        "mark_spam" => Step::MarkSpam { reason: None },
        "delete" => {
            cx.require(SUBMISSIONS_DELETE)?;
            Step::Delete
        }
        "restore" => Step::Restore,
        _ => {
            let message =
                "Use set_status, assign, tag, untag, archive, mark_spam, delete, restore or purge.";
            return Err(Error::invalid("action", "not_an_option", message));
        }
    })
}

pub(crate) async fn api(visit: Visit, Path(form): Path<String>, body: Bytes) -> Reply<Response> {
    // First the form: of one that is another workspace's nothing is told, not even what is wrong with the body.
    let form = expect_form(&visit, &form).await?;
    let new: NewBulkAction = web::from_json(&body)?;
    let action = start(&visit, form, new).await?;
    Ok(begun(&action))
}

/// 202, and where one sees how far it has come.
pub(super) fn begun(action: &BulkAction) -> Response {
    let location = paths::api_bulk_action(action.id);
    let mut response = web::with_status(StatusCode::ACCEPTED, &BulkActionJson::of(action));
    if let Ok(value) = location.parse() {
        response.headers_mut().insert("location", value);
    }
    response
}

/// Empties the bin, by a job.
pub(crate) async fn page_emptying(
    visit: Visit,
    Path((_, form)): Path<(String, String)>,
) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let new = NewBulkAction {
        action: "purge".to_owned(),
        status: None,
        assignee: None,
        tags: Vec::new(),
        submission_ids: None,
        filter: Some("tray=bin".to_owned()),
    };
    start(&visit, form, new).await?;
    let list = paths::submissions(visit.slug(), form);
    Ok(web::done(&format!("{list}?tray=bin"), "The bin is being emptied"))
}

/// What the bar above the list sends: the picked ones, or everything that the list's filter means.
pub(crate) async fn page(
    visit: Visit,
    Path((_, form)): Path<(String, String)>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let place = Place::seen_in(sent(&pairs, "filter").unwrap_or_default())?;
    let list = place.on(&paths::submissions(visit.slug(), form));
    let picked: Vec<String> =
        pairs.iter().filter(|(name, _)| name == "pick").map(|(_, id)| id.clone()).collect();
    let all = sent(&pairs, "everything").is_some();
    // `set_status:done` says both in one control.
    let action = sent(&pairs, "action").unwrap_or_default();
    let (action, value) = action.split_once(':').unwrap_or((action, ""));
    if !all && picked.is_empty() {
        return Ok(web::refused(&list, "Pick some submissions first"));
    }
    let of = |name: &str| (action == name).then(|| value.to_owned());
    let tag = || sent(&pairs, "tag").map(str::trim).filter(|tag| !tag.is_empty());
    let tags = matches!(action, "tag" | "untag").then(tag).flatten();
    let new = NewBulkAction {
        action: action.to_owned(),
        status: of("set_status"),
        assignee: of("assign"),
        tags: tags.map(str::to_owned).into_iter().collect(),
        submission_ids: (!all).then_some(picked),
        filter: all.then(|| place.filter.query()),
    };
    match start(&visit, form, new).await {
        Ok(_) => Ok(web::done(&list, "It is being done")),
        // Such as a tag that was not named: told beside the picks that are still there.
        Err(error @ Error::Invalid(_)) => Ok(web::refused(&list, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}
