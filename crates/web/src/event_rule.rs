//! Who hears of an event.

use kernel::Permission;

/// A kind of event that not all who follow a workspace hear of, or that changes what they may hear.
#[derive(Debug, Clone, Copy)]
pub struct EventRule {
    pub kind: &'static str,
    /// The right to hear of it; whoever lacks it gets the number alone.
    pub permission: Permission,
    /// Whether the person or key that it is about has other rights from then on, or none.
    pub turns_subject: bool,
}
