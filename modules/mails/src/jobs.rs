//! What this system leaves for later.

use ::jobs::Job;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Sends what is due in a workspace.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SendMails {
    /// The moment it is for, when it is for later.
    pub(crate) at: Option<Timestamp>,
}

impl Job for SendMails {
    const KIND: &'static str = "mails.send";
    const QUEUE: &'static str = "mails";

    /// One that waits for later must not stand for one that is wanted now.
    fn unique_key(&self) -> Option<String> {
        Some(match self.at {
            Some(at) => format!("@{}", at.micros() / 1_000_000),
            None => "now".into(),
        })
    }
}

/// Sends all again that were given up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SendFailedAgain {}

impl Job for SendFailedAgain {
    const KIND: &'static str = "mails.send_failed_again";
    const QUEUE: &'static str = "bulk";

    fn unique_key(&self) -> Option<String> {
        Some("all".into())
    }
}

/// Removes what is older than the log is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepOld {}

impl Job for SweepOld {
    const KIND: &'static str = "mails.sweep_old";
    const QUEUE: &'static str = "bulk";
}

/// Looks for mails that nobody minds: of a process that died, or from before a server was set up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FindOverdue {}

impl Job for FindOverdue {
    const KIND: &'static str = "mails.find_overdue";
    const QUEUE: &'static str = "mails";
}
