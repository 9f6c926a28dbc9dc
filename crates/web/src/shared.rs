//! What all requests share.

use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use db::Migration;
use kernel::Permission;
use live::Live;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{Gate, House, Navigation};

/// What the server needs to know beside its modules.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// The data folder, whose disk must have room.
    pub data: PathBuf,
    /// Longest time for a request that is not a stream.
    pub request_timeout: Duration,
}

/// Shared by all requests.
pub(crate) struct Shared {
    pub(crate) house: Arc<House>,
    pub(crate) gate: Arc<dyn Gate>,
    pub(crate) live: Live,
    pub(crate) migrations: Vec<Migration>,
    pub(crate) navigation: Vec<Navigation>,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) openapi: Value,
    pub(crate) settings: ServerSettings,
    pub(crate) stopping: AtomicBool,
    pub(crate) shutdown: CancellationToken,
}
