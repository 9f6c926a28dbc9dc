//! What someone asks of a form's answers: from which day to which, by what, and compared with what.

use std::iter::successors;

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use kernel::{Error, Fields, Result, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    calendar::calendar_date,
    pages::sent,
    submissions::counts::{Grain, start_of},
};

/// Days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) since: Date,
    pub(crate) until: Date,
}

/// How submissions are gathered over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    Day,
    Week,
    Month,
}

/// With what the range is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Nothing,
    /// The days just before, as many.
    Previous,
    Chosen(Range),
}

/// The query of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    since: Option<Date>,
    until: Option<Date>,
    by: Option<By>,
    pub(crate) compare: Compare,
}

const DAY: &str = "Use a day such as 2026-08-03.";
/// Beyond which one looks at weeks, and then at months.
const MOST_DAYS: i32 = 45;
const MOST_DAYS_BY_WEEK: i32 = 400;
/// Points that are drawn at most.
const MOST_POINTS: i32 = 400;
/// Days that are looked at, 33 years: so many months are as many points.
const LONGEST: i32 = 33 * 366;

impl Asked {
    /// Reads names and values; what is empty means nothing.
    pub(crate) fn read(pairs: &[(String, String)]) -> Result<Self> {
        let mut problems = Fields::new();
        let mut day = |name: &str| {
            let text = sent(pairs, name).map(str::trim).filter(|text| !text.is_empty())?;
            let day = calendar_date(text);
            problems.check(day.is_some(), name, "invalid", DAY);
            day
        };
        let (since, until) = (day("since"), day("until"));
        let earlier = (day("compare_since"), day("compare_until"));
        let by = match sent(pairs, "by").unwrap_or_default() {
            "day" => Some(By::Day),
            "week" => Some(By::Week),
            "month" => Some(By::Month),
            "" => None,
            _ => {
                problems.push("by", "not_an_option", "Use day, week or month.");
                None
            }
        };
        let compare = match (sent(pairs, "compare").unwrap_or_default(), earlier) {
            ("previous", _) => Compare::Previous,
            ("chosen", (Some(since), Some(until))) if since <= until => {
                Compare::Chosen(Range { since, until })
            }
            ("chosen", _) => {
                let message = "Name two days in order, compare_since and compare_until.";
                problems.push("compare_since", "required", message);
                Compare::Nothing
            }
            ("" | "none", _) => Compare::Nothing,
            _ => {
                problems.push("compare", "not_an_option", "Use previous, chosen or none.");
                Compare::Nothing
            }
        };
        let ordered = since.zip(until).is_none_or(|(since, until)| since <= until);
        problems.check(ordered, "until", "out_of_range", "End on the first day or later.");
        problems.into_result()?;
        Ok(Asked { since, until, by, compare })
    }

    /// The days that are meant, where the first answer came on `first`.
    pub(crate) fn range(&self, first: Option<Date>, today: Date) -> Range {
        let until = self.until.unwrap_or_else(|| today.max(self.since.unwrap_or(today)));
        let since = self.since.or(first).unwrap_or(today).min(until);
        Range { since, until }
    }

    /// What the range is compared with.
    pub(crate) fn earlier(&self, range: Range) -> Option<Range> {
        match self.compare {
            Compare::Nothing => None,
            Compare::Previous => range.previous(),
            Compare::Chosen(range) => Some(range),
        }
    }

    /// What was asked for, where it is not too much to be drawn; else what fits.
    pub(crate) fn by(&self, range: Range) -> By {
        let days = range.days();
        match self.by {
            Some(By::Day) if days <= MOST_POINTS => By::Day,
            Some(By::Week) if days <= MOST_POINTS * 7 => By::Week,
            Some(By::Month) => By::Month,
            _ if days <= MOST_DAYS => By::Day,
            _ if days <= MOST_DAYS_BY_WEEK => By::Week,
            _ => By::Month,
        }
    }

    /// Whether all days are meant.
    pub(crate) fn is_whole(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Whether the last day was named.
    pub(crate) fn ends(&self) -> bool {
        self.until.is_some()
    }
}

impl Range {
    /// How many.
    pub(crate) fn days(self) -> i32 {
        self.since.until(self.until).map_or(0, |span| span.get_days()) + 1
    }

    /// Refuses what nobody could look at; the name is that of its first day.
    pub(crate) fn expect_short(self, name: &str) -> Result<Self> {
        if self.days() <= LONGEST {
            return Ok(self);
        }
        let message = "Look at 33 years at most: begin later, or end earlier.";
        Err(Error::invalid(name, "out_of_range", message))
    }

    /// As many days, just before.
    fn previous(self) -> Option<Range> {
        let until = self.since.checked_sub(1.day()).ok()?;
        let since = until.checked_sub((self.days() - 1).days()).ok()?;
        Some(Range { since, until })
    }

    /// The periods that make it up: whole months where there are some, days around them.
    pub(crate) fn pieces(self) -> Vec<(Grain, String, String)> {
        let piece = |grain: Grain, from: Date, to: Date| {
            (from <= to).then(|| (grain, grain.period(from), grain.period(to)))
        };
        let first = match self.since.day() {
            1 => self.since,
            _ => self.since.last_of_month().saturating_add(1.day()),
        };
        let last = match self.until == self.until.last_of_month() {
            true => self.until,
            false => self.until.first_of_month().saturating_sub(1.day()),
        };
        if first > last {
            return piece(Grain::Day, self.since, self.until).into_iter().collect();
        }
        let days = |from: Date, to: Date| piece(Grain::Day, from, to);
        let before = days(self.since, first.saturating_sub(1.day()));
        let after = days(last.saturating_add(1.day()), self.until);
        before.into_iter().chain(piece(Grain::Month, first, last)).chain(after).collect()
    }

    /// From its first moment to the first one after it.
    pub(crate) fn moments(self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let start = |day: Date| start_of(day, zone);
        (start(self.since), start(self.until.saturating_add(1.day())))
    }
}

impl By {
    /// The word in addresses.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            By::Day => "day",
            By::Week => "week",
            By::Month => "month",
        }
    }

    /// The first day of the period in which a day lies; weeks begin on Monday (ISO 8601).
    fn start(self, day: Date) -> Date {
        match self {
            By::Day => day,
            By::Week => day.saturating_sub(i32::from(day.weekday().to_monday_zero_offset()).days()),
            By::Month => day.first_of_month(),
        }
    }

    fn next(self, start: Date) -> Date {
        match self {
            By::Day => start.saturating_add(1.day()),
            By::Week => start.saturating_add(7.days()),
            By::Month => start.saturating_add(1.month()),
        }
    }

    /// Every period of a range, cut where the range is.
    pub(crate) fn periods(self, range: Range) -> impl Iterator<Item = Range> {
        let after = move |start: &Date| Some(self.next(*start)).filter(|next| next > start);
        let starts = successors(Some(self.start(range.since)), after);
        starts.take_while(move |start| *start <= range.until).map(move |start| Range {
            since: start.max(range.since),
            until: self.next(start).saturating_sub(1.day()).max(start).min(range.until),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn range(since: Date, until: Date) -> Range {
        Range { since, until }
    }

    /// All days of some pieces, each once.
    fn days_of(pieces: &[(Grain, String, String)]) -> Vec<Date> {
        let day = |text: &str| calendar_date(text).expect("a day");
        let mut days = Vec::new();
        for (grain, from, to) in pieces {
            let (mut at, end) = match grain {
                Grain::Day => (day(from), day(to)),
                Grain::Month => {
                    (day(&format!("{from}-01")), day(&format!("{to}-01")).last_of_month())
                }
            };
            while at <= end {
                days.push(at);
                at = at.saturating_add(1.day());
            }
        }
        days
    }

    #[test]
    fn pieces_hold_each_day_of_a_range_once() {
        for (since, until) in [
            (date(2026, 11, 3), date(2026, 11, 3)),
            (date(2026, 11, 1), date(2026, 11, 30)),
            (date(2026, 11, 2), date(2026, 12, 30)),
            (date(2026, 10, 31), date(2026, 12, 1)),
            (date(2024, 2, 15), date(2026, 2, 28)),
            (date(2024, 1, 1), date(2026, 12, 31)),
        ] {
            let range = range(since, until);
            let days = days_of(&range.pieces());
            assert_eq!(days.len(), usize::try_from(range.days()).expect("few"), "{range:?}");
            assert!(days.is_sorted_by(|one, next| one < next), "{range:?}");
            assert_eq!((days.first(), days.last()), (Some(&since), Some(&until)));
        }
    }

    #[test]
    fn periods_are_cut_where_the_range_is() {
        let weeks = By::Week.periods(range(date(2026, 11, 18), date(2026, 11, 24)));
        let monday = date(2026, 11, 23);
        assert_eq!(
            weeks.collect::<Vec<_>>(),
            [range(date(2026, 11, 18), date(2026, 11, 22)), range(monday, date(2026, 11, 24))]
        );
        assert_eq!(By::Month.periods(range(date(2026, 1, 1), date(2026, 12, 31))).count(), 12);
    }

    #[test]
    fn the_previous_period_is_as_long_and_ends_the_day_before() {
        let previous = range(date(2026, 11, 15), date(2026, 11, 21)).previous();
        assert_eq!(previous, Some(range(date(2026, 11, 8), date(2026, 11, 14))));
    }
}
