//! What the layers around every handler do, tried through whole requests.

mod docs;
mod figures;
mod idempotency;
mod limits;
mod load;
mod manners;
mod streams;
mod styleguide;
mod world;
