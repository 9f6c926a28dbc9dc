//! The API document (OpenAPI 3.1), made from the registry: a route cannot be missing in it.

use std::collections::BTreeMap;

use kernel::Permission;
use serde_json::{Map, Value, json};

use crate::{Access, Operation, routes::RouteInfo};

/// The document for these routes.
pub fn document(routes: &[RouteInfo]) -> Value {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let mut schemas = Map::new();
    for route in routes {
        let Some(operation) = &route.operation else { continue };
        for (name, schema) in &operation.schemas {
            schemas.insert(name.clone(), schema.clone());
        }
        paths
            .entry(route.path)
            .or_default()
            .insert(route.method.as_str().to_ascii_lowercase(), entry(route, operation));
    }
    let (problem, found) = problem_schema();
    schemas.insert("Problem".into(), problem);
    schemas.extend(found);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Mewayz",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Ids are text with a prefix, times RFC 3339 in UTC, errors `application/problem+json` (RFC 9457). \
                A bearer token is an API key (`mwz_…`, bound to one workspace) or the access token of `POST /api/auth/login`; \
                with the latter, `X-Workspace` names the workspace; without it, it is the one that the person has been in for longest.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    })
}

fn problem_schema() -> (Value, Map<String, Value>) {
    use utoipa::{PartialSchema, ToSchema};
    let mut found = Vec::new();
    crate::Problem::schemas(&mut found);
    let found = found
        .into_iter()
        .map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default()));
    (serde_json::to_value(crate::Problem::schema()).unwrap_or_default(), found.collect())
}

fn entry(route: &RouteInfo, operation: &Operation) -> Value {
    let mut entry = json!({
        "tags": [operation.tag],
        "summary": operation.summary,
        "operationId": operation_id(route),
        "parameters": parameters(route, operation),
        "responses": responses(route, operation),
        "security": security(route.access),
    });
    if !operation.description.is_empty() {
        entry["description"] = operation.description.into();
    }
    if let Access::Workspace(Permission { key, .. }) = route.access {
        entry["x-permission"] = key.into();
    }
    if !operation.bodies.is_empty() {
        let content: Map<String, Value> = operation
            .bodies
            .iter()
            .map(|(kind, schema)| ((*kind).to_owned(), json!({"schema": schema})))
            .collect();
        entry["requestBody"] = json!({"required": true, "content": content});
    }
    entry
}

fn operation_id(route: &RouteInfo) -> String {
    let words = route.path.trim_start_matches("/api/").replace(['/', '{', '}', '-'], "_");
    let words: Vec<&str> = words.split('_').filter(|word| !word.is_empty()).collect();
    format!("{}_{}", route.method.as_str().to_ascii_lowercase(), words.join("_"))
}

fn parameters(route: &RouteInfo, operation: &Operation) -> Vec<Value> {
    let in_path =
        route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = in_path
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    parameters.extend(operation.parameters.iter().cloned());
    if matches!(route.access, Access::Workspace(_)) {
        parameters.push(json!({
            "name": "X-Workspace", "in": "header", "required": false,
            "description": "Slug or id of the workspace; with an access token and without this header, the one that the person has been in for longest.",
            "schema": {"type": "string"},
        }));
    }
    if route.replayed {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Done once, however often it is sent within a day; a repeat gets the first reply and `Idempotent-Replayed: true`.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
        }));
    }
    parameters
}

/// The operation's own replies, and those that the house gives on every route of its kind.
fn responses(route: &RouteInfo, operation: &Operation) -> Map<String, Value> {
    let mut responses = Map::new();
    let problem = |meaning: &str| json!({"description": meaning, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
    responses.insert("400".into(), problem("The request cannot be read."));
    responses
        .insert("429".into(), problem("Too many requests; `Retry-After` says when to come back."));
    responses.insert(
        "503".into(),
        problem("Too busy for the moment; `Retry-After` says when to send the same once more."),
    );
    if route.replayed {
        responses.insert("422".into(), problem("Fields are wrong; `errors` names them."));
        responses.insert(
            "409".into(),
            problem("The idempotency key was used for another request, or its first one is still being worked on."),
        );
    }
    if route.access != Access::Public {
        responses.insert("401".into(), problem("No or wrong credentials."));
    }
    if matches!(route.access, Access::Workspace(_) | Access::Operator) {
        responses.insert("403".into(), problem("The right is missing."));
        responses.insert("404".into(), problem("There is no such thing in this workspace."));
    }
    if !operation.bodies.is_empty() {
        responses.insert("413".into(), problem("The body is too large."));
        responses.insert("415".into(), problem("The content type is not taken here."));
        responses.insert("422".into(), problem("Fields are wrong; `errors` names them."));
    }
    if !operation.parameters.is_empty() {
        responses.insert("422".into(), problem("Fields are wrong; `errors` names them."));
    }
    for (status, meaning, content) in &operation.replies {
        let mut reply = json!({"description": meaning});
        if let Some((kind, schema)) = content {
            reply["content"] = json!({*kind: {"schema": schema}});
        }
        responses.insert(status.to_string(), reply);
    }
    responses
}

fn security(access: Access) -> Value {
    match access {
        Access::Public | Access::Anyone => json!([]),
        Access::SignedIn | Access::Workspace(_) | Access::Operator => json!([{"bearer": []}]),
    }
}
