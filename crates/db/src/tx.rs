//! A transaction, bound to one workspace or, with a stated reason, to the whole house.

use kernel::{Result, WorkspaceId};
use tokio::sync::broadcast;

use crate::{Signal, engine::Engine, postgres, sqlite};

pub(crate) enum Inner {
    Sqlite(sqlite::Transaction),
    Postgres(postgres::Transaction),
}

/// A database transaction; dropped without [`Tx::commit`], it never happened.
pub struct Tx {
    pub(crate) inner: Inner,
    workspace: Option<WorkspaceId>,
    signals: Vec<Signal>,
    sender: broadcast::Sender<Signal>,
}

impl Tx {
    pub(crate) fn new(
        inner: Inner,
        workspace: Option<WorkspaceId>,
        sender: broadcast::Sender<Signal>,
    ) -> Self {
        Tx { inner, workspace, signals: Vec::new(), sender }
    }

    /// The workspace whose rows this transaction may see.
    ///
    /// # Panics
    /// In a system transaction, which has none: a programming mistake.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace.expect("a workspace is asked of a system transaction")
    }

    /// For choosing between the two files of an engine pair.
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether no other transaction can write before this one ends.
    pub fn writes_alone(&self) -> bool {
        self.engine() == Engine::Sqlite
    }

    /// Wakes whoever waits on the channel, once this is committed.
    pub fn signal(&mut self, channel: &str, payload: impl Into<String>) {
        let signal = Signal { channel: channel.into(), payload: payload.into() };
        if !self.signals.contains(&signal) {
            self.signals.push(signal);
        }
    }

    /// Makes everything durable, then sends the signals.
    pub async fn commit(mut self) -> Result<()> {
        let signals = std::mem::take(&mut self.signals);
        let sender = self.sender.clone();
        match self.inner {
            Inner::Sqlite(tx) => {
                tx.commit().await?;
                for signal in signals {
                    // Nobody listening is fine: signals are only wake-up calls.
                    let _ = sender.send(signal);
                }
            }
            Inner::Postgres(tx) => tx.commit(&signals).await?,
        }
        Ok(())
    }
}
