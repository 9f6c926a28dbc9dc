//! What the API document says of each call.

use serde_json::json;
use web::Operation;

use crate::jobs::{
    json::{DeadLetters, Overview},
    retries::{Retried, RetryAll},
};

const TAG: &str = "Operator";
const NONE: &str = "There is no dead letter by that id.";

pub(crate) fn overview() -> Operation {
    Operation::new(TAG, "See the queues of background jobs")
        .describe("Every queue that holds something, and what runs at this moment on all workers.")
        .reply::<Overview>(200, "Queues by name, and up to 50 running jobs.")
}

pub(crate) fn dead() -> Operation {
    Operation::new(TAG, "List the jobs that could not be done")
        .describe(
            "Dead letters, the latest first. They stay until they are retried or thrown away.",
        )
        .query("kind", "Only those of this kind.", json!({"type": "string"}))
        .paged()
        .reply::<DeadLetters>(200, "A page of dead letters.")
}

pub(crate) fn retry() -> Operation {
    Operation::new(TAG, "Retry a dead letter")
        .describe("It goes back into its queue with all its attempts.")
        .reply::<Retried>(200, "It waits in its queue.")
        .problem(404, NONE)
}

pub(crate) fn retry_all() -> Operation {
    Operation::new(TAG, "Retry all dead letters")
        .body::<RetryAll>()
        .reply::<Retried>(200, "How many went back into their queues.")
}

pub(crate) fn remove() -> Operation {
    Operation::new(TAG, "Throw a dead letter away")
        .describe("This cannot be undone.")
        .empty_reply(204, "It is gone.")
        .problem(404, NONE)
}
