//! The hosted form: what respondents see, at an address of its own.

pub(crate) mod controls;
