//! Answers: JSON, redirects, and pages in the frame of the app.

use axum::{
    http::{HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use serde::Serialize;
use ui::{NavItem, Shell, WorkspaceLink};

use crate::{Tenant, Visit};

/// 200 with JSON.
pub fn json<T: Serialize>(value: &T) -> Response {
    axum::Json(value).into_response()
}

/// JSON with another status.
pub fn with_status<T: Serialize>(status: StatusCode, value: &T) -> Response {
    (status, axum::Json(value)).into_response()
}

/// 201 with JSON and the new thing's address.
pub fn created<T: Serialize>(location: &str, value: &T) -> Response {
    let mut response = with_status(StatusCode::CREATED, value);
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// 204.
pub fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// After a change by a plain form: look at the result there.
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A page of the app around `body`.
pub fn shell_page(visit: &Visit, title: &str, body: Markup) -> Markup {
    let slug = visit.slug();
    let links = workspace_links(visit);
    let workspaces: Vec<WorkspaceLink<'_>> = links
        .iter()
        .map(|(name, href, current)| WorkspaceLink { name, href, current: *current })
        .collect();
    let entries = navigation(visit, slug);
    let navigation: Vec<NavItem<'_>> = entries.iter().map(Entry::as_item).collect();
    let live = (!slug.is_empty()).then(|| format!("/w/{slug}/live"));
    let person = visit.visitor.person();
    let operator = person.is_some_and(|person| person.operator);
    Shell {
        title,
        lang: "en",
        workspace: match &visit.tenant {
            Some(tenant) => Some(&tenant.name),
            None => operator.then_some("Operator"),
        },
        workspaces: &workspaces,
        new_workspace_href: Some("/workspaces/new"),
        person: person.map(|person| ui::Person { name: &person.name, email: &person.email }),
        navigation: &navigation,
        commands: &[],
        person_links: &[],
        sign_out_href: "/logout",
        csrf_token: visit.visitor.csrf_token(),
        live_href: live.as_deref(),
        search_href: None,
        scripts: &[],
    }
    .render(body)
}

fn workspace_links(visit: &Visit) -> Vec<(String, String, bool)> {
    let mut tenants: Vec<&Tenant> = visit.memberships.iter().map(|(tenant, _)| tenant).collect();
    tenants.sort_by_cached_key(|tenant| tenant.name.to_lowercase());
    let link = |tenant: &Tenant| {
        let current = Some(tenant) == visit.tenant.as_ref();
        (tenant.name.clone(), format!("/w/{}", tenant.slug), current)
    };
    tenants.into_iter().map(link).collect()
}

struct Entry {
    navigation: crate::Navigation,
    href: String,
    current: bool,
}

impl Entry {
    fn as_item(&self) -> NavItem<'_> {
        NavItem {
            label: self.navigation.label,
            href: &self.href,
            icon: self.navigation.icon,
            section: self.navigation.section,
            current: self.current,
            hotkey: Some(self.navigation.hotkey).filter(|keys| !keys.is_empty()),
        }
    }
}

fn navigation(visit: &Visit, slug: &str) -> Vec<Entry> {
    let operator = visit.visitor.person().is_some_and(|person| person.operator);
    visit
        .shared
        .navigation
        .iter()
        .filter(|entry| match entry.permission {
            Some(permission) => !slug.is_empty() && visit.actor().may(permission),
            None => operator,
        })
        .map(|entry| {
            let href = if entry.path.starts_with('/') {
                entry.path.to_owned()
            } else {
                format!("/w/{slug}/{}", entry.path)
            };
            let href = href.trim_end_matches('/').to_owned();
            let current = is_current(&visit.path, &href, entry.path.is_empty());
            Entry { navigation: *entry, current, href }
        })
        .collect()
}

fn is_current(path: &str, href: &str, home: bool) -> bool {
    path == href || !home && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'))
}
