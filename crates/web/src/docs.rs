//! The API document for programs, and the same for reading: a reference without any script.

mod call;
mod example;
mod prose;
mod schema;

use axum::{
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, Render, html};
use serde_json::Value;
use ui::{Column, Row, Table, Ways, code_block};

use crate::{Access, Operation, Routes, Visit, origin};
use call::Call;
use prose::prose;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(
            Method::GET,
            "/api/openapi.json",
            Access::Public,
            document,
            Operation::new("Documents", "This document").reply::<AnyDocument>(200, "OpenAPI 3.1."),
        )
        .page(Method::GET, "/api/docs", Access::Anyone, docs)
}

/// An OpenAPI document.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct AnyDocument {
    openapi: String,
}

async fn document(visit: Visit) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], visit.shared.openapi.to_string()).into_response()
}

async fn docs(visit: Visit, headers: HeaderMap) -> Markup {
    let frame = ui::Public {
        title: "API · Mewayz",
        description: "Every call of the Mewayz API, with its inputs, answers and errors.",
        lang: "en",
        centred: false,
        ways: if visit.visitor.person().is_some() { Ways::On("/") } else { Ways::In },
        style: Some("docs.css"),
    };
    frame.render(page(&visit.shared.openapi, &origin(&headers)))
}

/// Daily work first; what only the operator may call, last.
const FIRST: [&str; 7] =
    ["Forms", "Submissions", "Events", "Members", "API keys", "Workspaces", "Signing in"];
const LAST: &str = "Operator";

/// The calls of the document by their tags, in the order of reading.
fn groups(document: &Value) -> Vec<(&str, Vec<Call<'_>>)> {
    let mut groups: Vec<(&str, Vec<Call<'_>>)> = Vec::new();
    for call in Call::all(document) {
        match groups.iter_mut().find(|(tag, _)| *tag == call.tag()) {
            Some((_, calls)) => calls.push(call),
            None => groups.push((call.tag(), vec![call])),
        }
    }
    groups.sort_by_key(|(tag, _)| {
        let place = FIRST.iter().position(|known| known == tag).unwrap_or(FIRST.len());
        (*tag == LAST, place)
    });
    groups
}

fn page(document: &Value, origin: &str) -> Markup {
    let groups = groups(document);
    html! {
        div.docs {
            (menu(&groups))
            div.docs__body {
                (beginning(document, origin))
                @for (tag, calls) in &groups {
                    section.docs__group aria-labelledby=(id(tag)) {
                        h2 id=(id(tag)) { (tag) }
                        @for call in calls { (call.article(origin)) }
                    }
                }
                (schema::shapes(document))
            }
        }
    }
}

fn id(tag: &str) -> String {
    format!("tag-{}", tag.to_lowercase().replace(' ', "-"))
}

fn menu(groups: &[(&str, Vec<Call<'_>>)]) -> Markup {
    html! {
        nav.docs__menu aria-label="Calls" {
            ul {
                li { a.docs__tag href="#start" { "Start here" } }
                @for (tag, calls) in groups {
                    li {
                        a.docs__tag href={ "#" (id(tag)) } { (tag) }
                        ul { @for call in calls { li { (call.link()) } } }
                    }
                }
                li { a.docs__tag href="#shapes" { "Shapes" } }
            }
        }
    }
}

const PROBLEM: &str = r#"{
  "type": "about:blank",
  "title": "Unprocessable Entity",
  "status": 422,
  "detail": "Enter an e-mail address such as ada@example.com.",
  "errors": [
    {"field": "answers.email", "code": "invalid",
     "message": "Enter an e-mail address such as ada@example.com."}
  ],
  "request_id": "6f1c0e…"
}"#;

/// What is true of every call, said once.
fn beginning(document: &Value, origin: &str) -> Markup {
    let first = format!("curl {origin}/api/forms \\\n  -H 'Authorization: Bearer mwz_…'");
    html! {
        header.docs__head id="start" {
            h1 { "The API" }
            p.docs__lead { (prose(document["info"]["description"].as_str().unwrap_or_default())) }
            p { "For programs: " a href="/api/openapi.json" { "openapi.json" } ", OpenAPI 3.1." }
            (code_block("A first call, with a key from Settings → API keys", &first))
        }
        section.docs__group aria-labelledby="common" {
            h2 id="common" { "True of every call" }
            div.docs__columns {
                div.docs__words {
                    p { "Lists come in pages: " code { "limit" } " rows, and " code { "next_cursor" } " to be sent back as " code { "cursor" } "." }
                    p {
                        "A change may carry an " code { "Idempotency-Key" } ": however often it is sent within a day, it is done once, "
                        "and a repeat gets the first reply with " code { "Idempotent-Replayed: true" } "."
                    }
                    p {
                        "A key belongs to one workspace. The access token of a person who has several names one in the header "
                        code { "X-Workspace" } ", by slug or id."
                    }
                    (common_errors())
                }
                (code_block("Every error has this shape", PROBLEM))
            }
        }
    }
}

/// Replies that any call may give; single calls only name them.
const COMMON: [(&str, &str); 10] = [
    ("400", "The request cannot be read."),
    ("401", "No or wrong credentials."),
    ("403", "The right is missing: the role or the key’s scopes do not allow it."),
    ("404", "There is no such thing in this workspace."),
    (
        "409",
        "The idempotency key was used for another request, or its first one is still being worked on.",
    ),
    ("413", "The body is too large."),
    ("415", "The content type is not taken here."),
    ("422", "Fields are wrong; `errors` names each of them."),
    ("429", "Too many requests; `Retry-After` says when to come back."),
    ("503", "Too busy for the moment; `Retry-After` says when to send the same once more."),
];

fn common_errors() -> Markup {
    let columns = [Column::text("Status"), Column::line("What it means")];
    let row = |(status, meaning): &(&str, &str)| Row {
        id: None,
        href: None,
        cells: vec![html! { code { (status) } }, prose(meaning)],
    };
    let rows: Vec<Row<'_>> = COMMON.iter().map(row).collect();
    Table::new("Errors that any call may answer", &columns, &rows).render()
}
