//! Which submissions gave which answer: a bit each, so that a filter looks at answers without reading them.
//!
//! Numbers are cut into blocks of 4,096, and each answer that was given in a block has one row of bits. An
//! answer to an option-like question is a term of its own (`country=DE`), any other only says that there
//! is one (`comment?`); so are an option of one's own and a very long one. What the bits let through is a
//! superset of what is meant, and is read and judged afterwards: they need not be exact, only complete.

pub(crate) mod bits;
pub(crate) mod narrow;
pub(crate) mod store;

use std::collections::HashMap;

use db::Tx;
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

/// The bits of some submissions, by block and term.
#[derive(Default)]
pub(crate) struct Gathered(HashMap<(i64, Term), Bits>);

impl Gathered {
    /// Notes what a submission answered.
    pub(crate) fn add(&mut self, number: i64, answers: &Answers, definition: &Definition) {
        for (key, value) in answers.iter() {
            if is_told_apart(definition.field(key), value) {
                each(value, |part| {
                    let known = is_option(definition.field(key), part);
                    self.set(number, key, if known { term(key, part) } else { unread(key) });
                    false
                });
            } else {
                self.set(number, key, unread(key));
            }
        }
    }

    /// Notes to which version it answered, and how it came in.
    pub(crate) fn add_origin(&mut self, number: i64, version: i64, origin: Origin<'_>) {
        self.set(number, VERSION, term(VERSION, &version.to_string()));
        self.set(number, SOURCE, term(SOURCE, origin.source));
        if let Some(trace) = Trace::of(origin.visit) {
            self.set(number, VISIT, term(VISIT, &trace.source));
        }
    }

    fn set(&mut self, number: i64, field: &str, term: String) {
        let place = (number / BLOCK, (field.to_owned(), term));
        self.0.entry(place).or_default().set(number % BLOCK);
    }
}

/// Adds what was gathered to what is stored; `after` is the number below all of them.
pub(crate) async fn add(tx: &mut Tx, form: FormId, after: i64, new: Gathered) -> Result<()> {
    store::insert_start(tx, form, after + 1).await?;
    let mut blocks: HashMap<i64, Vec<(Term, Bits)>> = HashMap::new();
    for ((block, term), bits) in new.0 {
        blocks.entry(block).or_default().push((term, bits));
    }
    for (block, mut terms) in blocks {
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

/// `country=DE`
fn term(key: &str, value: &str) -> String {
    format!("{key}={value}")
}

/// An answer that is told from others only by reading it.
fn unread(key: &str) -> String {
    format!("{key}?")
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
