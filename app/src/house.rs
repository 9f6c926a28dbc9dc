//! The house of one process: database, modules, routes, and the work in the background.

use std::{
    fs::{File, TryLockError},
    path::Path,
    sync::Arc,
    time::Duration,
};

use db::Db;
use jobs::{Registry, Worker, WorkerHandle, WorkerSettings};
use kernel::{Chance, Clock, Error, Result};
use outbound::Outbound;
use web::{House, Server, ServerSettings};
use workspaces::Workspaces;

use crate::{config::Config, master_key, modules, wiring::wiring};

/// Everything assembled, nothing listening yet.
pub struct Assembled {
    pub house: Arc<House>,
    pub server: Server,
    pub workspaces: Workspaces,
    registry: Arc<Registry>,
    workers: WorkerSettings,
    /// Held for as long as this process has the data folder for itself.
    _lock: Option<File>,
}

/// Opens and migrates the database and puts the modules together.
pub async fn assemble(config: &Config) -> Result<Assembled> {
    let data = config.make_data_folder()?;
    let chance = Chance::system();
    let master_key = master_key::load(data, &chance)?;
    let identity = identity::Settings { master_key, secure_cookies: config.secure_cookies };
    let workspaces = workspaces::Settings { registration: config.registration.into() };
    let files = config.files.open(data).await?;
    let outbound = Outbound::new(config.outbound.allow.clone());
    let mail = config.mail.open()?;
    let systems = modules::Systems { files, mail, master_key, outbound };
    let settings = modules::Settings { identity, workspaces, systems };
    let lock = lock(config, data)?;
    let db = Db::open(&config.database()).await?;
    let house = Arc::new(House { db, clock: Clock::System, chance, wiring: wiring() });
    let modules = modules::start(&house, settings);
    house.db.migrate(&web::migrations(&modules.list), house.clock.now()).await?;
    install_assets(&modules);
    let mut registry = Registry::new();
    web::register_jobs(&mut registry);
    modules.list.iter().for_each(|module| module.jobs(&mut registry));
    let settings = ServerSettings {
        request_timeout: Duration::from_secs(config.request_timeout.get()),
        max_in_flight: config.max_in_flight.get(),
        limits: config.limits.clone(),
        secure: config.secure_cookies,
        public_url: config.public_url.clone(),
        metrics_token: config.metrics_token.clone().filter(|token| !token.is_empty()),
        ..ServerSettings::new(config.data.clone())
    };
    let server =
        Server::assemble(house.clone(), &modules.list, modules.workspaces.gate(), settings);
    Ok(Assembled {
        house,
        server,
        workspaces: modules.workspaces,
        registry: Arc::new(registry),
        workers: worker_settings(config),
        _lock: lock,
    })
}

/// SQLite is for one process: what others change, the memories of this one would not hear of.
fn lock(config: &Config, data: &Path) -> Result<Option<File>> {
    if matches!(config.database(), db::Settings::Server { .. }) {
        return Ok(None);
    }
    let file = File::create(data.join("lock")).map_err(Error::internal)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => {
            let folder = data.display();
            let message = format!("{folder}: another process of Mewayz works in this data folder");
            Err(Error::Malformed(message))
        }
        Err(TryLockError::Error(error)) => Err(Error::internal(error)),
    }
}

fn install_assets(modules: &modules::Modules) {
    let assets: Vec<_> = modules.list.iter().flat_map(|module| module.assets()).collect();
    ui::assets::install(&assets);
}

fn worker_settings(config: &Config) -> WorkerSettings {
    WorkerSettings {
        concurrency: config.workers.concurrency.get(),
        lease: Duration::from_secs(config.workers.lease.get()),
        ..WorkerSettings::default()
    }
}

impl Assembled {
    /// Starts the background work of this process.
    pub fn start_worker(&self) -> WorkerHandle {
        let House { db, clock, chance, .. } = &*self.house;
        Worker::start(
            db.clone(),
            self.registry.clone(),
            self.workers.clone(),
            clock.clone(),
            chance.clone(),
        )
    }
}
