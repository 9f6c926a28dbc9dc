//! Which part of the list of dead letters is asked for, by the page, its forms and the API alike.

use serde::Deserialize;
use web::Paging;

/// A kind, and a place in the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filter {
    kind: Option<String>,
    limit: Option<i64>,
    cursor: Option<String>,
}

impl Filter {
    /// One kind, or all.
    pub(crate) fn kind(&self) -> Option<&str> {
        self.kind.as_deref().filter(|kind| !kind.is_empty())
    }

    /// From where; none is the beginning.
    pub(crate) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref().filter(|cursor| !cursor.is_empty())
    }

    /// How much, and from where.
    pub(crate) fn paging(&self) -> Paging {
        Paging { limit: self.limit, cursor: self.cursor.clone() }
    }
}
