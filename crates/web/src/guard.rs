//! The access rule of each route, enforced before its handler runs.

use std::{ops::Deref, sync::Arc};

use axum::{
    extract::{FromRequestParts, Path, Request, State},
    http::{Method, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Actor, Error, Permission, Result, Role};

use crate::{
    Cx, Failure,
    flash::Flash,
    gate::{Credential, Person, Tenant, Visitor, named_workspace},
    idempotency,
    limits::{Budget, Charge},
    shared::Shared,
};

mod reader;

pub(crate) use reader::Astray;
use reader::Reader;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone; nobody is identified, so it costs nothing.
    Public,
    /// Anyone, but who is signed in is known.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Members of the workspace, and keys, with this permission.
    Workspace(Permission),
    /// Whoever runs the installation.
    Operator,
}

/// One request's context: the action's [`Cx`] (it derefs to it) and what frames of pages show.
#[derive(Clone)]
pub struct Visit {
    cx: Cx,
    pub visitor: Visitor,
    /// The workspace of the address.
    pub tenant: Option<Tenant>,
    /// All workspaces of the person, for pages.
    pub memberships: Arc<Vec<(Tenant, Role)>>,
    /// The path that was asked for.
    pub(crate) path: String,
    /// The newest event when the page was asked for: its stream goes on from there.
    pub(crate) seen: Option<i64>,
    /// What the page before this one left to be said.
    pub(crate) flash: Option<Flash>,
    pub(crate) shared: Arc<Shared>,
}

impl Visit {
    /// The workspace's slug, for addresses.
    pub fn slug(&self) -> &str {
        self.tenant.as_ref().map_or("", |tenant| &tenant.slug)
    }

    /// The person who is signed in; 401 otherwise.
    pub fn person(&self) -> Result<&Person> {
        self.visitor.person().ok_or(Error::Unauthorized("Sign in first."))
    }

    /// The rights that there are in this house, of all modules; keys choose their scopes among them.
    pub fn permissions(&self) -> &[Permission] {
        &self.shared.permissions
    }

    /// Whether people come by https, so that cookies may say `Secure`.
    pub fn is_secure(&self) -> bool {
        self.shared.settings.secure
    }

    /// The context to hand to an action.
    pub fn cx(&self) -> &Cx {
        &self.cx
    }
}

impl Deref for Visit {
    type Target = Cx;

    fn deref(&self) -> &Cx {
        &self.cx
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Visit>()
            .cloned()
            .ok_or_else(|| Error::internal("the route has no guard").into())
    }
}

#[derive(Clone)]
pub(crate) struct Rule {
    pub(crate) shared: Arc<Shared>,
    pub(crate) access: Access,
    pub(crate) api: bool,
    pub(crate) budget: Budget,
    /// Whether a reply is kept for `Idempotency-Key`.
    pub(crate) replayed: bool,
    pub(crate) body_limit: usize,
}

/// Charges the request once, to whoever it turns out to be from, and lets it in if there is enough left.
pub(crate) async fn guard(State(rule): State<Rule>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visitor = identify(&rule, &parts).await;
    let now = rule.shared.house.clock.now();
    let charge = rule.shared.limits.charge(rule.budget, &parts, visitor.as_ref().ok(), now);
    let reader = Reader::of(&rule, &parts, visitor.as_ref().ok());
    let request = Request::from_parts(parts, body);
    let mut response = match charge.as_ref().and_then(Charge::refusal) {
        Some(error) => Failure(error).into_response(),
        None => enter(&rule, visitor, request, next).await,
    };
    if let Some(reader) = reader {
        reader.follow(&rule, &mut response).await;
    }
    if let Some(charge) = charge {
        charge.tell(response.headers_mut());
    }
    response
}

async fn identify(rule: &Rule, parts: &Parts) -> Result<Visitor> {
    if rule.access == Access::Public {
        return Ok(Visitor::default());
    }
    rule.shared.gate.identify(parts, rule.api).await
}

/// Admits the request with its [`Visit`], or answers 401, 403, 404 or a way to the sign-in page.
async fn enter(rule: &Rule, visitor: Result<Visitor>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let admitted = match visitor {
        Ok(visitor) => admit(rule, &mut parts, visitor).await,
        Err(error) => Err(error),
    };
    match admitted {
        Ok(mut visit) => {
            visit.path = parts.uri.path().to_owned();
            visit.flash = Flash::of(&parts);
            let token = needs_token(rule, &parts).then(|| visit.visitor.csrf_token().to_owned());
            let (cx, patience) = (visit.cx.clone(), visit.shared.settings.request_timeout);
            parts.extensions.insert(visit);
            let request = Request::from_parts(parts, body);
            if rule.replayed && idempotency::concerns(&cx, &request) {
                return idempotency::once(cx, request, rule.body_limit, patience, next).await;
            }
            pass(request, token, rule.body_limit, next).await
        }
        Err(Error::Unauthorized(_)) if !rule.api && parts.method == Method::GET => {
            to_sign_in(&parts)
        }
        Err(error) => Failure(error).into_response(),
    }
}

/// Changes made through pages; the API takes no cookies, so nobody can forge them there.
fn needs_token(rule: &Rule, parts: &Parts) -> bool {
    !rule.api
        && rule.access != Access::Public
        && parts.method != Method::GET
        && parts.method != Method::HEAD
}

async fn pass(request: Request, token: Option<String>, body_limit: usize, next: Next) -> Response {
    match token {
        Some(token) if !token.is_empty() => {
            match crate::layers::require_csrf_token(request, &token, body_limit).await {
                Ok(request) => next.run(request).await,
                Err(error) => Failure(error).into_response(),
            }
        }
        _ => next.run(request).await,
    }
}

fn to_sign_in(parts: &Parts) -> Response {
    let query = serde_urlencoded::to_string([("next", page_of(parts))]).unwrap_or_default();
    let address = format!("/login?{query}");
    if parts.headers.contains_key("hx-request") {
        return ([("hx-redirect", address)], "").into_response();
    }
    Redirect::to(&address).into_response()
}

/// The page that someone looks at: a part of it, asked for by a script, is none.
fn page_of(parts: &Parts) -> String {
    let page = parts.headers.get("hx-current-url").and_then(|address| address.to_str().ok());
    let page = page.and_then(|address| address.parse::<axum::http::Uri>().ok());
    let address = page.as_ref().unwrap_or(&parts.uri);
    address.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

async fn admit(rule: &Rule, parts: &mut Parts, visitor: Visitor) -> Result<Visit> {
    if rule.access == Access::Public {
        return Ok(visit(rule, visitor, None, Actor::Anonymous, Vec::new()));
    }
    if !rule.api && parts.method != Method::GET && parts.method != Method::HEAD {
        crate::layers::refuse_foreign_origin(parts)?;
    }
    match rule.access {
        Access::Public | Access::Anyone => outside(rule, visitor).await,
        Access::SignedIn => {
            visitor.person().ok_or(Error::Unauthorized("Sign in first."))?;
            outside(rule, visitor).await
        }
        Access::Operator => {
            let person = visitor.person().ok_or(Error::Unauthorized("Sign in first."))?;
            if !person.operator {
                return Err(Error::Forbidden(
                    "This is for the operator of the installation.".into(),
                ));
            }
            outside(rule, visitor).await
        }
        Access::Workspace(permission) => inside(rule, parts, visitor, permission).await,
    }
}

/// Outside of any workspace.
async fn outside(rule: &Rule, visitor: Visitor) -> Result<Visit> {
    let Some(person) = visitor.person() else {
        return Ok(visit(rule, visitor, None, Actor::Anonymous, Vec::new()));
    };
    let actor = Actor::User { id: person.id, role: None, operator: person.operator };
    let memberships =
        if rule.api { Vec::new() } else { rule.shared.gate.memberships(person.id).await? };
    Ok(visit(rule, visitor, None, actor, memberships))
}

async fn inside(
    rule: &Rule,
    parts: &mut Parts,
    visitor: Visitor,
    permission: Permission,
) -> Result<Visit> {
    let (tenant, actor, memberships) = match &visitor.credential {
        None => {
            return Err(Error::Unauthorized(
                "Sign in first, or send an API key as a bearer token.",
            ));
        }
        Some(Credential::ApiKey { id, tenant, scopes }) => {
            if named_workspace(&parts.headers).is_some_and(|name| !goes_by(tenant, name)) {
                return Err(Error::NotFound);
            }
            (tenant.clone(), Actor::ApiKey { id: *id, scopes: scopes.clone() }, Vec::new())
        }
        Some(Credential::Session { person, .. } | Credential::Token { person }) => {
            let memberships = rule.shared.gate.memberships(person.id).await?;
            let (tenant, role) = chosen(parts, rule.api, &memberships).await?;
            (
                tenant,
                Actor::User { id: person.id, role: Some(role), operator: person.operator },
                memberships,
            )
        }
    };
    let mut visit = visit(rule, visitor, Some(tenant), actor, memberships);
    visit.require(permission)?;
    visit.seen = seen(rule, parts, &visit).await?;
    Ok(visit)
}

/// The newest event, for whole pages: parts of them are asked for by one that follows already.
async fn seen(rule: &Rule, parts: &Parts, visit: &Visit) -> Result<Option<i64>> {
    if rule.api || parts.method != Method::GET || parts.headers.contains_key("hx-request") {
        return Ok(None);
    }
    events::head(&mut visit.read().await?, visit.workspace()).await.map(Some)
}

/// The workspace that the address or the header names, among those of the person.
async fn chosen(
    parts: &mut Parts,
    api: bool,
    memberships: &[(Tenant, Role)],
) -> Result<(Tenant, Role)> {
    let name = if api {
        named_workspace(&parts.headers).map(str::to_owned)
    } else {
        let parameters = Path::<Vec<(String, String)>>::from_request_parts(parts, &()).await;
        let parameters = parameters.map(|Path(pairs)| pairs).unwrap_or_default();
        parameters.into_iter().find(|(name, _)| name == "workspace").map(|(_, value)| value)
    };
    match (name, memberships) {
        (Some(name), _) => memberships
            .iter()
            .find(|(tenant, _)| goes_by(tenant, &name))
            .cloned()
            .ok_or(Error::NotFound),
        (None, [home, ..]) => Ok(home.clone()),
        (None, []) => Err(Error::NotFound),
    }
}

fn goes_by(tenant: &Tenant, name: &str) -> bool {
    tenant.slug == name || tenant.id.to_string() == name
}

fn visit(
    rule: &Rule,
    visitor: Visitor,
    tenant: Option<Tenant>,
    actor: Actor,
    memberships: Vec<(Tenant, Role)>,
) -> Visit {
    let cx = Cx::new(rule.shared.house.clone(), tenant.as_ref().map(|tenant| tenant.id), actor);
    Visit {
        cx,
        visitor,
        tenant,
        memberships: Arc::new(memberships),
        path: String::new(),
        seen: None,
        flash: None,
        shared: rule.shared.clone(),
    }
}
