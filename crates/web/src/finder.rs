//! What modules put into the palette: actions, and finders of what is theirs.

use futures::future::BoxFuture;
use kernel::{Permission, Result};
use ui::Icon;

use crate::Cx;

/// An action of the palette.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    pub label: &'static str,
    /// The path behind `/w/{workspace}/`, or a whole path when it begins with `/`.
    pub path: &'static str,
    pub icon: Icon,
    /// Further words that find it.
    pub keywords: &'static str,
    /// Shown to those who hold it; none shows it to all.
    pub permission: Option<Permission>,
}

/// Something found in the workspace.
#[derive(Debug, Clone)]
pub struct Finding {
    pub label: String,
    /// The path behind `/w/{workspace}/`.
    pub path: String,
    /// What kind of thing it is; may be empty.
    pub detail: String,
}

/// What a module lets the palette find.
pub trait Finder: Send + Sync {
    /// The heading above what is found.
    fn heading(&self) -> &'static str;

    /// Its picture.
    fn icon(&self) -> Icon;

    /// Asked only for those who hold it.
    fn permission(&self) -> Permission;

    /// The few that fit the words best; without words the latest.
    fn find<'a>(&'a self, cx: &'a Cx, words: &'a str) -> BoxFuture<'a, Result<Vec<Finding>>>;
}
