//! Small wake-up calls after a commit: in this process, and through NOTIFY to all others on PostgreSQL.

/// The channel that PostgreSQL carries all signals on.
pub(crate) const CHANNEL: &str = "mewayz";

/// Something was committed that others may wait for. It may be lost or doubled: it says "look", never "what".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Signal {
    /// Such as `events` or `jobs`.
    pub channel: String,
    /// Such as a workspace id or a queue; at most a few hundred bytes.
    pub payload: String,
}

impl Signal {
    /// Sent when signals may have been lost: whoever waits must look again.
    pub const RESYNC: &str = "resync";

    pub(crate) fn to_wire(&self) -> String {
        format!("{} {}", self.channel, self.payload)
    }

    pub(crate) fn from_wire(text: &str) -> Self {
        let (channel, payload) = text.split_once(' ').unwrap_or((text, ""));
        Signal { channel: channel.into(), payload: payload.into() }
    }
}
