//! Conditions: on which earlier answers a field is shown, and on which it must be answered.
//!
//! What each test means is written down once, in `docs/form-logic.md`; `answers/logic` and
//! `assets/logic.js` do what it says, and a test holds them against each other.

mod browser;
mod words;

use serde::Serialize;
use serde_json::Value;

use super::Kind;

/// How deep a condition may be nested; a single test is 1 deep.
pub(crate) const DEEPEST: usize = 8;
/// The most tests of one condition.
pub(crate) const MOST_TESTS: usize = 50;
/// The most tests of a form.
pub(crate) const MOST_TESTS_OF_FORM: usize = 1_000;
/// The most values that one test may compare with.
pub(crate) const MOST_VALUES: usize = 100;

/// A tree of tests. In JSON `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a test.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    #[serde(untagged)]
    Test(Test),
}

/// One question put to one earlier answer: `{"field": "age", "is": "at_least", "value": 18}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Test {
    /// The key of an earlier field.
    pub field: String,
    pub is: Operator,
    /// What it is compared with; `_other` means an answer that is none of the options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// How an answer is tested. Each `not_…` and `none_of` is the exact opposite of its counterpart, and so
/// holds where nothing was answered; all others do not hold there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    Answered,
    NotAnswered,
    Equals,
    NotEquals,
    OneOf,
    NoneOf,
    AnyOf,
    AllOf,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,
    Less,
    AtMost,
    More,
    AtLeast,
    Before,
    OnOrBefore,
    After,
    OnOrAfter,
    Accepted,
    NotAccepted,
}

/// With what an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compares {
    WithNothing,
    WithOne,
    WithSeveral,
}

use Operator::*;

const TEXT: &[Operator] = &[
    Equals,
    NotEquals,
    OneOf,
    NoneOf,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,
    Answered,
    NotAnswered,
];
const NUMBER: &[Operator] =
    &[Equals, NotEquals, OneOf, NoneOf, Less, AtMost, More, AtLeast, Answered, NotAnswered];
const MOMENT: &[Operator] =
    &[Equals, NotEquals, Before, OnOrBefore, After, OnOrAfter, Answered, NotAnswered];
const PICK: &[Operator] = &[Equals, NotEquals, OneOf, NoneOf, Answered, NotAnswered];
const PICKS: &[Operator] = &[Contains, NotContains, AnyOf, AllOf, NoneOf, Answered, NotAnswered];
const FLAG: &[Operator] = &[Equals, NotEquals, Answered, NotAnswered];
const CONSENT: &[Operator] = &[Accepted, NotAccepted, Answered, NotAnswered];
const FILE: &[Operator] = &[Answered, NotAnswered];

impl Operator {
    /// All of them, in the order in which people are offered them.
    pub const ALL: [Operator; 22] = [
        Equals,
        NotEquals,
        OneOf,
        NoneOf,
        Contains,
        NotContains,
        AnyOf,
        AllOf,
        StartsWith,
        EndsWith,
        Less,
        AtMost,
        More,
        AtLeast,
        Before,
        OnOrBefore,
        After,
        OnOrAfter,
        Accepted,
        NotAccepted,
        Answered,
        NotAnswered,
    ];

    /// Those that fit a type of field; none for what nobody answers.
    pub fn of(kind: &Kind) -> &'static [Operator] {
        match kind {
            Kind::ShortText(_) | Kind::LongText(_) | Kind::Email(_) | Kind::Phone => TEXT,
            Kind::Hidden(_) => TEXT,
            Kind::Number(_) | Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => NUMBER,
            Kind::Date(_) | Kind::Time => MOMENT,
            Kind::Choice(_) | Kind::Dropdown(_) => PICK,
            Kind::Choices(_) => PICKS,
            Kind::YesNo => FLAG,
            Kind::Consent(_) => CONSENT,
            Kind::File(_) => FILE,
            Kind::Section | Kind::Page => &[],
        }
    }

    /// The operator's name in JSON, such as `at_least`.
    pub fn name(self) -> &'static str {
        match self {
            Answered => "answered",
            NotAnswered => "not_answered",
            Equals => "equals",
            NotEquals => "not_equals",
            OneOf => "one_of",
            NoneOf => "none_of",
            AnyOf => "any_of",
            AllOf => "all_of",
            Contains => "contains",
            NotContains => "not_contains",
            StartsWith => "starts_with",
            EndsWith => "ends_with",
            Less => "less",
            AtMost => "at_most",
            More => "more",
            AtLeast => "at_least",
            Before => "before",
            OnOrBefore => "on_or_before",
            After => "after",
            OnOrAfter => "on_or_after",
            Accepted => "accepted",
            NotAccepted => "not_accepted",
        }
    }

    /// The operator of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.name() == name)
    }

    /// With what it compares.
    pub fn compares(self) -> Compares {
        match self {
            Answered | NotAnswered | Accepted | NotAccepted => Compares::WithNothing,
            OneOf | NoneOf | AnyOf | AllOf => Compares::WithSeveral,
            _ => Compares::WithOne,
        }
    }

    /// Whether it holds exactly where its counterpart does not.
    pub fn is_negative(self) -> bool {
        matches!(self, NotAnswered | NotEquals | NoneOf | NotContains | NotAccepted)
    }
}

impl Condition {
    /// Every test in it, in the order of the document.
    pub fn tests(&self) -> Vec<&Test> {
        self.places("").into_iter().map(|(_, test)| test).collect()
    }

    /// Every test with its place, where the condition itself stands at `path`.
    pub fn places(&self, path: &str) -> Vec<(String, &Test)> {
        match self {
            Condition::Test(test) => vec![(path.to_owned(), test)],
            Condition::Not(inner) => inner.places(&format!("{path}.not")),
            Condition::All(parts) => of_parts(parts, &format!("{path}.all")),
            Condition::Any(parts) => of_parts(parts, &format!("{path}.any")),
        }
    }
}

fn of_parts<'a>(parts: &'a [Condition], path: &str) -> Vec<(String, &'a Test)> {
    let parts = parts.iter().enumerate();
    parts.flat_map(|(index, part)| part.places(&format!("{path}[{index}]"))).collect()
}
