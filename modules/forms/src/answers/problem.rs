//! Why one answer is refused.

use std::borrow::Cow;

/// A code for programs and a sentence for people; which field is the caller's to say.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    pub(super) code: &'static str,
    pub(super) message: Cow<'static, str>,
}

impl Problem {
    /// For the refusals.
    pub(super) fn err<T>(
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Result<T, Self> {
        Err(Problem { code, message: message.into() })
    }
}
