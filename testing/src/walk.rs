//! Every route, tried by everyone who must not pass: new routes are covered the day they are registered.

use std::collections::HashMap;

use axum::{body::Body, http::Method};
use kernel::{Permission, Role};
use web::{Access, RouteInfo};

use crate::{Actor, Reply, TestApp};

/// Those who must not pass.
struct Crowd {
    anonymous: Actor,
    /// Owner of another workspace.
    stranger: Actor,
    /// In the workspace, with the lowest role.
    viewer: Actor,
    /// A key of the workspace with no scope that is asked for.
    weak_key: Actor,
    /// A key of another workspace with all scopes.
    foreign_key: Actor,
}

/// Tries all routes of the house and fails with all that is wrong.
///
/// `owner` owns the workspace; `examples` has a thing of that workspace for each name of a path
/// parameter. A parameter without an example is a failure, and so is an example that the owner cannot see.
pub async fn walk(app: &TestApp, owner: &Actor, examples: &[(&str, &str)]) {
    let mut examples: HashMap<&str, &str> = examples.iter().copied().collect();
    examples.insert("workspace", &owner.workspace().slug);
    let crowd = Crowd::gather(app, owner).await;
    let mut wrong = Vec::new();
    for route in &app.routes {
        match address(route, &examples) {
            Ok(path) => try_route(route, &path, &crowd, &mut wrong).await,
            Err(lacking) if is_guarded(route) => {
                wrong.push(format!("{} {}: no example for {lacking}", route.method, route.path));
            }
            Err(_) => {}
        }
    }
    prove(app, owner, &examples, &mut wrong).await;
    assert!(wrong.is_empty(), "{} doors stand open:\n{}", wrong.len(), wrong.join("\n"));
}

impl Crowd {
    async fn gather(app: &TestApp, owner: &Actor) -> Self {
        let stranger = app.register("Mallory Stranger", "Elsewhere").await;
        let viewer = app.join(owner, Role::Viewer).await;
        Crowd {
            anonymous: app.anonymous(),
            weak_key: owner.with_key(&["workspace:read"]).await,
            foreign_key: stranger.with_key(&["*"]).await,
            stranger,
            viewer,
        }
    }
}

fn is_guarded(route: &RouteInfo) -> bool {
    !matches!(route.access, Access::Public | Access::Anyone)
}

/// The path with examples in place of its parameters, or the name that lacks one.
fn address(route: &RouteInfo, examples: &HashMap<&str, &str>) -> Result<String, String> {
    let part = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(name) => examples.get(name).map(|&value| value.to_owned()).ok_or(name.to_owned()),
        None => Ok(part.to_owned()),
    };
    Ok(route.path.split('/').map(part).collect::<Result<Vec<_>, String>>()?.join("/"))
}

async fn try_route(route: &RouteInfo, path: &str, crowd: &Crowd, wrong: &mut Vec<String>) {
    let api = path.starts_with("/api/");
    let mut expect = |who: &str, reply: &Reply, wanted: &[u16]| {
        if !wanted.contains(&reply.status()) {
            let (status, route) = (reply.status(), format!("{} {}", route.method, route.path));
            wrong.push(format!("{route}: {who} got {status}, not {wanted:?}"));
        }
    };
    if is_guarded(route) {
        let reply = knock(&crowd.anonymous, route, path).await;
        expect("anonymous", &reply, if is_sign_in(&reply) { &[303] } else { &[401] });
    }
    match route.access {
        Access::Public | Access::Anyone | Access::SignedIn => {}
        Access::Operator => {
            expect("an owner", &knock(&crowd.stranger, route, path).await, &[403]);
        }
        Access::Workspace(permission) => {
            if has_parameter(route) {
                expect("a stranger", &knock(&crowd.stranger, route, path).await, &[404]);
            }
            if api {
                let trespasser = crowd.stranger.at(crowd.viewer.workspace().clone());
                expect("a stranger by header", &knock(&trespasser, route, path).await, &[404]);
            }
            if api && has_parameter(route) {
                expect("a foreign key", &knock(&crowd.foreign_key, route, path).await, &[404]);
            }
            if permission.from > Role::Viewer {
                expect("a viewer", &knock(&crowd.viewer, route, path).await, &[403]);
            }
            if api && !is_weak(permission) {
                expect(
                    "a key without the scope",
                    &knock(&crowd.weak_key, route, path).await,
                    &[403],
                );
            }
        }
    }
}

/// A 404 proves nothing when the example does not exist: the owner must find each of them. Comes
/// last and takes the least harmful route of each parameter, for some only have one that deletes.
async fn prove(
    app: &TestApp,
    owner: &Actor,
    examples: &HashMap<&str, &str>,
    wrong: &mut Vec<String>,
) {
    let mut names: Vec<&str> =
        examples.keys().copied().filter(|name| *name != "workspace").collect();
    names.sort_unstable();
    for name in names {
        let parameter = format!("{{{name}}}");
        let with_it = |route: &&RouteInfo| is_guarded(route) && route.path.contains(&parameter);
        let Some(route) = app.routes.iter().filter(with_it).min_by_key(|route| harm(route)) else {
            wrong.push(format!("no guarded route has the parameter {name}"));
            continue;
        };
        let Ok(path) = address(route, examples) else { continue };
        let status = knock(owner, route, &path).await.status();
        if [401, 403, 404].contains(&status) {
            wrong.push(format!(
                "the example for {name} is not there: {} {path} {status}",
                route.method
            ));
        }
    }
}

fn harm(route: &RouteInfo) -> u8 {
    match route.method {
        Method::GET => 0,
        Method::PATCH | Method::PUT => 1,
        Method::POST => 2,
        _ => 3,
    }
}

/// The one scope of the weak key.
fn is_weak(permission: Permission) -> bool {
    permission.key == "workspace:read"
}

fn has_parameter(route: &RouteInfo) -> bool {
    route.path.contains('{')
}

/// Only the way to the sign-in page counts; any other redirect is an open door.
fn is_sign_in(reply: &Reply) -> bool {
    reply.header("location").starts_with("/login")
}

/// With the token of the session, so that no refusal is owed to its absence.
async fn knock(actor: &Actor, route: &RouteInfo, path: &str) -> Reply {
    if route.method == Method::POST && !path.starts_with("/api/") {
        return actor.submit::<[(&str, &str)]>(path, &[]).await;
    }
    let writes = route.method == Method::POST
        || route.method == Method::PATCH
        || route.method == Method::PUT;
    let (kind, body) = if writes { (Some("application/json"), "{}") } else { (None, "") };
    actor.send(route.method.clone(), path, kind, Body::from(body)).await
}
