//! From a filter to the numbers that its facets leave over.

use std::collections::HashMap;

use db::Tx;
use kernel::Result;

use super::{
    SOURCE, VERSION, VISIT,
    bits::{BLOCK, Bits},
    store, term, unread,
};
use crate::{
    ids::FormId,
    submissions::filter::{Condition, Filter},
};

/// What a filter asks of one field, in terms.
enum Question {
    /// One of these.
    Terms(Vec<String>),
    /// Whatever the condition takes.
    Any(Condition),
    /// No answer at all.
    None,
}

/// The facets of a form that a filter asks for, with the bits of the blocks looked at last.
pub(crate) struct Facets {
    form: FormId,
    questions: Vec<(String, Question)>,
    /// What the bits are complete for: from this number,
    pub(crate) least: i64,
    /// and up to this one.
    pub(crate) most: i64,
    known: HashMap<i64, Bits>,
}

/// Blocks that are remembered.
const KEPT: usize = 256;

impl Facets {
    /// None when the filter asks for none, or none are there.
    pub(crate) async fn of(
        tx: &mut Tx,
        form: FormId,
        filter: &Filter,
        processed_to: i64,
    ) -> Result<Option<Self>> {
        let questions = questions(filter);
        if questions.is_empty() {
            return Ok(None);
        }
        let Some(least) = store::find_start(tx, form).await? else { return Ok(None) };
        Ok(Some(Facets { form, questions, least, most: processed_to, known: HashMap::new() }))
    }

    /// The numbers of the blocks from `first` to `last` that may be meant, in order.
    pub(crate) async fn numbers(&mut self, tx: &mut Tx, first: i64, last: i64) -> Result<Vec<i64>> {
        self.look(tx, first, last).await?;
        let mut numbers = Vec::new();
        for block in first..=last {
            if let Some(bits) = self.known.get(&block) {
                numbers.extend(bits.offsets().map(|offset| block * BLOCK + offset));
            }
        }
        numbers.retain(|number| (self.least..=self.most).contains(number));
        Ok(numbers)
    }

    /// Leaves out of some numbers those that cannot be meant.
    pub(crate) async fn narrow(&mut self, tx: &mut Tx, numbers: &mut Vec<i64>) -> Result<()> {
        let inside = |number: &&i64| (self.least..=self.most).contains(*number);
        let mut blocks: Vec<i64> = numbers.iter().filter(inside).map(|it| it / BLOCK).collect();
        blocks.sort_unstable();
        blocks.dedup();
        for run in blocks.chunk_by(|one, next| next - one <= 2) {
            if run.iter().any(|block| !self.known.contains_key(block)) {
                self.look(tx, run[0], run[run.len() - 1]).await?;
            }
        }
        let (least, most, known) = (self.least, self.most, &self.known);
        numbers.retain(|number| {
            !(least..=most).contains(number)
                || known.get(&(number / BLOCK)).is_none_or(|bits| bits.has(number % BLOCK))
        });
        Ok(())
    }

    async fn look(&mut self, tx: &mut Tx, first: i64, last: i64) -> Result<()> {
        if self.known.len() > KEPT {
            self.known.clear();
        }
        for block in first..=last {
            self.known.insert(block, Bits::full());
        }
        for (field, question) in &self.questions {
            let range = (first, last);
            let rows = match question {
                Question::Terms(terms) => {
                    store::list_terms(tx, self.form, field, terms, range).await?
                }
                _ => store::list_field(tx, self.form, field, range).await?,
            };
            let mut answered: HashMap<i64, Bits> = HashMap::new();
            for (block, term, text) in rows {
                if question.takes(field, &term) {
                    answered.entry(block).or_default().unite(&Bits::from_text(&text));
                }
            }
            for block in first..=last {
                let mut bits = answered.remove(&block).unwrap_or_default();
                if matches!(question, Question::None) {
                    bits.invert();
                }
                self.known.entry(block).or_insert_with(Bits::full).intersect(&bits);
            }
        }
        Ok(())
    }
}

impl Question {
    fn takes(&self, field: &str, found: &str) -> bool {
        match self {
            Question::Terms(_) | Question::None => true,
            Question::Any(condition) => match found[field.len()..].strip_prefix('=') {
                Some(value) => condition.holds_text(value),
                // It has to be read.
                None => true,
            },
        }
    }
}

fn questions(filter: &Filter) -> Vec<(String, Question)> {
    let mut questions = Vec::new();
    let mut ask = |field: &str, terms: Vec<String>| {
        if !terms.is_empty() {
            questions.push((field.to_owned(), Question::Terms(terms)));
        }
    };
    ask(SOURCE, filter.sources.iter().map(|it| term(SOURCE, it)).collect());
    ask(VISIT, filter.visit_sources.iter().map(|it| term(VISIT, it)).collect());
    ask(VERSION, filter.versions.iter().map(|it| term(VERSION, &it.to_string())).collect());
    for (key, condition) in &filter.answers {
        let question = match condition {
            Condition::Is(values) => {
                let mut terms: Vec<String> = values.iter().map(|it| term(key, it)).collect();
                terms.push(unread(key));
                Question::Terms(terms)
            }
            Condition::Answered(false) => Question::None,
            Condition::Own => Question::Terms(vec![unread(key)]),
            other => Question::Any(other.clone()),
        };
        questions.push((key.clone(), question));
    }
    questions
}
