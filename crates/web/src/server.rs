//! The whole, assembled: modules, shared state, routes behind guards, and the layers around them.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, atomic::AtomicBool},
};

use axum::{Router, handler::Handler, middleware::from_fn_with_state};
use db::Migration;
use kernel::{Crowd, Permission};
use live::Live;
use tokio_util::sync::CancellationToken;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;

use crate::{
    EventRule, Gate, House, Module, Navigation, Routes, assets,
    astray::{self, Pages},
    bounds::{Bounds, bound},
    docs,
    guard::guard,
    health, idempotency, layers,
    limits::Limits,
    live_stream, palette,
    routes::RouteInfo,
    shared::{ServerSettings, Shared},
    styleguide,
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
        settings: ServerSettings,
    ) -> Server {
        let routes = all_routes(modules);
        let infos = routes.infos();
        let shared = Arc::new(Shared {
            live: Live::start(house.db.clone()),
            streams: Crowd::default(),
            event_rules: Arc::new(all_event_rules(modules)),
            gate,
            migrations: migrations(modules),
            navigation: all_navigation(modules),
            actions: modules.iter().flat_map(|module| module.actions()).collect(),
            finders: modules.iter().flat_map(|module| module.finders()).collect(),
            subjects: modules.iter().flat_map(|module| module.subjects()).collect(),
            permissions: all_permissions(modules),
            openapi: crate::openapi(&infos),
            samples: modules.iter().flat_map(|module| module.samples()).collect(),
            limits: Limits::new(settings.limits.clone()),
            settings,
            stopping: AtomicBool::new(false),
            shutdown: CancellationToken::new(),
            house,
        });
        let router = surround(routes.into_router(&shared), Pages::of(&infos), &shared);
        Server { router, routes: infos, shared }
    }

    /// Says "not ready" from now on, so that balancers send no more, and ends the live streams.
    pub fn begin_stop(&self) {
        self.shared.stopping.store(true, std::sync::atomic::Ordering::Relaxed);
        self.shared.shutdown.cancel();
    }
}

/// The tables that this crate stands on, then those of the modules in their order; each step once,
/// however many modules bring the same tool.
pub fn migrations(modules: &[Box<dyn Module>]) -> Vec<Migration> {
    let own = [events::MIGRATIONS, jobs::MIGRATIONS, idempotency::MIGRATIONS].concat();
    let of_modules = modules.iter().flat_map(|module| module.migrations());
    let mut known = HashSet::new();
    let steps = own.into_iter().chain(of_modules);
    steps.filter(|step| known.insert((step.module, step.name))).collect()
}

fn all_routes(modules: &[Box<dyn Module>]) -> Routes {
    let own = Routes::new()
        .merge(assets::routes())
        .merge(docs::routes())
        .merge(health::routes())
        .merge(live_stream::routes())
        .merge(palette::routes())
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

fn all_event_rules(modules: &[Box<dyn Module>]) -> HashMap<&'static str, EventRule> {
    modules.iter().flat_map(|module| module.event_rules()).map(|rule| (rule.kind, rule)).collect()
}

/// Few layers on purpose: each clones, for every request, all that it surrounds.
fn surround(router: Router, pages: Pages, shared: &Arc<Shared>) -> Router {
    let known = from_fn_with_state(astray::rule(shared.clone()), guard);
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(shared.clone(), layers::observe))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(Bounds::of(&shared.settings), bound));
    router
        .fallback(astray::nowhere.layer(known))
        .method_not_allowed_fallback(move |request| astray::climb(pages.clone(), request))
        .layer(layers)
}
