//! What programs send is kept apart with its reason, tells nobody, and comes back when someone releases it.

#[path = "../counting/mod.rs"]
mod counting;
mod learning;
mod page;
mod processes;
mod settings;
mod work;
mod world;
