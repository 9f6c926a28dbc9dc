//! The API document for programs, and the same for reading.

use axum::{
    http::{Method, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use serde_json::Value;

use crate::{Access, Operation, Routes, Visit};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(
            Method::GET,
            "/api/openapi.json",
            Access::Public,
            document,
            Operation::new("Documents", "This document").reply::<AnyDocument>(200, "OpenAPI 3.1."),
        )
        .page(Method::GET, "/api/docs", Access::Public, docs)
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

async fn docs(visit: Visit) -> Markup {
    let frame = ui::Public {
        title: "API",
        description: "Every call of the Mewayz API, with its inputs, answers and errors.",
        lang: "en",
        centred: false,
        app_href: None,
        landing: false,
    };
    frame.render(page(&visit.shared.openapi))
}

fn page(document: &Value) -> Markup {
    let calls = document["paths"].as_object().into_iter().flatten().flat_map(|(path, entry)| {
        entry.as_object().into_iter().flatten().map(move |(method, call)| (path, method, call))
    });
    html! {
        div.docs {
            h1 { "API" }
            p { (document["info"]["description"].as_str().unwrap_or_default()) }
            p { "For programs: " a href="/api/openapi.json" { "OpenAPI 3.1" } }
            @for (path, method, call) in calls { (one(path, method, call)) }
        }
    }
}

fn one(path: &str, method: &str, call: &Value) -> Markup {
    html! {
        section.docs__call id=(call["operationId"].as_str().unwrap_or_default()) {
            h2 { code { (method.to_uppercase()) " " (path) } }
            p { strong { (call["summary"].as_str().unwrap_or_default()) } }
            @if let Some(description) = call["description"].as_str() { p { (description) } }
            @if let Some(permission) = call["x-permission"].as_str() { p { "Scope " code { (permission) } } }
            dl.docs__list {
                @for parameter in call["parameters"].as_array().into_iter().flatten() {
                    dt { code { (parameter["name"].as_str().unwrap_or_default()) } " in the " (parameter["in"].as_str().unwrap_or_default()) }
                    dd { (parameter["description"].as_str().unwrap_or("Part of the address.")) }
                }
                @for (status, reply) in call["responses"].as_object().into_iter().flatten() {
                    dt { code { (status) } }
                    dd { (reply["description"].as_str().unwrap_or_default()) }
                }
            }
        }
    }
}
