//! Erasing one person's data: what is found, what goes for good, and what stays.

mod afterwards;
mod catalog;
mod everything;
mod going_on;
mod others;
mod racing;
mod steps;
mod world;
