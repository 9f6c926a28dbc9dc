//! What a system plugs into the house.

use db::Migration;
use kernel::Permission;
use ui::{Icon, Sample};

use crate::Routes;

pub use jobs::Registry as JobRegistry;

/// A link of the app's navigation.
#[derive(Debug, Clone, Copy)]
pub struct Navigation {
    pub label: &'static str,
    /// The path behind `/w/{workspace}/`, or a whole path when it begins with `/`.
    pub path: &'static str,
    pub icon: Icon,
    pub section: &'static str,
    /// Keys, such as `g f`.
    pub hotkey: &'static str,
    /// Shown to those who hold it; none shows it to the operator only.
    pub permission: Option<Permission>,
}

/// A system: its folder, in one screen.
pub trait Module: Send + Sync {
    /// The word in folders, tables and logs.
    fn name(&self) -> &'static str;

    /// Its tables.
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

    /// Its links.
    fn navigation(&self) -> Vec<Navigation> {
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
