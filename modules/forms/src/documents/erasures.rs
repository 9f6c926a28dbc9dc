//! What the API document says of erasures.

use utoipa::ToSchema;
use web::Operation;

use crate::erasures::{create::NewErasure, json::ErasureJson};

/// A page of erasures.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct ErasurePage {
    data: Vec<ErasureJson>,
    next_cursor: Option<String>,
}

const ERASURES: &str = "Erasures";

pub(crate) fn create() -> Operation {
    Operation::new(ERASURES, "Look for one person's data")
        .describe(
            "A job looks through the submissions of all forms, also archived and deleted ones, in every tray, and through \
             what was copied of them: exports, imports, the logs of webhooks and mails, events. Theirs is a submission in \
             which an answer, or a value of its metadata, is the address as a whole. Nothing is deleted before `run`, \
             unless `at_once` is set. A search that nobody acts on is forgotten after a week.",
        )
        .body::<NewErasure>()
        .reply::<ErasureJson>(202, "A job looks for them.")
        .problem(409, "A search for this person is not over yet.")
        .problem(422, "This is no address, or the text is too short.")
}

pub(crate) fn list() -> Operation {
    Operation::new(ERASURES, "List erasures, newest first")
        .paged()
        .reply::<ErasurePage>(200, "A page of erasures.")
}

pub(crate) fn show() -> Operation {
    Operation::new(ERASURES, "Show an erasure")
        .describe(
            "Ask every second or so until `status` is `found` or `done`, or follow the events of the workspace. Whether a \
             person was erased before is told by `earlier` of a new search for the same address.",
        )
        .reply::<ErasureJson>(200, "The erasure as it is now.")
}

pub(crate) fn run() -> Operation {
    Operation::new(ERASURES, "Erase what was found")
        .describe(
            "A job deletes it for good, and whatever came in since. It goes on where it stopped when it dies. At its end \
             the address is forgotten; its keyed hash and the counts stay.",
        )
        .reply::<ErasureJson>(202, "A job erases it.")
        .problem(409, "The search is not over yet, or it was said already.")
}

pub(crate) fn cancel() -> Operation {
    Operation::new(ERASURES, "Forget a search")
        .describe("Nothing is deleted, and the address is kept no longer.")
        .reply::<ErasureJson>(200, "The search, forgotten.")
        .problem(409, "It is being erased, or is over.")
}
