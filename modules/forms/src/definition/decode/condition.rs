//! From JSON to a condition.

use kernel::Fields;
use serde_json::Value;

use crate::definition::logic::{Condition, DEEPEST, MOST_TESTS, Operator, Test};
use crate::definition::properties::Properties;

/// Reads the condition of a property, `fields[3].show_if`.
pub(super) fn condition(properties: &mut Properties<'_>, property: &str) -> Option<Condition> {
    let value = properties.value(property)?;
    let path = properties.name(property);
    tree(path, value, 1, properties.problems())
}

fn tree(path: String, value: Value, depth: usize, problems: &mut Fields) -> Option<Condition> {
    if depth > DEEPEST {
        let message = format!("Nest conditions at most {DEEPEST} deep.");
        problems.push(path, "too_deep", message);
        return None;
    }
    let mut properties = Properties::open(path, value, problems)?;
    let read = match ["all", "any", "not"].into_iter().find(|name| properties.has(name)) {
        Some("not") => {
            let inner = properties.value("not").unwrap_or_default();
            tree(properties.name("not"), inner, depth + 1, properties.problems())
                .map(|inner| Condition::Not(Box::new(inner)))
        }
        Some(name) => list(name, &mut properties, depth),
        None => test(&mut properties).map(Condition::Test),
    };
    properties.refuse_rest("A condition of this kind");
    read
}

fn list(name: &str, properties: &mut Properties<'_>, depth: usize) -> Option<Condition> {
    let list = properties.list(name);
    if list.len() > MOST_TESTS {
        let message = format!("Name at most {MOST_TESTS} conditions; these are {}.", list.len());
        properties.complain(name, "too_many", message);
        return None;
    }
    let base = properties.name(name);
    let problems = properties.problems();
    let read = |(index, value)| tree(format!("{base}[{index}]"), value, depth + 1, problems);
    let list = list.into_iter().enumerate().filter_map(read).collect();
    Some(if name == "all" { Condition::All(list) } else { Condition::Any(list) })
}

fn test(properties: &mut Properties<'_>) -> Option<Test> {
    let field = properties.text("field");
    if field.is_none() {
        let message = "Name the key of an earlier field, or write {\"all\": […]}, {\"any\": […]} or \
                       {\"not\": …}.";
        properties.complain("field", "required", message);
    }
    let (is, value) = (operator(properties), properties.value("value"));
    Some(Test { field: field?, is: is?, value })
}

fn operator(properties: &mut Properties<'_>) -> Option<Operator> {
    let name = properties.text("is");
    let operator = name.as_deref().and_then(Operator::named);
    if operator.is_none() {
        let names: Vec<_> = Operator::ALL.into_iter().map(Operator::name).collect();
        let message = format!("Say how the answer is tested: {}.", names.join(", "));
        let code = if name.is_none() { "required" } else { "not_an_option" };
        properties.complain("is", code, message);
    }
    operator
}
