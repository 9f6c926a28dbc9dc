//! Which submissions gave which answer: a bit each, so that a filter looks at answers without reading them.
//!
//! Numbers are cut into blocks of 4,096, and each answer that was given in a block has one row of bits. An
//! answer to an option-like question is a term of its own (`country=DE`), any other only says that there
//! is one (`comment?`); so are an option of one's own and a very long one. What the bits let through is a
//! superset of what is meant, and is read and judged afterwards: they need not be exact, only complete.

pub(crate) mod bits;
pub(crate) mod narrow;
pub(crate) mod store;

use std::collections::BTreeMap;

use db::Tx;
use hashbrown::HashMap;
use kernel::Result;

use self::bits::{BLOCK, Bits};
use super::{
    filter::each,
    trace::{Origin, Trace},
};
use crate::{
    answers::{Answers, Value},
    definition::{Definition, Field, Kind},
    ids::FormId,
};

/// The pseudo field of the form's version.
const VERSION: &str = "@version";
/// The pseudo field of the way in.
const SOURCE: &str = "@source";
/// The pseudo field of where a visit came from.
const VISIT: &str = "@visit";
/// Bytes of a value that is a term of its own.
const LONGEST: usize = 200;

/// A field and the term of one of its answers.
pub(crate) type Term = (String, String);

/// The bits of some submissions.
#[derive(Default)]
pub(crate) struct Gathered {
    blocks: BTreeMap<i64, OfBlock>,
    /// The term at hand, so that only those that are new are texts of their own.
    term: String,
}

/// By field and term.
type OfBlock = HashMap<String, HashMap<String, Bits>>;

impl Gathered {
    /// Notes what a submission answered.
    pub(crate) fn add(&mut self, number: i64, answers: &Answers, definition: &Definition) {
        for (key, value) in answers.iter() {
            let field = definition.field(key);
            if is_told_apart(field, value) {
                each(value, |part| {
                    self.set(number, key, is_option(field, part).then_some(part));
                    false
                });
            } else {
                self.set(number, key, None);
            }
        }
    }

    /// Notes to which version it answered, and how it came in.
    pub(crate) fn add_origin(&mut self, number: i64, version: i64, origin: Origin<'_>) {
        self.set(number, VERSION, Some(&version.to_string()));
        self.set(number, SOURCE, Some(origin.source));
        if let Some(trace) = Trace::of(origin.visit) {
            self.set(number, VISIT, Some(&trace.source));
        }
    }

    /// Notes one value, or that there is one.
    fn set(&mut self, number: i64, field: &str, value: Option<&str>) {
        self.term.clear();
        write_term(&mut self.term, field, value);
        let of_block = self.blocks.entry(number / BLOCK).or_default();
        let terms = of_block.entry_ref(field).or_default();
        terms.entry_ref(self.term.as_str()).or_default().set(number % BLOCK);
    }
}

/// Adds what was gathered to what is stored; `after` is the number below all of them.
pub(crate) async fn add(tx: &mut Tx, form: FormId, after: i64, new: Gathered) -> Result<()> {
    store::insert_start(tx, form, after + 1).await?;
    for (block, fields) in new.blocks {
        let mut terms: Vec<(Term, Bits)> = fields.into_iter().flat_map(of_field).collect();
        let names = terms.iter().map(|((_, term), _)| term.as_str()).collect();
        let stored = store::list_bits(tx, form, block, names).await?;
        for ((_, term), bits) in &mut terms {
            if let Some(known) = stored.get(term) {
                bits.unite(known);
            }
        }
        store::save_bits(tx, form, block, terms).await?;
    }
    Ok(())
}

fn of_field((field, terms): (String, HashMap<String, Bits>)) -> impl Iterator<Item = (Term, Bits)> {
    terms.into_iter().map(move |(term, bits)| ((field.clone(), term), bits))
}

/// The values of a field that are told apart.
pub(crate) async fn list_values(tx: &mut Tx, form: FormId, key: &str) -> Result<Vec<String>> {
    let names = store::list_names(tx, form, key).await?;
    let beginning = term(key, "");
    let value = |(name,): (String,)| Some(name.strip_prefix(&beginning)?.to_owned());
    Ok(names.into_iter().filter_map(value).collect())
}

/// Forgets a value that no submission has.
pub(crate) async fn delete_value(tx: &mut Tx, form: FormId, key: &str, value: &str) -> Result<()> {
    store::delete_term(tx, form, key, &term(key, value)).await
}

/// `country=DE`, or `comment?` of an answer that is told from others only by reading it.
fn write_term(to: &mut String, key: &str, value: Option<&str>) {
    to.push_str(key);
    match value {
        Some(value) => to.extend(["=", value]),
        None => to.push('?'),
    }
}

fn term(key: &str, value: &str) -> String {
    let mut term = String::new();
    write_term(&mut term, key, Some(value));
    term
}

fn unread(key: &str) -> String {
    let mut term = String::new();
    write_term(&mut term, key, None);
    term
}

fn is_told_apart(field: Option<&Field>, value: &Value) -> bool {
    let option_like = field.is_some_and(|field| {
        matches!(
            field.kind,
            Kind::Choice(_)
                | Kind::Choices(_)
                | Kind::Dropdown(_)
                | Kind::Scale(_)
                | Kind::Rating(_)
                | Kind::Nps
                | Kind::YesNo
                | Kind::Consent(_)
        )
    });
    option_like && !matches!(value, Value::Decimal(_))
}

/// Whether a value is one of a few: an answer of one's own beside the options is not.
fn is_option(field: Option<&Field>, value: &str) -> bool {
    let options = field.map_or(&[][..], |field| field.kind.options());
    value.len() <= LONGEST
        && (options.is_empty() || options.iter().any(|option| option.value == value))
}
