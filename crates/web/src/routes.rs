//! The registry of routes: address, method, access rule, document and handler in one call each.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};

use crate::{
    Access, Operation,
    guard::{Rule, guard},
    limits::Budget,
    shared::Shared,
};

/// Bytes that a body may have unless the route says otherwise.
pub(crate) const BODY_LIMIT: usize = 1024 * 1024;

/// A route as others see it: tests walk these, the API document lists them.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    pub method: Method,
    /// With parameters in braces: `/w/{workspace}/forms/{form}`.
    pub path: &'static str,
    pub access: Access,
    /// The API document's entry; pages have none.
    pub operation: Option<Operation>,
    /// Whether a repeat with the same `Idempotency-Key` gets the first reply.
    pub replayed: bool,
}

/// A route with its handler.
pub struct Route<S = ()> {
    info: RouteInfo,
    handler: MethodRouter<S>,
    body_limit: usize,
    budget: Budget,
}

/// The routes of a module; `S` is the state its handlers share.
pub struct Routes<S = ()>(Vec<Route<S>>);

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Routes(Vec::new())
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page or a fragment.
    #[must_use]
    pub fn page<H, T>(self, method: Method, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(RouteInfo { method, path, access, operation: None, replayed: false }, handler)
    }

    /// A call of the API; its path begins with `/api/`.
    #[must_use]
    pub fn api<H, T>(
        self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: H,
        operation: Operation,
    ) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        debug_assert!(path.starts_with("/api/"), "{path} is not an address of the API");
        let replayed = method == Method::POST && access != Access::Public;
        self.add(RouteInfo { method, path, access, operation: Some(operation), replayed }, handler)
    }

    /// Lets the body of the route added last have this many bytes; `usize::MAX` for streams.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        if let Some(route) = self.0.last_mut() {
            route.body_limit = bytes;
        }
        self
    }

    /// Keeps no reply of the route added last for `Idempotency-Key`: because the reply holds a secret,
    /// because the route minds the key itself, or because its body or reply is a stream.
    #[must_use]
    pub fn without_replay(mut self) -> Self {
        if let Some(route) = self.0.last_mut() {
            route.info.replayed = false;
        }
        self
    }

    /// Charges the route added last to the tighter budget of attempts to sign in.
    #[must_use]
    pub fn sign_in(mut self) -> Self {
        if let Some(route) = self.0.last_mut() {
            route.budget = Budget::SignIn;
        }
        self
    }

    /// Charges the route added last to no budget.
    #[must_use]
    pub fn unlimited(mut self) -> Self {
        if let Some(route) = self.0.last_mut() {
            route.budget = Budget::Free;
        }
        self
    }

    /// Binds the state.
    pub fn with_state(self, state: S) -> Routes {
        let bind = |route: Route<S>| Route {
            info: route.info,
            handler: route.handler.with_state(state.clone()),
            body_limit: route.body_limit,
            budget: route.budget,
        };
        Routes(self.0.into_iter().map(bind).collect())
    }

    fn add<H, T>(mut self, info: RouteInfo, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(info.method.clone()).expect("a standard method");
        self.0.push(Route {
            info,
            handler: on(filter, handler),
            body_limit: BODY_LIMIT,
            budget: Budget::default(),
        });
        self
    }
}

impl Routes {
    /// Takes over all routes of another registry.
    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.0.extend(other.0);
        self
    }

    /// What there is.
    pub fn infos(&self) -> Vec<RouteInfo> {
        self.0.iter().map(|route| route.info.clone()).collect()
    }

    /// The router, every route behind its guard.
    pub(crate) fn into_router(self, shared: &std::sync::Arc<Shared>) -> Router {
        self.0.into_iter().fold(Router::new(), |router, route| {
            let api = route.info.path.starts_with("/api/");
            let rule = Rule {
                shared: shared.clone(),
                access: route.info.access,
                api,
                budget: route.budget,
                replayed: route.info.replayed,
                body_limit: route.body_limit,
            };
            let limit = match route.body_limit {
                usize::MAX => DefaultBodyLimit::disable(),
                bytes => DefaultBodyLimit::max(bytes),
            };
            let handler =
                route.handler.layer(limit).layer(axum::middleware::from_fn_with_state(rule, guard));
            router.route(route.info.path, handler)
        })
    }
}
