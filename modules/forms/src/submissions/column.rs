//! A column of the list: an answer, or something that every submission has.

use std::fmt;

use db::Tx;
use kernel::{Error, Fields, Result};

use super::questions;
use crate::{
    definition::{Definition, Field, Kind},
    forms::FormId,
};

/// Columns of one list.
const MOST: usize = 50;
/// Answers that stand in the list when nobody has chosen.
const USUAL: usize = 3;
const ANSWERS: &str = "answers.";

/// What stands in a column. Addresses and the API name it by a word, and an answer by the key of its field:
/// `name`, or `answers.status` where the key is one of our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    Own(Own),
    Answer(String),
}

/// What every submission has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    Status,
    Assignee,
    Tags,
    ReceivedAt,
    SubmittedAt,
    Number,
    Tray,
    Source,
    Version,
    Comments,
    Metadata,
    Id,
}

impl Own {
    pub(crate) const ALL: [Own; 12] = [
        Own::Status,
        Own::Assignee,
        Own::Tags,
        Own::ReceivedAt,
        Own::SubmittedAt,
        Own::Number,
        Own::Tray,
        Own::Source,
        Own::Version,
        Own::Comments,
        Own::Metadata,
        Own::Id,
    ];

    fn word(self) -> &'static str {
        match self {
            Own::Status => "status",
            Own::Assignee => "assignee",
            Own::Tags => "tags",
            Own::ReceivedAt => "received_at",
            Own::SubmittedAt => "submitted_at",
            Own::Number => "number",
            Own::Tray => "tray",
            Own::Source => "source",
            Own::Version => "version",
            Own::Comments => "comments",
            Own::Metadata => "metadata",
            Own::Id => "id",
        }
    }

    /// As people call it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Own::Status => "Status",
            Own::Assignee => "Assigned to",
            Own::Tags => "Tags",
            Own::ReceivedAt => "Received",
            Own::SubmittedAt => "Given",
            Own::Number => "No.",
            Own::Tray => "Lies in",
            Own::Source => "Source",
            Own::Version => "Version",
            Own::Comments => "Comments",
            Own::Metadata => "Metadata",
            Own::Id => "Id",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Own::ALL.into_iter().find(|own| own.word() == word)
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Column::Own(own) => f.write_str(own.word()),
            Column::Answer(key) if Own::named(key).is_some() => write!(f, "{ANSWERS}{key}"),
            Column::Answer(key) => f.write_str(key),
        }
    }
}

impl Column {
    /// What a word names; whether the form has such a field is another question.
    fn named(word: &str) -> Option<Self> {
        let is_key = |key: &str| {
            let fits =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            (1..=64).contains(&key.len()) && key.bytes().all(fits)
        };
        let answer = |key: &str| is_key(key).then(|| Column::Answer(key.to_owned()));
        match word.strip_prefix(ANSWERS) {
            Some(key) => answer(key),
            None => Own::named(word).map(Column::Own).or_else(|| answer(word)),
        }
    }

    pub(crate) fn key(&self) -> Option<&str> {
        match self {
            Column::Own(_) => None,
            Column::Answer(key) => Some(key),
        }
    }
}

/// Whether a word can name a column.
pub(crate) fn is_name(word: &str) -> bool {
    Column::named(word).is_some()
}

/// Reads names of columns, each once; `place` says where the name of this index stands.
pub(crate) fn named<'a>(
    words: impl Iterator<Item = &'a str>,
    place: impl Fn(usize) -> String,
    problems: &mut Fields,
) -> Vec<Column> {
    let mut columns = Vec::new();
    for (index, word) in words.enumerate() {
        match Column::named(word.trim()) {
            Some(column) if columns.contains(&column) => {}
            Some(_) if columns.len() == MOST => {
                problems.push(place(index), "too_many", "Show at most 50 columns.");
                break;
            }
            Some(column) => columns.push(column),
            None => problems.push(place(index), "unknown_column", unknown(word)),
        }
    }
    columns
}

fn unknown(word: &str) -> String {
    let words = Own::ALL.map(Own::word).join(", ");
    format!("There is no column “{word}”. Use the key of a field, or one of {words}.")
}

/// The places of columns that stand for answers to what the form never asked.
pub(crate) async fn never_asked(
    tx: &mut Tx,
    form: FormId,
    now: &Definition,
    columns: &[Column],
) -> Result<Vec<usize>> {
    let found = questions::find(tx, form, now, columns.iter().filter_map(Column::key)).await?;
    let is_unknown = |column: &Column| column.key().is_some_and(|key| !found.contains_key(key));
    let unknown = columns.iter().enumerate().filter(|(_, column)| is_unknown(column));
    Ok(unknown.map(|(index, _)| index).collect())
}

/// Refuses answers to what the form never asked; `place` says where the name of this index stands.
pub(crate) async fn expect(
    tx: &mut Tx,
    form: FormId,
    now: &Definition,
    columns: &[Column],
    place: impl Fn(usize) -> String,
) -> Result<()> {
    let mut problems = Fields::new();
    for index in never_asked(tx, form, now, columns).await? {
        let told = unknown(&columns[index].to_string());
        problems.push(place(index), "unknown_column", told);
    }
    problems.into_result().map_err(Error::from)
}

/// A column with what its head says and, for an answer, the question.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) column: Column,
    pub(crate) label: String,
    pub(crate) field: Option<Field>,
}

impl Shown {
    fn of(column: Column, field: Option<Field>) -> Self {
        let label = match (&column, &field) {
            (_, Some(field)) => field.name().to_owned(),
            (Column::Own(own), None) => own.label().to_owned(),
            (Column::Answer(key), None) => key.clone(),
        };
        Shown { column, label, field }
    }
}

/// The columns when nobody has chosen: the first answers, and where work on them stands.
pub(crate) fn usual(definition: &Definition) -> Vec<Column> {
    let asked = definition.fields.iter();
    let asked = asked.filter(|it| it.kind.is_question() && !matches!(it.kind, Kind::Hidden(_)));
    let mut columns: Vec<Column> =
        asked.take(USUAL).map(|field| Column::Answer(field.key.clone())).collect();
    let others = match columns.is_empty() {
        true => [Own::Number, Own::Status, Own::ReceivedAt, Own::Source],
        false => [Own::Status, Own::ReceivedAt, Own::Number, Own::Source],
    };
    columns.extend(others.map(Column::Own));
    columns
}

/// The columns with their heads: the chosen ones that the form has, or the usual ones.
pub(crate) async fn laid_out(
    tx: &mut Tx,
    form: FormId,
    now: &Definition,
    chosen: Option<&[Column]>,
) -> Result<Vec<Shown>> {
    let Some(wanted) = chosen else { return Ok(as_usual(now)) };
    let mut fields = questions::find(tx, form, now, wanted.iter().filter_map(Column::key)).await?;
    let shown: Vec<Shown> = wanted
        .iter()
        .filter_map(|column| match column.key() {
            Some(key) => fields.remove(key).map(|field| Shown::of(column.clone(), Some(field))),
            None => Some(Shown::of(column.clone(), None)),
        })
        .collect();
    // What was chosen may all be gone; a draft's field leaves no trace.
    Ok(if shown.is_empty() { as_usual(now) } else { shown })
}

/// The usual columns with their heads.
pub(crate) fn as_usual(now: &Definition) -> Vec<Shown> {
    let field = |column: &Column| column.key().and_then(|key| now.field(key)).cloned();
    let shown = |column: Column| {
        let field = field(&column);
        Shown::of(column, field)
    };
    usual(now).into_iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_one_column_and_is_written_back_the_same() {
        for word in ["number", "status", "name", "answers.status", "id", "q_1"] {
            assert_eq!(Column::named(word).map(|it| it.to_string()).as_deref(), Some(word));
        }
        assert_eq!(Column::named("answers.name"), Column::named("name"));
        for wrong in ["", "answers.", "Name", "a b", "a,b", "answers.a.min", "é"] {
            assert_eq!(Column::named(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn each_column_stands_once_and_there_are_not_too_many() {
        let place = |index| format!("columns[{index}]");
        let mut problems = Fields::new();
        let twice = named(["name", "number", "answers.name"].into_iter(), place, &mut problems);
        assert_eq!((twice.len(), problems.is_empty()), (2, true));
        let many: Vec<String> = (0..60).map(|it| format!("f{it}")).collect();
        assert_eq!(named(many.iter().map(String::as_str), place, &mut problems).len(), MOST);
        let told = problems.iter().next().expect("one");
        assert_eq!((told.field.as_str(), told.code.as_ref()), ("columns[50]", "too_many"));
    }
}
