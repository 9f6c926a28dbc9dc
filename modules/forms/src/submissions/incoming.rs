//! A submission between its check and its receipt.

use db::Weigh;
use kernel::{Timestamp, WorkspaceId, fingerprint};

use super::SubmissionId;
use crate::{answers::Attached, forms::FormId, protection::Doubts};

/// A checked submission on its way to the disk.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub(crate) workspace: WorkspaceId,
    pub(crate) form: FormId,
    pub(crate) id: SubmissionId,
    pub(crate) form_version: i64,
    pub(crate) answers: String,
    /// What it brings along; becomes part of it when it is stored.
    pub(crate) files: Vec<Attached>,
    pub(crate) metadata: Option<String>,
    /// A [`Trace`](super::trace::Trace) as JSON.
    pub(crate) visit: Option<String>,
    pub(crate) source: &'static str,
    pub(crate) actor: String,
    pub(crate) key: Option<Key>,
    pub(crate) fingerprint: i64,
    /// Who sent it, as a hash, where a person may answer once.
    pub(crate) respondent: Option<String>,
    /// Why it looks like spam, where it does; whoever counts puts it apart.
    pub(crate) suspicion: Option<String>,
    /// What of it is known only where it is stored; none of what programs with a key send.
    pub(crate) doubts: Option<Box<Doubts>>,
    pub(crate) submitted_at: Option<Timestamp>,
    pub(crate) received_at: Timestamp,
}

impl Weigh for Incoming {
    fn weight(&self) -> usize {
        self.answers.len() + self.metadata.as_ref().map_or(0, String::len)
    }
}

/// An idempotency key, and what stands for it in the index.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) text: String,
    /// Of form and text: 8 bytes where the text and its form are a hundred, which keeps the index in memory.
    pub(crate) hash: i64,
}

impl Key {
    /// Whoever knows a form's public page must not use up the keys of those who hold a right to send:
    /// the two have their own.
    pub(crate) fn new(form: FormId, source: &str, text: String) -> Self {
        let whose = if is_public(source) { "public" } else { "" };
        let hash = fingerprint(format!("{form} {whose} {text}"));
        Key { text, hash }
    }
}

/// The source of what was brought in from a file.
pub(crate) const IMPORT: &str = "import";

/// All other sources: what comes by them is news.
pub(crate) const NEWS: [&str; 3] = ["api", "bulk", "page"];

/// Whether what came this way is news: old answers are told to no webhook, nobody gets mail for them, and they
/// count for no limit of their form.
pub(crate) fn is_news(source: &str) -> bool {
    source != IMPORT
}

/// Whether anybody may send this way.
pub(crate) fn is_public(source: &str) -> bool {
    source == "page"
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is on disk.
    Stored(Stored),
    /// It was on disk already, under the same key.
    Replayed(Stored),
    /// Its key was used for other content.
    KeyReused,
    /// Every place of the form is taken.
    Full,
    /// Whoever sent it has answered before, and may answer once.
    AnsweredBefore,
    /// It names a file that is not there, or is part of another submission.
    UnknownFile(Attached),
    /// The form was deleted in this moment.
    FormGone,
}

/// What a receipt says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) id: SubmissionId,
    pub(crate) form_version: i64,
    pub(crate) received_at: Timestamp,
}
