//! Why nothing came back, and what that says of whether it was taken.

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The address is not one that we send to.
    Refused(String),
    /// Nothing was sent.
    NotSent(String),
    /// It was sent, in whole or in part, and nobody knows whether it was taken.
    Unknown(String),
}

impl Failure {
    /// For people.
    pub fn message(&self) -> &str {
        match self {
            Failure::Refused(text) | Failure::NotSent(text) | Failure::Unknown(text) => text,
        }
    }
}
