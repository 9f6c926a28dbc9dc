//! Forms: what they ask, and what people answer.

pub mod answers;
pub mod definition;
