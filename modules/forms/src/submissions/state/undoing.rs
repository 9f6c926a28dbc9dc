//! Taking steps back: each submission becomes exactly what it was, unless somebody has changed it since.

use std::collections::HashMap;

use kernel::{Error, Result, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::Value;
use web::Change;

use super::{
    Changed, Scene, Taken,
    change::{Locked, Step},
    store,
};
use crate::{
    ids::SubmissionId,
    submissions::tray::{BIN_DAYS, DAY, Tray},
};

impl Taken {
    /// The step that leads back. What returns to the bin goes on to lie there from when it came, and has a day
    /// left at least.
    fn back(&self, now: Timestamp) -> Result<Step> {
        let detail: Value = self.detail.read()?;
        if let Some((status, _)) = pair::<String>(&detail, "status")? {
            return Ok(Step::SetStatus { status });
        }
        if let Some((assignee, _)) = pair(&detail, "assignee")? {
            return Ok(Step::Assign { assignee });
        }
        if let Some((before, after)) = pair::<Vec<String>>(&detail, "tags")? {
            let without = |list: &[String], others: &[String]| {
                list.iter().filter(|tag| !others.contains(tag)).cloned().collect()
            };
            return Ok(Step::Tag {
                add: without(&before, &after),
                remove: without(&after, &before),
            });
        }
        Ok(Step::PutBack {
            tray: pair::<Tray>(&detail, "tray")?.map(|(before, _)| before),
            earlier_tray: pair::<Tray>(&detail, "earlier_tray")?.map(|(before, _)| before),
            reason: pair::<Option<String>>(&detail, "reason")?.map(|(before, _)| before),
            moved_at: pair::<Option<Timestamp>>(&detail, "moved_at")?
                .and_then(|(before, _)| before)
                .map(|at| at.max(now.minus(DAY * (BIN_DAYS - 1)))),
        })
    }
}

/// What a part was and what it became; nothing when it stayed.
fn pair<T: DeserializeOwned>(detail: &Value, part: &str) -> Result<Option<(T, T)>> {
    let pair = detail.get(part).cloned().map(serde_json::from_value);
    pair.transpose().map_err(Error::internal)
}

/// Takes these steps back, and tells how many were left alone. Nobody can change one of them meanwhile.
pub(crate) async fn undo(
    tx: &mut Change,
    scene: &Scene<'_>,
    taken: &[Taken],
) -> Result<(Vec<Changed>, usize)> {
    let mut steps: HashMap<i64, Step> = HashMap::new();
    for it in taken {
        steps.insert(it.number, it.back(scene.now)?);
    }
    let numbers: Vec<i64> = taken.iter().map(|it| it.number).collect();
    let locked = Locked::of(tx, scene, &numbers, steps.values().any(Step::moves)).await?;
    let ids: Vec<SubmissionId> = taken.iter().map(|it| it.submission_id).collect();
    let newest = store::find_newest_steps(tx, &ids).await?;
    for it in taken.iter().filter(|it| newest.get(&it.submission_id) != Some(&it.seq)) {
        steps.remove(&it.number);
    }
    let left_alone = taken.len() - steps.len();
    let changed = locked.apply(tx, scene, |number| steps.get(&number).cloned()).await?;
    Ok((changed, left_alone))
}
