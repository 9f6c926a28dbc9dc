//! What the layers around every handler do, tried through whole requests.

mod docs;
mod idempotency;
mod limits;
mod load;
mod styleguide;
mod world;
