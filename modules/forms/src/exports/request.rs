//! What can be asked of an export.

use jiff::tz::TimeZone;
use kernel::{Error, Fields, Result, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{decimal::Decimal, delimiter::Delimiter};
use crate::submissions::{filter::Filter, place::Place};

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    /// RFC 4180, one submission a record.
    Csv,
    /// The API's submission, one a line.
    Jsonl,
    /// Excel; goes on in a further sheet after 1,048,576 rows.
    Xlsx,
    /// Apache Parquet with typed columns.
    Parquet,
}

impl Format {
    /// All, as people choose among them.
    pub(crate) const ALL: [Format; 4] = [Format::Csv, Format::Xlsx, Format::Jsonl, Format::Parquet];

    /// The word in the API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Xlsx => "xlsx",
            Format::Parquet => "parquet",
        }
    }

    /// As people call it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Jsonl => "JSON lines",
            Format::Xlsx => "Excel (XLSX)",
            Format::Parquet => "Parquet",
        }
    }
}

/// What names a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Headers {
    /// The question as the newest version asks it; where two ask the same, the key follows in brackets.
    Labels,
    /// The key of the field.
    Keys,
}

/// How picked options, yes and no, and files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Values {
    /// As people read them: `Very good; Cheap`, `Yes`, `cv.pdf (https://…)`.
    Labels,
    /// As the API has them: `["very_good", "cheap"]`, `true`, ids of files.
    Stored,
}

/// What becomes of texts that a spreadsheet would take for a formula.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Formulas {
    /// An apostrophe stands before a text that begins with `=`, `+`, `-`, `@`, tab or a line break, unless
    /// it is a plain number; also before one that begins with apostrophes and then such a sign.
    #[default]
    Neutralised,
    /// Nothing is changed: for programs.
    Raw,
}

/// The place after which an incremental pull begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(
    untagged,
    expecting = "Send the last_number of the export before, or a time such as 2026-08-01T00:00:00Z"
)]
pub(crate) enum Since {
    /// Submissions with larger numbers: `last_number` of the export before.
    Number(i64),
    /// Submissions received at or after this time.
    Time(Timestamp),
}

/// An export to be made. What lies in spam or in the bin stays out, unless `filter` asks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"format": "csv", "from": "2026-08-01T00:00:00Z"}))]
pub(crate) struct NewExport {
    pub(crate) format: Format,
    /// Only what came after: a number, or a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<Since>,
    /// Only what was received at or after this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Timestamp>,
    /// Only what was received before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<Timestamp>,
    /// Only what contains all these words, as in the list of submissions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) q: Option<String>,
    /// Only what the list of submissions shows with this query: `status=done&answers.country=DE`. With
    /// `tray=spam` or `tray=bin` also what lies there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) filter: Option<String>,
    /// Only these columns, in this order: `number`, `id`, `received_at`, `submitted_at`, `version`, `source`,
    /// `status`, `assignee`, `tags`, `metadata`, `tray`, `comments` (how many), keys of fields, or `answers.KEY` for a
    /// key that is one of those words: all that a list or a view may show. All but `tray` and `comments` when
    /// absent. JSON lines are always whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) columns: Option<Vec<String>>,
    /// `labels` when absent; `keys` for Parquet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) headers: Option<Headers>,
    /// `labels` when absent; `stored` for Parquet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) values: Option<Values>,
    /// The zone of the times, by its IANA name. Excel knows no zones, so that there the head of a column names it:
    /// the zone by which the workspace counts its days when this is absent. CSV has UTC when it is absent, and else
    /// this zone with its offset. JSON lines and Parquet are always in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Europe/Berlin")]
    pub(crate) time_zone: Option<String>,
    /// For CSV: what stands between the cells. Spreadsheets in German, French and many other languages await a
    /// semicolon. With tabs the file's name ends with `.tsv`.
    #[serde(default)]
    pub(crate) delimiter: Delimiter,
    /// For CSV: what stands before the fraction of a number. Where a spreadsheet awaits a comma it takes `3.5` for a day
    /// in May.
    #[serde(default)]
    pub(crate) decimal: Decimal,
    /// For CSV.
    #[serde(default)]
    pub(crate) formulas: Formulas,
    /// For CSV: begins with U+FEFF, by which Excel knows UTF-8.
    #[serde(default)]
    pub(crate) byte_order_mark: bool,
}

const LONGEST_QUERY: usize = 500;
const MOST_COLUMNS: usize = 2_000;

impl NewExport {
    /// Everything in this format, as it is usual for it.
    pub(crate) fn of(format: Format) -> Self {
        NewExport {
            format,
            since: None,
            from: None,
            to: None,
            q: None,
            filter: None,
            columns: None,
            headers: None,
            values: None,
            time_zone: None,
            delimiter: Delimiter::default(),
            decimal: Decimal::default(),
            formulas: Formulas::default(),
            byte_order_mark: false,
        }
    }

    /// The ending of the file's name.
    pub(crate) fn ending(&self) -> &'static str {
        if self.is_tabbed() { "tsv" } else { self.format.word() }
    }

    /// The file as HTTP calls it.
    pub(crate) fn content_type(&self) -> &'static str {
        match self.format {
            Format::Csv if self.is_tabbed() => "text/tab-separated-values; charset=utf-8",
            Format::Csv => "text/csv; charset=utf-8",
            Format::Jsonl => "application/x-ndjson",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Parquet => "application/vnd.apache.parquet",
        }
    }

    fn is_tabbed(&self) -> bool {
        self.format == Format::Csv && self.delimiter == Delimiter::Tab
    }

    pub(crate) fn headers(&self) -> Headers {
        let usual = if self.format == Format::Parquet { Headers::Keys } else { Headers::Labels };
        self.headers.unwrap_or(usual)
    }

    pub(crate) fn values(&self) -> Values {
        let usual = if self.format == Format::Parquet { Values::Stored } else { Values::Labels };
        self.values.unwrap_or(usual)
    }

    /// The words searched for, if any.
    pub(crate) fn words(&self) -> Option<&str> {
        self.q.as_deref().map(str::trim).filter(|words| !words.is_empty())
    }

    /// What words and filter mean together.
    pub(crate) fn meant(&self) -> Result<Filter> {
        let mut filter = match self.filter.as_deref().map(Place::of_query) {
            Some(place) => place?.filter,
            None => Filter::default(),
        };
        if let Some(words) = self.words() {
            if filter.words.as_ref().is_some_and(|others| others != words) {
                let message = "Search for words either here or in the filter.";
                return Err(Error::invalid("q", "inconsistent", message));
            }
            filter.words = Some(words.to_owned());
        }
        Ok(filter)
    }

    /// Rules that the types do not hold.
    pub(crate) fn check(&self) -> Result<(), Fields> {
        let mut problems = match self.meant() {
            Err(Error::Invalid(problems)) => problems,
            _ => Fields::new(),
        };
        let short = self.q.as_ref().is_none_or(|q| q.chars().count() <= LONGEST_QUERY);
        problems.check(short, "q", "too_long", "Search for at most 500 characters.");
        let ordered = match (self.from, self.to) {
            (Some(from), Some(to)) => from < to,
            _ => true,
        };
        problems.check(ordered, "to", "before_from", "Choose an end that comes after the start.");
        let sound = !matches!(self.since, Some(Since::Number(number)) if number < 0);
        problems.check(sound, "since", "out_of_range", "Numbers of submissions begin with 1.");
        let known = self.time_zone.as_ref().is_none_or(|zone| TimeZone::get(zone).is_ok());
        let message = "Choose a time zone by its name, such as Europe/Berlin.";
        problems.check(known, "time_zone", "unknown_zone", message);
        let columns = self.columns.as_deref().unwrap_or(&["number".to_owned()]).len();
        problems.check(
            (1..=MOST_COLUMNS).contains(&columns),
            "columns",
            "out_of_range",
            "Name 1 to 2,000 columns, or leave this out for all of them.",
        );
        problems.into_result()
    }
}
