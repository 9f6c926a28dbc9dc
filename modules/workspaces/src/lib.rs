//! Workspaces, their members, and the way in: registering, signing in, setting the house up.
//!
//! # Layout
//! - [`entrance`]: register, sign in and out, the operator's set-up
//! - [`workspaces`]: making one and switching; [`members`]: who belongs to one, in which role
//! - [`doorkeeper`]: who is asking, for the guard of every route

mod doorkeeper;
pub mod entrance;
mod events;
mod members;
mod paths;
mod workspaces;

use std::sync::{Arc, atomic::AtomicBool};

use ::events::Event;
use db::{Migration, MigrationText};
use identity::{Identity, UserRegistered};
use kernel::Permission;
use ui::{Icon, Sample};
use web::{Action, EventRule, Gate, Module, Navigation, Routes};

pub use entrance::Registered;
pub use events::{MemberAdded, MemberRemoved, MemberRoleChanged, WorkspaceCreated};
pub use members::{MEMBERS_READ, MEMBERS_WRITE, Person, add_member, people, person};
pub use workspaces::{WORKSPACE_READ, Workspace, current};

/// Who may make an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Anyone.
    Open,
    /// Nobody by themselves.
    Closed,
}

/// What the operator decides.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub registration: Registration,
}

/// The system; cheap to clone.
#[derive(Clone)]
pub struct Workspaces(Arc<Inner>);

struct Inner {
    identity: Identity,
    doorkeeper: doorkeeper::Doorkeeper,
    settings: Settings,
    /// Someone runs the installation; once true, it stays so.
    set_up: AtomicBool,
}

impl Workspaces {
    /// Starts the system; call it inside of the runtime.
    pub fn new(identity: Identity, settings: Settings) -> Self {
        let doorkeeper = doorkeeper::Doorkeeper::new(identity.clone());
        Workspaces(Arc::new(Inner {
            identity,
            doorkeeper,
            settings,
            set_up: AtomicBool::new(false),
        }))
    }

    /// What tells the server who is asking.
    pub fn gate(&self) -> Arc<dyn Gate> {
        Arc::new(self.0.doorkeeper.clone())
    }
}

impl Module for Workspaces {
    fn name(&self) -> &'static str {
        "workspaces"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![Migration {
            module: "workspaces",
            name: "0001_workspaces",
            text: MigrationText::Both(include_str!("../migrations/0001_workspaces.sql")),
        }]
    }

    fn permissions(&self) -> Vec<Permission> {
        vec![WORKSPACE_READ, MEMBERS_READ, MEMBERS_WRITE]
    }

    fn event_rules(&self) -> Vec<EventRule> {
        let rule = |kind, permission, turns_subject| EventRule { kind, permission, turns_subject };
        vec![
            rule(WorkspaceCreated::KIND, WORKSPACE_READ, false),
            rule(UserRegistered::KIND, MEMBERS_READ, false),
            rule(MemberAdded::KIND, MEMBERS_READ, false),
            rule(MemberRoleChanged::KIND, MEMBERS_READ, true),
            rule(MemberRemoved::KIND, MEMBERS_READ, true),
        ]
    }

    fn navigation(&self) -> Vec<Navigation> {
        vec![Navigation {
            label: "Members",
            path: "settings/members",
            also: &[],
            icon: Icon::People,
            section: "Settings",
            hotkey: "g m",
            permission: Some(MEMBERS_READ),
        }]
    }

    fn actions(&self) -> Vec<Action> {
        vec![
            Action {
                label: "Add a member",
                path: "settings/members#add-member",
                icon: Icon::People,
                keywords: "invite person colleague",
                permission: Some(MEMBERS_WRITE),
            },
            Action {
                label: "New workspace",
                path: paths::route::NEW_WORKSPACE,
                icon: Icon::Plus,
                keywords: "create make",
                permission: None,
            },
            Action {
                label: "Read the API",
                path: "/api/docs",
                icon: Icon::Book,
                keywords: "documentation reference developers",
                permission: None,
            },
        ]
    }

    fn routes(&self) -> Routes {
        let systems = [
            entrance::pages(),
            entrance::api(),
            entrance::tokens(),
            workspaces::routes(),
            members::routes(),
        ];
        let bound = systems.into_iter().map(|routes| routes.with_state(self.clone()));
        bound.fold(Routes::new(), Routes::merge)
    }

    fn assets(&self) -> Vec<(&'static str, &'static str)> {
        vec![("workspaces.css", include_str!("../assets/workspaces.css"))]
    }

    fn samples(&self) -> Vec<Sample> {
        [entrance::samples(), workspaces::samples(), members::samples()].concat()
    }
}
