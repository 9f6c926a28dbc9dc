//! All SQL about who has answered a form that takes one answer a person.

use std::collections::HashSet;

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, WorkspaceId};

use crate::{
    forms::FormId,
    submissions::{SubmissionId, incoming::Incoming},
};

/// Hashes of forms and persons.
pub(crate) type Respondents = HashSet<String>;

/// Which of these have answered already. A hash is of the form as well, so one look is enough.
pub(crate) async fn find_respondents<'a>(
    tx: &mut Tx,
    items: impl Iterator<Item = &'a Incoming>,
) -> Result<Respondents> {
    let asked: Vec<(WorkspaceId, FormId, &str)> = items
        .filter_map(|item| Some((item.workspace, item.form, item.respondent.as_deref()?)))
        .collect();
    let mut known = Respondents::new();
    for some in asked.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
        for few in some.chunks(512) {
            let found: Vec<(String,)> = sql("select respondent from form_respondent
                 where workspace_id = $1 and form_id = $2 and respondent in")
            .bind(few[0].0)
            .bind(few[0].1)
            .bind_list(few.iter().map(|(.., respondent)| (*respondent).to_owned()))
            .all(tx)
            .await?;
            known.extend(found.into_iter().map(|(respondent,)| respondent));
        }
    }
    Ok(known)
}

/// Whether someone has answered a form.
pub(crate) async fn has_answered(tx: &mut Tx, form: FormId, respondent: &str) -> Result<bool> {
    let found = sql("select submission_id from form_respondent
         where workspace_id = $1 and form_id = $2 and respondent = $3")
    .bind(tx.workspace())
    .bind(form)
    .bind(respondent)
    .optional::<(SubmissionId,)>(tx)
    .await?;
    Ok(found.is_some())
}

const RESPONDENT: Insert<4> = Insert {
    table: "form_respondent",
    columns: ["workspace_id", "form_id", "respondent", "submission_id"],
    suffix: "",
};

/// Notes who has answered with these.
pub(crate) async fn insert_respondents<'a>(
    tx: &mut Tx,
    items: impl Iterator<Item = &'a Incoming>,
) -> Result<()> {
    let rows = items.filter_map(|item| {
        let respondent = item.respondent.as_ref()?;
        Some([item.workspace.value(), item.form.value(), respondent.value(), item.id.value()])
    });
    RESPONDENT.run(tx, rows.collect()).await.map(|_| ())
}

/// Lets whoever sent this answer once more.
pub(crate) async fn delete_respondents_of(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: SubmissionId,
) -> Result<()> {
    sql("delete from form_respondent where workspace_id = $1 and submission_id = $2")
        .bind(workspace)
        .bind(id)
        .run(tx)
        .await
        .map(|_| ())
}

/// Forgets who sent these of the transaction's workspace.
pub(crate) async fn delete_respondents_of_some(tx: &mut Tx, ids: &[SubmissionId]) -> Result<()> {
    sql("delete from form_respondent where workspace_id = $1 and submission_id in")
        .bind(tx.workspace())
        .bind_list(ids.iter().copied())
        .run(tx)
        .await
        .map(|_| ())
}

/// Forgets some who answered a deleted form; gives back how many.
pub(crate) async fn delete_some_respondents(tx: &mut Tx, form: FormId, limit: i64) -> Result<u64> {
    sql("delete from form_respondent
         where workspace_id = $1 and form_id = $2 and respondent in (
             select respondent from form_respondent
             where workspace_id = $1 and form_id = $2
             order by respondent
             limit $3
         )")
    .bind(tx.workspace())
    .bind(form)
    .bind(limit)
    .run(tx)
    .await
}
