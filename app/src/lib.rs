//! The program as a library, so that tests can assemble it.

pub mod bench_jobs;
pub mod config;
pub mod demo;
pub mod house;
pub mod master_key;
pub mod modules;
pub mod run;
pub mod wiring;
