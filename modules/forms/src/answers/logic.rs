//! Conditions made ready to be asked: which fields are shown and which must be answered, in one pass.
//!
//! `docs/form-logic.md` says what each test means; `assets/logic.js` is the same in the browser.

mod fold;
mod seen;
mod test;
mod told;

use std::collections::HashMap;

use kernel::Fields;

use super::given::Given;
use super::rules::Rule;
use crate::definition::{Condition, Definition, Field, Kind};

use seen::Seen;
use test::Check;
pub(super) use told::Telling;
pub(crate) use told::{FieldTold, Told};

/// The conditions of a form, by the position of their field.
#[derive(Debug)]
pub(super) struct Logic(Vec<Gate>);

/// What decides about one field.
#[derive(Debug)]
struct Gate {
    show: Option<Node>,
    require: Option<Node>,
    place: Place,
    /// Whether a condition asks for its answer.
    asked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Begins a page.
    Break,
    OnPage,
    /// What is hidden stands on no page.
    Nowhere,
}

/// A condition whose tests know the positions of what they ask.
#[derive(Debug)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Test { position: usize, check: Check },
}

/// What becomes of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    pub shown: bool,
    /// Because of its condition, whatever the field says itself.
    pub required: bool,
}

impl Fate {
    const USUAL: Self = Fate { shown: true, required: false };
}

/// What becomes of every field, for some answers.
#[derive(Debug, Clone, Default)]
pub struct Shown(Vec<Fate>);

impl Shown {
    /// For a form without conditions.
    pub(crate) fn all() -> Self {
        Shown::default()
    }

    pub(super) fn of(fates: Vec<Fate>) -> Self {
        Shown(fates)
    }

    /// What becomes of the field at a position.
    pub fn at(&self, position: usize) -> Fate {
        self.0.get(position).copied().unwrap_or(Fate::USUAL)
    }
}

impl Logic {
    /// None for a form without conditions, which then costs nothing.
    pub(super) fn new(definition: &Definition) -> Result<Option<Self>, Fields> {
        let fields = &definition.fields;
        if fields.iter().all(|field| field.show_if.is_none() && field.require_if.is_none()) {
            return Ok(None);
        }
        let keys = fields.iter().enumerate();
        let keys: HashMap<&str, usize> =
            keys.map(|(position, field)| (field.key.as_str(), position)).collect();
        let compile = |(position, field): (usize, &Field)| {
            let node = |condition: &Option<Condition>| {
                let earlier = |key: &str| keys.get(key).copied().filter(|at| *at < position);
                condition.as_ref().map(|it| Node::new(it, fields, &earlier)).transpose()
            };
            Ok(Gate {
                show: node(&field.show_if)?,
                require: node(&field.require_if)?,
                place: Place::of(&field.kind),
                asked: false,
            })
        };
        let gates: Result<Vec<Gate>, Fields> = fields.iter().enumerate().map(compile).collect();
        let mut gates = gates?;
        let conditions = fields.iter().flat_map(|field| [&field.show_if, &field.require_if]);
        for test in conditions.flatten().flat_map(Condition::tests) {
            if let Some(position) = keys.get(test.field.as_str()) {
                gates[*position].asked = true;
            }
        }
        Ok(Some(Logic(gates)))
    }

    /// Begins before the first field.
    pub(super) fn start(&self) -> Run<'_> {
        Run { logic: self, seen: Vec::with_capacity(self.0.len()), page_shown: true }
    }
}

impl Place {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Page => Place::Break,
            Kind::Hidden(_) => Place::Nowhere,
            _ => Place::OnPage,
        }
    }
}

impl Node {
    fn new(
        condition: &Condition,
        fields: &[Field],
        earlier: &dyn Fn(&str) -> Option<usize>,
    ) -> Result<Self, Fields> {
        let list = |list: &[Condition]| {
            list.iter().map(|part| Node::new(part, fields, earlier)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match condition {
            Condition::All(parts) => Node::All(list(parts)?),
            Condition::Any(parts) => Node::Any(list(parts)?),
            Condition::Not(inner) => Node::Not(Box::new(Node::new(inner, fields, earlier)?)),
            Condition::Test(test) => {
                let unknown = || {
                    let message = format!("No earlier field has the key “{}”.", test.field);
                    Fields::one("fields", "unknown_field", message)
                };
                let position = earlier(&test.field).ok_or_else(unknown)?;
                Node::Test { position, check: Check::new(test, &fields[position].kind) }
            }
        })
    }

    fn holds(&self, seen: &[Option<Seen>]) -> bool {
        match self {
            Node::All(parts) => parts.iter().all(|part| part.holds(seen)),
            Node::Any(parts) => parts.iter().any(|part| part.holds(seen)),
            Node::Not(inner) => !inner.holds(seen),
            Node::Test { position, check } => check.holds(seen[*position].as_ref()),
        }
    }
}

/// One pass over the fields, in the form's order.
pub(super) struct Run<'l> {
    logic: &'l Logic,
    /// The answers so far, as conditions see them: none where a field is not shown.
    seen: Vec<Option<Seen>>,
    page_shown: bool,
}

impl Run<'_> {
    /// What becomes of the next field; what is no answer at all is `None`.
    pub(super) fn next(&mut self, rule: &Rule, given: Option<&Given<'_>>) -> Fate {
        let gate = &self.logic.0[self.seen.len()];
        let own = gate.show.as_ref().is_none_or(|node| node.holds(&self.seen));
        if gate.place == Place::Break {
            self.page_shown = own;
        }
        let shown = own && (self.page_shown || gate.place == Place::Nowhere);
        let required = shown && gate.require.as_ref().is_some_and(|node| node.holds(&self.seen));
        let seen = if shown && gate.asked { Seen::of(rule, given) } else { None };
        self.seen.push(seen);
        Fate { shown, required }
    }
}
