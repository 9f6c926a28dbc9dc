//! Conditions ask earlier questions, in words that these can answer, and no more than is sensible.

use kernel::Fields;
use serde_json::Value;

use super::MOST_FIELDS;
use crate::{
    calendar::calendar_date,
    definition::{
        Definition, Field, Kind, OTHER,
        logic::{Compares, Condition, MOST_TESTS, MOST_TESTS_OF_FORM, MOST_VALUES, Operator, Test},
        visible::is_blank,
    },
    limits,
};

const LONGEST_VALUE: usize = 500;

/// Checks every condition of the form.
pub(super) fn conditions(definition: &Definition, problems: &mut Fields) {
    let mut count = 0;
    for (index, field) in definition.fields.iter().enumerate().take(MOST_FIELDS) {
        for (name, condition) in [("show_if", &field.show_if), ("require_if", &field.require_if)] {
            let Some(condition) = condition else { continue };
            let path = format!("fields[{index}].{name}");
            if name == "require_if" && !field.kind.is_question() {
                let message =
                    format!("A {} asks nothing, so it cannot be required.", field.kind.name());
                problems.push(path, "inconsistent", message);
                continue;
            }
            let tests = condition.tests().len();
            count += tests;
            if tests > MOST_TESTS {
                let message = format!("A condition may have {MOST_TESTS} tests; this has {tests}.");
                problems.push(path, "too_many", message);
                continue;
            }
            Walk { definition, index, problems }.tree(&path, condition);
        }
    }
    if count > MOST_TESTS_OF_FORM {
        let message = format!(
            "All conditions together may have {MOST_TESTS_OF_FORM} tests; these are {count}."
        );
        problems.push("fields", "too_many_tests", message);
    }
}

/// Through the condition of the field at `index`.
struct Walk<'a> {
    definition: &'a Definition,
    index: usize,
    problems: &'a mut Fields,
}

impl<'a> Walk<'a> {
    /// The message names the field, for it may be told far from where the field stands.
    fn complain(&mut self, path: String, code: &'static str, message: &str) {
        let owner = self.definition.fields[self.index].name();
        self.problems.push(path, code, format!("The condition of “{owner}”: {message}"));
    }

    fn tree(&mut self, path: &str, condition: &Condition) {
        match condition {
            Condition::Test(test) => self.test(path, test),
            Condition::Not(inner) => self.tree(&format!("{path}.not"), inner),
            Condition::All(list) => self.list(path, "all", list),
            Condition::Any(list) => self.list(path, "any", list),
        }
    }

    fn list(&mut self, path: &str, name: &str, list: &[Condition]) {
        if list.is_empty() {
            self.complain(format!("{path}.{name}"), "required", "Name at least one test.");
        }
        for (index, part) in list.iter().enumerate() {
            self.tree(&format!("{path}.{name}[{index}]"), part);
        }
    }

    fn test(&mut self, path: &str, test: &Test) {
        let Some(field) = self.asked(path, test) else { return };
        let fitting = Operator::of(&field.kind);
        if !fitting.contains(&test.is) {
            let names: Vec<_> = fitting.iter().map(|operator| operator.name()).collect();
            let message = format!("“{}” can be tested by {}.", field.name(), names.join(", "));
            return self.complain(format!("{path}.is"), "not_an_option", &message);
        }
        let place = format!("{path}.value");
        match (test.is.compares(), &test.value) {
            (Compares::WithNothing, None) => {}
            (Compares::WithNothing, Some(_)) => {
                self.complain(
                    place,
                    "inconsistent",
                    "This test compares with nothing. Remove the value.",
                );
            }
            (_, None) => self.complain(place, "required", "Say what it is compared with."),
            (Compares::WithOne, Some(value)) => self.value(place, field, value),
            (Compares::WithSeveral, Some(Value::Array(list)))
                if (1..=MOST_VALUES).contains(&list.len()) =>
            {
                for (index, value) in list.iter().enumerate() {
                    self.value(format!("{place}[{index}]"), field, value);
                }
            }
            (Compares::WithSeveral, Some(_)) => {
                let message = format!("Send a list of 1 to {MOST_VALUES} values in brackets.");
                self.complain(place, "wrong_type", &message);
            }
        }
    }

    /// The earlier field that a test is about.
    fn asked(&mut self, path: &str, test: &Test) -> Option<&'a Field> {
        let fields = &self.definition.fields;
        let place = format!("{path}.field");
        let Some(at) = fields.iter().position(|field| field.key == test.field) else {
            let key: String = test.field.chars().take(64).collect();
            let message = format!("There is no field with the key “{key}”.");
            self.complain(place, "unknown_field", &message);
            return None;
        };
        let name = fields[at].name();
        if at >= self.index {
            let message = format!("“{name}” has to stand before it.");
            self.complain(place, "not_earlier", &message);
        } else if !fields[at].kind.is_question() {
            let message = format!("“{name}” asks nothing, so nothing can depend on it.");
            self.complain(place, "inconsistent", &message);
        } else {
            return Some(&fields[at]);
        }
        None
    }

    fn value(&mut self, place: String, field: &Field, value: &Value) {
        if let Err((code, message)) = fits(field, value) {
            self.complain(place, code, &message);
        }
    }
}

type Refusal = (&'static str, String);

fn fits(field: &Field, value: &Value) -> Result<(), Refusal> {
    match &field.kind {
        Kind::Number(_) | Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => {
            let number = value.as_f64().filter(|number| number.abs() <= limits::NUMBER);
            let message = "Send a number without quotes between -10¹⁵ and 10¹⁵.".to_owned();
            number.map(|_| ()).ok_or(("wrong_type", message))
        }
        Kind::YesNo => {
            value.as_bool().map(|_| ()).ok_or(("wrong_type", "Send true or false.".into()))
        }
        Kind::Choice(pick) | Kind::Dropdown(pick) => option(field, pick.other, text(value)?),
        Kind::Choices(picks) => option(field, picks.other, text(value)?),
        Kind::Date(_) if calendar_date(text(value)?).is_none() => {
            Err(("not_a_date", "Write the day as 2026-11-21.".into()))
        }
        Kind::Time if !crate::calendar::is_time(text(value)?) => {
            Err(("not_a_time", "Write the time of day as 14:30.".into()))
        }
        _ => text(value).map(|_| ()),
    }
}

fn text(value: &Value) -> Result<&str, Refusal> {
    let Some(text) = value.as_str() else {
        return Err(("wrong_type", "Send text in quotes.".into()));
    };
    if is_blank(text) {
        return Err(("required", "Say what it is compared with.".into()));
    }
    if text.contains('\0') {
        return Err(("nul_character", limits::NUL_MESSAGE.into()));
    }
    if text.chars().count() > LONGEST_VALUE {
        return Err(("too_long", format!("Use at most {LONGEST_VALUE} characters.")));
    }
    Ok(text)
}

fn option(field: &Field, other: bool, text: &str) -> Result<(), Refusal> {
    let offered = field.kind.options().iter().any(|option| option.value == text);
    if offered || (other && text == OTHER) {
        return Ok(());
    }
    let message = if text == OTHER {
        format!("“{}” takes no answer of one's own.", field.name())
    } else {
        format!("“{}” does not offer “{text}”.", field.name())
    };
    Err(("not_an_option", message))
}
