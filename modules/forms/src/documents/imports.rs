//! What the API document says of imports.

use utoipa::ToSchema;
use web::Operation;

use crate::imports::{
    change::ImportChange,
    json::{ErrorJson, ImportJson},
};

/// A page of imports.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct ImportPage {
    data: Vec<ImportJson>,
    next_cursor: Option<String>,
}

/// A page of errors.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct ImportErrorPage {
    data: Vec<ErrorJson>,
    next_cursor: Option<String>,
}

const IMPORTS: &str = "Imports";

pub(crate) fn create() -> Operation {
    Operation::new(IMPORTS, "Send a file of old answers")
        .describe(
            "Up to 1 GiB of CSV, whose first line names the columns, or of JSON lines: plain objects, or the lines of an \
             export. The file is kept for a week. The answer says what columns it has and suggests where they go, by \
             their names or by what stands in them, and how dates are written where the first rows show it; nothing is imported before `run`. UTF-8, UTF-16 and Windows-1252 are recognised. Files that people sent \
             with their answers cannot be imported.",
        )
        .query("name", "What the file is called; else `Content-Disposition` says it.", serde_json::json!({"type": "string"}))
        .body_as::<String>("text/csv")
        .body_as::<String>("application/x-ndjson")
        .reply::<ImportJson>(201, "The file is here.")
        .problem(409, "The form was never published.")
        .problem(413, "The file is larger than 1 GiB.")
        .problem(415, "It is of another type.")
        .problem(422, "It is no table: empty, without rows, not text, or with two columns of one name.")
}

pub(crate) fn list() -> Operation {
    Operation::new(IMPORTS, "List imports of a form, newest first")
        .paged()
        .reply::<ImportPage>(200, "A page of imports.")
}

pub(crate) fn show() -> Operation {
    Operation::new(IMPORTS, "Show an import")
        .describe("Ask every second or so until `status` is `done`, or follow the events of the workspace.")
        .reply::<ImportJson>(200, "The import as it is now.")
}

pub(crate) fn update() -> Operation {
    Operation::new(IMPORTS, "Say where columns go and how values are read")
        .describe("What was checked before counts no longer.")
        .body::<ImportChange>()
        .reply::<ImportJson>(200, "The import as it is now.")
        .problem(409, "It is at work, or rows of it are stored.")
}

pub(crate) fn check() -> Operation {
    Operation::new(IMPORTS, "Check all rows of an import")
        .describe(
            "A job judges every row by the rules of the published form and stores none. What only the moment of storing \
             can tell, it does not: whether places are left, and whether two rows of the file are of one person.",
        )
        .reply::<ImportJson>(202, "It waits for its turn.")
        .problem(409, "It is at work, rows of it are stored, or ten imports are at work already.")
        .problem(410, "The file has had its time.")
}

pub(crate) fn run() -> Operation {
    Operation::new(IMPORTS, "Import the rows")
        .describe(
            "A job stores the rows that the rules take, each once, also when it dies and begins again; the others are \
             among the errors. A form that is closed takes them; a limit of submissions and one answer a person hold. \
             Webhooks are told of none of them, and nobody gets mail. One that was stopped, or failed, goes on where it \
             stopped.",
        )
        .reply::<ImportJson>(202, "It waits for its turn.")
        .problem(409, "It is at work, was imported already, or ten imports are at work already.")
        .problem(410, "The file has had its time.")
}

pub(crate) fn cancel() -> Operation {
    Operation::new(IMPORTS, "Stop an import that waits or is at work")
        .describe("What is stored by then stays, until a removal takes it back.")
        .reply::<ImportJson>(200, "The import, stopped.")
        .problem(409, "It is not at work.")
}

pub(crate) fn remove() -> Operation {
    Operation::new(IMPORTS, "Take back what an import stored")
        .describe("A job deletes those submissions for good. Afterwards the import can be changed and run again.")
        .reply::<ImportJson>(202, "It waits for its turn.")
        .problem(409, "It is at work, or has stored nothing.")
}

pub(crate) fn errors() -> Operation {
    Operation::new(IMPORTS, "List what is wrong with rows")
        .describe(
            "In the order of the file. The first 10,000 are kept; `rows_refused` counts all rows.",
        )
        .paged()
        .reply::<ImportErrorPage>(200, "A page of errors.")
}

pub(crate) fn refused_rows() -> Operation {
    Operation::new(IMPORTS, "Fetch the rows that were refused")
        .describe(
            "As a file like the one that was sent, with the reason beside each row, to be mended and sent alone. Holds the \
             rows whose errors are kept.",
        )
        .text_reply(200, "CSV or JSON lines.", "application/octet-stream")
        .problem(410, "The file has had its time.")
}

pub(crate) fn delete() -> Operation {
    Operation::new(IMPORTS, "Delete an import with its file and its errors")
        .describe("What it stored stays, and can no longer be taken back by it. One that is at work is stopped.")
        .empty_reply(204, "It is gone.")
}
