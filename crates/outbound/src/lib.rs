//! Requests to addresses that customers name, such as webhooks: to the world outside, never to our own network.
//!
//! # Layout
//! - [`Outbound`]: the client; [`Post`], [`Exchange`], [`Failure`]: what goes out and what became of it
//! - [`Allowed`]: places of our own network that the operator opens
//! - `address.rs`: which addresses are the world's; `connect.rs`: the one way there

mod address;
mod allowed;
mod connect;
mod exchange;
mod failure;
mod target;

pub use address::is_public;
pub use allowed::{Allowed, InvalidPlace};
pub use exchange::{Answer, Exchange, Outbound, Post};
pub use failure::Failure;
pub use target::{Refusal, Target};
