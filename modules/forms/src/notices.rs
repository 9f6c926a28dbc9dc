//! Notices: what a form sends by mail, to the team and to who answered.

pub(crate) mod change;
pub(crate) mod digest;
pub(crate) mod erasing;
pub(crate) mod input;
pub(crate) mod json;
pub(crate) mod look;
pub(crate) mod page;
pub(crate) mod plan;
pub(crate) mod preview;
pub(crate) mod store;
pub(crate) mod templates;
pub(crate) mod views;

use std::time::Duration;

use db::Json;
use kernel::{Result, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{choices::Few, forms::FormId};

/// To whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Those who work on the form.
    Team,
    /// Who answered.
    Respondent,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Team => "team",
            Kind::Respondent => "respondent",
        }
    }
}

/// How often the team is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NoticeRhythm)]
pub(crate) enum Rhythm {
    /// One mail a submission.
    Each,
    QuarterHour,
    Hour,
    Day,
}

impl Few for Rhythm {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Rhythm::Each, "each", "One mail a submission"),
        (Rhythm::QuarterHour, "quarter_hour", "All of a quarter of an hour in one mail"),
        (Rhythm::Hour, "hour", "All of an hour in one mail"),
        (Rhythm::Day, "day", "All of a day in one mail"),
    ];
}

impl Rhythm {
    /// From the first submission that waits to the mail.
    fn pause(self) -> Duration {
        Duration::from_secs(match self {
            Rhythm::Each => 0,
            Rhythm::QuarterHour => 15 * 60,
            Rhythm::Hour => 60 * 60,
            Rhythm::Day => 24 * 60 * 60,
        })
    }
}

/// The time in which mails are counted.
pub(crate) const WINDOW: Duration = Duration::from_secs(60 * 60);
/// Mails an hour for the team, and to respondents, until somebody says otherwise; and the most that can be said.
pub(crate) const TEAM_CAP: i64 = 60;
pub(crate) const RESPONDENT_CAP: i64 = 1_000;
pub(crate) const MOST_CAP: i64 = 10_000;
/// Mails an hour to one address of a respondent, from all forms of the workspace: nobody's letter box is to be
/// filled by somebody else.
pub(crate) const ADDRESS_CAP: i64 = 3;
/// Whom the team's mail goes to.
pub(crate) const MOST_RECIPIENTS: usize = 50;

/// A notice as it is kept.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Notice {
    pub(crate) form_id: FormId,
    pub(crate) enabled: bool,
    pub(crate) rhythm: String,
    pub(crate) recipients: Json,
    pub(crate) field: Option<String>,
    pub(crate) reply_to: Option<String>,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) hourly_cap: i64,
    pub(crate) origin: String,
    pub(crate) slug: String,
    pub(crate) since_number: i64,
    pub(crate) window_at: Timestamp,
    pub(crate) window_count: i64,
    pub(crate) waiting_after: i64,
    pub(crate) waiting_count: i64,
    pub(crate) waiting_until: Option<Timestamp>,
    pub(crate) withheld: i64,
    pub(crate) updated_at: Timestamp,
}

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

impl Notice {
    /// As it is before anybody has said anything.
    pub(crate) fn usual(form: FormId, kind: Kind) -> Self {
        let (subject, body, hourly_cap) = match kind {
            Kind::Team => (
                "{{form_title}}: new submission #{{number}}",
                "{{answers}}\n\n[Open the submission]({{submission_link}})",
                TEAM_CAP,
            ),
            Kind::Respondent => (
                "Your answers to {{form_title}}",
                "Thank you. These are the answers that we have received:\n\n{{answers}}",
                RESPONDENT_CAP,
            ),
        };
        Notice {
            form_id: form,
            enabled: false,
            rhythm: Rhythm::Each.word().into(),
            recipients: Json("[]".into()),
            field: None,
            reply_to: None,
            subject: subject.into(),
            body: body.into(),
            hourly_cap,
            origin: String::new(),
            slug: String::new(),
            since_number: 0,
            window_at: Timestamp::default(),
            window_count: 0,
            waiting_after: 0,
            waiting_count: 0,
            waiting_until: None,
            withheld: 0,
            updated_at: Timestamp::default(),
        }
    }

    pub(crate) fn rhythm(&self) -> Rhythm {
        Rhythm::named(&self.rhythm).unwrap_or(Rhythm::Each)
    }

    /// Ids of members and addresses.
    pub(crate) fn recipients(&self) -> Result<Vec<String>> {
        self.recipients.read()
    }

    /// Mails that may still be written in this hour.
    pub(crate) fn room(&mut self, now: Timestamp) -> i64 {
        if now.since(self.window_at) >= WINDOW {
            (self.window_at, self.window_count) = (now, 0);
        }
        self.hourly_cap - self.window_count
    }
}
