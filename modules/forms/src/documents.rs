//! What the API document says of this module's calls.

pub(crate) mod desk;
pub(crate) mod erasures;
pub(crate) mod exports;
pub(crate) mod forms;
pub(crate) mod imports;
pub(crate) mod insights;
pub(crate) mod notices;
pub(crate) mod saved_views;

use serde_json::json;
use utoipa::ToSchema;
use web::Operation;

use crate::{
    forms::{NewForm, json::FormJson, update::FormChange},
    submissions::{
        bulk::{BulkItems, BulkReport},
        json::{Receipt, SubmissionJson},
        receive::NewSubmission,
    },
};

/// A page of forms.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct FormPage {
    data: Vec<FormJson>,
    next_cursor: Option<String>,
}

/// A page of submissions.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct SubmissionPage {
    data: Vec<SubmissionJson>,
    next_cursor: Option<String>,
}

pub(crate) const FORMS: &str = "Forms";
const SUBMISSIONS: &str = "Submissions";

pub(crate) fn list_forms() -> Operation {
    Operation::new(FORMS, "List forms, newest first")
        .paged()
        .query("folder", "Those in this folder only.", json!({"type": "string"}))
        .query("archived", "Those put away instead of the others.", json!({"type": "boolean"}))
        .reply::<FormPage>(200, "A page of forms.")
}

pub(crate) fn create_form() -> Operation {
    Operation::new(FORMS, "Make a form")
        .describe("It is a draft until it is published. A downloaded document is a body for this.")
        .body::<NewForm>()
        .reply::<FormJson>(201, "The form.")
}

pub(crate) fn show_form() -> Operation {
    Operation::new(FORMS, "Show a form").reply::<FormJson>(200, "The form.")
}

pub(crate) fn update_form() -> Operation {
    Operation::new(FORMS, "Change a form")
        .describe("What is published stays as it is until the next publication.")
        .body::<FormChange>()
        .reply::<FormJson>(200, "The form as it is now.")
        .problem(409, "Someone else changed it at the same moment.")
}

pub(crate) fn delete_form() -> Operation {
    Operation::new(FORMS, "Delete a form and all its submissions").empty_reply(204, "It is gone.")
}

pub(crate) fn test_logic() -> Operation {
    Operation::new(FORMS, "Try the conditions of a form")
        .describe(
            "What becomes of each field of the form as it stands now, for answers that need be neither complete \
             nor right; and why: every test with the answer that it saw. Nothing is stored.",
        )
        .body::<crate::forms::logic::LogicTest>()
        .reply::<crate::forms::logic::LogicReport>(200, "Every field, in order.")
}

pub(crate) fn publish() -> Operation {
    Operation::new(FORMS, "Publish a form")
        .describe("Freezes the fields as the next version, unless nothing has changed, and takes submissions from now on.")
        .reply::<FormJson>(200, "The form as it is now.")
        .problem(409, "Someone else changed it at the same moment.")
}

pub(crate) fn close() -> Operation {
    Operation::new(FORMS, "Close a form")
        .describe("It takes no more submissions until it is published again.")
        .reply::<FormJson>(200, "The form as it is now.")
        .problem(409, "Someone else changed it at the same moment.")
}

pub(crate) fn undo() -> Operation {
    Operation::new(FORMS, "Take the last change back")
        .describe("Title, fields and settings are as they were before the newest change that is not taken back. The last 100 changes of a form are kept, up to 2 MiB.")
        .reply::<FormJson>(200, "The form as it is now.")
        .problem(409, "There is no change left, or someone else changed the form at the same moment.")
}

pub(crate) fn redo() -> Operation {
    Operation::new(FORMS, "Make a change again that was taken back")
        .describe("Possible until something else is changed.")
        .reply::<FormJson>(200, "The form as it is now.")
        .problem(
            409,
            "There is no change left, or someone else changed the form at the same moment.",
        )
}

pub(crate) fn receive() -> Operation {
    Operation::new(SUBMISSIONS, "Send a submission")
        .describe(
            "Validated before anything is stored; 201 means that it is on disk. Answers to questions that are not \
             shown (`show_if`) are dropped without a complaint. With an idempotency key (header, or \
             `idempotency_key` in the body) a repeat answers 200 with the first receipt.",
        )
        .header("Idempotency-Key", "1 to 200 visible ASCII characters; unique in the form for ever.", json!({"type": "string"}))
        .body::<NewSubmission>()
        .reply::<Receipt>(201, "It is stored.")
        .reply::<Receipt>(200, "It was stored before, under the same key; `Idempotent-Replayed: true`.")
        .problem(409, "The key was used for other content.")
        .problem(410, "The form takes no submissions at the moment.")
}

pub(crate) fn bulk() -> Operation {
    Operation::new(SUBMISSIONS, "Send many submissions")
        .describe(
            "A JSON list (at most 32 MiB), or one submission a line as `application/x-ndjson` of any length. Each item \
             succeeds or fails by itself; every accepted one is on disk when the reply comes. Should the request break \
             off, what came before is stored: send it again with the same keys. A key stands in its item, and the \
             header `Idempotency-Key` is refused here. When the first 1,000 lines are no JSON, the request ends there. A line: \
             `{\"idempotency_key\": \"order-1041\", \"answers\": {\"email\": \"ada@example.com\"}}`",
        )
        .body::<BulkItems>()
        .lines_of::<NewSubmission>()
        .reply::<BulkReport>(200, "What became of each item, in order.")
        .problem(410, "The form takes no submissions at the moment.")
}

pub(crate) fn list_submissions() -> Operation {
    let operation = Operation::new(SUBMISSIONS, "List submissions of a form, newest first")
        .describe(
            "A page may be short, or empty, and yet lead on by `next_cursor`: when its submissions are large (about \
             4 MiB), and when a filter without an index has been looked for long enough.",
        )
        .paged()
        .query(
            "since",
            "Only those received at or after this time (RFC 3339): for pulls of what is new. Take the `received_at` \
             of the newest one that you have; it comes again, and its id tells.",
            json!({"type": "string", "format": "date-time"}),
        )
        .query(
            "q",
            "Only those that contain all these words, of which the last may be a beginning, or that have this number.",
            json!({"type": "string", "maxLength": 500}),
        );
    desk::filtered(operation).reply::<SubmissionPage>(200, "A page of submissions.")
}

pub(crate) fn show_submission() -> Operation {
    Operation::new(SUBMISSIONS, "Show a submission").reply::<SubmissionJson>(200, "The submission.")
}

pub(crate) fn delete_submission() -> Operation {
    Operation::new(SUBMISSIONS, "Delete a submission for good")
        .describe("At once, with its files and its history. `POST …/deletion` puts it into the bin instead.")
        .empty_reply(204, "It is gone.")
}
