//! The client's address as a handler gets it, for slowing down those who guess.

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{Failure, Visit, address};

/// The client's address as text; a proxy's word counts only where the settings trust it.
#[derive(Debug, Clone, Default)]
pub struct ClientAddress(pub String);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let trusted = &visit.shared.settings.limits.trusted_proxies;
        Ok(ClientAddress(address::client(parts, trusted).to_string()))
    }
}
