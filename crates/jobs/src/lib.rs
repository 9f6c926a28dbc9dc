//! The durable queue on the primary database: a job is enqueued in the transaction that needs it,
//! claimed under a lease, fenced, retried with back-off, and kept as a dead letter when it cannot be done.
//!
//! There is no inline mode: what is asynchronous is asynchronous everywhere.

mod context;
mod enqueue;
mod failure;
mod registry;
mod schedule;
mod store;

pub use context::{JobContext, current_request, with_request};
pub use enqueue::{Job, JobId, NewJob, When, enqueue, enqueue_many};
pub use failure::Failure;
pub use registry::Registry;
pub use schedule::Schedule;
pub use store::MIGRATIONS;
