//! One executor over SQLite and PostgreSQL; the only place that knows which engine runs.
//!
//! Stores write one SQL text for both: `$1` parameters, `returning`, `on conflict`, TEXT ids, BIGINT times.
//! What cannot be one text is a pair of files `store/{sqlite,postgres}.rs`, chosen by [`Tx::engine`].

mod apart;
mod array;
mod cache;
mod engine;
mod error;
mod group;
mod insert;
mod migrate;
mod open;
mod postgres;
mod row;
mod signal;
mod sqlite;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;

pub use cache::{Cache, Missed};
pub use engine::Engine;
pub use error::on_unique;
pub use group::{Group, GroupLimits, Weigh};
pub use insert::Insert;
pub use migrate::{Migration, MigrationText, pending};
pub use open::{Db, Settings};
pub use row::{Cell, FromCell, FromRow, Row};
pub use signal::Signal;
pub use statement::{Statement, sql};
pub use tx::Tx;
pub use value::{Json, ToValue, Value};

/// Derives [`trait@FromRow`]: a struct read from the columns that its fields name.
pub use db_derive::FromRow;
