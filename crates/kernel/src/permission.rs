//! Who may do what: built-in roles on a ladder, permissions that name the lowest rung, scopes of keys.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A member's place in a workspace; each rung may do all that the ones below it may.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees everything, changes nothing.
    Viewer,
    /// Does the daily work.
    Member,
    /// Also manages people, keys and settings.
    Admin,
    /// Also owns the workspace itself.
    Owner,
}

impl Role {
    /// All roles, lowest first.
    pub const ALL: [Role; 4] = [Role::Viewer, Role::Member, Role::Admin, Role::Owner];

    /// The word in URLs, JSON and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Member => "member",
            Role::Admin => "admin",
            Role::Owner => "owner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no role.
#[derive(Debug)]
pub struct UnknownRole;

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a role is one of owner, admin, member, viewer")
    }
}

impl std::error::Error for UnknownRole {}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

impl TryFrom<String> for Role {
    type Error = UnknownRole;

    fn try_from(text: String) -> Result<Self, UnknownRole> {
        text.parse()
    }
}

/// A right that a module declares, such as `forms:write`; also the scope by that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// The word in scopes and documents.
    pub key: &'static str,
    /// What it allows, for people.
    pub label: &'static str,
    /// The lowest role that has it.
    pub from: Role,
}

/// What an API key may do: permission keys separated by spaces, or `*` for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scopes(String);

impl Scopes {
    /// From the stored text.
    pub fn parse(text: impl Into<String>) -> Self {
        Scopes(text.into())
    }

    /// Whether the permission is among them.
    pub fn allow(&self, permission: Permission) -> bool {
        self.iter().any(|scope| scope == "*" || scope == permission.key)
    }

    /// Each scope by itself.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').filter(|scope| !scope.is_empty())
    }

    /// The stored text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_allows_its_own_permission_only() {
        let read = Permission { key: "forms:read", label: "", from: Role::Viewer };
        let write = Permission { key: "forms:write", label: "", from: Role::Member };
        let scopes = Scopes::parse("forms:read submissions:read");
        assert!(scopes.allow(read));
        assert!(!scopes.allow(write));
        assert!(Scopes::parse("*").allow(write));
        assert!(!Scopes::parse("").allow(read));
    }
}
