//! What becomes of each column of a file: made once, and used for every row.

use std::{collections::HashMap, sync::Arc};

use db::Tx;
use kernel::{Error, Result};

use super::{
    Column, Format, Import, Mapping, Options,
    mapping::{self, Target},
    suggest::Names,
    values::Question,
};
use crate::{
    definition::Kind,
    exports::{
        envelope::is_envelope,
        layout::{self, Questions},
    },
    forms::Form,
    published::Published,
};

/// A column and where it goes.
pub(super) struct Slot {
    pub(super) column: String,
    pub(super) goes: Goes,
}

/// Where a column goes, made ready.
pub(super) enum Goes {
    Answer(Box<Question>),
    SubmittedAt,
    ReceivedAt,
    Metadata,
}

/// How rows become submissions.
pub(super) struct Plan {
    pub(super) form: Arc<Published>,
    pub(super) format: Format,
    pub(super) options: Options,
    /// Of CSV: by the place of the cell; none where the column is left out.
    pub(super) cells: Vec<Option<usize>>,
    /// By the name of the column; none where it is left out.
    pub(super) names: HashMap<String, Option<usize>>,
    pub(super) slots: Vec<Slot>,
    pub(super) own: Names,
    questions: Questions,
}

impl Plan {
    /// Made of what the import says; told field by field when the form has become another since.
    pub(super) async fn of(
        tx: &mut Tx,
        form: &Form,
        published: Arc<Published>,
        import: &Import,
    ) -> Result<Self> {
        let questions = layout::questions_of(tx, form).await?;
        let (columns, mapping) = (import.columns()?, import.mapping()?);
        let definition = &published.frozen.definition;
        mapping::check(&mapping, &columns, import.format(), definition)?;
        mapping::require_answers(&mapping, definition)?;
        let mut plan = Plan {
            own: Names::of(&questions)?,
            form: published,
            format: import.format(),
            options: import.options()?,
            cells: Vec::new(),
            names: HashMap::new(),
            slots: Vec::new(),
            questions,
        };
        plan.map(&columns, mapping)?;
        Ok(plan)
    }

    fn map(&mut self, columns: &[Column], mapping: Mapping) -> Result<()> {
        for (name, word) in mapping {
            let place = match word {
                Some(word) => Some(self.slot(name.clone(), Target::named(&word))?),
                None => None,
            };
            self.names.insert(name, place);
        }
        let place = |column: &Column| self.names.get(&column.name).copied().flatten();
        self.cells = columns.iter().map(place).collect();
        if self.format == Format::Jsonl { self.expect_late_answers() } else { Ok(()) }
    }

    /// An answer that seldom is given may not be in the first lines: it is known by its key.
    fn expect_late_answers(&mut self) -> Result<()> {
        let form = self.form.clone();
        for field in form.frozen.definition.fields.iter().filter(|it| it.kind.is_question()) {
            let key = &field.key;
            if matches!(field.kind, Kind::File(_)) || self.slot_of(key).is_some() {
                continue;
            }
            let doubtful = is_envelope(key) || self.names.contains_key(key);
            let name = if doubtful { format!("answers.{key}") } else { key.clone() };
            if !self.names.contains_key(&name) {
                let place = self.slot(name.clone(), Target::Answer(key.clone()))?;
                self.names.insert(name, Some(place));
            }
        }
        Ok(())
    }

    fn slot(&mut self, column: String, target: Target) -> Result<usize> {
        let goes = match target {
            Target::SubmittedAt => Goes::SubmittedAt,
            Target::ReceivedAt => Goes::ReceivedAt,
            Target::Metadata => Goes::Metadata,
            Target::Answer(key) => {
                let field = self.form.frozen.definition.field(&key).ok_or(Error::NotFound)?;
                let (kind, picks) = (field.kind.clone(), self.questions.options(&key).cloned());
                Goes::Answer(Box::new(Question { key, kind, picks }))
            }
        };
        self.slots.push(Slot { column, goes });
        Ok(self.slots.len() - 1)
    }

    /// The slot that the answers of a question come from.
    pub(super) fn slot_of(&self, key: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| match &slot.goes {
            Goes::Answer(question) => question.key == key,
            _ => false,
        })
    }
}
