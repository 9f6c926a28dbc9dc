//! Who tells people from programs: what a page is given, and what comes back with it.

use std::time::Duration;

use kernel::{Stamp, Timestamp};

use super::Addresses;
use crate::ids::FormId;

/// How long a ticket is good for: longer than a browser keeps what is half written.
const TICKET_LIFE: Duration = Duration::from_secs(60 * 24 * 60 * 60);
/// What a program takes for a question that it should answer, and a browser for none that it knows the answer to.
const BAIT: [&str; 8] =
    ["website", "homepage", "web_page", "blog", "site_link", "web_link", "own_site", "portfolio"];

/// The means of this process.
pub(crate) struct Guard {
    stamp: Stamp,
    pub(crate) addresses: Addresses,
}

/// What is known of the ticket that came with a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pass {
    /// A page was opened so long ago.
    Opened(Duration),
    /// The same, longer ago than a ticket is good for.
    Stale,
    /// We have given none like it to a page of this form.
    Forged,
}

impl Guard {
    pub(crate) fn new(master_key: &[u8; 32]) -> Self {
        let stamp = Stamp::derive(master_key, "pages of forms");
        Guard { stamp, addresses: Addresses::default() }
    }

    /// A ticket for a page of this form that is opened now.
    pub(crate) fn ticket(&self, form: FormId, now: Timestamp) -> String {
        let opened = format!("{:x}", now.micros());
        let stamp = self.stamp.of(&format!("ticket {form} {opened}"));
        format!("{opened}.{stamp}")
    }

    /// What a ticket tells.
    pub(crate) fn read(&self, form: FormId, ticket: &str, now: Timestamp) -> Pass {
        let opened = || {
            let (opened, stamp) = ticket.split_once('.')?;
            let ours = self.stamp.fits(&format!("ticket {form} {opened}"), stamp);
            let micros = ours.then(|| i64::from_str_radix(opened, 16).ok())??;
            Some(Timestamp::from_micros(micros))
        };
        match opened().map(|at| now.since(at)) {
            None => Pass::Forged,
            Some(age) if age > TICKET_LIFE => Pass::Stale,
            Some(age) => Pass::Opened(age),
        }
    }

    /// The name of the field that nobody sees: another for each form, so that no list has it. No question can
    /// have it, for keys of questions have no hyphens.
    pub(crate) fn honeypot(&self, form: FormId) -> String {
        let code = self.stamp.of(&format!("honeypot {form}"));
        let place = u8::from_str_radix(&code[..2], 16).map_or(0, usize::from);
        format!("{}-{}", BAIT[place % BAIT.len()], &code[2..6])
    }
}

#[cfg(test)]
mod tests {
    use kernel::Chance;

    use super::*;

    const START: Timestamp = Timestamp::from_micros(1_785_748_320_000_000);

    #[test]
    fn a_ticket_tells_when_its_page_was_opened() {
        let guard = Guard::new(&[7; 32]);
        let chance = Chance::seeded(1);
        let [form, other] = [0, 1].map(|_| FormId::new(START, &chance));
        let ticket = guard.ticket(form, START);
        let later = START.plus(Duration::from_millis(1_500));
        assert_eq!(guard.read(form, &ticket, later), Pass::Opened(Duration::from_millis(1_500)));
        assert_eq!(guard.read(form, &ticket, START.plus(TICKET_LIFE * 2)), Pass::Stale);
        let sooner = guard.ticket(form, START.minus(TICKET_LIFE / 2));
        let forged = [
            ticket.replacen(&ticket[..3], "000", 1),
            format!(
                "{}{}",
                &sooner[..sooner.find('.').unwrap_or(0)],
                &ticket[ticket.find('.').unwrap_or(0)..]
            ),
            Guard::new(&[8; 32]).ticket(form, START),
            guard.ticket(other, START),
            String::new(),
            ".".into(),
            format!("{ticket}0"),
        ];
        for forged in forged {
            assert_eq!(guard.read(form, &forged, later), Pass::Forged, "{forged}");
        }
    }

    #[test]
    fn the_unseen_field_is_called_otherwise_in_each_form_and_as_no_question() {
        let guard = Guard::new(&[7; 32]);
        let chance = Chance::seeded(1);
        let form = FormId::new(START, &chance);
        let names: std::collections::BTreeSet<String> =
            (0..50).map(|_| guard.honeypot(FormId::new(START, &chance))).collect();
        assert!(names.len() > 45, "{names:?}");
        assert_eq!(guard.honeypot(form), guard.honeypot(form));
        assert!(names.iter().all(|name| name.contains('-')));
    }
}
