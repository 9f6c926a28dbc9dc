//! Live screens: followers of a workspace get every event once, in order, also after a reconnect.

mod hub;

pub use hub::{Frame, Live};
