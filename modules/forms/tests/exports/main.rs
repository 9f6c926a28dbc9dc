//! Exports of submissions and imports of old ones: what stands in the files, and how they come about.

mod back_again;
#[path = "../counting/mod.rs"]
mod counting;
mod files_of;
mod hostile;
mod imports;
mod life;
mod schedules;
mod suggestions;
mod world;
