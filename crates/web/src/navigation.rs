//! Links of the app's navigation, as modules give them.

use kernel::Permission;
use ui::Icon;

/// A link of the app's navigation.
#[derive(Debug, Clone, Copy)]
pub struct Navigation {
    pub label: &'static str,
    /// The path behind `/w/{workspace}/`, or a whole path when it begins with `/`.
    pub path: &'static str,
    /// Further paths whose pages belong to it.
    pub also: &'static [&'static str],
    pub icon: Icon,
    pub section: &'static str,
    /// Keys, such as `g f`.
    pub hotkey: &'static str,
    /// Shown to those who hold it; none shows it to the operator only.
    pub permission: Option<Permission>,
}
