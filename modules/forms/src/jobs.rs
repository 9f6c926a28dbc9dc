//! What this module leaves for later.

use std::time::Duration;

use ::jobs::{Job, When};
use serde::{Deserialize, Serialize};

use crate::ids::FormId;

/// Counts and indexes what has come in for a form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProcessSubmissions {
    pub form_id: FormId,
}

impl ProcessSubmissions {
    /// What comes in within this time is counted and indexed together.
    pub const GATHERING: When = When::After(Duration::from_millis(100));
}

impl Job for ProcessSubmissions {
    const KIND: &'static str = "submissions.process";
    const QUEUE: &'static str = "submissions";

    /// One that waits covers everything that comes in until it starts.
    fn unique_key(&self) -> Option<String> {
        Some(self.form_id.to_string())
    }
}

/// Removes the submissions of a deleted form, and the files sent to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepForm {
    pub(crate) form_id: FormId,
}

impl Job for SweepForm {
    const KIND: &'static str = "forms.sweep";
    const QUEUE: &'static str = "bulk";
}

/// Removes uploads that no submission came with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepUploads {}

impl Job for SweepUploads {
    const KIND: &'static str = "uploads.sweep";
    const QUEUE: &'static str = "bulk";
}
