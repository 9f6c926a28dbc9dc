//! Insights: a form's answers in figures, kept by day and month while they come in.

pub(crate) mod asked;
pub(crate) mod bars;
pub(crate) mod catch_up;
pub(crate) mod figures;
pub(crate) mod latest;
pub(crate) mod report;
pub(crate) mod show;
pub(crate) mod views;
pub(crate) mod visits;
pub(crate) mod zone;
