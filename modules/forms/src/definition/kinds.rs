//! The types of fields, each with its settings.

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_json::Number;

/// What a field asks for. In JSON: `"type": "short_text"` with the settings beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    ShortText(Text),
    LongText(Text),
    Email(Email),
    Phone,
    Number(Numbers),
    Date(Dates),
    Time,
    Choice(Pick),
    Choices(Picks),
    Dropdown(Pick),
    Scale(Points),
    Rating(Rating),
    Nps,
    YesNo,
    File(File),
    Consent(Consent),
    Hidden(Hidden),
    Section,
    Page,
}

impl Kind {
    /// Every type's name in JSON.
    pub const NAMES: [&str; 19] = [
        "short_text",
        "long_text",
        "email",
        "phone",
        "number",
        "date",
        "time",
        "choice",
        "choices",
        "dropdown",
        "scale",
        "rating",
        "nps",
        "yes_no",
        "file",
        "consent",
        "hidden",
        "section",
        "page",
    ];

    /// The type's name in JSON, such as `short_text`.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::ShortText(_) => "short_text",
            Kind::LongText(_) => "long_text",
            Kind::Email(_) => "email",
            Kind::Phone => "phone",
            Kind::Number(_) => "number",
            Kind::Date(_) => "date",
            Kind::Time => "time",
            Kind::Choice(_) => "choice",
            Kind::Choices(_) => "choices",
            Kind::Dropdown(_) => "dropdown",
            Kind::Scale(_) => "scale",
            Kind::Rating(_) => "rating",
            Kind::Nps => "nps",
            Kind::YesNo => "yes_no",
            Kind::File(_) => "file",
            Kind::Consent(_) => "consent",
            Kind::Hidden(_) => "hidden",
            Kind::Section => "section",
            Kind::Page => "page",
        }
    }

    /// Whether people answer it; a section and a page only arrange the others.
    pub fn is_question(&self) -> bool {
        !matches!(self, Kind::Section | Kind::Page)
    }

    /// Whether each respondent sees the options in an order of their own.
    pub fn shuffles(&self) -> bool {
        match self {
            Kind::Choice(pick) | Kind::Dropdown(pick) => pick.shuffle,
            Kind::Choices(picks) => picks.shuffle,
            _ => false,
        }
    }

    /// Whether an answer may tell one person from another.
    pub(crate) fn tells_apart(&self) -> bool {
        matches!(self, Kind::Email(_) | Kind::Phone | Kind::ShortText(_) | Kind::Number(_))
    }

    /// The options to pick from, empty for all other types.
    pub fn options(&self) -> &[Choice] {
        match self {
            Kind::Choice(pick) | Kind::Dropdown(pick) => &pick.options,
            Kind::Choices(picks) => &picks.options,
            _ => &[],
        }
    }
}

/// Limits of a text, in Unicode scalar values (a line break sent as CR LF counts once).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Text {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// A regular expression that the whole answer must match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What to tell someone whose answer does not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern_hint: Option<String>,
}

/// Limits of an e-mail address.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Email {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
}

/// Limits of a number, both ends included.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Numbers {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Number>,
    /// Refuses fractions.
    #[serde(skip_serializing_if = "is_false")]
    pub integer: bool,
}

/// Limits of a calendar date, both ends included.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Dates {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_date")]
    pub min: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_date")]
    pub max: Option<Date>,
}

/// One of the answers to pick from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// One option of several.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Pick {
    pub options: Vec<Choice>,
    /// Also takes a text of one's own.
    #[serde(skip_serializing_if = "is_false")]
    pub other: bool,
    /// Each respondent sees the options in an order of their own.
    #[serde(skip_serializing_if = "is_false")]
    pub shuffle: bool,
}

/// Any number of options within limits.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Picks {
    pub options: Vec<Choice>,
    /// Also takes a text of one's own.
    #[serde(skip_serializing_if = "is_false")]
    pub other: bool,
    /// Each respondent sees the options in an order of their own.
    #[serde(skip_serializing_if = "is_false")]
    pub shuffle: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_picks: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_picks: Option<u32>,
}

/// A row of whole numbers between two ends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Points {
    pub min: i32,
    pub max: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_label: Option<String>,
}

/// Stars, from one to `max`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rating {
    pub max: u32,
}

/// Limits of an upload.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct File {
    pub max_files: u32,
    /// Of one file.
    pub max_bytes: u64,
    /// Media types (`image/png`, `image/*`) and endings (`.pdf`); empty takes all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<String>,
}

/// A statement to agree to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Consent {
    /// The full statement, when the label alone does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A value that the page carries along unseen.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hidden {
    /// The answer when none is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn iso_date<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}
