//! Which events lead to which jobs: the whole fan-out on one screen.

use forms::{ProcessSubmissions, SubmissionReceived};
use jobs::{NewJob, When};
use web::Wiring;

/// The subscriptions of the house.
pub fn wiring() -> Wiring {
    Wiring::new().on::<SubmissionReceived>(|event| {
        let form_id = event.subject.parse().ok()?;
        Some(NewJob::of(Some(event.workspace_id), &ProcessSubmissions { form_id }, When::Now))
    })
}
