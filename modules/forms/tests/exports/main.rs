//! Exports of submissions: what stands in the files, and how they come about.

mod files_of;
mod life;
mod schedules;
mod world;
