//! Which events lead to which jobs: the whole fan-out on one screen.

use events::{Event, Recorded};
use forms::{FormClosed, FormPublished, ProcessSubmissions, SubmissionDeleted, SubmissionReceived};
use jobs::{NewJob, When};
use web::Wiring;
use webhooks::{Announce, WebhookDisabled};

/// The subscriptions of the house. What has been counted (`submissions.processed`) is handed to webhooks by a job that
/// `forms` leaves by itself, and only where somebody listens.
pub fn wiring() -> Wiring {
    let wiring = Wiring::new().on::<SubmissionReceived>(|event| {
        let form_id = event.subject.parse().ok()?;
        let job = ProcessSubmissions { form_id };
        Some(NewJob::of(Some(event.workspace_id), &job, ProcessSubmissions::GATHERING))
    });
    let wiring = told::<FormPublished>(told::<FormClosed>(wiring));
    told::<WebhookDisabled>(told::<SubmissionDeleted>(wiring))
}

/// Webhooks that listen for it are told of it.
fn told<E: Event>(wiring: Wiring) -> Wiring {
    wiring.on::<E>(|event: &Recorded| {
        Some(NewJob::of(Some(event.workspace_id), &Announce::of(event), When::Now))
    })
}
