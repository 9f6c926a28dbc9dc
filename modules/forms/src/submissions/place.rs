//! A place in the list of submissions, carried along so that one comes back to it.

use serde::{Deserialize, Serialize};

/// What was searched for and which part of the list was shown; the query of an address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) q: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
}

impl Place {
    pub(crate) fn new(q: Option<&str>, cursor: Option<&str>, after: Option<i64>) -> Self {
        let present = |text: Option<&str>| {
            let text = text.map(str::trim).filter(|text| !text.is_empty());
            text.map(str::to_owned)
        };
        Place { q: present(q), cursor: present(cursor), after }
    }

    /// The words searched for; empty for all.
    pub(crate) fn words(&self) -> &str {
        self.q.as_deref().unwrap_or_default()
    }

    /// The first part of the same list.
    pub(crate) fn first(&self) -> Self {
        Place { q: self.q.clone(), ..Place::default() }
    }

    /// The part that goes on at the cursor.
    pub(crate) fn older(&self, cursor: &str) -> Self {
        Place { cursor: Some(cursor.to_owned()), ..self.first() }
    }

    /// The part that ends above a number.
    pub(crate) fn newer(&self, number: i64) -> Self {
        Place { after: Some(number), ..self.first() }
    }

    /// An address with this place in it.
    pub(crate) fn on(&self, address: &str) -> String {
        match serde_urlencoded::to_string(self) {
            Ok(query) if !query.is_empty() => format!("{address}?{query}"),
            _ => address.to_owned(),
        }
    }
}
