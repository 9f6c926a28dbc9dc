//! Notices as the API speaks them.

use std::collections::HashMap;

use ::mails::{
    Address,
    template::{Rendered, Variable},
};
use kernel::{Result, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workspaces::Person;

use super::{
    Notice,
    input::{RespondentChange, TeamChange},
};

/// What a form sends.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormNotices)]
pub(crate) struct NoticesJson {
    /// Whether this installation has a mail server; mails wait without one.
    pub(crate) configured: bool,
    pub(crate) team: TeamJson,
    pub(crate) respondent: RespondentJson,
}

/// The mail to the team.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TeamNotice)]
pub(crate) struct TeamJson {
    enabled: bool,
    /// `each`, `quarter_hour`, `hour` or `day`.
    rhythm: String,
    recipients: Vec<RecipientJson>,
    reply_to_field: Option<String>,
    subject: String,
    body: String,
    hourly_cap: i64,
    /// Submissions that wait to be told of in one mail, and until when.
    waiting_count: i64,
    waiting_until: Option<Timestamp>,
    /// What subject and body may name.
    variables: Vec<VariableJson>,
}

/// Whom the team's mail goes to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeRecipient)]
pub(crate) struct RecipientJson {
    /// The id of a member, or an address.
    to: String,
    /// `member`, `left` for somebody who no longer is one, `confirmed`, or `waiting` for the address to say yes.
    state: &'static str,
}

/// The answer to a respondent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RespondentNotice)]
pub(crate) struct RespondentJson {
    enabled: bool,
    /// The key of the e-mail question whose answer is written to.
    field: Option<String>,
    reply_to: Option<String>,
    subject: String,
    body: String,
    hourly_cap: i64,
    /// Not sent because of the limits: three an hour to one address, `hourly_cap` in all.
    withheld: i64,
    /// What subject and body may name.
    variables: Vec<VariableJson>,
}

/// What a template may name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeVariable)]
pub(crate) struct VariableJson {
    #[schema(example = "field:name")]
    name: String,
    meaning: String,
}

fn variables(all: Vec<Variable>) -> Vec<VariableJson> {
    all.into_iter().map(|Variable { name, meaning, .. }| VariableJson { name, meaning }).collect()
}

impl TeamJson {
    pub(crate) fn of(
        notice: Notice,
        people: &[Person],
        known: &[Address],
        all: Vec<Variable>,
    ) -> Result<Self> {
        let states: HashMap<&str, bool> =
            known.iter().map(|one| (one.address.as_str(), one.confirmed_at.is_some())).collect();
        let is_member = |id: &str| people.iter().any(|person| person.id.to_string() == id);
        let recipient = |to: String| {
            let state = match states.get(to.as_str()) {
                _ if is_member(&to) => "member",
                _ if !to.contains('@') => "left",
                Some(true) => "confirmed",
                _ => "waiting",
            };
            RecipientJson { to, state }
        };
        Ok(TeamJson {
            recipients: notice.recipients()?.into_iter().map(recipient).collect(),
            enabled: notice.enabled,
            rhythm: notice.rhythm,
            reply_to_field: notice.field,
            subject: notice.subject,
            body: notice.body,
            hourly_cap: notice.hourly_cap,
            waiting_count: notice.waiting_count,
            waiting_until: notice.waiting_until,
            variables: variables(all),
        })
    }
}

impl RespondentJson {
    pub(crate) fn of(notice: Notice, all: Vec<Variable>) -> Self {
        RespondentJson {
            enabled: notice.enabled,
            field: notice.field,
            reply_to: notice.reply_to,
            subject: notice.subject,
            body: notice.body,
            hourly_cap: notice.hourly_cap,
            withheld: notice.withheld,
            variables: variables(all),
        }
    }
}

/// What is to be looked at before it is saved; what is absent is as it is kept.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NoticePreviewRequest)]
pub(crate) struct PreviewRequest {
    #[serde(default)]
    pub(crate) team: Option<TeamChange>,
    /// Named instead of `team`: the answer to a respondent.
    #[serde(default)]
    pub(crate) respondent: Option<RespondentChange>,
}

/// A mail as it would be.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticePreview)]
pub(crate) struct PreviewJson {
    subject: String,
    text: String,
    html: String,
    /// The number of the submission that it is made of; null when nothing has come in, and answers are made up.
    number: Option<i64>,
}

impl PreviewJson {
    pub(crate) fn of(mail: Rendered, number: Option<i64>) -> Self {
        PreviewJson { subject: mail.subject, text: mail.text, html: mail.html, number }
    }
}
