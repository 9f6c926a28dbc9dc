//! Addresses that lead nowhere, and the way up from those that only take changes.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::Method,
    response::{IntoResponse, Response},
};
use kernel::Error;

use crate::{
    Access, Failure,
    guard::Rule,
    routes::{BODY_LIMIT, RouteInfo},
    shared::Shared,
};

/// No route has this address.
pub(crate) async fn nowhere() -> Failure {
    Failure(Error::NotFound)
}

/// An address that only takes changes, asked for as a page: reloading after a refusal leads to the
/// nearest page above it.
pub(crate) async fn climb(pages: Pages, request: Request) -> Response {
    let path = request.uri().path();
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    if !asks || path.starts_with("/api/") {
        return Failure(Error::WrongMethod).into_response();
    }
    crate::see_other(pages.above(path).unwrap_or("/"))
}

/// The addresses that can be looked at.
#[derive(Clone)]
pub(crate) struct Pages(Arc<[&'static str]>);

impl Pages {
    pub(crate) fn of(routes: &[RouteInfo]) -> Self {
        let shown = |route: &&RouteInfo| route.method == Method::GET && route.operation.is_none();
        Pages(routes.iter().filter(shown).map(|route| route.path).collect())
    }

    fn above<'a>(&self, path: &'a str) -> Option<&'a str> {
        let mut rest = path;
        while let Some((above, _)) = rest.rsplit_once('/').filter(|(above, _)| !above.is_empty()) {
            if self.0.iter().any(|page| fits(page, above)) {
                return Some(above);
            }
            rest = above;
        }
        None
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.split('/'), path.split('/'));
    pattern.clone().count() == path.clone().count()
        && pattern.zip(path).all(|(one, other)| one == other || one.starts_with('{'))
}

/// The rule of addresses that no route has: who is signed in is known, for the frame of the error.
pub(crate) fn rule(shared: Arc<Shared>) -> Rule {
    Rule {
        shared,
        access: Access::Anyone,
        api: false,
        budget: Default::default(),
        replayed: false,
        body_limit: BODY_LIMIT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_page_above_is_found() {
        let pages = Pages(["/w/{workspace}/forms", "/w/{workspace}/forms/{form}"].into());
        let above = |path| pages.above(path);
        assert_eq!(above("/w/a/forms/f/fields/x/removal"), Some("/w/a/forms/f"));
        assert_eq!(above("/w/a/forms/f/title"), Some("/w/a/forms/f"));
        assert_eq!(above("/logout"), None);
    }
}
