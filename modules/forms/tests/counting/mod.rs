//! A house in which what comes in is counted, and told to whoever listens, as in the program.

use std::path::PathBuf;

use files::Files;
use forms::{Forms, ProcessSubmissions, SubmissionReceived};
use jobs::NewJob;
use outbound::Outbound;
use testing::{TestApp, TestSettings};
use web::Wiring;
use webhooks::Webhooks;

/// The house, and the folder of its files.
pub(crate) async fn start() -> (TestApp, PathBuf) {
    let wiring = Wiring::new().on::<SubmissionReceived>(|event| {
        let job = ProcessSubmissions { form_id: event.subject.parse().ok()? };
        Some(NewJob::of(Some(event.workspace_id), &job, ProcessSubmissions::GATHERING))
    });
    let settings = TestSettings { wiring, ..TestSettings::default() };
    let mut folder = PathBuf::new();
    let app = TestApp::start_with(settings, |parts| {
        folder = parts.folder.join("files");
        let files = Files::local(&folder).expect("a folder for uploads");
        let outbound = Outbound::new(Vec::new());
        let settings = webhooks::Settings { master_key: [7; 32], outbound };
        vec![
            Box::new(Webhooks::new(parts.house.clone(), settings)),
            Box::new(Forms::start(parts.house.clone(), files)),
        ]
    })
    .await;
    (app, folder)
}
