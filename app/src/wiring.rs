//! Which events lead to which jobs: the whole fan-out on one screen.

use forms::{ProcessSubmissions, SubmissionReceived};
use jobs::NewJob;
use web::Wiring;

/// The subscriptions of the house.
pub fn wiring() -> Wiring {
    Wiring::new().on::<SubmissionReceived>(|event| {
        let form_id = event.subject.parse().ok()?;
        let job = ProcessSubmissions { form_id };
        Some(NewJob::of(Some(event.workspace_id), &job, ProcessSubmissions::GATHERING))
    })
}
