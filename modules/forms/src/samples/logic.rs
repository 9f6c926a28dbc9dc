//! A form with conditions: the page on which they are made and tried, and how respondents see it.

use kernel::Fields;
use maud::Markup;
use serde_json::json;
use ui::Sample;

use super::{READER, VIEWER, definition, form, published};
use crate::{
    answers::Compiled,
    controls::Filled,
    definition::Definition,
    forms::{
        condition_rows::When,
        logic_page::{Attempt, Page, Work},
        logic_view,
    },
    hosted::views::{self as hosted_views, Sheet},
    pages::Viewer,
};

pub(super) fn samples() -> Vec<Sample> {
    let pairs = pairs(&[("field", "age"), ("is", "at_least"), ("value", "<b>many</b>")]);
    let problems = Fields::one("value", "refused", "Write a number and nothing else, such as 18.");
    let (when, told) = (When::Show, String::new());
    let attempt = Attempt { key: "who", when, pairs: &pairs, problems, told };
    let refused = Work { open: Some("who"), attempt: Some(&attempt) };
    let nested = Work { open: Some("end"), attempt: None };
    vec![
        // Beside the other sheets of paper, which come just before.
        Sample::new("hosted form", "With conditions", paper()),
        Sample::new("form logic", "Conditions", page(VIEWER, Work::default())),
        Sample::new("form logic", "A row refused", page(VIEWER, refused)),
        Sample::new("form logic", "A nested condition", page(VIEWER, nested)),
        Sample::new("form logic", "Without the right to change it", page(READER, Work::default())),
    ]
}

fn conditional() -> Definition {
    let hurt = json!({"field": "hurt", "is": "equals", "value": true});
    let adult = json!({"field": "age", "is": "at_least", "value": 18});
    definition(json!([
        {"key": "hurt", "type": "yes_no", "label": "Was anyone hurt?"},
        {"key": "age", "type": "number", "label": "How old are you?"},
        {"key": "who", "type": "short_text", "label": "Who?", "show_if": {"all": [hurt, adult]}},
        {"key": "end", "type": "long_text", "label": "What happened?",
         "show_if": {"any": [adult, {"not": hurt}]}, "require_if": {"any": [hurt]}},
    ]))
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn page(viewer: Viewer<'_>, work: Work<'_>) -> Markup {
    let (definition, pairs) = (conditional(), pairs(&[("hurt", "true")]));
    let form = form(&definition, 0, false);
    let compiled = Compiled::new(&definition);
    let told = compiled.map(|compiled| compiled.told_of_form(&definition, &pairs));
    let told = told.unwrap_or_else(|_| unreachable!("it has no pattern"));
    let page =
        Page { viewer, form: &form, definition: &definition, pairs: &pairs, told: &told, work };
    logic_view::container(&page)
}

fn paper() -> Markup {
    let form = published(conditional());
    let pairs = pairs(&[("hurt", "true"), ("age", "17")]);
    let filled = Filled {
        pairs: &pairs,
        problems: &Fields::new(),
        kept: &[],
        prefix: "",
        texts: crate::texts::Texts::english(),
    };
    let key = "0123456789abcdef";
    hosted_views::container(&Sheet {
        form: &form,
        filled,
        key,
        here: 0,
        preview: None,
        card: None,
        traps: None,
        fresh: true,
    })
}
