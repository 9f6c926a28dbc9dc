//! What the API document says of exports and their schedules.

use utoipa::ToSchema;
use web::Operation;

use crate::exports::{
    NewExport,
    json::{ExportJson, ScheduleJson},
    schedule::NewSchedule,
};

/// A page of exports.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct ExportPage {
    data: Vec<ExportJson>,
    next_cursor: Option<String>,
}

/// All schedules of a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct ExportSchedulePage {
    data: Vec<ScheduleJson>,
    /// Always null: there are at most twenty.
    next_cursor: Option<String>,
}

const EXPORTS: &str = "Exports";

pub(crate) fn create() -> Operation {
    Operation::new(EXPORTS, "Export submissions")
        .describe(
            "Answers at once; a job writes the file, oldest submission first, with all that had come in when the \
             job began. Nothing is ever cut off. Columns unite all versions of the form: a question is its key, \
             the newest label names it, and questions that the newest version has no more come last. For pulls of \
             what is new send `since` with `last_number` of the export before.",
        )
        .body::<NewExport>()
        .reply::<ExportJson>(202, "It waits for its turn.")
        .problem(409, "Ten exports of the workspace are being made already.")
}

pub(crate) fn list() -> Operation {
    Operation::new(EXPORTS, "List exports of a form, newest first")
        .paged()
        .reply::<ExportPage>(200, "A page of exports.")
}

pub(crate) fn show() -> Operation {
    Operation::new(EXPORTS, "Show an export")
        .describe("Ask every second or so until `status` is `done`, or follow the events of the workspace.")
        .reply::<ExportJson>(200, "The export as it is now.")
}

pub(crate) fn file() -> Operation {
    Operation::new(EXPORTS, "Fetch the file of an export")
        .describe("Takes one `Range` of bytes, and `If-Range` with the `ETag`, to go on after a broken connection.")
        .text_reply(200, "The file.", "application/octet-stream")
        .text_reply(206, "The part that was asked for.", "application/octet-stream")
        .problem(409, "There is no file: it is not done yet, failed or was cancelled.")
        .problem(410, "It has had its time.")
        .empty_reply(416, "The file has no such part.")
}

pub(crate) fn cancel() -> Operation {
    Operation::new(EXPORTS, "Stop an export that waits or runs")
        .reply::<ExportJson>(200, "The export, cancelled.")
        .problem(409, "It is over already.")
}

pub(crate) fn delete() -> Operation {
    Operation::new(EXPORTS, "Delete an export with its file")
        .describe("One that still runs is stopped by it.")
        .empty_reply(204, "It is gone.")
}

pub(crate) fn list_schedules() -> Operation {
    Operation::new(EXPORTS, "List the schedules of a form")
        .reply::<ExportSchedulePage>(200, "All of them, the oldest first.")
}

pub(crate) fn create_schedule() -> Operation {
    Operation::new(EXPORTS, "Export by a schedule")
        .describe(
            "Fires once, however many processes run; what was missed in a standstill is made up for once. Where the \
             clocks skip the time of day it fires after the gap, where they show it twice at the first.",
        )
        .body::<NewSchedule>()
        .reply::<ScheduleJson>(201, "The schedule.")
        .problem(409, "The form has twenty schedules already.")
}

pub(crate) fn delete_schedule() -> Operation {
    Operation::new(EXPORTS, "Delete a schedule")
        .empty_reply(204, "It is gone; what it brought stays.")
}
