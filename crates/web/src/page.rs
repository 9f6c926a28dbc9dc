//! Answers: JSON, redirects, and pages in the frame of the app.

use axum::{
    http::{HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Redirect, Response},
};
use kernel::Actor;
use maud::Markup;
use serde::Serialize;
use ui::{Command, NavItem, Shell, Toast, Tone, WorkspaceLink};

use crate::{Action, Visit, flash::tell, gate::Tenant};

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

/// After a change by a plain form: look at the result there, and be told that it worked.
pub fn done(path: &str, text: &str) -> Response {
    tell(see_other(path), Tone::Good, text)
}

/// After a change that was refused: back to where it was asked for, and be told why not.
pub fn refused(path: &str, text: &str) -> Response {
    tell(see_other(path), Tone::Bad, text)
}

/// A page of the app around `body`.
pub fn shell_page(visit: &Visit, title: &str, body: Markup) -> Markup {
    let home = Home::of(visit);
    let links = workspace_links(visit, home.slug);
    let workspaces: Vec<WorkspaceLink<'_>> = links
        .iter()
        .map(|(name, href, current)| WorkspaceLink { name, href, current: *current })
        .collect();
    let (entries, actions) = (navigation(visit, &home), actions(visit, &home));
    let navigation: Vec<NavItem<'_>> = entries.iter().map(Entry::as_item).collect();
    let commands: Vec<Command<'_>> =
        actions.iter().map(|(action, href)| as_command(action, href)).collect();
    let at_home = |part: &str| (!home.slug.is_empty()).then(|| format!("/w/{}/{part}", home.slug));
    let live = visit.tenant.as_ref().and(at_home(&match visit.seen {
        Some(seq) => format!("live?after={seq}"),
        None => "live".to_owned(),
    }));
    let search = at_home("palette");
    let toasts: Vec<Toast<'_>> =
        visit.flash.iter().map(|flash| Toast::new(flash.tone, &flash.text)).collect();
    let person = visit.visitor.person();
    Shell {
        title,
        lang: "en",
        workspace: home.name,
        workspaces: &workspaces,
        new_workspace_href: Some("/workspaces/new"),
        person: person.map(|person| ui::Person { name: &person.name, email: &person.email }),
        navigation: &navigation,
        commands: &commands,
        person_links: &[],
        sign_out_href: "/logout",
        csrf_token: visit.visitor.csrf_token(),
        live_href: live.as_deref(),
        search_href: search.as_deref(),
        scripts: &[],
        toasts: &toasts,
    }
    .render(body)
}

/// The workspace whose frame is around the page: that of the address or, on pages of the house
/// itself, the first of the person's.
struct Home<'a> {
    slug: &'a str,
    name: Option<&'a str>,
    actor: Actor,
}

impl<'a> Home<'a> {
    fn of(visit: &'a Visit) -> Self {
        if let Some(tenant) = &visit.tenant {
            return Home {
                slug: &tenant.slug,
                name: Some(&tenant.name),
                actor: visit.actor().clone(),
            };
        }
        match (visit.memberships.first(), visit.visitor.person()) {
            (Some((tenant, role)), Some(person)) => {
                let (id, operator) = (person.id, person.operator);
                let actor = Actor::User { id, role: Some(*role), operator };
                Home { slug: &tenant.slug, name: Some(&tenant.name), actor }
            }
            _ => Home { slug: "", name: None, actor: visit.actor().clone() },
        }
    }

    /// Where a module's path leads from here; nowhere without a workspace.
    fn href(&self, path: &str) -> Option<String> {
        if path.starts_with('/') {
            return Some(path.to_owned());
        }
        let href = format!("/w/{}/{path}", self.slug);
        (!self.slug.is_empty()).then(|| href.trim_end_matches('/').to_owned())
    }
}

fn workspace_links(visit: &Visit, home: &str) -> Vec<(String, String, bool)> {
    let mut tenants: Vec<&Tenant> = visit.memberships.iter().map(|(tenant, _)| tenant).collect();
    tenants.sort_by_cached_key(|tenant| tenant.name.to_lowercase());
    let link =
        |tenant: &Tenant| (tenant.name.clone(), format!("/w/{}", tenant.slug), tenant.slug == home);
    tenants.into_iter().map(link).collect()
}

fn actions<'a>(visit: &'a Visit, home: &Home<'_>) -> Vec<(&'a Action, String)> {
    let allowed =
        |action: &&Action| action.permission.is_none_or(|permission| home.actor.may(permission));
    let actions = visit.shared.actions.iter().filter(allowed);
    actions.filter_map(|action| Some((action, home.href(action.path)?))).collect()
}

fn as_command<'a>(action: &Action, href: &'a str) -> Command<'a> {
    let Action { label, icon, keywords, .. } = *action;
    Command { label, detail: "", href, icon, keywords }
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

fn navigation(visit: &Visit, home: &Home<'_>) -> Vec<Entry> {
    let operator = visit.visitor.person().is_some_and(|person| person.operator);
    let links = visit.shared.navigation.iter().filter(|entry| match entry.permission {
        Some(permission) => home.actor.may(permission),
        None => operator,
    });
    links
        .filter_map(|entry| {
            let href = home.href(entry.path)?;
            let current = is_current(&visit.path, &href, home, entry);
            Some(Entry { navigation: *entry, current, href })
        })
        .collect()
}

/// Whether the page asked for is the entry's own, stands below it, or belongs to it by name.
fn is_current(path: &str, href: &str, home: &Home<'_>, entry: &crate::Navigation) -> bool {
    let below = |href: &str| path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    let own = path == href || !entry.path.is_empty() && below(href);
    own || entry.also.iter().filter_map(|path| home.href(path)).any(|href| below(&href))
}
