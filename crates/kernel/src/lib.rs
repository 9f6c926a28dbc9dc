//! Tools without I/O that everything else stands on: ids, time, chance, errors, permissions, secrets.

mod actor;
mod chance;
mod crowd;
mod error;
mod fields;
mod id;
mod permission;
mod seal;
mod secret;
mod stamp;
mod text;
mod time;

pub use actor::{Actor, ApiKeyId, ApiKeyKind, UserId, UserKind, WorkspaceId, WorkspaceKind};
pub use chance::Chance;
pub use crowd::{Crowd, Place};
pub use error::{Error, Result};
pub use fields::{FieldError, Fields};
pub use id::{Id, IdKind, InvalidId};
pub use permission::{Permission, Role, Scopes, UnknownRole};
pub use seal::Seal;
pub use secret::{fingerprint, same_secret, sha256_hex, short_id, token};
pub use stamp::Stamp;
pub use text::is_plain;
pub use time::{Clock, Timestamp};

/// An entity of any module, as events, jobs and links name it: its typed id in text form.
pub type EntityRef = String;
