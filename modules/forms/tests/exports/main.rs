//! Exports of submissions: what stands in the files, and how they come about.

#[path = "../counting/mod.rs"]
mod counting;
mod files_of;
mod life;
mod schedules;
mod world;
