//! Erasing one person's data: what is found, what goes for good, and what stays.

mod catalog;
mod everything;
mod going_on;
mod others;
mod steps;
mod world;
