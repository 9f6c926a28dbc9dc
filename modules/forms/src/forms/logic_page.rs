//! What the page of a form's conditions is drawn from.

use kernel::Fields;

use super::{Form, condition_rows::When};
use crate::{
    answers::FieldTold,
    definition::{Definition, Field},
    pages::Viewer,
};

/// Stands before the names of all answers, so that no key is mistaken for an input of the page.
pub(crate) const PREFIX: &str = "test.";
/// Everything that a change of a condition replaces.
pub(crate) const CONTAINER: &str = "form-logic";

/// A form, with answers and what these lead to.
pub(crate) struct Page<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    pub(crate) definition: &'a Definition,
    /// Without the prefix.
    pub(crate) pairs: &'a [(String, String)],
    /// One a field, in order.
    pub(crate) told: &'a [FieldTold],
    pub(crate) work: Work<'a>,
}

impl<'a> Page<'a> {
    /// Each field with what becomes of it.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'a Field, &'a FieldTold)> {
        self.definition.fields.iter().zip(self.told)
    }
}

/// What someone does on the page.
#[derive(Clone, Copy, Default)]
pub(crate) struct Work<'a> {
    /// The key of the field whose rows are in view.
    pub(crate) open: Option<&'a str>,
    pub(crate) attempt: Option<&'a Attempt<'a>>,
}

/// A row that is not stored, or not yet: kept, so that nothing chosen is lost.
pub(crate) struct Attempt<'a> {
    pub(crate) key: &'a str,
    pub(crate) when: When,
    pub(crate) pairs: &'a [(String, String)],
    /// By the names of the inputs.
    pub(crate) problems: Fields,
    /// What went wrong beyond single inputs.
    pub(crate) told: String,
}
