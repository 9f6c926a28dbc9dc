//! What a system plugs into the house.

use db::Migration;
use kernel::Permission;
use ui::Sample;

use crate::{Action, EventRule, Finder, Navigation, Routes, Subjects};

pub use jobs::Registry as JobRegistry;

/// A system: its folder, in one screen.
pub trait Module: Send + Sync {
    /// The word in folders, tables and logs.
    fn name(&self) -> &'static str;

    /// Its tables, and those of the tools it stands on.
    fn migrations(&self) -> Vec<Migration> {
        Vec::new()
    }

    /// Its addresses.
    fn routes(&self) -> Routes {
        Routes::new()
    }

    /// Its rights; also the scopes that keys can have.
    fn permissions(&self) -> Vec<Permission> {
        Vec::new()
    }

    /// Who hears of its events; what is left out, all who follow the workspace.
    fn event_rules(&self) -> Vec<EventRule> {
        Vec::new()
    }

    /// Its links.
    fn navigation(&self) -> Vec<Navigation> {
        Vec::new()
    }

    /// What one can do in the palette.
    fn actions(&self) -> Vec<Action> {
        Vec::new()
    }

    /// What one can find in the palette.
    fn finders(&self) -> Vec<Box<dyn Finder>> {
        Vec::new()
    }

    /// What others can choose from by name.
    fn subjects(&self) -> Vec<Box<dyn Subjects>> {
        Vec::new()
    }

    /// Its background work.
    fn jobs(&self, _registry: &mut JobRegistry) {}

    /// Its stylesheets and behaviours: name and contents.
    fn assets(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    /// Its views with sample data, for `/styleguide`.
    fn samples(&self) -> Vec<Sample> {
        Vec::new()
    }
}
