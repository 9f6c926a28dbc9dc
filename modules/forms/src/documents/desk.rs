//! What the API document says of the desk's calls.

use serde_json::json;
use utoipa::ToSchema;
use web::Operation;

use crate::submissions::{
    activity::ActivityJson,
    bulk_actions::BulkActionJson,
    bulk_start::NewBulkAction,
    commenting::CommentText,
    comments::Comment,
    json::SubmissionJson,
    retention::Retention,
    spam::SpamMark,
    statuses::{OwnStatuses, StatusList},
    tags::TagList,
    update::SubmissionChange,
};

const DESK: &str = "Work on submissions";

/// A page of a submission's history.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct ActivityPage {
    data: Vec<ActivityJson>,
    next_cursor: Option<String>,
}

/// A page of comments.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct CommentPage {
    data: Vec<Comment>,
    next_cursor: Option<String>,
}

/// The filter over submissions, as every list of them takes it.
pub(crate) fn filtered(operation: Operation) -> Operation {
    let text = || json!({"type": "string"});
    operation
        .query(
            "tray",
            "Only those that lie here; without it, all that are open or archived.",
            json!({"type": "string", "enum": ["open", "archived", "spam", "bin", "kept"]}),
        )
        .query("status", "Only those with this status; again for another.", text())
        .query("assignee", "Only those of this member, or `nobody`'s; again for another.", text())
        .query("tag", "Only those with this tag; again for another.", text())
        .query("source", "Only those that came in this way; again for another.", text())
        .query(
            "visit_source",
            "Only those whose sender came to the hosted page from here, such as `newsletter`; again for another.",
            text(),
        )
        .query(
            "version",
            "Only those that answer this version of the form; again for another.",
            json!({"type": "integer"}),
        )
        .query(
            "until",
            "Only those received before this time (RFC 3339), or up to this day.",
            text(),
        )
        .query(
            "answers.KEY",
            "Only those whose answer to the field KEY is this, or holds it; again for another. Likewise \
             `answers.KEY.min` and `answers.KEY.max` for numbers, dates and times, `answers.KEY.words`, and \
             `answers.KEY.answered` (true or false); `answers.KEY.other=true` for an answer of one's own beside \
             the options.",
            text(),
        )
        .query("view", "Those of this view, in its order; then nothing else says what is listed.", text())
        .query("order", "Which come first.", json!({"type": "string", "enum": ["newest", "oldest"]}))
        .query(
            "columns",
            "What the page of the list shows, in this order, with commas between. It is checked, and changes \
             nothing of what the API answers.",
            text(),
        )
}

fn of_submission(summary: &'static str) -> Operation {
    Operation::new(DESK, summary).reply::<SubmissionJson>(200, "The submission as it is now.")
}

pub(crate) fn update() -> Operation {
    of_submission("Change status, assignee or tags").body::<SubmissionChange>()
}

pub(crate) fn activity() -> Operation {
    Operation::new(DESK, "List what was done with a submission, newest first")
        .paged()
        .reply::<ActivityPage>(200, "A page of its history.")
}

pub(crate) fn archive() -> Operation {
    of_submission("Archive a submission")
}

pub(crate) fn unarchive() -> Operation {
    of_submission("Take a submission out of the archive")
}

pub(crate) fn mark_spam() -> Operation {
    of_submission("Put a submission into spam").body::<SpamMark>()
}

pub(crate) fn release() -> Operation {
    of_submission("Release a submission from spam")
}

pub(crate) fn discard() -> Operation {
    of_submission("Put a submission into the bin")
        .describe("It can be restored for 30 days. `DELETE /api/submissions/{submission}` deletes for good, at once.")
}

pub(crate) fn restore() -> Operation {
    of_submission("Take a submission out of the bin")
        .describe("It goes back to where it lay before.")
}

pub(crate) fn list_statuses() -> Operation {
    Operation::new(DESK, "List the statuses of a form")
        .reply::<StatusList>(200, "New, in progress, the form's own, done.")
}

pub(crate) fn replace_statuses() -> Operation {
    Operation::new(DESK, "Set a form's own statuses")
        .describe("They stand between in progress and done, in this order.")
        .body::<OwnStatuses>()
        .reply::<StatusList>(200, "All statuses as they are now.")
        .problem(409, "Submissions have a status that is not among them.")
}

pub(crate) fn list_tags() -> Operation {
    Operation::new(DESK, "List the tags of the workspace")
        .describe("A tag is made when it is first used.")
        .reply::<TagList>(200, "All tags.")
}

pub(crate) fn list_comments() -> Operation {
    Operation::new(DESK, "List the comments on a submission, oldest first")
        .paged()
        .reply::<CommentPage>(200, "A page of comments.")
}

pub(crate) fn comment() -> Operation {
    Operation::new(DESK, "Comment on a submission")
        .body::<CommentText>()
        .reply::<Comment>(201, "The comment.")
}

pub(crate) fn edit_comment() -> Operation {
    Operation::new(DESK, "Change a comment of one's own")
        .body::<CommentText>()
        .reply::<Comment>(200, "The comment as it is now.")
}

pub(crate) fn delete_comment() -> Operation {
    Operation::new(DESK, "Delete a comment of one's own").empty_reply(204, "It is gone.")
}

pub(crate) fn start_bulk_action() -> Operation {
    Operation::new(DESK, "Do something with many submissions")
        .describe(
            "A job does it, from the newest to the oldest of those that are there now. With a filter it is done to all \
             that the list with that filter shows.",
        )
        .body::<NewBulkAction>()
        .reply::<BulkActionJson>(202, "It has begun.")
}

pub(crate) fn show_bulk_action() -> Operation {
    Operation::new(DESK, "Show how far a bulk action has come")
        .reply::<BulkActionJson>(200, "The bulk action.")
}

pub(crate) fn reverse_bulk_action() -> Operation {
    Operation::new(DESK, "Undo a bulk action")
        .describe(
            "A job puts each submission back to what it was before. One that was changed in between is left alone, and \
             counted as `left_alone`. What may fill the bin again needs the right to delete submissions as well.",
        )
        .reply::<BulkActionJson>(202, "It has begun: a bulk action of its own, which can be undone too.")
        .problem(409, "It is still being done, has changed nothing, or is undone already.")
}

pub(crate) fn show_retention() -> Operation {
    Operation::new(DESK, "Show how long a form keeps its submissions")
        .reply::<Retention>(200, "Days, or null for ever.")
}

pub(crate) fn keep() -> Operation {
    Operation::new(DESK, "Set how long a form keeps its submissions")
        .describe("What is older is deleted for good every night. It needs the right to delete submissions as well.")
        .body::<Retention>()
        .reply::<Retention>(200, "As it is now.")
}
