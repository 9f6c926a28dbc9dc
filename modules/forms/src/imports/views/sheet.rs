//! An import with what its page shows beside it.

use kernel::Fields;
use web::Page;

use crate::{
    definition::Definition,
    forms::Form,
    imports::{Column, Import, Mapping, Options, Status, Task, store::ErrorRow},
    pages::{Viewer, sent},
    paths,
};

/// What was chosen, and what is wrong with it.
pub(crate) struct Attempt<'a> {
    pub(crate) pairs: &'a [(String, String)],
    pub(crate) problems: &'a Fields,
}

/// An import with what its page shows beside it.
pub(crate) struct Sheet<'a> {
    pub(crate) viewer: Viewer<'a>,
    /// Whether what was stored may be deleted.
    pub(crate) deletes: bool,
    pub(crate) form: &'a Form,
    pub(crate) import: &'a Import,
    /// The questions that rows are judged by.
    pub(crate) definition: &'a Definition,
    pub(crate) columns: Vec<Column>,
    pub(crate) mapping: Mapping,
    pub(crate) options: Options,
    pub(crate) errors: &'a Page<ErrorRow>,
    /// Whether this is the first part of the errors.
    pub(crate) first: bool,
    pub(crate) attempt: Attempt<'a>,
}

impl Sheet<'_> {
    /// What was sent under a name, or what is there.
    pub(super) fn value(&self, name: &str, there: &str) -> String {
        sent(self.attempt.pairs, name).unwrap_or(there).to_owned()
    }

    /// Whether columns and options may still be chosen.
    pub(super) fn is_open(&self) -> bool {
        let import = self.import;
        !import.is_unfinished() && !import.has_stored() && import.file_id.is_some()
    }

    /// Whether it was looked through and nobody has chosen otherwise since.
    pub(super) fn is_checked(&self) -> bool {
        self.import.task() == Task::Check && self.import.status() == Status::Done
    }

    pub(super) fn part(&self, part: &str) -> String {
        paths::import_part(self.viewer.slug, self.import.id, part)
    }
}
