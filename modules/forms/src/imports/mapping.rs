//! Where the columns of a file go.

use std::collections::{BTreeMap, HashMap};

use kernel::Fields;

use super::{Column, Format};
use crate::{
    definition::{Definition, Kind},
    limits::NUL_MESSAGE,
};

/// By column: where it goes, or that it is left out; see [`Target`].
pub(crate) type Mapping = BTreeMap<String, Option<String>>;

/// Where a column goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// It answers the question of this key.
    Answer(String),
    /// When it was given.
    SubmittedAt,
    /// As [`Target::SubmittedAt`], for rows that do not say so: when it came in at first.
    ReceivedAt,
    /// What belongs to it, a JSON object.
    Metadata,
}

/// What is told where a question takes files.
pub(crate) const NO_FILES: &str =
    "Files cannot be imported: they are not in the file. Leave this column out.";

impl Target {
    /// The target that a word of the API names. A field whose key is such a word is `answers.KEY`.
    pub(crate) fn named(word: &str) -> Self {
        match word {
            "submitted_at" => Target::SubmittedAt,
            "received_at" => Target::ReceivedAt,
            "metadata" => Target::Metadata,
            word => Target::Answer(word.strip_prefix("answers.").unwrap_or(word).to_owned()),
        }
    }

    /// The word in the API.
    pub(crate) fn word(&self) -> String {
        match self {
            Target::SubmittedAt => "submitted_at".to_owned(),
            Target::ReceivedAt => "received_at".to_owned(),
            Target::Metadata => "metadata".to_owned(),
            Target::Answer(key) => match Target::named(key) {
                Target::Answer(_) => key.clone(),
                _ => format!("answers.{key}"),
            },
        }
    }
}

/// Every rule of a mapping: names of the file, questions of the form, each once, and no files.
pub(crate) fn check(
    mapping: &Mapping,
    columns: &[Column],
    format: Format,
    form: &Definition,
) -> Result<(), Fields> {
    let mut problems = Fields::new();
    let mut taken: HashMap<Target, &str> = HashMap::new();
    for (column, word) in mapping {
        let place = format!("mapping.{column}");
        problems.check(!column.contains('\0'), &place, "nul_character", NUL_MESSAGE);
        // What a line of JSON has first in row 500 was not seen, and may be told all the same.
        if format == Format::Csv && !columns.iter().any(|known| known.name == *column) {
            problems.push(&place, "unknown_column", "The file has no column of this name.");
        }
        let Some(target) = word.as_deref().map(Target::named) else { continue };
        if let Target::Answer(key) = &target {
            match form.field(key).map(|field| &field.kind) {
                Some(Kind::File(_)) => problems.push(&place, "file", NO_FILES),
                Some(kind) if kind.is_question() => {}
                _ => problems.push(
                    &place,
                    "unknown_field",
                    format!("The published form has no question “{key}”."),
                ),
            }
        }
        if let Some(other) = taken.insert(target, column) {
            let message =
                format!("The column “{other}” goes there already. Leave one of them out.");
            problems.push(&place, "duplicate", message);
        }
    }
    problems.into_result()
}

/// What a mapping must be before rows are judged by it.
pub(crate) fn require_answers(mapping: &Mapping, form: &Definition) -> Result<(), Fields> {
    let answers = |word: &String| matches!(Target::named(word), Target::Answer(_));
    if !mapping.values().flatten().any(answers) {
        let message = "Choose a question for at least one column.";
        return Err(Fields::one("mapping", "required", message));
    }
    let wants_file = |field: &&crate::definition::Field| {
        field.required && field.show_if.is_none() && matches!(field.kind, Kind::File(_))
    };
    match form.fields.iter().find(wants_file) {
        Some(field) => {
            let message = format!(
                "The form cannot do without a file for “{}”, and files cannot be imported. Publish a version that \
                 does not require it, and import then.",
                field.name()
            );
            Err(Fields::one("mapping", "file", message))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn codes(mapping: &[(&str, Option<&str>)]) -> Vec<String> {
        let form = Definition::from_fields(json!([
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "metadata", "type": "short_text", "label": "M"},
            {"key": "cv", "type": "file", "label": "CV"},
            {"key": "part", "type": "section", "label": "Part"},
        ]))
        .expect("a sound form");
        let columns = ["A", "B"].map(|name| Column::new(name.to_owned()));
        let own =
            |(column, word): &(&str, Option<&str>)| ((*column).to_owned(), word.map(str::to_owned));
        let mapping: Mapping = mapping.iter().map(own).collect();
        let checked = check(&mapping, &columns, Format::Csv, &form);
        checked.err().map_or(Vec::new(), |it| it.iter().map(|it| it.code.to_string()).collect())
    }

    #[test]
    fn each_column_goes_to_one_question_at_most() {
        assert_eq!(codes(&[("A", Some("name")), ("B", Some("submitted_at"))]), [""; 0]);
        assert_eq!(codes(&[("A", Some("metadata")), ("B", Some("answers.metadata"))]), [""; 0]);
        assert_eq!(codes(&[("A", Some("name")), ("B", Some("answers.name"))]), ["duplicate"]);
        assert_eq!(codes(&[("A", Some("nick"))]), ["unknown_field"]);
        assert_eq!(codes(&[("A", Some("part"))]), ["unknown_field"]);
        assert_eq!(codes(&[("A", Some("cv"))]), ["file"]);
        assert_eq!(codes(&[("C", None)]), ["unknown_column"]);
    }

    #[test]
    fn words_and_targets_say_the_same() {
        for word in ["name", "answers.metadata", "submitted_at", "received_at", "metadata"] {
            assert_eq!(Target::named(word).word(), word);
        }
    }
}
