//! Mails as people see them: the log, and one of them with all that was said.

mod log;
mod sheet;

use maud::Markup;
use ui::{Tone, status};

use super::{Mail, purpose, state};

pub(crate) use log::Log;
pub use log::not_configured;
pub(crate) use sheet::Sheet;

/// Where a mail is on its way; without a server it waits for one.
fn mail_state(mail: &Mail, configured: bool) -> Markup {
    match mail.state.as_str() {
        state::SENT => status(Tone::Good, "Sent"),
        state::FAILED => status(Tone::Bad, "Given up"),
        state::SENDING => status(Tone::Accent, "Being sent"),
        _ if configured => status(Tone::Warning, "Waits"),
        _ => status(Tone::Warning, "Waits for a server"),
    }
}

/// What it is for, in words.
fn meaning(word: &str) -> &'static str {
    match word {
        purpose::TEST => "Test",
        purpose::CONFIRMATION => "Confirmation of an address",
        purpose::SUBMISSION => "A submission, to the team",
        purpose::DIGEST => "Several submissions, to the team",
        purpose::ANSWER => "Answer to a respondent",
        _ => "Mail",
    }
}
