//! The pages of a form, which respondents walk through one at a time.

use kernel::Fields;

use crate::definition::{Definition, Field, Kind};

/// What is shown at a time: the questions between two page breaks.
#[derive(Default)]
pub(crate) struct Step<'a> {
    /// The page break that begins it.
    pub(crate) heading: Option<&'a Field>,
    pub(crate) fields: Vec<&'a Field>,
}

/// All steps of a form, at least one; counted from 0.
pub(crate) struct Steps<'a>(Vec<Step<'a>>);

impl<'a> Steps<'a> {
    /// Cuts a form at its page breaks. A page on which nothing would be seen is none.
    pub(crate) fn of(definition: &'a Definition) -> Self {
        let mut steps = Vec::new();
        let mut step = Step::default();
        for field in &definition.fields {
            match field.kind {
                Kind::Page => {
                    steps.push(step);
                    step = Step { heading: Some(field), fields: Vec::new() };
                }
                Kind::Hidden(_) => {}
                _ => step.fields.push(field),
            }
        }
        steps.push(step);
        steps.retain(|step| !step.fields.is_empty());
        if steps.is_empty() {
            steps.push(Step::default());
        }
        Steps(steps)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The last one, which is the only one of most forms.
    pub(crate) fn last(&self) -> usize {
        self.0.len() - 1
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Step<'a>> {
        self.0.iter()
    }

    pub(crate) fn get(&self, index: usize) -> &Step<'a> {
        &self.0[index.min(self.last())]
    }

    /// The step that was sent, as its page counts it; a form that says nothing of it was sent as a whole.
    pub(crate) fn sent(&self, number: Option<&str>) -> usize {
        let number = number.and_then(|text| text.parse::<usize>().ok());
        number.map_or(self.last(), |number| number.saturating_sub(1).min(self.last()))
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

/// "Page 2 of 3", for the step at `index`.
pub(crate) fn page_of(index: usize, count: usize) -> String {
    format!("Page {} of {count}", index + 1)
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
