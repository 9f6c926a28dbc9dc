//! What all requests share.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use db::Migration;
use kernel::{Crowd, Permission};
use live::Live;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use ui::Sample;

use crate::{
    Action, EventRule, Finder, Gate, House, LimitSettings, Navigation, PublicUrl, Subjects,
    limits::Limits,
};

/// What the server needs to know beside its modules.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// The data folder, whose disk must have room.
    pub data: PathBuf,
    /// Longest time for a request that is not a stream.
    pub request_timeout: Duration,
    /// Longest pause between two pieces of a request's body.
    pub body_timeout: Duration,
    /// Requests that may be worked on at once; more are refused with 503.
    pub max_in_flight: usize,
    /// Rate limits; none unless set.
    pub limits: LimitSettings,
    /// Served over https: browsers are told to come back no other way.
    pub secure: bool,
    /// The address under which people know the house; what requests say when it is none.
    pub public_url: Option<PublicUrl>,
    /// The bearer token that opens `/metrics`; without one only this machine may read there.
    pub metrics_token: Option<String>,
}

impl ServerSettings {
    /// What suits most, with the data in this folder.
    pub fn new(data: PathBuf) -> Self {
        ServerSettings {
            data,
            request_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(20),
            max_in_flight: 4096,
            limits: LimitSettings::default(),
            secure: false,
            public_url: None,
            metrics_token: None,
        }
    }
}

/// Shared by all requests.
pub(crate) struct Shared {
    pub(crate) house: Arc<House>,
    pub(crate) gate: Arc<dyn Gate>,
    pub(crate) live: Live,
    /// The live streams of each person and key.
    pub(crate) streams: Crowd<String>,
    /// By the kind of event.
    pub(crate) event_rules: Arc<HashMap<&'static str, EventRule>>,
    pub(crate) migrations: Vec<Migration>,
    pub(crate) navigation: Vec<Navigation>,
    pub(crate) actions: Vec<Action>,
    pub(crate) finders: Vec<Box<dyn Finder>>,
    pub(crate) subjects: Vec<Box<dyn Subjects>>,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) openapi: Value,
    pub(crate) samples: Vec<Sample>,
    pub(crate) limits: Limits,
    pub(crate) settings: ServerSettings,
    pub(crate) stopping: AtomicBool,
    pub(crate) shutdown: CancellationToken,
}
