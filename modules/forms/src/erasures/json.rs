//! Erasures as the API speaks them.

use kernel::{Result, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use web::Cx;

use super::{Erasure, ErasureId, counts::Counts, store};
use crate::Forms;

/// A search for one person's data, and its deletion.
#[derive(Serialize, ToSchema)]
#[schema(as = Erasure)]
pub(crate) struct ErasureJson {
    id: ErasureId,
    /// `searching`; `found`, until somebody says the word; `erasing`; at the end `done`, `failed` or `cancelled`.
    status: String,
    /// As it was asked for; null from the end on.
    email: Option<String>,
    text: Option<String>,
    /// The same for the same address in this workspace, and of no use to find the address out without the
    /// installation's master key.
    address_hash: String,
    /// Who asked: the id of a person or of a key.
    requested_by: String,
    /// Submissions that were looked at.
    looked: i64,
    /// About how many there are.
    total: i64,
    /// What the search has counted.
    found: Counts,
    /// What was deleted.
    erased: Counts,
    /// Why it failed; what was deleted until then stays deleted.
    error: Option<String>,
    /// Erasures of the same person that are done, newest first.
    earlier: Vec<EarlierJson>,
    created_at: Timestamp,
    /// When somebody said the word.
    started_at: Option<Timestamp>,
    finished_at: Option<Timestamp>,
    /// When the address is forgotten in any case.
    expires_at: Option<Timestamp>,
}

/// An erasure that is done.
#[derive(Serialize, ToSchema)]
#[schema(as = EarlierErasure)]
pub(crate) struct EarlierJson {
    id: ErasureId,
    requested_by: String,
    finished_at: Option<Timestamp>,
}

/// Erasures of the same person that are told of.
const EARLIER: i64 = 20;

pub(super) async fn earlier(cx: &Cx, erasure: &Erasure) -> Result<Vec<Erasure>> {
    let mut tx = cx.read().await?;
    store::list_earlier(&mut tx, &erasure.address_hash, erasure.id, EARLIER).await
}

impl ErasureJson {
    pub(crate) async fn find(forms: &Forms, cx: &Cx, erasure: &Erasure) -> Result<Self> {
        let person = erasure.person(forms.secrets())?;
        let earlier = earlier(cx, erasure).await?.into_iter().map(|known| EarlierJson {
            id: known.id,
            requested_by: known.requested_by,
            finished_at: known.finished_at,
        });
        Ok(ErasureJson {
            id: erasure.id,
            status: erasure.status.clone(),
            email: person.as_ref().map(|person| person.email().to_owned()),
            text: person.as_ref().and_then(|person| person.text().map(str::to_owned)),
            address_hash: erasure.address_hash.clone(),
            requested_by: erasure.requested_by.clone(),
            looked: erasure.looked,
            total: erasure.total,
            found: erasure.found()?,
            erased: erasure.erased()?,
            error: erasure.error.clone(),
            earlier: earlier.collect(),
            created_at: erasure.created_at,
            started_at: erasure.started_at,
            finished_at: erasure.finished_at,
            expires_at: erasure.expires_at,
        })
    }
}
