//! Taking a person off those whom forms write to.

use db::{Json, Tx};
use kernel::Result;
use web::Change;

use super::{Kind, Named, store};
use crate::{events::FormNoticeChanged, forms::FormId};

/// The next notices of any form behind a place, `""` before the first.
pub(crate) async fn list_after(tx: &mut Tx, place: &str, limit: i64) -> Result<Vec<Named>> {
    let (form, kind) = place.split_once(' ').unwrap_or((place, ""));
    store::list_named(tx, (form, kind), limit).await
}

/// Takes the person off one of them.
pub(crate) async fn forget(
    tx: &mut Change,
    form: FormId,
    kind: Kind,
    is: &(dyn Fn(&str) -> bool + Sync),
) -> Result<()> {
    let Some(mut notice) = store::lock_notice(tx, form, kind).await? else { return Ok(()) };
    let mut recipients = notice.recipients()?;
    recipients.retain(|address| !is(address));
    notice.recipients = Json::of(&recipients)?;
    notice.reply_to = notice.reply_to.filter(|address| !is(address));
    store::keep_notice(tx, kind, &notice).await?;
    let enabled = notice.enabled;
    tx.record(&FormNoticeChanged { form_id: form, kind: kind.word(), enabled }).await.map(|_| ())
}
