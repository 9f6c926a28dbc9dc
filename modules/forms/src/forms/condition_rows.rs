//! The parts of a condition that are changed on the page: what it decides, and its rows of tests.

use crate::{
    definition::{Condition, Field, Test},
    pages::sent,
};

/// What a condition decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Show,
    Require,
}

impl When {
    /// That of the form that was sent.
    pub(crate) fn sent(pairs: &[(String, String)]) -> Self {
        match sent(pairs, "condition") {
            Some("require_if") => When::Require,
            _ => When::Show,
        }
    }

    /// As the document calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            When::Show => "show_if",
            When::Require => "require_if",
        }
    }

    /// As the page calls it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            When::Show => "Show when",
            When::Require => "Must be answered when",
        }
    }

    /// The condition that the field has.
    pub(crate) fn of(self, field: &Field) -> Option<&Condition> {
        match self {
            When::Show => field.show_if.as_ref(),
            When::Require => field.require_if.as_ref(),
        }
    }
}

/// A condition that is nothing but a list of tests.
pub(crate) struct Rows {
    /// One of them is enough.
    pub(crate) any: bool,
    pub(crate) tests: Vec<Test>,
}

impl Rows {
    /// None of what is nested.
    pub(crate) fn of(condition: Option<&Condition>) -> Option<Self> {
        let (any, parts) = match condition {
            None => (false, &[][..]),
            Some(Condition::Test(test)) => {
                return Some(Rows { any: false, tests: vec![test.clone()] });
            }
            Some(Condition::All(parts)) => (false, parts.as_slice()),
            Some(Condition::Any(parts)) => (true, parts.as_slice()),
            Some(Condition::Not(_)) => return None,
        };
        let test = |part: &Condition| match part {
            Condition::Test(test) => Some(test.clone()),
            _ => None,
        };
        Some(Rows { any, tests: parts.iter().map(test).collect::<Option<_>>()? })
    }

    /// Without tests there is no condition.
    pub(crate) fn condition(self) -> Option<Condition> {
        let tests: Vec<Condition> = self.tests.into_iter().map(Condition::Test).collect();
        match (tests.is_empty(), self.any) {
            (true, _) => None,
            (false, true) => Some(Condition::Any(tests)),
            (false, false) => Some(Condition::All(tests)),
        }
    }
}
