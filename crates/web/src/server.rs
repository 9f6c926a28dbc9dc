//! The whole, assembled: modules, shared state, routes behind guards, and the layers around them.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::from_fn,
    response::{IntoResponse, Response},
};
use db::Migration;
use kernel::{Error, Permission};
use live::Live;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::RequestBodyTimeoutLayer,
};

use crate::{
    Failure, Gate, House, Module, Navigation, Routes, assets, docs, health, layers,
    limits::Limits,
    live_stream, render,
    routes::RouteInfo,
    shared::{ServerSettings, Shared},
    shedding, styleguide,
};

/// An assembled house, ready to answer.
pub struct Server {
    /// What answers requests.
    pub router: Router,
    /// All routes, for walks and documents.
    pub routes: Vec<RouteInfo>,
    shared: Arc<Shared>,
}

impl Server {
    /// Puts modules and house together.
    pub fn assemble(
        house: Arc<House>,
        modules: &[Box<dyn Module>],
        gate: Arc<dyn Gate>,
        migrations: Vec<Migration>,
        settings: ServerSettings,
    ) -> Server {
        let routes = all_routes(modules);
        let infos = routes.infos();
        let shared = Arc::new(Shared {
            live: Live::start(house.db.clone()),
            gate,
            migrations,
            navigation: all_navigation(modules),
            permissions: all_permissions(modules),
            openapi: crate::openapi(&infos),
            samples: modules.iter().flat_map(|module| module.samples()).collect(),
            limits: Limits::new(settings.limits.clone()),
            settings,
            stopping: AtomicBool::new(false),
            shutdown: CancellationToken::new(),
            house,
        });
        let router = surround(routes.into_router(&shared), &shared);
        Server { router, routes: infos, shared }
    }

    /// Says "not ready" from now on, so that balancers send no more, and ends the live streams.
    pub fn begin_stop(&self) {
        self.shared.stopping.store(true, std::sync::atomic::Ordering::Relaxed);
        self.shared.shutdown.cancel();
    }
}

fn all_routes(modules: &[Box<dyn Module>]) -> Routes {
    let own = Routes::new()
        .merge(assets::routes())
        .merge(docs::routes())
        .merge(health::routes())
        .merge(live_stream::routes())
        .merge(styleguide::routes());
    modules.iter().fold(own, |routes, module| routes.merge(module.routes()))
}

/// The daily work first; settings, which are needed seldom, last.
fn all_navigation(modules: &[Box<dyn Module>]) -> Vec<Navigation> {
    let mut links: Vec<Navigation> =
        modules.iter().flat_map(|module| module.navigation()).collect();
    links.sort_by_key(|link| link.section == "Settings");
    links
}

fn all_permissions(modules: &[Box<dyn Module>]) -> Vec<Permission> {
    let of_modules = modules.iter().flat_map(|module| module.permissions());
    of_modules.chain([live_stream::FOLLOW]).collect()
}

/// From the inside out; a request passes them in the opposite order.
fn surround(router: Router, shared: &Arc<Shared>) -> Router {
    let chance = shared.house.chance.clone();
    let timeout = shared.settings.request_timeout;
    let places = Arc::new(Semaphore::new(shared.settings.max_in_flight));
    router
        .fallback(|| async { Failure(Error::NotFound) })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(from_fn(move |request: Request, next| limit_time(timeout, request, next)))
        .layer(CatchPanicLayer::custom(|_| {
            Failure(Error::internal("a handler panicked")).into_response()
        }))
        .layer(RequestBodyTimeoutLayer::new(shared.settings.body_timeout))
        .layer(from_fn(move |request: Request, next| shedding::shed(places.clone(), request, next)))
        .layer(from_fn(render::render))
        .layer(CompressionLayer::new())
        .layer(from_fn(layers::protect))
        .layer(from_fn(move |request: Request, next| {
            layers::observe(chance.clone(), request, next)
        }))
}

/// Cuts off what takes too long; streams and bulk bodies watch their own progress.
async fn limit_time(timeout: Duration, request: Request, next: axum::middleware::Next) -> Response {
    let path = request.uri().path();
    if path.ends_with("/live") || path == "/api/events" || path.ends_with("/bulk") {
        return next.run(request).await;
    }
    match tokio::time::timeout(timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure(Error::unavailable("the request took too long")).into_response(),
    }
}
