//! The house checks: rules about the shape of the whole code, each with the reason to have it.

mod arrows;
mod circles;
mod engine;
mod exceptions;
mod faces;
mod imports;
mod manifests;
mod modules;
mod plans;
mod rust_text;
mod size;
mod sources;
mod sql;
mod styles;
