//! One row: made a submission by the very rules of the API, or told with what is wrong.

use std::collections::HashMap;

use kernel::{Error, Fields, Result, Timestamp};
use serde_json::{Map, Value, value::RawValue};
use web::Cx;

use super::{
    Import, SOURCE,
    columns::beginning,
    dates::advice,
    lines, look,
    mapping::NO_FILES,
    plan::{Goes, Plan, Slot},
    row::{Content, Fault, Row},
    values::{moment, unguarded},
};
use crate::{
    answers::Answers,
    definition::Kind,
    submissions::{
        incoming::Incoming,
        intake::{Envelope, incoming},
    },
};

/// Errors of one row that are told.
const MOST_FOUND: usize = 20;
/// Letters of a value that are told with what is wrong with it.
const VALUE_LETTERS: usize = 120;

/// What is wrong with a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The column that it is about, if it is about one.
    pub(super) column: Option<String>,
    /// As the API names it: `answers.email`, `metadata`, `row`.
    pub(super) field: String,
    pub(super) code: String,
    pub(super) message: String,
    /// What stands there, shortened.
    pub(super) value: String,
}

/// A row's values on their way to the question.
#[derive(Default)]
struct Taken {
    answers: Map<String, Value>,
    metadata: Option<Value>,
    submitted_at: Option<Timestamp>,
    received_at: Option<Timestamp>,
    /// What stood in the columns, by place.
    shown: HashMap<usize, String>,
    found: Vec<Found>,
}

impl Found {
    fn of_row(fault: Fault) -> Self {
        let Fault { code, message } = fault;
        Found { field: "row".into(), code: code.into(), message, ..Found::default() }
    }

    fn of(slot: &Slot, field: &str, code: &str, message: &str, value: &str) -> Self {
        Found {
            column: Some(slot.column.clone()),
            field: field.into(),
            code: code.into(),
            message: message.into(),
            value: beginning(value, VALUE_LETTERS),
        }
    }
}

/// As many as are told, and how many more there are.
fn few(mut found: Vec<Found>) -> Vec<Found> {
    if found.len() > MOST_FOUND {
        let more = found.len() - (MOST_FOUND - 1);
        found.truncate(MOST_FOUND - 1);
        let message = format!("{more} more are wrong with this row. Mend these, and check again.");
        found.push(Found::of_row(Fault { code: "more", message }));
    }
    found
}

/// What can be cut into names and values, and yet be read no further.
fn unreadable(name: &str, error: &serde_json::Error) -> Fault {
    let (name, told) = (beginning(name, 60), error.to_string());
    let message = match told.split(" at line ").next() {
        None | Some("recursion limit exceeded") => format!(
            "What stands under “{name}” is nested too deeply. Write a text, a number, or a list of texts."
        ),
        Some(why) => format!("What stands under “{name}” is no text that can be read: {why}."),
    };
    Fault { code: "malformed", message }
}

impl Plan {
    /// The submission that a row is, by its place among the rows.
    pub(super) fn judge(
        &self,
        cx: &Cx,
        import: &Import,
        number: i64,
        row: Row,
    ) -> Result<Result<Incoming, Vec<Found>>> {
        let taken = match self.taken(row) {
            Ok(taken) => taken,
            Err(fault) => return Ok(Err(vec![Found::of_row(fault)])),
        };
        Ok(self.judged(cx, import, number, taken)?.map_err(few))
    }

    fn judged(
        &self,
        cx: &Cx,
        import: &Import,
        number: i64,
        taken: Taken,
    ) -> Result<Result<Incoming, Vec<Found>>> {
        let answers = self.answers(&taken)?;
        let Taken { metadata, submitted_at, received_at, shown, mut found, .. } = taken;
        let answers = match answers {
            Ok(answers) if found.is_empty() => answers,
            Ok(_) => return Ok(Err(found)),
            Err(problems) => {
                found.extend(self.told(&problems, &shown));
                return Ok(Err(found));
            }
        };
        let envelope = Envelope {
            key: Some(import.row_key(number)),
            metadata,
            submitted_at: submitted_at.or(received_at),
            source: SOURCE,
            ..Envelope::default()
        };
        match incoming(cx, &self.form, answers, envelope) {
            Ok(incoming) => Ok(Ok(incoming)),
            Err(Error::Invalid(problems)) => Ok(Err(self.told(&problems, &shown))),
            Err(error) => Err(error),
        }
    }

    fn answers(&self, taken: &Taken) -> Result<Result<Answers, Fields>> {
        let json = serde_json::to_string(&taken.answers).map_err(Error::internal)?;
        Ok(self.form.frozen.compiled.from_json(&json))
    }

    fn taken(&self, row: Row) -> Result<Taken, Fault> {
        let mut taken = Taken::default();
        match row.content {
            Content::Broken { fault, .. } => return Err(fault),
            Content::Cells(cells) => {
                if cells.len() != self.cells.len() {
                    let (count, wanted) = (cells.len(), self.cells.len());
                    let message = format!(
                        "This row has {count} cells, and the first line of the file {wanted}. Is a delimiter or a \
                         quotation mark missing?"
                    );
                    return Err(Fault { code: "cell_count", message });
                }
                for (cell, place) in cells.into_iter().zip(&self.cells) {
                    if let Some(place) = *place {
                        self.take_text(&mut taken, place, cell);
                    }
                }
            }
            Content::Line(text) => {
                for (name, value) in lines::columns(&text)? {
                    self.take_named(&mut taken, &name, value)?;
                }
            }
        }
        Ok(taken)
    }

    fn take_text(&self, taken: &mut Taken, place: usize, cell: String) {
        match &self.slots[place].goes {
            Goes::Answer(question) => {
                if let Some(value) = question.text(&cell, &self.options) {
                    taken.answers.insert(question.key.clone(), value);
                }
            }
            _ => self.take_beside(taken, place, &cell),
        }
        taken.shown.insert(place, cell);
    }

    /// A value of a line. A name that the first rows did not have is taken for what it says, if that is clear.
    fn take_named(&self, taken: &mut Taken, name: &str, value: &RawValue) -> Result<(), Fault> {
        let place = match self.names.get(name) {
            Some(None) => return Ok(()),
            Some(Some(place)) => *place,
            None if value.get() == "null" || self.own.is_beside(name) => return Ok(()),
            None => {
                taken.found.push(self.unknown(name, value));
                return Ok(());
            }
        };
        let shown = look::shown(value);
        match &self.slots[place].goes {
            Goes::Answer(question) => {
                let read = question
                    .json(value.get(), &self.options)
                    .map_err(|error| unreadable(name, &error))?;
                if let Some(value) = read {
                    taken.answers.insert(question.key.clone(), value);
                }
            }
            Goes::Metadata => {
                let read: Value =
                    serde_json::from_str(value.get()).map_err(|error| unreadable(name, &error))?;
                taken.metadata = Some(read).filter(|value| !value.is_null());
            }
            Goes::SubmittedAt | Goes::ReceivedAt => self.take_beside(taken, place, &shown),
        }
        taken.shown.insert(place, shown);
        Ok(())
    }

    fn unknown(&self, name: &str, value: &RawValue) -> Found {
        let key = name.strip_prefix("answers.").unwrap_or(name);
        let takes_files = |kind: &Kind| matches!(kind, Kind::File(_));
        let field = self.form.frozen.definition.field(key);
        let message = match field {
            Some(field) if takes_files(&field.kind) => NO_FILES.to_owned(),
            _ => format!(
                "“{}” is not among the names of the first hundred rows. Say where it goes, or that it is left out.",
                beginning(name, 60)
            ),
        };
        Found {
            column: Some(beginning(name, VALUE_LETTERS)),
            field: "row".into(),
            code: "unknown_column".into(),
            message,
            value: beginning(&look::shown(value), VALUE_LETTERS),
        }
    }

    fn take_beside(&self, taken: &mut Taken, place: usize, cell: &str) {
        let slot = &self.slots[place];
        let text = unguarded(cell, &self.options).trim();
        if text.is_empty() {
            return;
        }
        let wrong = |field, code, message| Found::of(slot, field, code, message, cell);
        match &slot.goes {
            Goes::Metadata => match serde_json::from_str(text) {
                Ok(value) => taken.metadata = Some(value),
                Err(_) => {
                    let message = "Metadata is a JSON object, such as {\"campaign\": \"spring\"}.";
                    taken.found.push(wrong("metadata", "invalid", message));
                }
            },
            goes => match moment(text, self.options.dates) {
                at @ Some(_) if matches!(goes, Goes::SubmittedAt) => taken.submitted_at = at,
                at @ Some(_) => taken.received_at = at,
                None => {
                    let usual = "This is no time. Write it as 2026-11-21T09:30:00Z, or choose how dates are written.";
                    let message = advice(text, self.options.dates).unwrap_or(usual);
                    taken.found.push(wrong("submitted_at", "not_a_time", message));
                }
            },
        }
    }

    /// What the rules say, with the columns that it is about.
    fn told(&self, problems: &Fields, shown: &HashMap<usize, String>) -> Vec<Found> {
        let found = problems.iter().map(|problem| {
            let key = problem.field.strip_prefix("answers.").unwrap_or_default();
            let slot = self.slot_of(key);
            let place = slot.and_then(|it| self.names.get(&it.column).copied().flatten());
            let value = place.and_then(|place| shown.get(&place)).map_or("", String::as_str);
            let is_date = problem.code == "not_a_date";
            let advice = is_date.then(|| advice(value, self.options.dates)).flatten();
            let offered = match slot.map(|slot| &slot.goes) {
                Some(Goes::Answer(question)) if problem.code == "not_an_option" => {
                    question.offered(&self.options)
                }
                _ => None,
            };
            let usual = || advice.unwrap_or(&problem.message).to_owned();
            Found {
                column: slot.map(|slot| slot.column.clone()),
                field: problem.field.clone(),
                code: problem.code.clone().into_owned(),
                message: offered.unwrap_or_else(usual),
                value: beginning(value, VALUE_LETTERS),
            }
        });
        found.collect()
    }
}
