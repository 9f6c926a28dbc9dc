//! From a request to an action and back.
//!
//! # Layout
//! - [`House`], [`Cx`], [`Change`]: what every action gets: who acts, where, when, and one transaction
//! - [`Viewable`], [`Editable`]: proof that the actor may see or change an entity
//! - [`Module`], [`Routes`]: what a system plugs into the house
//! - [`Gate`], [`Visit`]: who is asking, and the access rule of each route
//! - [`Failure`]: errors as pages, fragments or problem documents
//! - [`Server`]: the whole, assembled

mod address;
mod assets;
mod astray;
mod bounds;
mod change;
mod client;
mod cx;
mod decode;
mod docs;
mod event_rule;
mod failure;
mod finder;
mod first_part;
mod flash;
mod gate;
mod guard;
mod health;
mod idempotency;
mod layers;
mod limits;
mod linger;
mod live_stream;
mod module;
mod moment;
mod navigation;
mod openapi;
mod operation;
mod origin;
mod page;
mod paging;
mod palette;
mod pass;
mod problem;
mod proof;
mod render;
mod routes;
mod serve;
mod server;
mod shared;
mod styleguide;
mod subject;
mod subjects;
mod telemetry;
mod wiring;

pub use address::{InvalidNetwork, Network};
pub use change::{Change, record};
pub use client::ClientAddress;
pub use cx::{Cx, House};
pub use decode::{Form, Json, Pairs, Query, from_json};
pub use event_rule::EventRule;
pub use failure::{Failure, Reply};
pub use finder::{Action, Finder, Finding};
pub use flash::tell;
pub use gate::{Credential, Gate, Person, Tenant, Visitor};
pub use guard::{Access, Visit};
pub use idempotency::{KeptReply, forget_reply, kept_replies, register_jobs};
pub use limits::LimitSettings;
pub use module::{JobRegistry, Module};
pub use moment::moment;
pub use navigation::Navigation;
pub use openapi::document as openapi;
pub use operation::Operation;
pub use origin::{InvalidPublicUrl, PublicUrl, origin};
pub use page::{created, done, json, no_content, refused, see_other, shell_page, with_status};
pub use paging::{Page, Paging};
pub use pass::Pass;
pub use problem::Problem;
pub use proof::{Editable, Entity, Viewable};
pub use routes::{Route, RouteInfo, Routes};
pub use serve::{ServeSettings, serve};
pub use server::{Server, migrations};
pub use shared::ServerSettings;
pub use subject::{Subject, Subjects};
pub use telemetry::{check_filter, start_logging, start_metrics};
pub use wiring::Wiring;
