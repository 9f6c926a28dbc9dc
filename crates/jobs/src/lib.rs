//! The durable queue on the primary database: a job is enqueued in the transaction that needs it,
//! claimed under a lease, fenced, retried with back-off, and kept as a dead letter when it cannot be done.
//!
//! There is no inline mode: what is asynchronous is asynchronous everywhere.

mod context;
pub mod desk;
mod drain;
mod enqueue;
mod failure;
mod firing;
mod id;
mod job;
mod letters;
mod registry;
mod request;
mod schedule;
mod store;
mod worker;

pub use context::JobContext;
pub use drain::run_until_idle;
pub use enqueue::{enqueue, enqueue_many};
pub use failure::Failure;
pub use id::JobId;
pub use job::{Job, NewJob, When};
pub use registry::Registry;
pub use request::{current_request, with_request};
pub use schedule::Schedule;
pub use store::MIGRATIONS;
pub use worker::{Worker, WorkerHandle, WorkerSettings};
