//! How a form keeps unwanted submissions apart, from now on and whatever its version. Nothing is refused for it and
//! nothing is lost: what is suspected lies in spam, with the reason, until someone releases it.

mod doubts;
mod guard;
pub(crate) mod inputs;
mod limits;
pub(crate) mod store;

use db::{FromRow, Json, Row};
use kernel::{Fields, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use doubts::Doubts;
pub(crate) use guard::{Guard, Pass};
pub(crate) use limits::{Limit, Stretch};

/// Seconds that a form may ask of everybody at most.
const MOST_SECONDS: u32 = 60;
/// The most that a limit may be.
const MOST_SUBMISSIONS: u32 = 1_000_000;

/// How a form keeps unwanted submissions apart. It holds for what comes in by the form's page; what is sent with an
/// API key is never judged by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = FormProtection)]
pub struct Protection {
    /// The page has a field that people neither see nor reach: what fills it in is spam.
    pub honeypot: bool,
    /// What is sent sooner than this many seconds after its page was opened, or without the ticket of a page, is
    /// spam; 0 asks for neither.
    pub min_seconds: u32,
    /// What comes from one address beyond so many submissions within an hour is spam; null: no limit.
    pub hourly_limit: Option<u32>,
    /// The same within a day.
    pub daily_limit: Option<u32>,
    /// The browser has to compute for a moment: what comes without that, as it does without JavaScript, is spam.
    pub proof_of_work: bool,
    /// How readily its words are taken for those of spam, by what the team marks: `off`, `careful` or `strict`.
    pub learned: Strictness,
}

/// How readily a text is taken for spam by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SpamStrictness)]
pub enum Strictness {
    /// Never.
    Off,
    /// Only where it is as good as certain.
    Careful,
    /// Also where it is likely: finds more, and is wrong more often.
    Strict,
}

impl Strictness {
    /// The score from which on a text is taken for spam.
    pub(crate) fn least(self) -> Option<f64> {
        match self {
            Strictness::Off => None,
            Strictness::Careful => Some(0.9999),
            Strictness::Strict => Some(0.99),
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Strictness::Off => "off",
            Strictness::Careful => "careful",
            Strictness::Strict => "strict",
        }
    }

    fn named(word: &str) -> Option<Self> {
        [Self::Off, Self::Careful, Self::Strict].into_iter().find(|it| it.as_str() == word)
    }
}

impl Default for Protection {
    fn default() -> Self {
        Protection {
            honeypot: true,
            min_seconds: 2,
            hourly_limit: None,
            daily_limit: None,
            proof_of_work: false,
            learned: Strictness::Careful,
        }
    }
}

/// The protection of a form anew: what is absent is as usual again.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = NewFormProtection)]
pub struct NewProtection {
    /// Whether the page has a field that people neither see nor reach: what fills it in is spam. Usually it has.
    honeypot: Option<bool>,
    /// What is sent sooner than this many seconds after its page was opened, or without the ticket of a page, is
    /// spam; 0 asks for neither. Usually 2.
    #[schema(minimum = 0, maximum = 60)]
    min_seconds: Option<u32>,
    /// What comes from one address beyond so many submissions within an hour is spam. Usually there is no limit.
    #[schema(minimum = 1, maximum = 1_000_000, example = 20)]
    hourly_limit: Option<u32>,
    /// The same within a day.
    #[schema(minimum = 1, maximum = 1_000_000)]
    daily_limit: Option<u32>,
    /// Whether the browser has to compute for a moment: what comes without that, as it does without JavaScript, is
    /// spam. Usually not.
    proof_of_work: Option<bool>,
    /// How readily its words are taken for those of spam, by what the team marks: `off`, `careful` or `strict`. It
    /// says nothing before it has learned from 50 of each kind. Usually careful.
    learned: Option<Strictness>,
}

impl NewProtection {
    /// Takes it over, or says all that does not fit.
    pub(crate) fn checked(self) -> Result<Protection, Fields> {
        let usual = Protection::default();
        let mut problems = Fields::new();
        let min_seconds = self.min_seconds.unwrap_or(usual.min_seconds);
        let message = "Choose 0 to 60 seconds.";
        let fits = min_seconds <= MOST_SECONDS;
        problems.check(fits, "protection.min_seconds", "out_of_range", message);
        for (name, limit) in [("hourly", self.hourly_limit), ("daily", self.daily_limit)] {
            let fits = limit.is_none_or(|most| (1..=MOST_SUBMISSIONS).contains(&most));
            let message = "Choose a number from 1 to 1,000,000, or none.";
            problems.check(fits, &format!("protection.{name}_limit"), "out_of_range", message);
        }
        problems.into_result()?;
        Ok(Protection {
            honeypot: self.honeypot.unwrap_or(usual.honeypot),
            min_seconds,
            hourly_limit: self.hourly_limit,
            daily_limit: self.daily_limit,
            proof_of_work: self.proof_of_work.unwrap_or(usual.proof_of_work),
            learned: self.learned.unwrap_or(usual.learned),
        })
    }
}

impl From<Protection> for NewProtection {
    fn from(it: Protection) -> Self {
        NewProtection {
            honeypot: Some(it.honeypot),
            min_seconds: Some(it.min_seconds),
            hourly_limit: it.hourly_limit,
            daily_limit: it.daily_limit,
            proof_of_work: Some(it.proof_of_work),
            learned: Some(it.learned),
        }
    }
}

impl Protection {
    /// As it is stored: nothing, where it is as usual.
    pub(crate) fn stored(&self) -> Result<Option<Json>> {
        if *self == Protection::default() { Ok(None) } else { Json::of(self).map(Some) }
    }

    /// The limits by address, the narrower one first.
    pub(crate) fn limits(&self) -> impl Iterator<Item = Limit> {
        let hourly = self.hourly_limit.map(Limit::hourly);
        hourly.into_iter().chain(self.daily_limit.map(Limit::daily))
    }
}

impl FromRow for Protection {
    fn from_row(row: &mut Row) -> Result<Self> {
        let stored: Option<Json> = row.take("protection")?;
        stored.map_or_else(|| Ok(Protection::default()), |json| json.read())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_is_as_usual_and_what_is_too_much_is_named() {
        let read = |text: &str| {
            serde_json::from_str::<NewProtection>(text).expect("of its shape").checked()
        };
        assert_eq!(read("{}").expect("fits"), Protection::default());
        let all = r#"{"honeypot": false, "min_seconds": 0, "hourly_limit": 1, "daily_limit": 9,
                     "proof_of_work": true, "learned": "off"}"#;
        let all = read(all).expect("fits");
        assert_eq!(NewProtection::from(all.clone()).checked().expect("fits"), all);
        let refused = read(r#"{"min_seconds": 61, "hourly_limit": 0, "daily_limit": 1000001}"#);
        let refused = refused.expect_err("too much");
        let named: Vec<&str> = refused.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(
            named,
            ["protection.min_seconds", "protection.hourly_limit", "protection.daily_limit"]
        );
    }

    #[test]
    fn only_what_differs_is_stored() {
        assert_eq!(Protection::default().stored().expect("JSON"), None);
        let strict = Protection { min_seconds: 9, ..Protection::default() };
        let stored = strict.stored().expect("JSON").expect("it differs");
        assert_eq!(stored.read::<Protection>().expect("JSON"), strict);
        // What a later release wrote is no hindrance to this one.
        let later = Json(r#"{"min_seconds": 9, "crystal_ball": true}"#.into());
        assert_eq!(later.read::<Protection>().expect("JSON"), strict);
    }
}
