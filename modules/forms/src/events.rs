//! The facts of this module.

use events::Event;
use kernel::{EntityRef, WorkspaceId};
use serde::Serialize;

use crate::ids::{FolderId, FormId};

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
    pub FormClosed, "form.closed" { title: String });
form_event!(/// The document of an earlier version became the draft.
    pub(crate) FormRestored, "form.restored" { title: String, version: i64 });
form_event!(/// It was put out of sight.
    pub(crate) FormArchived, "form.archived" { title: String });
form_event!(/// It is in sight again.
    pub(crate) FormUnarchived, "form.unarchived" { title: String });
form_event!(/// It was laid into a folder, or taken out of all.
    pub(crate) FormFiled, "form.filed" { title: String });
form_event!(/// It has other statuses of its own.
    pub(crate) FormStatusesChanged, "form.statuses_changed" { keys: Vec<String> });
form_event!(/// It keeps its submissions for so many days, or for ever.
    pub(crate) FormRetentionChanged, "form.retention_changed" { days: Option<i64> });
form_event!(/// It was deleted with all its submissions.
    pub(crate) FormDeleted, "form.deleted" { title: String });
form_event!(/// Submissions were stored: those numbered `from..=to`, less what was a repeat; one event a batch.
    pub SubmissionReceived, "submission.received" { from: i64, to: i64, count: usize });
form_event!(/// Submissions became countable and searchable.
    pub SubmissionsProcessed, "submissions.processed" { to: i64, submission_count: i64 });
form_event!(/// Submissions were deleted for good.
    pub SubmissionDeleted, "submission.deleted" { submission_ids: Vec<String>, submission_count: i64 });

// What is done with submissions at the desk; one event for all that it was done with at once.
form_event!(/// They have another status.
    pub(crate) SubmissionStatusChanged, "submission.status_changed" { submission_ids: Vec<String>, status: String });
form_event!(/// They were given to a member, or to nobody.
    pub(crate) SubmissionAssigned, "submission.assigned" { submission_ids: Vec<String>, assignee: Option<String> });
form_event!(/// They have more tags, or fewer.
pub(crate) SubmissionTagged, "submission.tagged" {
    submission_ids: Vec<String>, added: Vec<String>, removed: Vec<String>
});
form_event!(/// They were put away.
    pub(crate) SubmissionArchived, "submission.archived" { submission_ids: Vec<String> });
form_event!(/// They were put apart as spam.
    pub(crate) SubmissionMarkedSpam, "submission.marked_spam" { submission_ids: Vec<String>, reason: Option<String> });
form_event!(/// They were put into the bin.
    pub(crate) SubmissionDiscarded, "submission.discarded" { submission_ids: Vec<String> });
form_event!(/// They were taken out of archive, spam or bin.
    pub(crate) SubmissionRestored, "submission.restored" { submission_ids: Vec<String> });
form_event!(/// Someone wrote a comment.
    pub(crate) SubmissionCommented, "submission.commented" { submission_id: String, comment_id: String });
form_event!(/// Someone changed a comment of theirs.
    pub(crate) CommentChanged, "submission.comment_changed" { submission_id: String, comment_id: String });
form_event!(/// Someone deleted a comment of theirs.
    pub(crate) CommentDeleted, "submission.comment_deleted" { submission_id: String, comment_id: String });
form_event!(/// A bulk action has come further, or to its end.
pub(crate) BulkActionProgressed, "bulk_action.progressed" {
    bulk_action_id: String, changed: i64, finished: bool
});

form_event!(/// A view of its submissions was saved.
    pub(crate) SavedViewCreated, "saved_view.created" { view_id: String, name: String });
form_event!(/// A view has another name, shows something else, or stands elsewhere among the others.
    pub(crate) SavedViewChanged, "saved_view.changed" { view_id: String, name: String });
form_event!(/// A view was deleted; what it showed stays.
    pub(crate) SavedViewDeleted, "saved_view.deleted" { view_id: String, name: String });

macro_rules! folder_event {
    ($(#[$meta:meta])* $name:ident, $kind:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Serialize)]
        pub(crate) struct $name {
            pub(crate) folder_id: FolderId,
            pub(crate) name: String,
        }

        impl Event for $name {
            const KIND: &'static str = $kind;

            fn subject(&self) -> EntityRef {
                self.folder_id.to_string()
            }
        }
    };
}

folder_event!(/// A folder was made.
    FolderCreated, "form_folder.created");
folder_event!(/// A folder was renamed.
    FolderRenamed, "form_folder.renamed");
folder_event!(/// A folder was deleted; its forms stay.
    FolderDeleted, "form_folder.deleted");

form_event!(/// Somebody, or a schedule, asked for an export.
    pub(crate) ExportRequested, "export.requested" { export_id: String, format: &'static str });
form_event!(/// So many rows of an export are written; once a second at most.
    pub(crate) ExportProgressed, "export.progressed" { export_id: String, rows_done: i64 });
form_event!(/// The file of an export is there.
    pub ExportFinished, "export.finished" { export_id: String, rows: i64, bytes: i64 });
form_event!(/// An export could not be made.
    pub ExportFailed, "export.failed" { export_id: String, error: String });
form_event!(/// Somebody stopped an export.
    pub(crate) ExportCancelled, "export.cancelled" { export_id: String });
form_event!(/// An export was deleted with its file.
    pub(crate) ExportDeleted, "export.deleted" { export_id: String });
form_event!(/// A standing order for exports was given or taken back.
    pub(crate) ExportScheduleChanged, "export_schedule.changed" { schedule_id: String });
form_event!(/// What it sends by mail was changed.
    pub(crate) FormNoticeChanged, "form.notice_changed" { kind: &'static str, enabled: bool });

form_event!(/// Somebody sent a file of old answers.
    pub(crate) ImportCreated, "import.created" { import_id: String, name: String });
form_event!(/// Its columns go elsewhere, or its values are read otherwise.
    pub(crate) ImportChanged, "import.changed" { import_id: String });
form_event!(/// Somebody asked for its rows to be checked, stored or taken back.
    pub(crate) ImportStarted, "import.started" { import_id: String, task: &'static str });
form_event!(/// So many of its rows are done; once a second at most.
    pub(crate) ImportProgressed, "import.progressed" { import_id: String, rows_done: i64 });
form_event!(/// All of its rows are done.
pub(crate) ImportFinished, "import.finished" {
    import_id: String, task: &'static str, rows_stored: i64, rows_refused: i64
});
form_event!(/// It could not be gone on with.
    pub(crate) ImportFailed, "import.failed" { import_id: String, error: String });
form_event!(/// Somebody stopped it.
    pub(crate) ImportCancelled, "import.cancelled" { import_id: String });
form_event!(/// It was deleted with its file; what it stored stays.
    pub(crate) ImportDeleted, "import.deleted" { import_id: String });

macro_rules! erasure_event {
    ($(#[$meta:meta])* $name:ident, $kind:literal { $($field:ident: $type:ty),* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Serialize)]
        pub(crate) struct $name {
            pub(crate) workspace_id: WorkspaceId,
            pub(crate) erasure_id: String,
            $(pub(crate) $field: $type,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;

            fn subject(&self) -> EntityRef {
                self.workspace_id.to_string()
            }
        }
    };
}

erasure_event!(/// Somebody asked for one person's data.
    ErasureRequested, "erasure.requested" {});
erasure_event!(/// So many submissions were looked at; once a second at most.
    ErasureProgressed, "erasure.progressed" { looked: i64 });
erasure_event!(/// It is known what would go.
    ErasureFound, "erasure.found" { submissions: i64 });
erasure_event!(/// Somebody said the word: it is being erased.
    ErasureStarted, "erasure.started" {});
erasure_event!(/// It is gone.
    ErasureFinished, "erasure.finished" { submissions: i64 });
erasure_event!(/// It could not be gone on with.
    ErasureFailed, "erasure.failed" {});
erasure_event!(/// The search was forgotten; nothing was deleted.
    ErasureCancelled, "erasure.cancelled" {});

/// Answers are counted by the days of another time zone.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InsightZoneChanged {
    pub(crate) workspace_id: WorkspaceId,
    pub(crate) time_zone: String,
}

impl Event for InsightZoneChanged {
    const KIND: &'static str = "insights.zone_changed";

    fn subject(&self) -> EntityRef {
        self.workspace_id.to_string()
    }
}

/// What only those hear of who may erase.
pub(crate) const OF_ERASURES: [&str; 7] = [
    ErasureRequested::KIND,
    ErasureProgressed::KIND,
    ErasureFound::KIND,
    ErasureStarted::KIND,
    ErasureFinished::KIND,
    ErasureFailed::KIND,
    ErasureCancelled::KIND,
];
