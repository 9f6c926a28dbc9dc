//! The facts of this module.

use events::Event;
use kernel::EntityRef;
use serde::Serialize;

use crate::ids::FormId;

macro_rules! form_event {
    ($(#[$meta:meta])* $vis:vis $name:ident, $kind:literal { $($field:ident: $type:ty),* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Serialize)]
        $vis struct $name {
            $vis form_id: FormId,
            $($vis $field: $type,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;

            fn subject(&self) -> EntityRef {
                self.form_id.to_string()
            }
        }
    };
}

form_event!(/// A form was made.
    pub(crate) FormCreated, "form.created" { title: String });
form_event!(/// Title or fields were changed.
    pub(crate) FormUpdated, "form.updated" { title: String });
form_event!(/// A version was frozen and takes submissions.
    pub FormPublished, "form.published" { title: String, version: i64 });
form_event!(/// It takes no more submissions.
    pub(crate) FormClosed, "form.closed" { title: String });
form_event!(/// It was deleted with all its submissions.
    pub(crate) FormDeleted, "form.deleted" { title: String });
form_event!(/// Submissions were stored: those numbered `from..=to`, less what was a repeat; one event a batch.
    pub SubmissionReceived, "submission.received" { from: i64, to: i64, count: usize });
form_event!(/// Submissions became countable and searchable.
    pub(crate) SubmissionsProcessed, "submissions.processed" { to: i64, submission_count: i64 });
form_event!(/// A submission was deleted.
    pub SubmissionDeleted, "submission.deleted" { submission_id: String, submission_count: i64 });
