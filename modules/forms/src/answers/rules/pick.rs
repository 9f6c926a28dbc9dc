//! Options: one of them, or some of them.

use std::collections::HashSet;

use super::{Answer, no_longer_than};
use crate::answers::problem::Problem;
use crate::definition::{Choice, OTHER};
use crate::{answers::Value, limits};

/// The options of a field.
#[derive(Debug)]
pub(in crate::answers) struct PickRule {
    values: HashSet<Box<str>>,
    /// The options as a refusal names them.
    named: Box<str>,
    pub(in crate::answers) other: bool,
}

impl PickRule {
    pub(super) fn new(options: &[Choice], other: bool) -> Self {
        const NAMED: usize = 10;
        let named: Vec<&str> =
            options.iter().take(NAMED).map(|option| option.value.as_str()).collect();
        let more = if options.len() > NAMED { ", …" } else { "" };
        PickRule {
            values: options.iter().map(|option| option.value.as_str().into()).collect(),
            named: format!("{}{more}", named.join(", ")).into(),
            other,
        }
    }

    /// Whether it is one of the options.
    pub(in crate::answers) fn offers(&self, text: &str) -> bool {
        self.values.contains(text)
    }

    pub(super) fn judge(&self, text: &str) -> Result<String, Problem> {
        if self.values.contains(text) {
            return Ok(text.to_owned());
        }
        // It stands for an own answer on pages; alone it says nothing.
        if !self.other || text.trim().is_empty() || text == OTHER {
            return Err(Problem::NotAnOption(self.named.clone()));
        }
        no_longer_than(text, limits::OTHER_TEXT)?;
        Ok(text.to_owned())
    }
}

/// Judges several picks: each by the rule, and how many there are.
pub(super) fn picks(texts: &[impl AsRef<str>], rule: &PickRule, min: usize, max: usize) -> Answer {
    let count = texts.len();
    if count > max {
        return Err(Problem::TooManyPicks { max, count });
    }
    let mut picked = Vec::with_capacity(count.min(rule.values.len() + 1));
    let (mut seen, mut own) = (HashSet::with_capacity(picked.capacity()), 0);
    for text in texts {
        let pick = rule.judge(text.as_ref())?;
        own += usize::from(!rule.values.contains(pick.as_str()));
        if !seen.insert(text.as_ref()) {
            return Err(Problem::PickedTwice(pick));
        }
        if own > 1 {
            return Err(Problem::OneOwnAnswer);
        }
        picked.push(pick);
    }
    if count < min {
        return Err(Problem::TooFewPicks { min, count });
    }
    Ok(Value::List(picked))
}
