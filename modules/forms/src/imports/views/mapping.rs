//! Where columns go and how values are read: the form of the second step.

use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, Choice};

use super::sheet::Sheet;
use crate::{
    choices::Few,
    definition::Kind,
    exports::{decimal::Decimal, delimiter::Delimiter},
    imports::{
        Column, Format,
        asked::column_name,
        encoding::Encoding,
        mapping::Target,
        options::{Dates, Formulas, Values},
    },
};

pub(super) fn card(sheet: &Sheet<'_>) -> Markup {
    let body = html! {
        @if let Some(problem) = whole(sheet) {
            (Alert::danger("This cannot be imported so").text(&problem))
        }
        form.stack method="post" action=(sheet.part("mapping")) {
            (ui::hidden("csrf_token", sheet.viewer.csrf_token))
            (ui::hidden("columns", &sheet.columns.len().to_string()))
            (columns(sheet))
            @if takes_files(sheet) {
                p.muted { "Questions that take files are not among the choices: files cannot be imported." }
            }
            fieldset.import-options {
                legend { "How values are read" }
                div.import-options__fields { (options(sheet)) }
            }
            div.row.import-end {
                (Button::primary("Check all rows").forward().submit().attr("name", "then").attr("value", "check"))
                (Button::secondary("Save").submit())
            }
        }
    };
    Card::new(body).title("Where each column goes").render()
}

/// What is wrong with no column in particular.
fn whole(sheet: &Sheet<'_>) -> Option<String> {
    let mut named: Vec<String> =
        sheet.columns.iter().map(|column| format!("mapping.{}", column.name)).collect();
    named.extend(WORDS.map(str::to_owned));
    let rest = sheet.attempt.problems.iter().find(|problem| !named.contains(&problem.field));
    rest.map(|problem| problem.message.clone())
}

const WORDS: [&str; 6] = ["encoding", "delimiter", "values", "formulas", "dates", "decimal"];

fn takes_files(sheet: &Sheet<'_>) -> bool {
    sheet.definition.fields.iter().any(|field| matches!(field.kind, Kind::File(_)))
}

fn columns(sheet: &Sheet<'_>) -> Markup {
    let questions: Vec<(String, String)> = sheet
        .definition
        .fields
        .iter()
        .filter(|field| field.kind.is_question() && !matches!(field.kind, Kind::File(_)))
        .map(|field| (Target::Answer(field.key.clone()).word(), field.name().to_owned()))
        .collect();
    let mut choices = vec![Choice { value: "", label: "Leave out" }];
    choices.extend(questions.iter().map(|(value, label)| Choice { value, label }));
    choices.push(Choice { value: "submitted_at", label: "When it was given" });
    choices.push(Choice {
        value: "received_at",
        label: "When it came in, where nothing else is known",
    });
    choices.push(Choice { value: "metadata", label: "Metadata" });
    html! {
        div.import-columns {
            @for (column, place) in sheet.columns.iter().zip(0..) {
                (select(sheet, column, place, &choices))
            }
        }
    }
}

fn select(sheet: &Sheet<'_>, column: &Column, place: usize, choices: &[Choice<'_>]) -> Markup {
    let name = column_name(place);
    let there = sheet.mapping.get(&column.name).cloned().flatten().unwrap_or_default();
    let value = sheet.value(&name, &there);
    let samples = match column.samples.as_slice() {
        [] => "Empty in the first rows".to_owned(),
        some => format!("Such as {}", some.join(" · ")),
    };
    let error = sheet.attempt.problems.of(&format!("mapping.{}", column.name));
    let left_out =
        if value.is_empty() { "import-column import-column--left-out" } else { "import-column" };
    html! {
        div class=(left_out) {
            (ui::Field::select(&name, &column.name, choices).value(&value).hint(Some(&samples)).error(error))
        }
    }
}

fn options(sheet: &Sheet<'_>) -> Markup {
    let there = &sheet.options;
    let csv = sheet.import.format() == Format::Csv;
    html! {
        (option(sheet, "dates", "Dates", &Dates::choices(), there.dates.word()))
        (option(sheet, "decimal", "Numbers", &Decimal::choices(), there.decimal.word()))
        (option(sheet, "values", "Options and lists", &Values::choices(), there.values.word()))
        (option(sheet, "formulas", "An apostrophe before =, +, - or @", &Formulas::choices(), there.formulas.word()))
        @if csv {
            (option(sheet, "delimiter", "Between the cells", &Delimiter::choices(), there.delimiter.word()))
        }
        (option(sheet, "encoding", "Encoding", &Encoding::choices(), there.encoding.word()))
    }
}

fn option(
    sheet: &Sheet<'_>,
    name: &str,
    label: &str,
    choices: &[Choice<'_>],
    there: &str,
) -> Markup {
    let (value, error) = (sheet.value(name, there), sheet.attempt.problems.of(name));
    ui::Field::select(name, label, choices).required(true).value(&value).error(error).render()
}
