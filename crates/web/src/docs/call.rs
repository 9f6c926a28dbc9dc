//! One call: what it does, what it takes, what it answers, and an example that can be tried.

use maud::{Markup, Render, html};
use serde_json::Value;
use ui::{Column, Row, Table, code_block};

use super::{COMMON, example::example, prose::prose, schema};

/// An operation of the document with its address.
pub(super) struct Call<'a> {
    document: &'a Value,
    path: &'a str,
    method: String,
    operation: &'a Value,
}

/// Headers that are explained once for all calls.
const COMMON_HEADERS: [&str; 2] = ["Idempotency-Key", "X-Workspace"];

impl<'a> Call<'a> {
    /// Every call, in the order of addresses; of one address, in the order of daily use.
    pub(super) fn all(document: &'a Value) -> impl Iterator<Item = Self> {
        let paths = document["paths"].as_object().into_iter().flatten();
        paths.flat_map(move |(path, entry)| {
            let mut calls: Vec<Self> = entry
                .as_object()
                .into_iter()
                .flatten()
                .map(|(method, operation)| {
                    let method = method.to_uppercase();
                    Call { document, path, method, operation }
                })
                .collect();
            let order = ["GET", "POST", "PATCH", "PUT", "DELETE"];
            calls.sort_by_key(|call| order.iter().position(|method| *method == call.method));
            calls
        })
    }

    fn text(&self, name: &str) -> &'a str {
        self.operation[name].as_str().unwrap_or_default()
    }

    pub(super) fn tag(&self) -> &'a str {
        self.operation["tags"][0].as_str().unwrap_or_default()
    }

    fn method(&self) -> Markup {
        html! { span.docs__method data-method=(self.method) { (self.method) } }
    }

    /// Its line in the menu.
    pub(super) fn link(&self) -> Markup {
        html! { a href={ "#" (self.text("operationId")) } { (self.method()) span { (self.text("summary")) } } }
    }

    pub(super) fn article(&self, origin: &str) -> Markup {
        html! {
            article.docs__call id=(self.text("operationId")) {
                h3 { (self.text("summary")) }
                p.docs__address { (self.method()) " " code { (self.path) } }
                div.docs__columns {
                    div.docs__words {
                        @if !self.text("description").is_empty() { p { (prose(self.text("description"))) } }
                        @if !self.text("x-permission").is_empty() { p.muted { "Scope " code { (self.text("x-permission")) } } }
                        (self.parameters())
                        (self.body())
                        (self.replies())
                    }
                    div.docs__examples { (code_block(&format!("{} {}", self.method, self.path), &self.curl(origin))) (self.answer()) }
                }
            }
        }
    }

    fn parameters(&self) -> Markup {
        let all = self.operation["parameters"].as_array();
        let own = all
            .into_iter()
            .flatten()
            .filter(|parameter| !COMMON_HEADERS.iter().any(|common| parameter["name"] == *common));
        let rows: Vec<Row<'_>> = own
            .map(|parameter| Row {
                id: None,
                href: None,
                cells: vec![
                    html! { code { (parameter["name"].as_str().unwrap_or_default()) } },
                    html! { (place(parameter)) ", " (schema::type_name(self.document, &parameter["schema"])) },
                    prose(parameter["description"].as_str().unwrap_or("Which one.")),
                ],
            })
            .collect();
        let columns =
            [Column::text("Parameter"), Column::line("Where"), Column::line("What it is")];
        let caption = format!("Parameters of {} {}", self.method, self.path);
        html! {
            @if !rows.is_empty() { h4 { "Parameters" } (Table::new(&caption, &columns, &rows).render()) }
        }
    }

    /// Content types and the schema of the first.
    fn content(&self) -> Option<(Vec<&'a str>, &'a Value)> {
        let content = self.operation["requestBody"]["content"].as_object()?;
        let (_, first) = content.iter().next()?;
        Some((content.keys().map(String::as_str).collect(), &first["schema"]))
    }

    fn body(&self) -> Markup {
        let Some((kinds, shape)) = self.content() else { return html! {} };
        let caption = format!("Body of {} {}", self.method, self.path);
        html! {
            h4 { "Body" }
            p.muted {
                @for (index, kind) in kinds.iter().enumerate() { @if index > 0 { " or " } code { (kind) } }
                @if let Some(name) = schema::name(shape) { ", " a href={ "#shape-" (name) } { (name) } }
            }
            (schema::fields(self.document, &caption, shape))
        }
    }

    /// What it answers when all is well, and what is wrong in ways of its own; the rest by number.
    fn replies(&self) -> Markup {
        let all = self.operation["responses"].as_object();
        let (mut usual, mut own): (Vec<_>, Vec<_>) = all
            .into_iter()
            .flatten()
            .partition(|(status, reply)| status.as_str() >= "400" && is_common(status, reply));
        usual.sort_by_key(|(status, _)| *status);
        own.sort_by_key(|(status, _)| *status);
        let row = |(status, reply): &(&String, &Value)| Row {
            id: None,
            href: None,
            cells: vec![
                html! { code { (status) } },
                html! {
                    (prose(reply["description"].as_str().unwrap_or_default()))
                    @if let Some(name) = shape(reply).and_then(schema::name) { " " a href={ "#shape-" (name) } { (name) } }
                },
            ],
        };
        let rows: Vec<Row<'_>> = own.iter().map(row).collect();
        let columns = [Column::text("Status"), Column::line("What it means")];
        let caption = format!("Replies of {} {}", self.method, self.path);
        html! {
            h4 { "Replies" }
            (Table::new(&caption, &columns, &rows).render())
            @if !usual.is_empty() {
                p.muted {
                    "Or, as "
                    a href="#common" { "every call" }
                    ": "
                    @for (index, (status, _)) in usual.iter().enumerate() { @if index > 0 { ", " } code { (status) } }
                    "."
                }
            }
        }
    }

    fn curl(&self, origin: &str) -> String {
        let path = self.path.split('/').map(in_capitals).collect::<Vec<_>>().join("/");
        let mut lines = vec![match self.method.as_str() {
            "GET" => format!("curl {origin}{path}"),
            method => format!("curl -X {method} {origin}{path}"),
        }];
        if self.operation["security"].as_array().is_some_and(|schemes| !schemes.is_empty()) {
            lines.push("-H 'Authorization: Bearer mwz_…'".to_owned());
        }
        if let Some((kinds, shape)) = self.content() {
            let body = example(self.document, shape, false);
            let body = serde_json::to_string_pretty(&body).unwrap_or_default();
            lines.push(format!("-H 'Content-Type: {}'", kinds[0]));
            lines.push(format!("-d '{}'", body.replace('\'', r"'\''")));
        }
        lines.join(" \\\n  ")
    }

    fn answer(&self) -> Markup {
        let replies = self.operation["responses"].as_object().into_iter().flatten();
        let good = replies.filter(|(status, _)| status.as_str() < "300");
        let shaped = good.filter_map(|(status, reply)| Some((status, shape(reply)?)));
        // What is made anew has the higher status, and is what one waits for.
        let newest = shaped.max_by_key(|(status, _)| *status);
        let Some((status, shape)) = newest.filter(|(_, shape)| schema::name(shape).is_some())
        else {
            return html! {};
        };
        let reply = example(self.document, shape, true);
        let reply = serde_json::to_string_pretty(&reply).unwrap_or_default();
        code_block(&format!("{status} to {} {}", self.method, self.path), &reply)
    }
}

/// `{form}` as `FORM`, to be filled in.
fn in_capitals(part: &str) -> String {
    let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
    name.map_or_else(|| part.to_owned(), str::to_uppercase)
}

fn place(parameter: &Value) -> &'static str {
    match parameter["in"].as_str() {
        Some("path") => "address",
        Some("header") => "header",
        _ => "query",
    }
}

/// The schema of a reply's body.
fn shape(reply: &Value) -> Option<&Value> {
    let (_, content) = reply["content"].as_object()?.iter().next()?;
    Some(&content["schema"])
}

/// Whether the reply says no more than the list of common ones.
fn is_common(status: &str, reply: &Value) -> bool {
    let plain = |text: &str| text.split([';', ':', '.']).next().unwrap_or_default().to_owned();
    let told = plain(reply["description"].as_str().unwrap_or_default());
    COMMON.iter().any(|(known, meaning)| *known == status && plain(meaning) == told)
}
