//! Schemas in words and tables.

use maud::{Markup, Render, html};
use serde_json::{Map, Value};
use ui::{Column, Row, Table, Tone, badge};

use super::prose::prose;

/// The schema that a reference leads to.
pub(super) fn resolve<'a>(document: &'a Value, schema: &Value) -> Option<&'a Value> {
    let found = &document["components"]["schemas"][name(schema)?];
    (!found.is_null()).then_some(found)
}

/// The name that a schema is referred to by.
pub(super) fn name(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// The type's first word that is not `null`.
pub(super) fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default()
        }
        kind => kind.as_str().unwrap_or_default(),
    }
}

/// The schema behind wrappers that only add `null` or a description.
fn bare(schema: &Value) -> &Value {
    for choice in ["oneOf", "anyOf", "allOf"] {
        let some = |one: &&Value| one["type"] != "null";
        if let Some(first) = schema[choice].as_array().and_then(|all| all.iter().find(some)) {
            return bare(first);
        }
    }
    schema
}

fn is_object(schema: &Value) -> bool {
    schema["properties"].is_object()
}

/// What a value is, in a word or two; shapes of their own are links.
pub(super) fn type_name(document: &Value, schema: &Value) -> Markup {
    let schema = bare(schema);
    if let (Some(name), Some(found)) = (name(schema), resolve(document, schema)) {
        return if is_object(found) {
            html! { a href={ "#shape-" (name) } { (name) } }
        } else {
            type_name(document, found)
        };
    }
    if kind(schema) == "array" {
        return html! { "list of " (type_name(document, &schema["items"])) };
    }
    if let Some(pattern) = schema["pattern"].as_str().and_then(|pattern| pattern.strip_prefix('^'))
        && let Some((prefix, _)) = pattern.split_once("_[")
    {
        return html! { "id, " code { (prefix) "_…" } };
    }
    match (kind(schema), schema["format"].as_str()) {
        (_, Some("date-time")) => html! { "time" },
        (_, Some("email")) => html! { "e-mail address" },
        ("string", _) if schema["enum"].is_array() => html! { "one of" },
        ("string", _) => html! { "text" },
        ("integer", _) => html! { "whole number" },
        ("number", _) => html! { "number" },
        ("boolean", _) => html! { "true or false" },
        ("object", _) => html! { "object" },
        _ => html! { "anything" },
    }
}

/// The description of a value: its own words, then what it is limited to.
fn meaning(document: &Value, schema: &Value) -> Markup {
    let inner = bare(schema);
    let found = resolve(document, inner).unwrap_or(inner);
    let words = [schema, inner, found].into_iter().find_map(|one| one["description"].as_str());
    let choices = found["enum"].as_array().or(inner["enum"].as_array());
    html! {
        @if let Some(words) = words.filter(|_| !is_object(found) || schema["description"].is_string()) { (prose(words)) }
        @if let Some(choices) = choices {
            " "
            @for (index, choice) in choices.iter().enumerate() {
                @if index > 0 { ", " }
                code { (choice.as_str().unwrap_or_default()) }
            }
            "."
        }
    }
}

/// The properties of an object, those that must be there first.
pub(super) fn fields(document: &Value, caption: &str, schema: &Value) -> Markup {
    let schema = resolve(document, schema).unwrap_or(schema);
    let nothing = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&nothing);
    let must = |name: &str| {
        schema["required"].as_array().is_some_and(|names| names.iter().any(|it| it == name))
    };
    let mut sorted: Vec<(&String, &Value)> = properties.iter().collect();
    sorted.sort_by_key(|(name, _)| !must(name));
    let rows: Vec<Row<'_>> = sorted
        .into_iter()
        .map(|(name, property)| Row {
            id: None,
            href: None,
            cells: vec![
                html! { code { (name) } @if must(name) { " " (badge(Tone::Accent, "required")) } },
                type_name(document, property),
                meaning(document, property),
            ],
        })
        .collect();
    let columns = [Column::text("Field"), Column::line("Type"), Column::line("What it is")];
    html! { @if !rows.is_empty() { (Table::new(caption, &columns, &rows).render()) } }
}

/// Every object by its name, where the calls' tables lead.
pub(super) fn shapes(document: &Value) -> Markup {
    let all = document["components"]["schemas"].as_object();
    let shapes = all.into_iter().flatten().filter(|(_, schema)| is_object(schema));
    html! {
        section.docs__group aria-labelledby="shapes" {
            h2 id="shapes" { "Shapes" }
            @for (name, schema) in shapes {
                article.docs__shape id={ "shape-" (name) } {
                    h3 { (name) }
                    @if let Some(words) = schema["description"].as_str() { p.muted { (prose(words)) } }
                    (fields(document, &format!("Fields of {name}"), schema))
                }
            }
        }
    }
}
