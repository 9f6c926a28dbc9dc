//! What was answered, counted by day and by month while it comes in: figures of ten million submissions are
//! then sums of a few thousand rows.
//!
//! The bits of `facets` cannot give them: they are a superset that keeps what was deleted, they do not
//! know days, numbers and dates, and those of one form of ten million are a hundred megabytes.

pub(crate) mod keep;
pub(crate) mod store;
pub(crate) mod terms;

use std::collections::BTreeMap;

use hashbrown::HashMap;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use kernel::Timestamp;

use self::terms::{SECONDS, SOURCE, TOTAL, VISIT, seconds_term, terms, value_term};
use super::trace::{Origin, Trace};
use crate::{answers::Answers, definition::Definition};

/// How long the periods are that something is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grain {
    Day,
    Month,
}

impl Grain {
    /// The word in the table.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Month => "month",
        }
    }

    /// The period in which a day lies.
    pub(crate) fn period(self, day: Date) -> String {
        match self {
            Grain::Day => day.to_string(),
            Grain::Month => day.strftime("%Y-%m").to_string(),
        }
    }
}

/// Grain, field, period, term.
pub(crate) type Place = (Grain, String, String, String);

/// By field and term.
type OfDay = HashMap<String, HashMap<String, i64>>;

/// What some submissions add to the counts, or take from them.
pub(crate) struct Counts {
    days: Days,
    by_day: BTreeMap<Date, OfDay>,
}

/// Tells days; most submissions that follow one another came on the same.
struct Days {
    zone: TimeZone,
    /// The day told last, with its first moment and the first one after it.
    last: Option<(Date, Timestamp, Timestamp)>,
}

impl Days {
    fn of(&mut self, moment: Timestamp) -> Date {
        if let Some((day, start, end)) = self.last
            && start <= moment
            && moment < end
        {
            return day;
        }
        let day = moment.to_jiff().to_zoned(self.zone.clone()).date();
        self.last = Some((
            day,
            start_of(day, &self.zone),
            start_of(day.saturating_add(1.day()), &self.zone),
        ));
        day
    }
}

/// The first moment of a day.
pub(crate) fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    let zoned = day.to_zoned(zone.clone());
    Timestamp::from_micros(zoned.map_or(0, |zoned| zoned.timestamp().as_microsecond()))
}

impl Counts {
    /// None yet, by the days of a zone.
    pub(crate) fn new(zone: TimeZone) -> Self {
        Counts { days: Days { zone, last: None }, by_day: BTreeMap::new() }
    }

    /// Counts a submission so many times: once, or back once.
    pub(crate) fn add(
        &mut self,
        Origin { received_at, source, visit }: Origin<'_>,
        answers: &Answers,
        definition: &Definition,
        times: i64,
    ) {
        let of_day = self.by_day.entry(self.days.of(received_at)).or_default();
        put(of_day, TOTAL, "", times);
        put(of_day, SOURCE, &value_term(source), times);
        if let Some(Trace { source, seconds, .. }) = Trace::of(visit) {
            put(of_day, VISIT, &value_term(&source), times);
            seconds.iter().for_each(|it| put(of_day, SECONDS, &seconds_term(*it), times));
        }
        for (key, value) in answers.iter() {
            if let Some(field) = definition.field(key) {
                terms(field, value, |term, amount| put(of_day, key, term, amount * times));
            }
        }
    }

    /// All counts that change, in one order for everybody.
    pub(crate) fn into_changes(self) -> BTreeMap<Place, i64> {
        let mut changes = BTreeMap::new();
        for (day, fields) in self.by_day {
            let periods = [Grain::Day, Grain::Month].map(|grain| (grain, grain.period(day)));
            for (field, terms) in fields {
                for (term, count) in terms {
                    for (grain, period) in &periods {
                        let place = (*grain, field.clone(), period.clone(), term.clone());
                        *changes.entry(place).or_default() += count;
                    }
                }
            }
        }
        changes.retain(|_, count| *count != 0);
        changes
    }
}

/// Texts are made only for what is new.
fn put(of_day: &mut OfDay, field: &str, term: &str, count: i64) {
    *of_day.entry_ref(field).or_default().entry_ref(term).or_default() += count;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_the_zone_says_also_when_clocks_are_changed() {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let mut days = Days { zone, last: None };
        for (moment, day) in [
            ("2026-10-24T21:59:59Z", "2026-10-24"),
            ("2026-10-24T22:00:00Z", "2026-10-25"),
            // A day of 25 hours.
            ("2026-10-25T22:59:59Z", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "2026-10-26"),
            ("2026-10-24T22:00:00Z", "2026-10-25"),
        ] {
            assert_eq!(days.of(moment.parse().expect("a moment")).to_string(), day, "{moment}");
        }
    }
}
