//! Changing what a form sends.

use kernel::{Error, Result};
use web::{Change, Cx, Editable};

use super::{
    Kind, Notice,
    input::{RespondentChange, TeamChange},
    store,
};
use crate::{
    Forms, definition::Definition, events::FormNoticeChanged, exports::order::Place, forms::Form,
    submissions,
};

/// What is different.
pub(crate) enum Asked<'a> {
    Team(&'a TeamChange),
    Respondent(&'a RespondentChange),
}

impl Asked<'_> {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Asked::Team(_) => Kind::Team,
            Asked::Respondent(_) => Kind::Respondent,
        }
    }

    /// The notice with it, checked against the questions.
    pub(crate) fn apply(&self, notice: &mut Notice, definition: &Definition) -> Result<()> {
        match self {
            Asked::Team(change) => change.apply(notice, definition),
            Asked::Respondent(change) => change.apply(notice, definition),
        }
    }
}

/// Changes a notice; it is about what comes in after it was switched on.
pub(crate) async fn change(
    system: &Forms,
    cx: &Cx,
    form: &Editable<Form>,
    asked: &Asked<'_>,
    place: Place,
) -> Result<Notice> {
    let (definition, kind) = (form.definition()?, asked.kind());
    let mut tx = cx.begin().await?;
    let kept = store::lock_notice(&mut tx, form.id, kind).await?;
    let mut notice = kept.clone().unwrap_or_else(|| Notice::usual(form.id, kind));
    let recipients = notice.recipients()?;
    asked.apply(&mut notice, &definition)?;
    expect_members(&mut tx, &notice, &recipients).await?;
    let was = kept.is_some_and(|kept| kept.enabled);
    if notice.enabled && !was {
        notice.since_number = submissions::store::find_last_number(&mut tx, form.id).await?;
        (notice.waiting_count, notice.waiting_until) = (0, None);
    }
    if !place.slug.is_empty() {
        (notice.origin, notice.slug) = (place.origin, place.slug);
    }
    notice.updated_at = cx.now();
    store::keep_notice(&mut tx, kind, &notice).await?;
    if kind == Kind::Team && notice.enabled {
        ask_addresses(system, cx, &mut tx, &notice).await?;
        welcome_oneself(cx, &mut tx, &notice).await?;
    }
    let (notice_kind, enabled) = (kind.word(), notice.enabled);
    tx.record(&FormNoticeChanged { form_id: form.id, kind: notice_kind, enabled }).await?;
    tx.commit().await?;
    Ok(notice)
}

/// Refuses ids that are no member's, less of those who were chosen before and have left since.
async fn expect_members(tx: &mut Change, notice: &Notice, before: &[String]) -> Result<()> {
    let chosen = notice.recipients()?;
    for id in chosen.iter().filter(|one| !before.contains(one)) {
        if let Ok(user) = id.parse()
            && workspaces::person(tx, user).await?.is_none()
        {
            let message = format!("“{id}” is no member of this workspace.");
            return Err(Error::invalid("recipients", "not_a_member", message));
        }
    }
    Ok(())
}

/// Whoever switches it on for themselves wants it, whatever they said before.
async fn welcome_oneself(cx: &Cx, tx: &mut Change, notice: &Notice) -> Result<()> {
    let Some(id) = cx.actor().user() else { return Ok(()) };
    if !notice.recipients()?.contains(&id.to_string()) {
        return Ok(());
    }
    let people = workspaces::people(tx).await?;
    if let Some(own) = people.into_iter().find(|one| one.id == id) {
        ::mails::welcome(tx, &own.email, &notice.form_id.to_string()).await?;
    }
    Ok(())
}

/// Those that have not said yes are asked.
async fn ask_addresses(system: &Forms, cx: &Cx, tx: &mut Change, notice: &Notice) -> Result<()> {
    let addresses: Vec<String> =
        notice.recipients()?.into_iter().filter(|one| one.contains('@')).collect();
    if addresses.is_empty() {
        return Ok(());
    }
    let mails = system.mails().ok_or_else(|| Error::internal("forms without mails"))?;
    ::mails::ask_addresses(mails, cx, tx, &addresses, &notice.origin).await
}
