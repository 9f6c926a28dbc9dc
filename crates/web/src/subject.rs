//! What a module lets others choose by name, such as whose news a program wants: neither knows the other.

use futures::future::BoxFuture;
use kernel::{Permission, Result};

use crate::Cx;

/// Something that events are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub id: String,
    pub name: String,
}

/// The subjects of a module.
pub trait Subjects: Send + Sync {
    /// Named only to those who hold it.
    fn permission(&self) -> Permission;

    /// As many as one can choose from, those first that were changed last.
    fn latest<'a>(&'a self, cx: &'a Cx) -> BoxFuture<'a, Result<Vec<Subject>>>;

    /// The one with this id, if it is the id of such a thing and there is one.
    fn find<'a>(&'a self, cx: &'a Cx, id: &'a str) -> BoxFuture<'a, Result<Option<Subject>>>;
}
