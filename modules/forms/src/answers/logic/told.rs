//! Why each field is shown or not: every test with what it saw.

use serde::Serialize;
use serde_json::{Map, Number, Value};
use utoipa::ToSchema;

use super::{Logic, Node, Run};
use crate::answers::given::Given;
use crate::answers::rules::Rule;
use crate::definition::{Condition, Definition, Field, Kind, Operator};

/// What becomes of a field, and why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FieldLogic)]
pub(crate) struct FieldTold {
    pub(crate) key: String,
    pub(crate) shown: bool,
    /// Whether an answer must be given; never when it is not shown.
    pub(crate) required: bool,
    /// The page break whose condition leaves it out.
    pub(crate) left_out_by: Option<String>,
    pub(crate) show_if: Option<Told>,
    pub(crate) require_if: Option<Told>,
}

/// A condition, with each of its tests.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ConditionLogic)]
pub(crate) struct Told {
    pub(crate) holds: bool,
    pub(crate) tests: Vec<TestTold>,
}

/// A test, and the answer that it saw.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = TestLogic)]
pub(crate) struct TestTold {
    /// Where it stands in the document, such as `fields[3].show_if.all[0]`.
    pub(crate) place: String,
    /// The key of the field it asks.
    pub(crate) field: String,
    /// How the answer is tested.
    #[schema(value_type = String, example = "at_least")]
    pub(crate) is: Operator,
    pub(crate) value: Option<Value>,
    /// The answer; null where there is none, or none that has the shape of one.
    pub(crate) answer: Option<Value>,
    pub(crate) holds: bool,
}

/// One pass that keeps what it saw.
pub(in crate::answers) struct Telling<'l> {
    run: Option<Run<'l>>,
    definition: &'l Definition,
    answers: Map<String, Value>,
    left_out_by: Option<String>,
    told: Vec<FieldTold>,
}

impl<'l> Telling<'l> {
    pub(in crate::answers) fn start(logic: Option<&'l Logic>, definition: &'l Definition) -> Self {
        let run = logic.map(Logic::start);
        Telling { run, definition, answers: Map::new(), left_out_by: None, told: Vec::new() }
    }

    pub(in crate::answers) fn next(&mut self, rule: &Rule, given: Option<&Given<'_>>) {
        let position = self.told.len();
        let Some(field) = self.definition.fields.get(position) else { return };
        let told = match &mut self.run {
            None => FieldTold::usual(field),
            Some(run) => {
                let why = Why { run, answers: &self.answers, position };
                let (show_if, require_if) =
                    (why.of(&field.show_if, "show_if"), why.of(&field.require_if, "require_if"));
                let fate = run.next(rule, given);
                if field.kind == Kind::Page {
                    self.left_out_by = (!fate.shown).then(|| field.key.clone());
                }
                let by =
                    self.left_out_by.clone().filter(|_| !fate.shown && field.kind != Kind::Page);
                let by = by.filter(|_| !matches!(field.kind, Kind::Hidden(_)));
                let answered = run.seen[position].is_some();
                if let Some(answer) = given.and_then(readable).filter(|_| answered) {
                    self.answers.insert(field.key.clone(), answer);
                } else if let (true, Kind::Hidden(hidden)) = (answered, &field.kind) {
                    self.answers.insert(field.key.clone(), hidden.default.clone().into());
                }
                FieldTold {
                    key: field.key.clone(),
                    shown: fate.shown,
                    required: fate.shown && (field.required || fate.required),
                    left_out_by: by,
                    show_if,
                    require_if,
                }
            }
        };
        self.told.push(told);
    }

    pub(in crate::answers) fn end(self) -> Vec<FieldTold> {
        self.told
    }
}

impl FieldTold {
    fn usual(field: &Field) -> Self {
        FieldTold {
            key: field.key.clone(),
            shown: true,
            required: field.required,
            left_out_by: None,
            show_if: None,
            require_if: None,
        }
    }
}

/// The conditions of the field at a position, before it has been passed.
struct Why<'a, 'l> {
    run: &'a Run<'l>,
    answers: &'a Map<String, Value>,
    position: usize,
}

impl Why<'_, '_> {
    fn of(&self, condition: &Option<Condition>, name: &str) -> Option<Told> {
        let gate = &self.run.logic.0[self.position];
        let node = if name == "show_if" { &gate.show } else { &gate.require };
        let (condition, node) = (condition.as_ref()?, node.as_ref()?);
        let mut checks = Vec::new();
        node.gather(&mut checks);
        let path = format!("fields[{}].{name}", self.position);
        let tests = condition.places(&path).into_iter().zip(checks);
        let tests = tests.map(|((place, test), node)| TestTold {
            place,
            field: test.field.clone(),
            is: test.is,
            value: test.value.clone(),
            answer: self.answers.get(&test.field).cloned(),
            holds: node.holds(&self.run.seen),
        });
        Some(Told { tests: tests.collect(), holds: node.holds(&self.run.seen) })
    }
}

impl Node {
    /// The tests, in the order of the document.
    fn gather<'n>(&'n self, tests: &mut Vec<&'n Node>) {
        match self {
            Node::Test { .. } => tests.push(self),
            Node::Not(inner) => inner.gather(tests),
            Node::All(parts) | Node::Any(parts) => {
                parts.iter().for_each(|part| part.gather(tests));
            }
        }
    }
}

/// What was given, as the API would say it.
fn readable(given: &Given<'_>) -> Option<Value> {
    Some(match given {
        Given::Text(text) if !text.is_empty() => text.as_ref().into(),
        Given::Number(digits) => digits.parse::<Number>().ok()?.into(),
        Given::Flag(flag) => (*flag).into(),
        Given::List(list) => list.iter().map(|text| Value::from(text.as_ref())).collect(),
        Given::Text(_) | Given::Nothing | Given::Nested => return None,
    })
}
