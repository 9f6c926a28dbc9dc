//! The client's address as a handler gets it, for slowing down those who guess.

use std::net::IpAddr;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{Failure, Visit, address};

/// Where a request comes from, one address for all that one client of IPv6 can choose from; a proxy's
/// word counts only where the settings trust it.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let trusted = &visit.shared.settings.limits.trusted_proxies;
        Ok(ClientAddress(address::neighbourhood(address::client(parts, trusted))))
    }
}
