//! Every address of the module.

use files::FileId;

use crate::ids::{
    BulkActionId, CommentId, ErasureId, ExportId, ExportScheduleId, FolderId, FormId, ImportId,
    SavedViewId, SubmissionId,
};

/// The call that shows a form.
pub(crate) fn api_form(id: FormId) -> String {
    format!("/api/forms/{id}")
}

/// The call that shows a submission.
pub(crate) fn api_submission(id: SubmissionId) -> String {
    format!("/api/submissions/{id}")
}

/// The hosted page.
pub(crate) fn hosted(public_id: &str) -> String {
    format!("/f/{public_id}")
}

/// The part of an address, and the input, that says who is invited.
pub(crate) const INVITED: &str = "_invited";

/// The part of a preview's address that names the field that is worked on: its page is shown.
pub(crate) const WORKED_ON: &str = "_field";

/// The hosted page for someone who is invited.
pub(crate) fn invitation(public_id: &str, invitation: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair(INVITED, invitation)
        .finish();
    format!("/f/{public_id}?{query}")
}

/// What was made of a picture that a form shows, by the name of that.
pub(crate) fn hosted_rendition(public_id: &str, file: FileId, name: &str) -> String {
    format!("/f/{public_id}/pictures/{file}/{name}")
}

/// The same for those who make the form.
pub(crate) fn form_rendition(slug: &str, id: FormId, file: FileId, name: &str) -> String {
    format!("/w/{slug}/forms/{id}/pictures/{file}/{name}")
}

/// The look of a form; takes a POST.
pub(crate) fn theme(slug: &str, id: FormId) -> String {
    format!("/w/{slug}/forms/{id}/theme")
}

/// Takes a POST with the picture for a place, `logo` or `cover`.
pub(crate) fn theme_picture(slug: &str, id: FormId, place: &str) -> String {
    format!("/w/{slug}/forms/{id}/theme/{place}")
}

/// Takes the picture of a place away.
pub(crate) fn theme_picture_removal(slug: &str, id: FormId, place: &str) -> String {
    format!("/w/{slug}/forms/{id}/theme/{place}/removal")
}

/// Where uploads to a form begin.
pub(crate) fn uploads(public_id: &str) -> String {
    format!("/f/{public_id}/uploads")
}

/// An upload that goes on.
pub(crate) fn upload(public_id: &str, file: FileId) -> String {
    format!("/f/{public_id}/uploads/{file}")
}

/// What pages of others load to show a form.
pub(crate) const EMBED: &str = "/embed.js";

/// Where the browser tells that somebody begins; takes a POST.
pub(crate) fn starts(public_id: &str) -> String {
    format!("/f/{public_id}/starts")
}

/// What a respondent sees at the end.
pub(crate) fn thanks(public_id: &str) -> String {
    format!("/f/{public_id}/thanks")
}

/// The forms of a workspace.
pub(crate) fn forms(slug: &str) -> String {
    format!("/w/{slug}/forms")
}

/// The forms of a folder.
pub(crate) fn forms_in(slug: &str, folder: FolderId) -> String {
    format!("/w/{slug}/forms?folder={folder}")
}

/// Where a folder is made.
pub(crate) fn folders(slug: &str) -> String {
    format!("/w/{slug}/form_folders")
}

/// A part of a folder that takes a POST: `name`, `deletion`.
pub(crate) fn folder_part(slug: &str, id: FolderId, part: &str) -> String {
    format!("/w/{slug}/form_folders/{id}/{part}")
}

/// The call that changes a folder.
pub(crate) fn api_folder(id: FolderId) -> String {
    format!("/api/form_folders/{id}")
}

/// The forms put away.
pub(crate) fn archived_forms(slug: &str) -> String {
    format!("/w/{slug}/forms?archived=true")
}

/// The older part of a list of forms.
pub(crate) fn forms_before(
    slug: &str,
    folder: Option<FolderId>,
    archived: bool,
    cursor: &str,
) -> String {
    let folder = folder.map_or_else(String::new, |id| format!("&folder={id}"));
    let archived = if archived { "&archived=true" } else { "" };
    format!("/w/{slug}/forms?cursor={cursor}{folder}{archived}")
}

/// Where a form begins.
pub(crate) fn new_form(slug: &str) -> String {
    format!("/w/{slug}/forms/new")
}

/// Where a form is edited.
pub(crate) fn form(slug: &str, id: FormId) -> String {
    format!("/w/{slug}/forms/{id}")
}

/// The conditions of a form.
pub(crate) fn logic(slug: &str, id: FormId) -> String {
    format!("/w/{slug}/forms/{id}/logic")
}

/// The same, with those of one field open.
pub(crate) fn logic_of(slug: &str, id: FormId, key: &str) -> String {
    format!("/w/{slug}/forms/{id}/logic?field={key}#rule-{key}")
}

/// Where they are tried on answers.
pub(crate) fn logic_test(slug: &str, id: FormId) -> String {
    format!("/w/{slug}/forms/{id}/logic_test")
}

/// A part of a form that takes a POST: `title`, `fields`, `publication`, `closure`, `deletion`.
pub(crate) fn form_part(slug: &str, id: FormId, part: &str) -> String {
    format!("/w/{slug}/forms/{id}/{part}")
}

/// A version of a form.
pub(crate) fn version(slug: &str, id: FormId, version: i64) -> String {
    format!("/w/{slug}/forms/{id}/versions/{version}")
}

/// Makes a version the draft.
pub(crate) fn version_restoration(slug: &str, id: FormId, version: i64) -> String {
    format!("/w/{slug}/forms/{id}/versions/{version}/restoration")
}

/// A field of a form; its key is plain ASCII by rule.
pub(crate) fn field(slug: &str, id: FormId, key: &str) -> String {
    format!("/w/{slug}/forms/{id}/fields/{key}")
}

/// A part of a field that takes a POST: `position`, `type`, `copy`, `trial`, `conditions`, `removal`.
pub(crate) fn field_part(slug: &str, id: FormId, key: &str, part: &str) -> String {
    format!("{}/{part}", field(slug, id, key))
}

/// A form's answers in figures.
pub(crate) fn insights(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/insights")
}

/// What came in for a form.
pub(crate) fn submissions(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/submissions")
}

/// One submission.
pub(crate) fn submission(slug: &str, id: SubmissionId) -> String {
    format!("/w/{slug}/submissions/{id}")
}

/// What takes a POST to work on a submission: `status`, `assignment`, `tags`, `archival`, `spam`,
/// `deletion`, `restoration`, `purge`.
pub(crate) fn submission_part(slug: &str, id: SubmissionId, part: &str) -> String {
    format!("/w/{slug}/submissions/{id}/{part}")
}

/// The call that shows a bulk action.
pub(crate) fn api_bulk_action(id: BulkActionId) -> String {
    format!("/api/bulk_actions/{id}")
}

/// Takes a POST to delete for good all that lies in the bin.
pub(crate) fn bin_emptying(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/bin_emptying")
}

/// Takes a POST to take a bulk action back.
pub(crate) fn bulk_action_reversal(slug: &str, id: BulkActionId) -> String {
    format!("/w/{slug}/bulk_actions/{id}/reversal")
}

/// The call that changes a comment.
pub(crate) fn api_comment(id: CommentId) -> String {
    format!("/api/comments/{id}")
}

/// What takes a POST to change a comment: `text`, `deletion`.
pub(crate) fn comment_part(slug: &str, id: CommentId, part: &str) -> String {
    format!("/w/{slug}/comments/{id}/{part}")
}

/// The call that shows a view.
pub(crate) fn api_view(id: SavedViewId) -> String {
    format!("/api/views/{id}")
}

/// Takes a POST to save a view.
pub(crate) fn views(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/views")
}

/// What takes a POST to change a view: `name`, `content`, `position`, `deletion`.
pub(crate) fn view_part(slug: &str, id: SavedViewId, part: &str) -> String {
    format!("/w/{slug}/views/{id}/{part}")
}

/// Where the columns of the list are chosen.
pub(crate) fn columns(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/columns")
}

/// Begins a bulk action.
pub(crate) fn bulk_actions(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/bulk_actions")
}

/// A form's statuses, and how long it keeps submissions; takes a POST for its own statuses.
pub(crate) fn statuses(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/statuses")
}

/// Tells what came in since.
pub(crate) fn arrivals(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/submissions/arrivals")
}

/// A file that came with a submission.
pub(crate) fn submission_file(slug: &str, id: SubmissionId, file: &str) -> String {
    format!("/w/{slug}/submissions/{id}/files/{file}")
}

/// Where a key that may only send submissions is made; the page belongs to the system of keys.
pub(crate) fn keys_to_send(slug: &str) -> String {
    format!("/w/{slug}/settings/keys?preset=send#new-key")
}

/// The call that shows an export.
pub(crate) fn api_export(id: ExportId) -> String {
    format!("/api/exports/{id}")
}

/// The call that fetches its file.
pub(crate) fn api_export_file(id: ExportId) -> String {
    format!("/api/exports/{id}/file")
}

/// The call that lists a form's schedules.
pub(crate) fn api_export_schedules(form: FormId) -> String {
    format!("/api/forms/{form}/export-schedules")
}

/// What was and will be exported of a form; takes a POST for a new one.
pub(crate) fn exports(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/exports")
}

/// A part of an export: `file`, `cancellation`, `deletion`.
pub(crate) fn export_part(slug: &str, id: ExportId, part: &str) -> String {
    format!("/w/{slug}/exports/{id}/{part}")
}

/// Takes a POST for a new schedule.
pub(crate) fn export_schedules(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/export-schedules")
}

/// Takes a schedule away.
pub(crate) fn export_schedule_deletion(slug: &str, id: ExportScheduleId) -> String {
    format!("/w/{slug}/export-schedules/{id}/deletion")
}

/// The call that shows an import.
pub(crate) fn api_import(id: ImportId) -> String {
    format!("/api/imports/{id}")
}

/// What was brought into a form; takes a POST with a file.
pub(crate) fn imports(slug: &str, form: FormId) -> String {
    format!("/w/{slug}/forms/{form}/imports")
}

/// One import.
pub(crate) fn import(slug: &str, id: ImportId) -> String {
    format!("/w/{slug}/imports/{id}")
}

/// A part of an import: `refused_rows`; takes a POST: `mapping`, `check`, `run`, `removal`, `cancellation`,
/// `deletion`.
pub(crate) fn import_part(slug: &str, id: ImportId, part: &str) -> String {
    format!("/w/{slug}/imports/{id}/{part}")
}

/// The call that shows an erasure.
pub(crate) fn api_erasure(id: ErasureId) -> String {
    format!("/api/erasures/{id}")
}

/// Who was erased; takes a POST with whom to look for.
pub(crate) fn erasures(slug: &str) -> String {
    format!("/w/{slug}/erasures")
}

/// One erasure.
pub(crate) fn erasure(slug: &str, id: ErasureId) -> String {
    format!("/w/{slug}/erasures/{id}")
}

/// What takes a POST on an erasure: `run`, `cancellation`.
pub(crate) fn erasure_part(slug: &str, id: ErasureId, part: &str) -> String {
    format!("/w/{slug}/erasures/{id}/{part}")
}
