//! The registry: one line a module, in floor order; a module may know those above it in this list.

use std::sync::Arc;

use files::Files;
use forms::Forms;
use identity::Identity;
use mails::Mails;
use ops::Ops;
use outbound::Outbound;
use web::{House, Module};
use webhooks::Webhooks;
use workspaces::Workspaces;

/// What modules need to be told.
pub struct Settings {
    pub identity: identity::Settings,
    pub workspaces: workspaces::Settings,
    pub systems: Systems,
}

/// What the systems need that stand on accounts and workspaces.
pub struct Systems {
    /// Where uploads are kept.
    pub files: Files,
    /// The way of mails, when there is one.
    pub mail: Option<mails::Smtp>,
    /// Under all secrets.
    pub master_key: [u8; 32],
    /// The way to the world outside.
    pub outbound: Outbound,
}

/// All modules, and the one that knows who is asking.
pub struct Modules {
    pub list: Vec<Box<dyn Module>>,
    pub workspaces: Workspaces,
}

/// Starts every module.
pub fn start(house: &Arc<House>, settings: Settings) -> Modules {
    let identity = Identity::new(house.clone(), &settings.identity);
    let workspaces = Workspaces::new(identity.clone(), settings.workspaces);
    let mut list: Vec<Box<dyn Module>> = vec![
        Box::new(identity),           // identity::
        Box::new(workspaces.clone()), // workspaces::
    ];
    list.extend(systems(house, settings.systems));
    Modules { list, workspaces }
}

/// The systems that stand on accounts and workspaces.
pub fn systems(house: &Arc<House>, settings: Systems) -> Vec<Box<dyn Module>> {
    let Systems { files, mail, master_key, outbound } = settings;
    let webhooks = webhooks::Settings { master_key, outbound };
    let mails = Mails::new(house.clone(), mails::Settings { master_key, smtp: mail });
    vec![
        Box::new(Webhooks::new(house.clone(), webhooks)), // webhooks::
        Box::new(mails.clone()),                          // mails::
        Box::new(Forms::start_with(house.clone(), files, mails, &master_key)), // forms::
        Box::new(Ops),                                    // ops::
    ]
}
