//! A definition made ready to judge many submissions, shared between threads.

use std::collections::HashMap;

use files::FileId;
use kernel::Fields;

use super::given::Given;
use super::logic::{FieldTold, Logic, Shown, Telling};
use super::problem::Problem;
use super::rules::Rule;
use super::{Answers, Value};
use crate::definition::{Definition, Field};
use crate::limits;
use crate::texts::{Texts, fill};

/// The rules of one form version: compile once, keep in an `Arc`, judge with `&self`.
///
/// An answer's complaints carry the field `answers.KEY`, from the API and from the page alike;
/// `answers` alone stands for the submission as a whole.
#[derive(Debug)]
pub struct Compiled {
    pub(super) questions: Vec<Question>,
    index: HashMap<Box<str>, usize>,
    /// The positions of the fields that take files; most forms have none.
    file_fields: Vec<usize>,
    /// Most forms have none.
    logic: Option<Logic>,
}

/// A file that an answer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached {
    /// The position of the field in the form.
    pub position: usize,
    pub file: FileId,
}

/// One field with its rule.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) key: String,
    pub(super) rule: Rule,
    required: bool,
}

impl Compiled {
    /// Compiles a checked definition; fails only on a pattern that does not compile.
    pub fn new(definition: &Definition) -> Result<Self, Fields> {
        let questions =
            definition.fields.iter().map(Question::new).collect::<Result<Vec<_>, _>>()?;
        let index = questions.iter().enumerate();
        let index = index.map(|(position, question)| (question.key.as_str().into(), position));
        let takes_files = |(position, question): (usize, &Question)| {
            matches!(question.rule, Rule::File { .. }).then_some(position)
        };
        let file_fields = questions.iter().enumerate().filter_map(takes_files).collect();
        let (index, logic) = (index.collect(), Logic::new(definition)?);
        Ok(Compiled { index, file_fields, logic, questions })
    }

    /// Whether anything depends on answers.
    pub(crate) fn has_logic(&self) -> bool {
        self.logic.is_some()
    }

    /// How many patterns it holds.
    pub(crate) fn pattern_count(&self) -> usize {
        let has_pattern = |question: &&Question| match &question.rule {
            Rule::Text(rule) => rule.has_pattern(),
            _ => false,
        };
        self.questions.iter().filter(has_pattern).count()
    }

    /// The files that the answers name.
    pub fn attached(&self, answers: &Answers) -> Vec<Attached> {
        let mut attached = Vec::new();
        for &position in &self.file_fields {
            let Some(Value::List(ids)) = answers.get(&self.questions[position].key) else {
                continue;
            };
            let files = ids.iter().filter_map(|id| id.parse().ok());
            attached.extend(files.map(|file| Attached { position, file }));
        }
        attached
    }

    /// What to say of a file that was uploaded for another question, or is larger than this one takes.
    pub fn no_file_here(&self, attached: Attached) -> Fields {
        let message = "This file was not uploaded for this question.";
        Fields::one(place(&self.questions[attached.position].key), "unknown_file", message)
    }

    /// What to say of a file that cannot be had.
    pub fn unknown_file(&self, Attached { position, file }: Attached) -> Fields {
        let message = format!(
            "There is no file {file} that was uploaded to this form and is not part of a submission yet."
        );
        Fields::one(place(&self.questions[position].key), "unknown_file", message)
    }

    /// The position of a key; `guess` is looked at first, as most senders keep the form's order.
    pub(super) fn position(&self, key: &str, guess: usize) -> Option<usize> {
        match self.questions.get(guess) {
            Some(question) if question.key == key => Some(guess),
            _ => self.index.get(key).copied(),
        }
    }

    /// Judges what was given for each question, in the form's order. What is given for a field that is
    /// not shown is dropped, whatever it is.
    pub(super) fn judge<'a>(
        &self,
        texts: &Texts,
        mut problems: Fields,
        mut given: impl FnMut(usize, &Question) -> Result<Given<'a>, Problem>,
    ) -> Result<Answers, Fields> {
        let mut values = Vec::with_capacity(self.questions.len());
        let mut run = self.logic.as_ref().map(Logic::start);
        for (position, question) in self.questions.iter().enumerate() {
            let given = given(position, question);
            let mut required = question.required;
            if let Some(run) = &mut run {
                let fate = run.next(&question.rule, given.as_ref().ok());
                if !fate.shown {
                    continue;
                }
                required |= fate.required;
            }
            match given.and_then(|given| question.judge(given, required)) {
                Ok(Some(value)) => values.push((question.key.clone(), value)),
                Ok(None) => {}
                Err(problem) => {
                    problems.push(place(&question.key), problem.code(), problem.said(texts));
                }
            }
        }
        problems.into_result()?;
        small_enough(texts, Answers::new(values))
    }

    /// Which fields are shown for what was given.
    pub(super) fn decide<'a>(
        &self,
        mut given: impl FnMut(usize, &Question) -> Result<Given<'a>, Problem>,
    ) -> Shown {
        let Some(mut run) = self.logic.as_ref().map(Logic::start) else { return Shown::all() };
        let fates = self.questions.iter().enumerate().map(|(position, question)| {
            run.next(&question.rule, given(position, question).as_ref().ok())
        });
        Shown::of(fates.collect())
    }

    /// As [`Compiled::decide`], with the reasons; `definition` is what this was compiled from.
    pub(super) fn tell<'a>(
        &self,
        definition: &Definition,
        mut given: impl FnMut(usize, &Question) -> Result<Given<'a>, Problem>,
    ) -> Vec<FieldTold> {
        let mut telling = Telling::start(self.logic.as_ref(), definition);
        for (position, question) in self.questions.iter().enumerate() {
            telling.next(&question.rule, given(position, question).as_ref().ok());
        }
        telling.end()
    }
}

impl Question {
    fn new(field: &Field) -> Result<Self, Fields> {
        let (key, required) = (field.key.clone(), field.required);
        Ok(Question { key, required, rule: Rule::new(field)? })
    }

    fn judge(&self, given: Given, required: bool) -> Result<Option<Value>, Problem> {
        if given.is_absent() {
            return self.absent(required);
        }
        if given.has_nul() {
            return Err(Problem::InvisibleCharacter);
        }
        if required
            && let Given::Text(text) = &given
            && text.trim().is_empty()
        {
            return self.absent(required);
        }
        self.rule.judge(given, required).map(Some)
    }

    fn absent(&self, required: bool) -> Result<Option<Value>, Problem> {
        match &self.rule {
            Rule::Hidden { default: Some(default) } => Ok(Some(Value::Text(default.clone()))),
            Rule::Consent if required => Err(Problem::MustBeAccepted),
            _ if required => Err(Problem::Required),
            _ => Ok(None),
        }
    }
}

/// How a complaint names a question.
pub(super) fn place(key: &str) -> String {
    format!("answers.{key}")
}

/// Bytes of the longest escape in JSON, `\u0000`.
const ESCAPE: usize = 6;

fn small_enough(texts: &Texts, answers: Answers) -> Result<Answers, Fields> {
    // Written as JSON only where it could be too long.
    if answers.weight() * ESCAPE <= limits::ALL_ANSWERS_BYTES
        || answers.to_json().len() <= limits::ALL_ANSWERS_BYTES
    {
        return Ok(answers);
    }
    Err(too_large(texts))
}

pub(super) fn too_large(texts: &Texts) -> Fields {
    let size = texts.size(limits::ALL_ANSWERS_BYTES as u64);
    Fields::one("answers", "too_large", fill(texts.all_too_large, &[("size", &size)]))
}
