//! Webhooks: from what happens here to another program, over a real wire.

mod endpoints;
mod failing;
mod receiver;
mod telling;
mod world;
