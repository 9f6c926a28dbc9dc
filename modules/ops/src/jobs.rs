//! Background jobs as the operator sees them.

pub(crate) mod dead;
pub(crate) mod filter;
pub(crate) mod json;
pub(crate) mod overview;
mod place;
pub(crate) mod removal;
pub(crate) mod retries;
pub(crate) mod views;

use ::jobs::JobId;
use kernel::{Error, Result};

/// The job that an address names.
fn named(text: &str) -> Result<JobId> {
    text.parse().map_err(|_| Error::NotFound)
}
