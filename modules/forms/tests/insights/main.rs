//! Answers in figures: what is counted is what is there, whatever was done in between.

#[path = "../counting/mod.rs"]
mod counting;
mod kept;
mod page;
mod visits;
mod world;
