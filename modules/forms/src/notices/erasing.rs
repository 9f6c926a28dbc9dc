//! Taking a person off those whom forms write to.

use db::{Json, Tx};
use kernel::Result;
use web::Change;

use super::{Kind, store};
use crate::{events::FormNoticeChanged, forms::FormId};

/// Whom a notice names.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Named {
    pub(crate) form_id: FormId,
    kind: String,
    recipients: Json,
    reply_to: Option<String>,
}

impl Named {
    pub(crate) fn kind(&self) -> Kind {
        if self.kind == Kind::Team.word() { Kind::Team } else { Kind::Respondent }
    }

    /// Where it stands among all.
    pub(crate) fn place(&self) -> String {
        format!("{} {}", self.form_id, self.kind)
    }

    pub(crate) fn names(&self, is: &dyn Fn(&str) -> bool) -> bool {
        let recipients: Vec<String> = self.recipients.read().unwrap_or_default();
        recipients.iter().chain(&self.reply_to).any(|address| is(address))
    }
}

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
