//! The addresses of this system.

use kernel::UserId;

/// Routes, as the registry knows them.
pub(crate) mod route {
    pub(crate) const HOME: &str = "/";
    pub(crate) const REGISTER: &str = "/register";
    pub(crate) const LOGIN: &str = "/login";
    pub(crate) const LOGOUT: &str = "/logout";
    pub(crate) const SETUP: &str = "/setup/{token}";
    pub(crate) const NEW_WORKSPACE: &str = "/workspaces/new";
    pub(crate) const WORKSPACES: &str = "/workspaces";
    pub(crate) const WORKSPACE: &str = "/w/{workspace}";
    pub(crate) const MEMBERS: &str = "/w/{workspace}/settings/members";
    pub(crate) const MEMBER_ROLE: &str = "/w/{workspace}/settings/members/{user}/role";
    pub(crate) const MEMBER_REMOVAL: &str = "/w/{workspace}/settings/members/{user}/removal";
    pub(crate) const API_REGISTER: &str = "/api/auth/register";
    pub(crate) const API_LOGIN: &str = "/api/auth/login";
    pub(crate) const API_REFRESH: &str = "/api/auth/refresh";
    pub(crate) const API_LOGOUT: &str = "/api/auth/logout";
    pub(crate) const API_ME: &str = "/api/me";
    pub(crate) const API_WORKSPACES: &str = "/api/workspaces";
    pub(crate) const API_MEMBERS: &str = "/api/members";
    pub(crate) const API_MEMBER: &str = "/api/members/{user}";
}

pub(crate) fn workspace(slug: &str) -> String {
    format!("/w/{slug}")
}

/// Where a workspace starts; the page belongs to a later system.
pub(crate) fn start(slug: &str) -> String {
    format!("/w/{slug}/forms")
}

pub(crate) fn members(slug: &str) -> String {
    format!("/w/{slug}/settings/members")
}

pub(crate) fn member_role(slug: &str, user: UserId) -> String {
    format!("/w/{slug}/settings/members/{user}/role")
}

pub(crate) fn member_removal(slug: &str, user: UserId) -> String {
    format!("/w/{slug}/settings/members/{user}/removal")
}

pub(crate) fn api_member(user: UserId) -> String {
    format!("/api/members/{user}")
}

/// The path of the operator's set-up page.
pub(crate) fn setup(token: &str) -> String {
    format!("/setup/{token}")
}
