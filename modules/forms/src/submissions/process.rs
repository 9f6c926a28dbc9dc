//! After the request: submissions are counted and made searchable, in batches, exactly once.

use std::collections::HashMap;

use ::jobs::{Failure, JobContext};
use db::{Json, Tx};
use kernel::{Error, Result};
use search::Document;
use web::{Cx, House};

use super::{SubmissionId, store};
use crate::{
    answers::Answers,
    definition::Definition,
    events::SubmissionsProcessed,
    forms::{self, FormId},
};

/// Rows in one transaction: large enough to be fast, small enough that the writer need not wait long.
const CHUNK: i64 = 2_000;

/// Processes everything that has come in; the last chunk and the end of the job are one commit.
pub(crate) async fn process(
    house: std::sync::Arc<House>,
    job: JobContext,
    form: FormId,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    loop {
        let mut tx = cx.begin().await?;
        let Some((after, counted)) = forms::store::lock_progress(&mut tx, form).await? else {
            // The form was deleted meanwhile.
            job.finish(&mut tx).await?;
            return Ok(tx.commit().await?);
        };
        let rows = store::list_unprocessed(&mut tx, form, after, CHUNK).await?;
        let count = i64::try_from(rows.len()).map_err(Error::internal)?;
        let last = count < CHUNK;
        if let Some((to, ..)) = rows.last() {
            let to = *to;
            index(&mut tx, &cx, form, rows).await?;
            forms::store::update_progress(&mut tx, form, to, count).await?;
            tx.record(&SubmissionsProcessed {
                form_id: form,
                to,
                submission_count: counted + count,
            })
            .await?;
        }
        if last {
            job.finish(&mut tx).await?;
        }
        tx.commit().await?;
        if last {
            return Ok(());
        }
    }
}

async fn index(
    tx: &mut Tx,
    cx: &Cx,
    form: FormId,
    rows: Vec<(i64, SubmissionId, i64, Json)>,
) -> Result<()> {
    let mut versions: HashMap<i64, Definition> = HashMap::new();
    let mut documents = Vec::with_capacity(rows.len());
    for (position, id, version, answers) in rows {
        if let std::collections::hash_map::Entry::Vacant(place) = versions.entry(version) {
            let frozen = forms::store::find_version(tx, form, version).await?;
            place.insert(frozen.ok_or(Error::NotFound)?.0.read()?);
        }
        let answers = Answers::parse_stored(&answers.0).map_err(Error::internal)?;
        let text = answers.searchable_text(&versions[&version]);
        documents.push(Document { id: id.to_string(), position, text });
    }
    search::index(tx, cx.workspace(), &form.to_string(), documents).await
}
