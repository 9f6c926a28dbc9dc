//! Who tells people from programs: what a page is given, and what comes back with it.

use std::{net::IpAddr, time::Duration};

use kernel::{Chance, Stamp, Timestamp};
use sha2::{Digest, Sha256};

use crate::ids::FormId;

/// How long a ticket is good for: longer than a browser keeps what is half written.
const TICKET_LIFE: Duration = Duration::from_secs(60 * 24 * 60 * 60);
/// What a program takes for a question that it should answer, and a browser for none that it knows the answer to.
const BAIT: [&str; 8] =
    ["website", "homepage", "web_page", "blog", "site_link", "web_link", "own_site", "portfolio"];
/// Zero bits that a browser looks for: 131,072 attempts in the mean, half a second of a phone.
const ZERO_BITS: u32 = 17;

/// What all processes stamp with.
pub(crate) struct Guard {
    stamp: Stamp,
}

/// What a ticket of ours says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    /// How long ago its page was opened.
    pub(crate) age: Duration,
    /// What its browser was asked to look for; 0 for nothing.
    zero_bits: u32,
    stamp: String,
}

/// What is known of the ticket that came with a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pass {
    Ours(Ticket),
    /// It is ours, and older than a ticket is good for.
    Stale,
    /// We have given none like it to a page of this form.
    Forged,
}

impl Guard {
    pub(crate) fn new(master_key: &[u8; 32]) -> Self {
        Guard { stamp: Stamp::derive(master_key, "pages of forms") }
    }

    /// A ticket for a page of this form that is opened now, and whether its browser has to work for it. By chance it is
    /// another than all that are given in the same moment, for each may be used once.
    pub(crate) fn ticket(
        &self,
        form: FormId,
        now: Timestamp,
        chance: &Chance,
        works: bool,
    ) -> String {
        let mark = u64::from_be_bytes(chance.bytes());
        let zero_bits = if works { ZERO_BITS } else { 0 };
        let said = format!("{:x}-{mark:x}-{zero_bits}", now.micros());
        let stamp = self.stamp.of(&format!("ticket {form} {said}"));
        format!("{said}.{stamp}")
    }

    /// What a ticket tells.
    pub(crate) fn read(&self, form: FormId, ticket: &str, now: Timestamp) -> Pass {
        match self.ours(form, ticket, now) {
            None => Pass::Forged,
            Some(ticket) if ticket.age > TICKET_LIFE => Pass::Stale,
            Some(ticket) => Pass::Ours(ticket),
        }
    }

    fn ours(&self, form: FormId, ticket: &str, now: Timestamp) -> Option<Ticket> {
        let (said, stamp) = ticket.split_once('.')?;
        if !self.stamp.fits(&format!("ticket {form} {said}"), stamp) {
            return None;
        }
        let (opened, rest) = said.split_once('-')?;
        let (_mark, zero_bits) = rest.split_once('-')?;
        let opened = Timestamp::from_micros(i64::from_str_radix(opened, 16).ok()?);
        let zero_bits = zero_bits.parse().ok()?;
        Some(Ticket { age: now.since(opened), zero_bits, stamp: stamp.to_owned() })
    }

    /// What an address is counted by: of no use to whoever has no master key, nor at another form.
    pub(crate) fn address(&self, form: FormId, address: IpAddr) -> String {
        self.stamp.of(&format!("address {form} {address}"))
    }

    /// The name of the field that nobody sees: another for each form, so that no list has it. No question can
    /// have it, for keys of questions have no hyphens.
    pub(crate) fn honeypot(&self, form: FormId) -> String {
        let code = self.stamp.of(&format!("honeypot {form}"));
        let place = u8::from_str_radix(&code[..2], 16).map_or(0, usize::from);
        format!("{}-{}", BAIT[place % BAIT.len()], &code[2..6])
    }
}

impl Ticket {
    /// What it is known by once it is used, and from when on nobody takes it.
    pub(crate) fn used_at(self, now: Timestamp) -> (String, Timestamp) {
        (self.stamp, now.plus(TICKET_LIFE.saturating_sub(self.age)))
    }

    /// Whether the browser was asked for work.
    pub(crate) fn asks_for_work(&self) -> bool {
        self.zero_bits > 0
    }

    /// Whether this is what it was to look for: a number with which SHA-256 of `STAMP.NUMBER` begins with so many
    /// zero bits.
    pub(crate) fn is_proved_by(&self, number: &str) -> bool {
        if number.len() > 20 || !number.bytes().all(|letter| letter.is_ascii_digit()) {
            return false;
        }
        let digest = Sha256::digest(format!("{}.{number}", self.stamp));
        let mut zero_bits = 0;
        for byte in digest {
            zero_bits += byte.leading_zeros();
            if byte != 0 {
                break;
            }
        }
        zero_bits >= self.zero_bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_micros(1_785_748_320_000_000);

    fn read(guard: &Guard, form: FormId, ticket: &str, now: Timestamp) -> Option<Ticket> {
        match guard.read(form, ticket, now) {
            Pass::Ours(ticket) => Some(ticket),
            Pass::Stale | Pass::Forged => None,
        }
    }

    #[test]
    fn a_ticket_tells_when_its_page_was_opened() {
        let guard = Guard::new(&[7; 32]);
        let chance = Chance::seeded(1);
        let [form, other] = [0, 1].map(|_| FormId::new(START, &chance));
        let ticket = guard.ticket(form, START, &chance, false);
        assert_ne!(ticket, guard.ticket(form, START, &chance, false));
        let later = START.plus(Duration::from_millis(1_500));
        let found = read(&guard, form, &ticket, later).expect("ours");
        assert_eq!((found.age, found.zero_bits), (Duration::from_millis(1_500), 0));
        assert_eq!(guard.read(form, &ticket, START.plus(TICKET_LIFE * 2)), Pass::Stale);
        let (said, stamp) = ticket.split_once('.').expect("two parts");
        let working = guard.ticket(form, START, &chance, true);
        let forged = [
            format!("1{}.{stamp}", &said[1..]),
            format!("{}.{stamp}", working.split_once('.').expect("two parts").0),
            Guard::new(&[8; 32]).ticket(form, START, &chance, false),
            guard.ticket(other, START, &chance, false),
            String::new(),
            ".".into(),
            format!("{ticket}0"),
        ];
        for forged in forged {
            assert_eq!(guard.read(form, &forged, later), Pass::Forged, "{forged}");
        }
    }

    #[test]
    fn work_is_seen_in_its_result() {
        let guard = Guard::new(&[7; 32]);
        let chance = Chance::seeded(1);
        let form = FormId::new(START, &chance);
        let ticket = guard.ticket(form, START, &chance, true);
        let ticket = read(&guard, form, &ticket, START).expect("ours");
        assert!(ticket.asks_for_work());
        let mut numbers = (0..).map(|number: u64| number.to_string());
        let number = numbers.find(|it| ticket.is_proved_by(it)).expect("there is one");
        let digest = kernel::sha256_hex(format!("{}.{number}", ticket.stamp));
        assert!(digest.starts_with("0000") && digest.as_bytes()[4] < b'8', "{digest}");
        for wrong in ["", "-1", "1e9", " 7", "000000000000000000000"] {
            assert!(!ticket.is_proved_by(wrong), "{wrong}");
        }
        assert_eq!(ticket.used_at(START).1, START.plus(TICKET_LIFE));
    }

    #[test]
    fn an_address_is_counted_by_what_tells_nobody_of_it() {
        let guard = Guard::new(&[7; 32]);
        let chance = Chance::seeded(1);
        let [form, other] = [0, 1].map(|_| FormId::new(START, &chance));
        let [near, far] = ["192.0.2.1", "192.0.2.2"].map(|it| it.parse().expect("an address"));
        let known = guard.address(form, near);
        assert_eq!(known, Guard::new(&[7; 32]).address(form, near));
        let others = [
            guard.address(form, far),
            guard.address(other, near),
            Guard::new(&[8; 32]).address(form, near),
        ];
        assert!(!others.contains(&known) && !known.contains("192"));
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
