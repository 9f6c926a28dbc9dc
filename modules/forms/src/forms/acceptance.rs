//! What a form accepts, from now on and whatever its version: until when, how many, and from whom.

use hmac::{Hmac, KeyInit, Mac};
use jiff::tz::TimeZone;
use kernel::{Chance, Fields, Timestamp, same_secret, sha256_hex};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::Sha256;
use utoipa::ToSchema;

use crate::{definition::Definition, ids::FormId};

/// The most that a form may be limited to.
const MOST_SUBMISSIONS: i64 = 1_000_000_000;

const PUBLISH_FIRST: &str = "Where answers come in already, publish it first.";
const KEEP_IT: &str = "By it the form takes one answer a person: ask it as before, or first take answers otherwise, in \
                       the form's settings.";

/// As it is stored beside a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, db::FromRow)]
pub struct Acceptance {
    /// From here on it takes nothing more.
    pub closes_at: Option<Timestamp>,
    /// The zone in which somebody wrote that moment, by its IANA name; pages show it so.
    pub closes_zone: Option<String>,
    /// How many submissions there may be; deleted ones free their places.
    pub submission_limit: Option<i64>,
    /// How a person is known who may answer once; see [`Once`].
    pub once_by: Option<String>,
    /// Signs the links of those invited.
    pub link_key: Option<String>,
}

/// How a person is known who may answer once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Once<'a> {
    /// By a cookie: one answer a browser.
    Browser,
    /// By a link of their own, which we have signed.
    Link,
    /// By what they answer to the question with this key.
    Field(&'a str),
}

impl<'a> Once<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        match text.split_once(':') {
            Some(("field", key)) => Some(Once::Field(key)),
            None if text == "browser" => Some(Once::Browser),
            None if text == "link" => Some(Once::Link),
            _ => None,
        }
    }
}

/// What a form accepts, as the API speaks it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = FormAcceptance)]
pub struct AcceptanceJson {
    /// From here on it takes nothing more.
    pub closes_at: Option<Timestamp>,
    /// The time zone in which pages show that moment to the form's makers, by its IANA name. It changes nothing
    /// of when the form closes.
    #[schema(example = "Europe/Berlin")]
    pub closes_zone: Option<String>,
    /// How many submissions there may be: exactly so many, however many send at once. Deleted ones free
    /// their places.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 100)]
    pub submission_limit: Option<i64>,
    /// Takes one answer a person, who is known by a cookie (`browser`), by a signed link of their own
    /// (`link`), or by the answer to a required question that no condition hides (`field:KEY`). Cookies and links are asked of
    /// respondents; an answer to a question counts whichever way it comes in.
    #[schema(example = "field:email")]
    pub once_by: Option<String>,
}

/// What to change of it, as RFC 7396 merges: what is absent stays, and `null` takes a limit away.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = FormAcceptanceChange)]
pub(crate) struct AcceptanceChange {
    /// From here on it takes nothing more; null: it takes answers as long as it is open.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<Timestamp>)]
    closes_at: Option<Option<Timestamp>>,
    /// The time zone in which pages show that moment, by its IANA name; null: none. It goes with the moment.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>, example = "Europe/Berlin")]
    closes_zone: Option<Option<String>>,
    /// How many submissions there may be; null: as many as come.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 1_000_000_000, example = 100)]
    submission_limit: Option<Option<i64>>,
    /// `browser`, `link` or `field:KEY`: how a person is known who may answer once; null: everybody may answer
    /// as often as they like.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>, example = "field:email")]
    once_by: Option<Option<String>>,
}

/// Tells null from absent.
fn present<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(from).map(Some)
}

impl AcceptanceChange {
    /// All that is accepted once this is changed.
    pub(crate) fn over(self, before: AcceptanceJson) -> AcceptanceJson {
        AcceptanceJson {
            closes_at: self.closes_at.unwrap_or(before.closes_at),
            closes_zone: self.closes_zone.unwrap_or(before.closes_zone),
            submission_limit: self.submission_limit.unwrap_or(before.submission_limit),
            once_by: self.once_by.unwrap_or(before.once_by),
        }
    }
}

impl From<AcceptanceJson> for AcceptanceChange {
    fn from(all: AcceptanceJson) -> Self {
        AcceptanceChange {
            closes_at: Some(all.closes_at),
            closes_zone: Some(all.closes_zone),
            submission_limit: Some(all.submission_limit),
            once_by: Some(all.once_by),
        }
    }
}

impl Acceptance {
    /// As the API speaks it.
    pub(crate) fn json(&self) -> AcceptanceJson {
        AcceptanceJson {
            closes_at: self.closes_at,
            closes_zone: self.closes_zone.clone(),
            submission_limit: self.submission_limit,
            once_by: self.once_by.clone(),
        }
    }

    /// How a person is known who may answer once.
    pub(crate) fn once(&self) -> Option<Once<'_>> {
        Once::parse(self.once_by.as_deref()?)
    }

    /// Whom the public address lets in, in words for the form's makers.
    pub(crate) fn admits(&self) -> &'static str {
        match self.once() {
            Some(Once::Link) => {
                "Only for those invited, each by a link of their own: Settings makes those. This one lets nobody in."
            }
            _ => "Anyone with this link can answer.",
        }
    }

    /// Takes over what was sent; a key for links is made with the first need and stays.
    pub(crate) fn change(
        &mut self,
        sent: AcceptanceJson,
        definition: &Definition,
        chance: &Chance,
    ) -> Result<(), Fields> {
        let mut problems = Fields::new();
        let fits = sent.submission_limit.is_none_or(|most| (1..=MOST_SUBMISSIONS).contains(&most));
        let message = "Choose a number from 1 to 1,000,000,000.";
        problems.check(fits, "acceptance.submission_limit", "out_of_range", message);
        let known = |zone: &String| TimeZone::get(zone).is_ok();
        let message = "Choose a time zone by its name, such as Europe/Berlin.";
        let sound = sent.closes_zone.as_ref().is_none_or(known);
        problems.check(sound, "acceptance.closes_zone", "unknown_zone", message);
        self.closes_at = sent.closes_at;
        self.closes_zone = sent.closes_zone.filter(|_| sent.closes_at.is_some());
        self.submission_limit = sent.submission_limit;
        self.once_by = sent.once_by;
        problems.extend(self.checked(definition, PUBLISH_FIRST).err().unwrap_or_default());
        problems.into_result()?;
        if self.once() == Some(Once::Link) {
            self.link_key.get_or_insert_with(|| kernel::token(chance));
        }
        Ok(())
    }

    /// Whether the document asks what tells people apart; with what to do if it does not.
    fn checked(&self, definition: &Definition, advice: &str) -> Result<(), Fields> {
        const PLACE: &str = "acceptance.once_by";
        let Some(text) = &self.once_by else { return Ok(()) };
        let Some(once) = Once::parse(text) else {
            let message = "Choose browser, link, or field: and the key of a question.";
            return Err(Fields::one(PLACE, "invalid", message));
        };
        let Once::Field(key) = once else { return Ok(()) };
        if definition.telling_apart().any(|field| field.key == key) {
            Ok(())
        } else if definition.field(key).is_some() {
            let message = format!(
                "Choose a required question for an e-mail address, a phone number, a number or a short text, which no \
                 condition hides. {advice}"
            );
            Err(Fields::one(PLACE, "inconsistent", message))
        } else {
            let message = format!("The form asks no question with the key “{key}”. {advice}");
            Err(Fields::one(PLACE, "unknown_field", message))
        }
    }

    /// Whether the document may be published.
    pub(crate) fn fits(&self, definition: &Definition) -> Result<(), Fields> {
        self.checked(definition, KEEP_IT)
    }

    /// The part of a link that says who is invited; see [`Acceptance::invited`].
    pub(crate) fn invitation(&self, form: FormId, respondent: &str) -> Option<String> {
        Some(format!("{}.{respondent}", self.signature(form, respondent)?))
    }

    /// Who is invited by this part of a link, if we have signed it.
    pub(crate) fn invited<'a>(&self, form: FormId, invitation: &'a str) -> Option<&'a str> {
        let (signature, respondent) = invitation.split_once('.')?;
        same_secret(signature, &self.signature(form, respondent)?).then_some(respondent)
    }

    fn signature(&self, form: FormId, respondent: &str) -> Option<String> {
        let key = self.link_key.as_ref()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
        mac.update(format!("{form} {respondent}").as_bytes());
        let code = mac.finalize().into_bytes();
        // 128 bits, which is enough for what cannot be tried offline (NIST SP 800-107, 5.3.3).
        Some(code[..16].iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// What stands for a person in what is stored: nothing that would tell who it is.
pub(crate) fn respondent_hash(form: FormId, by: &str, who: &str) -> String {
    sha256_hex(format!("{form} {by} {}", who.trim().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn questions() -> Definition {
        let fields = json!([
            {"key": "email", "type": "email", "label": "E-mail", "required": true},
            {"key": "phone", "type": "phone", "label": "Phone"},
            {"key": "well", "type": "yes_no", "label": "Well?", "required": true},
        ]);
        Definition::from_fields(fields).expect("sound")
    }

    #[test]
    fn only_what_tells_people_apart_will_do() {
        let code = |once: &str| {
            let sent = AcceptanceJson { once_by: Some(once.into()), ..AcceptanceJson::default() };
            let changed = Acceptance::default().change(sent, &questions(), &Chance::seeded(1));
            changed.err().map(|found| found.iter().next().expect("one").code.to_string())
        };
        for fine in ["browser", "link", "field:email"] {
            assert_eq!(code(fine), None, "{fine}");
        }
        let refused =
            ["field:phone", "field:well", "field:none", "field", "cookie", "", "browser:x"];
        let codes = ["inconsistent", "inconsistent", "unknown_field"].into_iter();
        for (once, wanted) in refused.into_iter().zip(codes.chain(std::iter::repeat("invalid"))) {
            assert_eq!(code(once).as_deref(), Some(wanted), "{once}");
        }
    }

    #[test]
    fn a_link_invites_one_person_to_one_form() {
        let chance = Chance::seeded(7);
        let (form, other) = (1, 2);
        let [form, other] =
            [form, other].map(|at| FormId::new(Timestamp::from_micros(at), &chance));
        let mut acceptance = Acceptance::default();
        assert_eq!(acceptance.invitation(form, "ada"), None);
        let sent = AcceptanceJson { once_by: Some("link".into()), ..AcceptanceJson::default() };
        acceptance.change(sent.clone(), &questions(), &chance).expect("fine");
        let link = acceptance.invitation(form, "ada.b@example.com").expect("signed");
        acceptance.change(sent, &questions(), &chance).expect("fine");
        assert_eq!(acceptance.invited(form, &link), Some("ada.b@example.com"));
        assert_eq!(acceptance.invited(other, &link), None);
        assert_eq!(acceptance.invited(form, &link.replace("ada", "eve")), None);
        assert_eq!(acceptance.invited(form, "ada.b@example.com"), None);
    }
}
