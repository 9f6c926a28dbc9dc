//! The schedule: a standing order for exports, by the calendar of a time zone.

use db::Json;
use jiff::{
    ToSpan, Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};
use kernel::{Error, Fields, Result, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{KEPT_DAYS, NewExport};
use crate::forms::FormId;

pub(crate) use crate::ids::ExportScheduleId;

/// Schedules of one form.
pub(crate) const MOST_SCHEDULES: usize = 20;
const LONGEST_KEPT: i64 = 90;

/// A standing order as it is kept.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Schedule {
    pub(crate) workspace_id: WorkspaceId,
    pub(crate) id: ExportScheduleId,
    pub(crate) form_id: FormId,
    pub(crate) request: Json,
    pub(crate) origin: String,
    pub(crate) slug: String,
    pub(crate) every: String,
    pub(crate) on_day: i64,
    pub(crate) at_time: String,
    pub(crate) time_zone: String,
    pub(crate) kept_days: i64,
    pub(crate) created_by: String,
    pub(crate) created_at: Timestamp,
    pub(crate) next_at: Timestamp,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Every {
    Day,
    Week,
    Month,
}

impl Every {
    pub(crate) const ALL: [Every; 3] = [Every::Day, Every::Week, Every::Month];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Every::Day => "day",
            Every::Week => "week",
            Every::Month => "month",
        }
    }
}

/// A standing order to be given.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewExportSchedule, example = json!({"export": {"format": "csv"}, "every": "week", "on_day": 1, "at": "06:30", "time_zone": "Europe/Berlin"}))]
pub(crate) struct NewSchedule {
    /// What is exported each time.
    pub(crate) export: NewExport,
    pub(crate) every: Every,
    /// Of the week, 1 being Monday, or of the month, whose last day is meant where it is shorter; 1 when absent.
    #[serde(default)]
    pub(crate) on_day: Option<i64>,
    /// The time of day, such as `06:30`.
    pub(crate) at: String,
    /// Of the IANA database, such as `Europe/Berlin`; UTC when absent.
    #[serde(default)]
    pub(crate) time_zone: Option<String>,
    /// How long each file is kept, 1 to 90 days; 7 when absent.
    #[serde(default)]
    pub(crate) kept_days: Option<i64>,
}

/// When a schedule fires.
#[derive(Debug, Clone)]
pub(crate) struct Rhythm {
    every: Every,
    on_day: i64,
    at: Time,
    zone: TimeZone,
}

/// A time of day without seconds.
fn time_of_day(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let number = |part: &str| part.parse().ok().filter(|_| part.len() == 2);
    Time::new(number(hour)?, number(minute)?, 0, 0).ok()
}

impl NewSchedule {
    /// The rhythm that is meant, and how long files are kept.
    pub(crate) fn check(&self) -> Result<(Rhythm, i64), Fields> {
        // The schedule has a zone of its own.
        let problems = self.export.check().err().unwrap_or_default();
        let mut problems = problems.renamed("time_zone", "export.time_zone");
        let on_day = self.on_day.unwrap_or(1);
        let most = match self.every {
            Every::Day => i64::MAX,
            Every::Week => 7,
            Every::Month => 31,
        };
        let message = "Name a day of the week, 1 to 7, or of the month, 1 to 31.";
        problems.check((1..=most).contains(&on_day), "on_day", "out_of_range", message);
        let kept = self.kept_days.unwrap_or(KEPT_DAYS);
        let fits = (1..=LONGEST_KEPT).contains(&kept);
        problems.check(fits, "kept_days", "out_of_range", "Keep files for 1 to 90 days.");
        let at = time_of_day(&self.at);
        problems.check(at.is_some(), "at", "invalid", "Write the time of day as 06:30.");
        let zone = TimeZone::get(self.zone()).ok();
        let message = "Name a time zone of the IANA database, such as Europe/Berlin.";
        problems.check(zone.is_some(), "time_zone", "unknown", message);
        problems.into_result()?;
        let (at, zone) = (at.unwrap_or(Time::MIN), zone.unwrap_or(TimeZone::UTC));
        Ok((Rhythm { every: self.every, on_day, at, zone }, kept))
    }

    pub(crate) fn zone(&self) -> &str {
        self.time_zone.as_deref().map(str::trim).filter(|zone| !zone.is_empty()).unwrap_or("UTC")
    }
}

impl Schedule {
    /// When it fires, as it was checked when it was made.
    pub(crate) fn rhythm(&self) -> Result<Rhythm> {
        let every = Every::ALL.into_iter().find(|every| every.word() == self.every);
        let (every, at) = every
            .zip(time_of_day(&self.at_time))
            .ok_or_else(|| Error::internal(format!("the schedule {} has no rhythm", self.id)))?;
        let zone = TimeZone::get(&self.time_zone).map_err(Error::internal)?;
        Ok(Rhythm { every, on_day: self.on_day, at, zone })
    }
}

impl Rhythm {
    /// The first moment after `now`. A time that the clocks skip is the one after the gap, one that they
    /// show twice the first of the two.
    pub(crate) fn next_after(&self, now: Timestamp) -> Result<Timestamp> {
        let here: Zoned = now.to_jiff().to_zoned(self.zone.clone());
        // Two periods on there is one for sure.
        let mut date = here.date();
        for _ in 0..70 {
            if self.fires_on(date) {
                let moment = date.to_datetime(self.at).to_zoned(self.zone.clone());
                let moment = moment.map_err(Error::internal)?.timestamp();
                if moment > now.to_jiff() {
                    return Ok(Timestamp::from_micros(moment.as_microsecond()));
                }
            }
            date = date.checked_add(1.day()).map_err(Error::internal)?;
        }
        Err(Error::internal("a schedule without a next time"))
    }

    fn fires_on(&self, date: Date) -> bool {
        match self.every {
            Every::Day => true,
            Every::Week => i64::from(date.weekday().to_monday_one_offset()) == self.on_day,
            Every::Month => {
                i64::from(date.day()) == self.on_day.min(i64::from(date.days_in_month()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(every: Every, on_day: i64, at: &str, zone: &str) -> Rhythm {
        let zone = TimeZone::get(zone).expect("a zone");
        Rhythm { every, on_day, at: time_of_day(at).expect("a time"), zone }
    }

    fn next(rhythm: &Rhythm, now: &str) -> String {
        rhythm.next_after(now.parse().expect("a time")).expect("a next one").to_string()
    }

    #[test]
    fn the_calendar_is_that_of_the_zone() {
        let daily = rhythm(Every::Day, 1, "06:30", "Europe/Berlin");
        assert_eq!(next(&daily, "2026-08-03T04:29:59Z"), "2026-08-03T04:30:00Z");
        assert_eq!(next(&daily, "2026-08-03T04:30:00Z"), "2026-08-04T04:30:00Z");
        assert_eq!(next(&daily, "2026-12-03T04:30:00Z"), "2026-12-03T05:30:00Z", "in winter");
        let weekly = rhythm(Every::Week, 1, "23:00", "America/New_York");
        assert_eq!(next(&weekly, "2026-08-04T02:00:00Z"), "2026-08-04T03:00:00Z", "still Monday");
        assert_eq!(next(&weekly, "2026-08-04T03:00:00Z"), "2026-08-11T03:00:00Z");
        let monthly = rhythm(Every::Month, 31, "00:00", "UTC");
        assert_eq!(next(&monthly, "2026-02-01T00:00:00Z"), "2026-02-28T00:00:00Z");
        assert_eq!(next(&monthly, "2026-02-28T00:00:00Z"), "2026-03-31T00:00:00Z");
    }

    #[test]
    fn hours_that_are_skipped_or_come_twice_fire_once() {
        let gap = rhythm(Every::Day, 1, "02:30", "Europe/Berlin");
        assert_eq!(next(&gap, "2026-03-29T00:00:00Z"), "2026-03-29T01:30:00Z", "at 3:30 there");
        let fold = rhythm(Every::Day, 1, "02:30", "Europe/Berlin");
        assert_eq!(next(&fold, "2026-10-24T22:00:00Z"), "2026-10-25T00:30:00Z");
        assert_eq!(next(&fold, "2026-10-25T00:30:00Z"), "2026-10-26T01:30:00Z");
    }
}
