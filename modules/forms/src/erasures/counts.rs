//! What a search has found, or an erasure has deleted, in figures and ids.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{FormId, SubmissionId};

/// Submissions that are named to whoever should look at them.
const MOST_NAMED: usize = 20;

/// How much of what; of a search what would be deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ErasureCounts)]
pub(crate) struct Counts {
    /// With answers, history and marks, whichever tray they lie in.
    pub(crate) submissions: i64,
    /// In which forms they are.
    pub(crate) forms: Vec<FormCount>,
    /// Files that came with them.
    pub(crate) files: i64,
    /// Comments of the team on them.
    pub(crate) comments: i64,
    /// Exports with their files, which hold such submissions or ask for the address.
    pub(crate) exports: i64,
    /// Imports whose files or errors hold the address.
    pub(crate) imports: i64,
    /// Sources of visits with the address in them: their views are counted under `other`.
    pub(crate) sources: i64,
    /// Messages in the log of webhooks.
    pub(crate) webhook_messages: i64,
    /// Mails that lose address and text; that they were written stays.
    pub(crate) mails: i64,
    /// Addresses that want no mail, or are asked for it.
    pub(crate) mail_addresses: i64,
    /// Events of the log that lose the address.
    pub(crate) events: i64,
    /// Replies that are kept for requests that are repeated.
    pub(crate) replies: i64,
    /// Bulk actions, schedules of exports and saved views that ask for the address, and tags that say it.
    pub(crate) filters: i64,
    /// Submissions of others in which the address stands within a text. They stay.
    pub(crate) mentions: i64,
    /// The first twenty of them.
    pub(crate) mentioned_in: Vec<SubmissionId>,
}

/// How many submissions of one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ErasureFormCount)]
pub(crate) struct FormCount {
    pub(crate) form_id: FormId,
    pub(crate) submissions: i64,
    /// When the oldest of them was received: exports made since may hold it.
    pub(crate) since: Timestamp,
}

impl Counts {
    /// Counts submissions of a form, the oldest of which was received then; tells since when there were some
    /// before, and since when there are now.
    pub(super) fn add_submissions(
        &mut self,
        form: FormId,
        count: i64,
        since: Timestamp,
    ) -> (Option<Timestamp>, Timestamp) {
        self.submissions += count;
        match self.forms.iter_mut().find(|known| known.form_id == form) {
            Some(known) => {
                let before = known.since;
                known.submissions += count;
                known.since = known.since.min(since);
                (Some(before), known.since)
            }
            None => {
                self.forms.push(FormCount { form_id: form, submissions: count, since });
                (None, since)
            }
        }
    }

    pub(super) fn add_mentions(&mut self, ids: &[SubmissionId]) {
        self.mentions += i64::try_from(ids.len()).unwrap_or(i64::MAX);
        let room = MOST_NAMED.saturating_sub(self.mentioned_in.len());
        self.mentioned_in.extend(ids.iter().take(room));
    }

    /// Whether nothing at all is theirs.
    pub(crate) fn is_nothing(&self) -> bool {
        let stays = Counts {
            mentions: self.mentions,
            mentioned_in: self.mentioned_in.clone(),
            ..Counts::default()
        };
        *self == stays
    }
}
