//! How the values of a file are read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::encoding::Encoding;
use crate::{
    choices::Few,
    exports::{decimal::Decimal, delimiter::Delimiter},
};

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Jsonl,
}

impl Format {
    /// The word in tables and in the API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
        }
    }

    /// As people call it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Jsonl => "JSON lines",
        }
    }

    /// The format that a content type means, or else the ending of the file's name.
    pub(crate) fn of(content_type: &str, name: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        match essence.to_ascii_lowercase().as_str() {
            "text/csv" | "text/tab-separated-values" => Some(Format::Csv),
            "application/x-ndjson" | "application/jsonl" => Some(Format::Jsonl),
            _ => {
                let name = name.to_lowercase();
                let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
                let csv = ends(&[".csv", ".tsv", ".txt"]).then_some(Format::Csv);
                csv.or_else(|| ends(&[".jsonl", ".ndjson", ".json"]).then_some(Format::Jsonl))
            }
        }
    }
}

/// How picked options and lists stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Values {
    /// As people read them: `Very good; Cheap`. Values of options are taken as well.
    Labels,
    /// As the API has them: `["very_good", "cheap"]`.
    Stored,
}

impl Few for Values {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Values::Labels, "labels", "Labels, as people read them"),
        (Values::Stored, "stored", "Values, as the API has them"),
    ];
}

/// What an apostrophe before a sign of a formula is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Formulas {
    /// A guard against spreadsheets, which our exports set: it is taken away.
    Neutralised,
    /// Part of the text.
    Raw,
}

impl Few for Formulas {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Formulas::Neutralised, "neutralised", "A guard: take it away"),
        (Formulas::Raw, "raw", "Part of the text: keep it"),
    ];
}

/// In which order days, months and years stand; the year first is always understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Dates {
    Ymd,
    Dmy,
    Mdy,
}

impl Few for Dates {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Dates::Ymd, "ymd", "2026-11-21"),
        (Dates::Dmy, "dmy", "21.11.2026"),
        (Dates::Mdy, "mdy", "11/21/2026"),
    ];
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportOptions)]
pub(crate) struct Options {
    pub(crate) encoding: Encoding,
    /// For CSV.
    pub(crate) delimiter: Delimiter,
    pub(crate) values: Values,
    pub(crate) formulas: Formulas,
    pub(crate) dates: Dates,
    pub(crate) decimal: Decimal,
}

impl Options {
    /// Before anything of the file is known but how it is written.
    pub(crate) fn of(format: Format, encoding: Encoding) -> Self {
        let (values, formulas) = match format {
            Format::Csv => (Values::Labels, Formulas::Neutralised),
            Format::Jsonl => (Values::Stored, Formulas::Raw),
        };
        let (delimiter, dates, decimal) = (Delimiter::Comma, Dates::Ymd, Decimal::Point);
        Options { encoding, delimiter, values, formulas, dates, decimal }
    }
}

/// What is to be read otherwise; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportOptionsChange)]
pub(crate) struct OptionsChange {
    #[serde(default)]
    pub(crate) encoding: Option<Encoding>,
    #[serde(default)]
    pub(crate) delimiter: Option<Delimiter>,
    #[serde(default)]
    pub(crate) values: Option<Values>,
    #[serde(default)]
    pub(crate) formulas: Option<Formulas>,
    #[serde(default)]
    pub(crate) dates: Option<Dates>,
    #[serde(default)]
    pub(crate) decimal: Option<Decimal>,
}

impl OptionsChange {
    pub(crate) fn taken(&self, before: &Options) -> Options {
        Options {
            encoding: self.encoding.unwrap_or(before.encoding),
            delimiter: self.delimiter.unwrap_or(before.delimiter),
            values: self.values.unwrap_or(before.values),
            formulas: self.formulas.unwrap_or(before.formulas),
            dates: self.dates.unwrap_or(before.dates),
            decimal: self.decimal.unwrap_or(before.decimal),
        }
    }

    /// Whether the file falls into other columns by it.
    pub(crate) fn changes_columns(&self, before: &Options) -> bool {
        let after = self.taken(before);
        (after.encoding, after.delimiter) != (before.encoding, before.delimiter)
    }
}
