//! A house for each test: the real database of either engine, a clock moved by hand, people who
//! click and programs that call, all in one process without a network.
//!
//! # Layout
//! - [`TestApp`]: the house; [`Actor`]: who acts in it; [`Reply`]: what comes back
//! - [`walk`]: every route tried by everyone who must not pass
//! - [`Stream`]: a live stream, event by event
//! - [`plans`]: which statements may walk through much; all others fail the test that runs them

mod actor;
mod app;
mod held;
pub mod plans;
mod reply;
mod stream;
mod walk;

pub use actor::Actor;
pub use app::{Parts, TestApp, TestSettings};
pub use reply::Reply;
pub use stream::{Stream, StreamEvent};
pub use walk::walk;
