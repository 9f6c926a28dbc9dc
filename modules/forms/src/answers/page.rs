//! Answers from a page: names and texts as a browser sends them.

use std::borrow::Cow;

use kernel::Fields;

use super::compiled::{Compiled, Question, too_large};
use super::given::Given;
use super::problem::Problem;
use super::rules::{PickRule, Rule};
use super::{Answers, FieldTold, Shown};
use crate::definition::{Definition, OTHER};
use crate::{limits, texts::Texts};

/// One text of a page: for which question, and whether it is the one beside "Other".
#[derive(Clone, Copy)]
struct Sent<'a> {
    position: usize,
    is_other: bool,
    text: &'a str,
}

impl Compiled {
    /// Judges the pairs of a page; names the form does not know are the page's own business.
    ///
    /// Of a field with one answer the last text counts, so that a hidden input may stand before a
    /// checkbox. `KEY=_other` takes the text of `KEY.other`.
    pub fn from_form(&self, pairs: &[(String, String)]) -> Result<Answers, Fields> {
        self.judge_page(Texts::english(), pairs)
    }

    /// The same, with what is wrong told in another language.
    pub(crate) fn judge_page(
        &self,
        texts: &Texts,
        pairs: &[(String, String)],
    ) -> Result<Answers, Fields> {
        let mut sent = self.known(pairs);
        if sent.sent.iter().map(|sent| sent.text.len()).sum::<usize>() > limits::RECEIVED_BYTES {
            return Err(too_large(texts));
        }
        self.judge(texts, Fields::new(), |position, question| sent.given(position, question))
    }

    /// Which fields are shown to someone who has sent this.
    pub fn shown(&self, pairs: &[(String, String)]) -> Shown {
        if !self.has_logic() {
            return Shown::all();
        }
        let mut sent = self.known(pairs);
        self.decide(|position, question| sent.given(position, question))
    }

    /// What becomes of each field, and why.
    pub(crate) fn told_of_form(
        &self,
        definition: &Definition,
        pairs: &[(String, String)],
    ) -> Vec<FieldTold> {
        let mut sent = self.known(pairs);
        self.tell(definition, |position, question| sent.given(position, question))
    }

    /// What a page sent, in the form's order.
    fn known<'a>(&self, pairs: &'a [(String, String)]) -> Page<'a> {
        let mut guess = 0;
        let mut known = Vec::with_capacity(pairs.len());
        for (name, text) in pairs {
            let key = name.strip_suffix(".other");
            let Some(position) = self.position(key.unwrap_or(name), guess) else { continue };
            guess = position + 1;
            known.push(Sent { position, is_other: key.is_some(), text });
        }
        known.sort_by_key(|sent| sent.position);
        Page { sent: known, passed: 0 }
    }
}

/// What was sent for questions that have not come yet.
struct Page<'a> {
    sent: Vec<Sent<'a>>,
    passed: usize,
}

impl<'a> Page<'a> {
    fn given(&mut self, position: usize, question: &Question) -> Result<Given<'a>, Problem> {
        let rest = &self.sent[self.passed..];
        let count = rest.iter().take_while(|sent| sent.position == position).count();
        self.passed += count;
        question.on_page(&rest[..count])
    }
}

impl Question {
    fn on_page<'a>(&self, sent: &[Sent<'a>]) -> Result<Given<'a>, Problem> {
        match &self.rule {
            Rule::Nothing => Ok(Given::Nothing),
            Rule::Pick(pick) => one_pick(sent, pick),
            Rule::Picks { pick, .. } => some_picks(sent, pick),
            Rule::File { .. } => Ok(Given::List(answered(sent).map(Cow::Borrowed).collect())),
            Rule::Text(rule) if rule.keeps_edges => Ok(last(sent).map_or(Given::Nothing, as_text)),
            Rule::Hidden { .. } => Ok(last(sent).map_or(Given::Nothing, as_text)),
            _ => Ok(last(sent).map_or(Given::Nothing, |text| as_text(text.trim()))),
        }
    }
}

fn as_text(text: &str) -> Given<'_> {
    Given::Text(Cow::Borrowed(text))
}

fn last<'a>(sent: &[Sent<'a>]) -> Option<&'a str> {
    sent.iter().rev().find(|sent| !sent.is_other).map(|sent| sent.text)
}

fn answered<'a>(sent: &[Sent<'a>]) -> impl Iterator<Item = &'a str> {
    sent.iter().filter(|sent| !sent.is_other && !sent.text.is_empty()).map(|sent| sent.text)
}

/// The text beside "Other", if there is one.
fn own_text<'a>(sent: &[Sent<'a>], pick: &PickRule) -> Option<&'a str> {
    let beside = sent.iter().rev().find(|sent| sent.is_other && pick.other);
    beside.map(|sent| sent.text.trim()).filter(|text| !text.is_empty())
}

fn nothing_beside_other<T>() -> Result<T, Problem> {
    Err(Problem::OwnAnswerRequired)
}

/// The text beside "Other" counts only while that is chosen: otherwise it is out of sight, left over.
fn one_pick<'a>(sent: &[Sent<'a>], pick: &PickRule) -> Result<Given<'a>, Problem> {
    let chosen = last(sent).unwrap_or_default();
    match own_text(sent, pick) {
        Some(own) if chosen == OTHER => Ok(as_text(own)),
        None if pick.other && chosen == OTHER => nothing_beside_other(),
        _ => Ok(as_text(chosen)),
    }
}

/// As [`one_pick`], with any number of options beside it.
fn some_picks<'a>(sent: &[Sent<'a>], pick: &PickRule) -> Result<Given<'a>, Problem> {
    let other = pick.other && answered(sent).any(|text| text == OTHER);
    let own = own_text(sent, pick).filter(|_| other);
    if other && own.is_none() {
        return nothing_beside_other();
    }
    let chosen = answered(sent).filter(|text| !pick.other || *text != OTHER);
    Ok(Given::List(chosen.chain(own).map(Cow::Borrowed).collect()))
}
