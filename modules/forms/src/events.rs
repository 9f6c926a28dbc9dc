//! The facts of this module.

use events::Event;
use kernel::EntityRef;
use serde::Serialize;

use crate::forms::FormId;

macro_rules! form_event {
    ($(#[$meta:meta])* $name:ident, $kind:literal { $($field:ident: $type:ty),* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Serialize)]
        pub struct $name {
            pub form_id: FormId,
            $(pub $field: $type,)*
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
    FormCreated, "form.created" { title: String });
form_event!(/// Title or fields were changed.
    FormUpdated, "form.updated" { title: String });
form_event!(/// A version was frozen and takes submissions.
    FormPublished, "form.published" { title: String, version: i64 });
form_event!(/// It takes no more submissions.
    FormClosed, "form.closed" { title: String });
form_event!(/// It was deleted with all its submissions.
    FormDeleted, "form.deleted" { title: String });
form_event!(/// Submissions were stored: those numbered `from..=to`, less what was a repeat; one event a batch.
    SubmissionReceived, "submission.received" { from: i64, to: i64, count: usize });
form_event!(/// Submissions became countable and searchable.
    SubmissionsProcessed, "submissions.processed" { to: i64, submission_count: i64 });
form_event!(/// A submission was deleted.
    SubmissionDeleted, "submission.deleted" { submission_id: String });
