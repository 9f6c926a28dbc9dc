//! The pages of a form, which respondents walk through one at a time.

use kernel::Fields;

use crate::{
    answers::Shown,
    definition::{Condition, Definition, Field, Kind},
};

/// What is shown at a time: the questions between two page breaks.
#[derive(Default)]
pub(crate) struct Step<'a> {
    /// The page break that begins it.
    pub(crate) heading: Option<&'a Field>,
    pub(crate) fields: Vec<&'a Field>,
    /// Where these stand in the form.
    pub(crate) positions: Vec<usize>,
    /// Whether the answers so far lead to it.
    pub(crate) shown: bool,
}

impl Step<'_> {
    /// What stays the same when the form is changed around it: the key of its page break, nothing for the first.
    pub(crate) fn name(&self) -> &str {
        self.heading.map_or("", |heading| &heading.key)
    }

    /// Whether a field stands on it, or begins it.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.heading.iter().chain(&self.fields).any(|field| field.key == key)
    }
}

/// All steps of a form, at least one; counted from 0, those that are not shown among them.
pub(crate) struct Steps<'a>(Vec<Step<'a>>);

impl<'a> Steps<'a> {
    /// Cuts a form at its page breaks. A page on which nothing would be seen is none.
    pub(crate) fn of(definition: &'a Definition) -> Self {
        Steps::shown(definition, &Shown::all())
    }

    /// The same, for someone to whom these fields are shown.
    pub(crate) fn shown(definition: &'a Definition, shown: &Shown) -> Self {
        let mut steps = Vec::new();
        let mut step = Step::default();
        for (position, field) in definition.fields.iter().enumerate() {
            match field.kind {
                Kind::Page => {
                    steps.push(step);
                    step = Step { heading: Some(field), ..Step::default() };
                }
                Kind::Hidden(_) => {}
                _ => {
                    step.fields.push(field);
                    step.positions.push(position);
                    step.shown |= shown.at(position).shown;
                }
            }
        }
        steps.push(step);
        steps.retain(|step| !step.fields.is_empty());
        if steps.is_empty() {
            steps.push(Step::default());
        }
        Steps(steps)
    }

    /// How many are shown, at least one.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().filter(|step| step.shown).count().max(1)
    }

    /// How many there may be, whatever is answered.
    pub(crate) fn most(&self) -> usize {
        self.0.len()
    }

    /// How many are shown up to this one.
    pub(crate) fn place(&self, index: usize) -> usize {
        self.0.iter().take(index + 1).filter(|step| step.shown).count().max(1)
    }

    /// The first one that is shown.
    pub(crate) fn first(&self) -> usize {
        self.0.iter().position(|step| step.shown).unwrap_or(0)
    }

    /// The last one that is shown, which is the only one of most forms.
    pub(crate) fn last(&self) -> usize {
        self.0.iter().rposition(|step| step.shown).unwrap_or(0)
    }

    /// The next one that is shown.
    pub(crate) fn after(&self, index: usize) -> Option<usize> {
        (index + 1..self.0.len()).find(|index| self.0[*index].shown)
    }

    /// The one that is shown before it.
    pub(crate) fn before(&self, index: usize) -> Option<usize> {
        (0..index.min(self.0.len())).rfind(|index| self.0[*index].shown)
    }

    /// Whether one may follow that the answers so far do not lead to: they can only be changed up to here.
    pub(crate) fn may_follow(&self, index: usize) -> bool {
        let here: Vec<&Field> = self.get(index).fields.clone();
        let later = &self.0[(index + 1).min(self.0.len())..];
        let asks = |field: &&Field| {
            let tests = field.show_if.iter().flat_map(Condition::tests);
            tests.into_iter().any(|test| here.iter().any(|it| it.key == test.field))
        };
        later.iter().any(|step| step.heading.iter().chain(&step.fields).any(asks))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Step<'a>> {
        self.0.iter()
    }

    pub(crate) fn get(&self, index: usize) -> &Step<'a> {
        &self.0[index.min(self.0.len() - 1)]
    }

    /// The step that was sent, as its page counts it; a form that says nothing of it was sent as a whole.
    pub(crate) fn sent(&self, number: Option<&str>) -> usize {
        let number = number.and_then(|text| text.parse::<usize>().ok());
        let here = number.map_or(self.last(), |number| number.saturating_sub(1).min(self.last()));
        // One whose number leads nowhere comes from the page before.
        if self.get(here).shown { here } else { self.before(here).unwrap_or_else(|| self.first()) }
    }

    /// The first step up to `here` on which something is wrong; what belongs to no question is wrong here.
    pub(crate) fn first_wrong(&self, problems: &Fields, here: usize) -> Option<usize> {
        let wrong = problems.iter().map(|problem| self.of_problem(&problem.field).unwrap_or(here));
        wrong.filter(|step| *step <= here).min()
    }

    /// What is wrong on a step, and with the form as a whole.
    pub(crate) fn problems_on(&self, step: usize, problems: &Fields) -> Fields {
        let mut here = Fields::new();
        let concern = |field: &str| self.of_problem(field).is_none_or(|at| at == step);
        for problem in problems.iter().filter(|problem| concern(&problem.field)) {
            here.push(&problem.field, "refused", &problem.message);
        }
        here
    }

    fn of_problem(&self, field: &str) -> Option<usize> {
        let key = field.strip_prefix("answers.")?;
        self.0.iter().position(|step| step.fields.iter().any(|field| field.key == key))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Definition {
        let fields = json!([
            {"type": "page", "label": "About you"},
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "origin", "type": "hidden"},
            {"type": "page", "label": "Empty"},
            {"type": "page", "label": "About it"},
            {"type": "section", "label": "Details"},
            {"key": "text", "type": "long_text", "label": "Text"},
            {"type": "page"},
        ]);
        Definition::from_fields(fields).expect("a sound form")
    }

    #[test]
    fn a_form_is_cut_where_there_is_something_to_see() {
        let form = form();
        let steps = Steps::of(&form);
        let labels = |index| steps.get(index).heading.map(|it| it.label.as_str());
        assert_eq!((steps.count(), labels(0), labels(1)), (2, Some("About you"), Some("About it")));
        let hidden = Definition::from_fields(json!([{"type": "hidden", "key": "it"}]));
        assert_eq!(Steps::of(&hidden.expect("sound")).count(), 1);
    }

    #[test]
    fn the_step_that_was_sent_is_never_beyond_the_form() {
        let form = form();
        let steps = Steps::of(&form);
        let sent = [None, Some(""), Some("0"), Some("1"), Some("2"), Some("99"), Some("-1")];
        assert_eq!(sent.map(|number| steps.sent(number)), [1, 1, 0, 0, 1, 1, 1]);
    }

    #[test]
    fn mistakes_belong_to_the_page_of_their_question() {
        let form = form();
        let steps = Steps::of(&form);
        let mut problems = Fields::one("answers.text", "required", "Answer this question.");
        assert_eq!(
            (steps.first_wrong(&problems, 0), steps.first_wrong(&problems, 1)),
            (None, Some(1))
        );
        assert!(steps.problems_on(0, &problems).is_empty());
        problems.push("answers", "too_large", "Shorten them.");
        assert_eq!(steps.first_wrong(&problems, 0), Some(0));
        assert_eq!(steps.problems_on(0, &problems).iter().count(), 1);
    }
}
