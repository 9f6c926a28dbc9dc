//! What people say of a notice, and what is wrong with it.

use ::mails::{parse_address, template::Template};
use kernel::{Fields, Result};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Kind, MOST_CAP, MOST_RECIPIENTS, Notice, Rhythm, templates::variables};
use crate::{
    choices::Few,
    definition::{Definition, Kind as Asks},
};

/// What is to be different of the mail to the team; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamNoticeChange)]
pub(crate) struct TeamChange {
    pub(crate) enabled: Option<bool>,
    pub(crate) rhythm: Option<Rhythm>,
    /// Ids of members, and addresses; those have to say yes before anything is sent to them.
    pub(crate) recipients: Option<Vec<String>>,
    /// The key of an e-mail question: whom an answer to the mail goes to. The empty text takes it away.
    pub(crate) reply_to_field: Option<String>,
    /// May name variables, such as `{{form_title}}` and `{{field:KEY}}`.
    #[schema(max_length = 200)]
    pub(crate) subject: Option<String>,
    #[schema(max_length = 10_000)]
    pub(crate) body: Option<String>,
    /// Mails an hour; what comes in above it is told of in one mail at the end of the hour.
    #[schema(minimum = 1, maximum = 10_000)]
    pub(crate) hourly_cap: Option<i64>,
}

/// What is to be different of the answer to a respondent; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RespondentNoticeChange)]
pub(crate) struct RespondentChange {
    pub(crate) enabled: Option<bool>,
    /// The key of the e-mail question whose answer is written to.
    pub(crate) field: Option<String>,
    /// Where answers to it go. The empty text takes it away.
    pub(crate) reply_to: Option<String>,
    /// May name variables, such as `{{form_title}}` and `{{field:KEY}}`.
    #[schema(max_length = 200)]
    pub(crate) subject: Option<String>,
    #[schema(max_length = 10_000)]
    pub(crate) body: Option<String>,
    /// Mails an hour; what is above it is not sent.
    #[schema(minimum = 1, maximum = 10_000)]
    pub(crate) hourly_cap: Option<i64>,
}

impl TeamChange {
    /// The notice with it, checked against the questions.
    pub(crate) fn apply(&self, notice: &mut Notice, definition: &Definition) -> Result<()> {
        let mut problems = Fields::new();
        if let Some(rhythm) = self.rhythm {
            notice.rhythm = rhythm.word().to_owned();
        }
        if let Some(recipients) = &self.recipients {
            notice.recipients = db::Json::of(&checked_recipients(recipients, &mut problems))?;
        }
        if let Some(field) = &self.reply_to_field {
            notice.field = checked_field(field, definition, "reply_to_field", &mut problems);
        }
        let texts = Texts { subject: &self.subject, body: &self.body };
        texts.apply(notice, definition, Kind::Team, &mut problems);
        check_cap(self.hourly_cap, notice, &mut problems);
        notice.enabled = self.enabled.unwrap_or(notice.enabled);
        let somebody = !notice.enabled || !notice.recipients()?.is_empty();
        let message = "Choose at least one person or address.";
        if problems.of("recipients").is_none() {
            problems.check(somebody, "recipients", "required", message);
        }
        Ok(problems.into_result()?)
    }
}

impl RespondentChange {
    /// The notice with it, checked against the questions.
    pub(crate) fn apply(&self, notice: &mut Notice, definition: &Definition) -> Result<()> {
        let mut problems = Fields::new();
        if let Some(field) = &self.field {
            notice.field = checked_field(field, definition, "field", &mut problems);
        }
        if let Some(reply_to) = self.reply_to.as_deref().map(str::trim) {
            notice.reply_to = parse_address(reply_to);
            let fine = reply_to.is_empty() || notice.reply_to.is_some();
            let message = "Enter an e-mail address such as desk@example.com, or leave it empty.";
            problems.check(fine, "reply_to", "invalid", message);
        }
        let texts = Texts { subject: &self.subject, body: &self.body };
        texts.apply(notice, definition, Kind::Respondent, &mut problems);
        check_cap(self.hourly_cap, notice, &mut problems);
        notice.enabled = self.enabled.unwrap_or(notice.enabled);
        if problems.of("field").is_none() {
            let known = !notice.enabled || notice.field.is_some();
            let message = "Choose the question that asks for the e-mail address.";
            problems.check(known, "field", "required", message);
        }
        Ok(problems.into_result()?)
    }
}

/// What is said.
pub(crate) struct Texts<'a> {
    pub(crate) subject: &'a Option<String>,
    pub(crate) body: &'a Option<String>,
}

impl Texts<'_> {
    fn apply(
        &self,
        notice: &mut Notice,
        definition: &Definition,
        kind: Kind,
        problems: &mut Fields,
    ) {
        if let Some(subject) = self.subject {
            subject.trim().clone_into(&mut notice.subject);
        }
        if let Some(body) = self.body {
            notice.body = body.replace("\r\n", "\n").trim().to_owned();
        }
        let known = variables(definition, kind);
        if let Err(wrong) = Template::parse(&notice.subject, &notice.body, &known) {
            problems.extend(wrong);
        }
    }
}

fn checked_recipients(asked: &[String], problems: &mut Fields) -> Vec<String> {
    let mut chosen: Vec<String> = Vec::new();
    for one in asked.iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
        let known = match one.parse::<kernel::UserId>() {
            Ok(id) => Some(id.to_string()),
            Err(_) => parse_address(one).map(|address| address.to_lowercase()),
        };
        match known {
            Some(known) if !chosen.contains(&known) => chosen.push(known),
            Some(_) => {}
            None => {
                let message = format!("“{one}” is no e-mail address, and no member's id.");
                problems.push("recipients", "invalid", message);
            }
        }
    }
    let few = chosen.len() <= MOST_RECIPIENTS;
    problems.check(few, "recipients", "too_many", "Choose at most 50 people and addresses.");
    chosen
}

/// The key of a question for an address; none for the empty text.
fn checked_field(
    key: &str,
    definition: &Definition,
    place: &str,
    problems: &mut Fields,
) -> Option<String> {
    let key = key.trim();
    if key.is_empty() {
        return None;
    }
    let asks = definition.field(key).is_some_and(|field| matches!(field.kind, Asks::Email(_)));
    let message = "Choose a question of this form that asks for an e-mail address.";
    problems.check(asks, place, "unknown_field", message);
    Some(key.to_owned())
}

fn check_cap(cap: Option<i64>, notice: &mut Notice, problems: &mut Fields) {
    if let Some(cap) = cap {
        let fits = (1..=MOST_CAP).contains(&cap);
        problems.check(fits, "hourly_cap", "out_of_range", "Name a number from 1 to 10,000.");
        notice.hourly_cap = cap;
    }
}
