//! Where columns go by what stands in them, where no question has their name. What could be two things is left out.

use super::{Column, Format, Options, encoding::Encoding, values::Question};
use crate::{
    answers::is_email,
    definition::{Field, Kind},
    exports,
};

/// The columns that can be only one of these questions, which can be only that column: by their places.
pub(super) fn guesses(columns: &[&Column], fields: &[&Field]) -> Vec<(usize, usize)> {
    let options = Options::of(Format::Csv, Encoding::Utf8);
    let questions: Vec<Question> = fields.iter().map(|field| question(field)).collect();
    let fits = |column: &Column, question: &Question| {
        !column.seen.is_empty()
            && column.seen.iter().all(|cell| is_answer(question, cell, &options))
    };
    let pairs: Vec<(usize, usize)> = columns
        .iter()
        .enumerate()
        .flat_map(|(place, column)| {
            let of = questions.iter().enumerate().filter(|(_, it)| fits(column, it));
            of.map(move |(field, _)| (place, field)).collect::<Vec<_>>()
        })
        .collect();
    let alone = |(column, field): &(usize, usize)| {
        pairs.iter().filter(|other| other.0 == *column || other.1 == *field).count() == 1
    };
    let tells = |(column, field): &(usize, usize)| match fields[*field].kind {
        Kind::Email(_) => true,
        // One value alone may be an option by chance.
        Kind::Choice(_) | Kind::Dropdown(_) | Kind::Choices(_) => columns[*column].seen.len() > 1,
        _ => false,
    };
    pairs.iter().filter(|pair| alone(pair) && tells(pair)).copied().collect()
}

fn question(field: &Field) -> Question {
    let picks = (!field.kind.options().is_empty()).then(|| {
        let mut picks = exports::options::Options::default();
        picks.add(field);
        picks
    });
    Question { key: field.key.clone(), kind: field.kind.clone(), picks }
}

/// Whether a cell is an answer to a question of few answers. Numbers, and yes and no, tell of no question for certain;
/// they are looked at since options may be written so as well.
fn is_answer(question: &Question, cell: &str, options: &Options) -> bool {
    let Some(value) = question.text(cell, options) else { return false };
    let is_option = |text: &str| question.kind.options().iter().any(|it| it.value == text);
    match &question.kind {
        Kind::Email(_) => value.as_str().is_some_and(is_email),
        Kind::Choice(_) | Kind::Dropdown(_) => value.as_str().is_some_and(is_option),
        Kind::Choices(_) => value.as_array().is_some_and(|list| {
            !list.is_empty() && list.iter().all(|it| it.as_str().is_some_and(is_option))
        }),
        Kind::YesNo | Kind::Consent(_) => value.is_boolean(),
        Kind::Number(_) | Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => {
            value.as_str().is_some_and(|text| text.parse::<f64>().is_ok())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::definition::Definition;

    const MAILS: [&str; 2] = ["ada@example.com", "grace@example.com"];
    const TOPICS: [&str; 2] = ["order", "RETURN"];

    fn found(fields: Value, columns: &[&[&str]]) -> Vec<(usize, String)> {
        let form = Definition::from_fields(fields).expect("a sound form");
        let column = |cells: &&[&str]| {
            let mut column = Column::new("A column".to_owned());
            cells.iter().for_each(|cell| column.show(cell));
            column
        };
        let columns: Vec<Column> = columns.iter().map(column).collect();
        let fields: Vec<&Field> = form.fields.iter().collect();
        let found = guesses(&columns.iter().collect::<Vec<_>>(), &fields);
        found.into_iter().map(|(column, field)| (column, fields[field].key.clone())).collect()
    }

    fn field(key: &str, kind: &str) -> Value {
        match kind {
            "choice" | "choices" => {
                json!({"key": key, "type": kind, "label": key, "options": ["Order", "Return", "1", "2", "Yes", "No"]})
            }
            _ => json!({"key": key, "type": kind, "label": key}),
        }
    }

    #[test]
    fn what_can_be_one_thing_alone_is_that() {
        let fields =
            json!([field("name", "short_text"), field("mail", "email"), field("topic", "choice")]);
        let columns =
            [&["Ada", "Grace"][..], &MAILS, &TOPICS, &["", ""], &["ada@example.com", "none"]];
        let wanted = [(1, "mail".to_owned()), (2, "topic".to_owned())];
        assert_eq!(found(fields, &columns), wanted);
        let several = json!([field("topics", "choices")]);
        assert_eq!(found(several, &[&["Order; Return", "Order"]]), [(0, "topics".to_owned())]);
    }

    #[test]
    fn what_could_be_two_things_is_none() {
        let (mail, topic) = (field("mail", "email"), field("topic", "choice"));
        for (fields, columns) in [
            (json!([mail]), &[&MAILS[..], &["other@example.com"]][..]),
            (json!([mail, field("second", "email")]), &[&MAILS]),
            (json!([topic]), &[&TOPICS, &["Order"]]),
            (json!([topic, field("topics", "choices")]), &[&TOPICS]),
            (json!([topic, field("stars", "rating")]), &[&["1", "2"]]),
            (json!([topic, field("again", "yes_no")]), &[&["Yes", "No"]]),
            (json!([topic]), &[&["Order", "Order"]]),
            (json!([topic]), &[&["Order", "Return", "Gift"]]),
            (
                json!([field("again", "yes_no"), field("age", "number")]),
                &[&["1", "2"], &["Yes", "No"]],
            ),
        ] {
            assert_eq!(found(fields.clone(), columns), [], "{fields} {columns:?}");
        }
    }
}
