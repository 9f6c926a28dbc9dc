//! A form's answers in figures, read from what is counted: never from the submissions themselves, but for
//! the latest few texts.

use db::Tx;
use jiff::{civil::Date, tz::TimeZone};
use kernel::{Result, Timestamp};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::{
    asked::{Asked, By, Range},
    bars::{Bar, answered, bars, segments, sources},
    figures::{Counted, Nps, Terms, mean, median, nps},
    latest::{LatestText, latest},
    visits::{self, VisitReport, VisitSums, visit_report},
};
use crate::{
    calendar::calendar_date,
    definition::{Definition, Field},
    forms::{Form, FormId, store as form_store},
    submissions::counts::{
        keep::zone_named,
        store::{self, CLEARED, zone_of},
        terms::{SECONDS, SOURCE, TOTAL, VISIT},
    },
    visits::store as visit_store,
};

/// A form's answers in figures.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Insights)]
pub(crate) struct Report {
    pub(crate) form_id: String,
    /// The first and the last day that are meant.
    #[serde(serialize_with = "day")]
    #[schema(value_type = String, format = Date)]
    pub(crate) since: Date,
    #[serde(serialize_with = "day")]
    #[schema(value_type = String, format = Date)]
    pub(crate) until: Date,
    /// By whose days it is counted, of the IANA database.
    pub(crate) time_zone: String,
    /// Submissions of these days that are neither spam nor deleted.
    pub(crate) submission_count: i64,
    /// How `over_time` is cut.
    pub(crate) by: By,
    pub(crate) over_time: Vec<Period>,
    /// The ways in.
    pub(crate) sources: Vec<Bar>,
    /// The way to an answer on the form's own page.
    pub(crate) visits: VisitReport,
    /// Every question of the form as it stands now.
    pub(crate) fields: Vec<FieldReport>,
    /// What these days are compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier: Option<Earlier>,
    /// Submissions that lie before this number are counted, and those that came in lie before `received_to`.
    pub(crate) counted_to: i64,
    pub(crate) received_to: i64,
}

/// The days that others are compared with.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = EarlierInsights)]
pub(crate) struct Earlier {
    #[serde(serialize_with = "day")]
    #[schema(value_type = String, format = Date)]
    pub(crate) since: Date,
    #[serde(serialize_with = "day")]
    #[schema(value_type = String, format = Date)]
    pub(crate) until: Date,
    pub(crate) submission_count: i64,
}

/// A day, a week or a month.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = InsightPeriod)]
pub(crate) struct Period {
    #[serde(serialize_with = "day")]
    #[schema(value_type = String, format = Date)]
    pub(crate) since: Date,
    #[serde(serialize_with = "day")]
    #[schema(value_type = String, format = Date)]
    pub(crate) until: Date,
    pub(crate) count: i64,
    /// In the period at the same place among the days that these are compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_count: Option<i64>,
    /// The query with which `GET /api/forms/{form}/submissions` lists them.
    pub(crate) submissions: String,
}

/// The answers to one question.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FieldInsights)]
pub(crate) struct FieldReport {
    pub(crate) key: String,
    pub(crate) label: String,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) answered_count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_answered_count: Option<i64>,
    /// The query with which `GET /api/forms/{form}/submissions` lists all that have an answer.
    pub(crate) submissions: String,
    /// Of choices, points, numbers, dates and times.
    pub(crate) bars: Vec<Bar>,
    /// Detractors, passives and promoters, where points run from 0 to 10.
    pub(crate) segments: Vec<Bar>,
    /// Where points run from 0 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) nps: Option<Nps>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_nps: Option<Nps>,
    /// Of points and numbers, to two decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mean: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_mean: Option<f64>,
    /// Of points; of numbers to two digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) median: Option<f64>,
    /// Of texts, the newest first.
    pub(crate) latest: Vec<LatestText>,
}

/// `2026-11-22`
fn day<S: Serializer>(day: &Date, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// Some days, and what was counted on them.
struct Days {
    range: Range,
    counted: Counted,
    /// By figure.
    visits: Counted,
}

/// Makes the report that is asked for.
pub(crate) async fn report(
    tx: &mut Tx,
    form: &Form,
    asked: &Asked,
    now: Timestamp,
) -> Result<Report> {
    let definition = form.definition()?;
    let progress = store::find_progress(tx, form.id).await?;
    let progress = progress.filter(|progress| progress.time_zone != CLEARED);
    let time_zone = match &progress {
        Some(progress) => progress.time_zone.clone(),
        None => zone_of(tx).await?,
    };
    let zone = zone_named(&time_zone);
    let counted_to = progress.map_or(0, |progress| progress.counted_to);
    let asks = Asks { form: form.id, definition: &definition, zone: &zone, counted_to };
    let range = asks.range(tx, asked, now).await?;
    let days = asks.days(tx, range).await?;
    let earlier = match asked.earlier(range) {
        Some(range) => Some(asks.days(tx, range.expect_short("compare_since")?).await?),
        None => None,
    };
    let by = asked.by(range);
    Ok(Report {
        form_id: form.id.to_string(),
        since: range.since,
        until: range.until,
        submission_count: days.total(),
        by,
        over_time: asks.over_time(tx, by, range, earlier.as_ref().map(|it| it.range)).await?,
        sources: asks.sources(&days, earlier.as_ref()),
        visits: asks.visits(&days, earlier.as_ref()),
        fields: asks.fields(tx, &days, earlier.as_ref()).await?,
        earlier: earlier.as_ref().map(|earlier| Earlier {
            since: earlier.range.since,
            until: earlier.range.until,
            submission_count: earlier.total(),
        }),
        counted_to,
        received_to: form_store::find_progress(tx, form.id).await?,
        time_zone,
    })
}

impl Report {
    /// Whether nobody looked or answered, neither now nor before.
    pub(crate) fn is_empty(&self) -> bool {
        let answered = |count: i64| count > 0;
        let looked = |sums: &VisitSums| sums.view_count + sums.submission_count > 0;
        !answered(self.submission_count)
            && !self.earlier.as_ref().is_some_and(|it| answered(it.submission_count))
            && !looked(&self.visits.now)
            && !self.visits.earlier.as_ref().is_some_and(looked)
    }
}

impl Days {
    fn total(&self) -> i64 {
        self.counted.get(TOTAL).map_or(0, |terms| terms.values().sum())
    }

    fn visits(&self) -> visits::Counts<'_> {
        visits::Counts { visits: &self.visits, answers: &self.counted }
    }
}

/// Of which form what is asked, and by whose days.
struct Asks<'a> {
    form: FormId,
    definition: &'a Definition,
    zone: &'a TimeZone,
    counted_to: i64,
}

impl Asks<'_> {
    async fn range(&self, tx: &mut Tx, asked: &Asked, now: Timestamp) -> Result<Range> {
        let answered = store::find_first_day(tx, self.form, TOTAL).await?;
        let looked = visit_store::find_first_day(tx, self.form).await?;
        // Days written so are in order as texts.
        let first = answered.into_iter().chain(looked).min();
        let today = now.to_jiff().to_zoned(self.zone.clone()).date();
        asked.range(first.as_deref().and_then(calendar_date), today).expect_short("since")
    }

    fn questions(&self) -> impl Iterator<Item = &Field> {
        self.definition.fields.iter().filter(|field| field.kind.is_question())
    }

    /// Sums over some days. Nothing is known while what was counted by the days of another zone is removed.
    async fn days(&self, tx: &mut Tx, range: Range) -> Result<Days> {
        let (mut counted, mut visits) = (Counted::new(), Counted::new());
        for piece in range.pieces() {
            for (field, term, count) in visit_store::list_sums(tx, self.form, &piece).await? {
                *visits.entry(field).or_default().entry(term).or_default() += count;
            }
        }
        if self.counted_to > 0 {
            let questions = self.questions().map(|field| field.key.as_str());
            let keys: Vec<&str> =
                [TOTAL, SOURCE, VISIT, SECONDS].into_iter().chain(questions).collect();
            for piece in range.pieces() {
                for (field, term, count) in store::list_sums(tx, self.form, &piece, &keys).await? {
                    *counted.entry(field).or_default().entry(term).or_default() += count;
                }
            }
        }
        counted.values_mut().for_each(|terms| terms.retain(|_, count| *count != 0));
        Ok(Days { range, counted, visits })
    }

    async fn over_time(
        &self,
        tx: &mut Tx,
        by: By,
        range: Range,
        earlier: Option<Range>,
    ) -> Result<Vec<Period>> {
        let before = match earlier {
            Some(earlier) => Some(self.periods(tx, by, earlier).await?),
            None => None,
        };
        let periods = self.periods(tx, by, range).await?.into_iter().enumerate();
        let period = |(place, (period, count)): (usize, (Range, i64))| Period {
            since: period.since,
            until: period.until,
            count,
            earlier_count: before.as_ref().map(|all| all.get(place).map_or(0, |(_, count)| *count)),
            submissions: query(&[], period, self.zone),
        };
        Ok(periods.map(period).collect())
    }

    /// Every period of a range, with how many came in.
    async fn periods(&self, tx: &mut Tx, by: By, range: Range) -> Result<Vec<(Range, i64)>> {
        let (from, to) = (range.since.to_string(), range.until.to_string());
        let days = match self.counted_to {
            0 => Vec::new(),
            _ => store::list_days(tx, self.form, TOTAL, (&from, &to)).await?,
        };
        let day = |(day, count): (String, i64)| Some((calendar_date(&day)?, count));
        let mut days = days.into_iter().filter_map(day).peekable();
        let count = |period: Range| {
            let mut sum = 0;
            while let Some((_, count)) = days.next_if(|(day, _)| *day <= period.until) {
                sum += count;
            }
            (period, sum)
        };
        Ok(by.periods(range).map(count).collect())
    }

    fn sources(&self, days: &Days, earlier: Option<&Days>) -> Vec<Bar> {
        let none = Terms::new();
        let terms = |days: &'_ Days| days.counted.get(SOURCE).cloned().unwrap_or_default();
        let before = earlier.map(terms);
        let mut bars = sources(days.counted.get(SOURCE).unwrap_or(&none), before.as_ref());
        self.link(&mut bars, days, earlier);
        bars
    }

    fn visits(&self, days: &Days, earlier: Option<&Days>) -> VisitReport {
        let earlier = earlier.map(Days::visits);
        let mut report = visit_report(self.definition, days.visits(), earlier);
        for source in &mut report.sources {
            let filter = ("visit_source".to_owned(), source.source.clone());
            source.submissions = query(&[filter], days.range, self.zone);
        }
        report
    }

    /// Says for each bar how what is behind it is listed.
    fn link(&self, bars: &mut [Bar], days: &Days, earlier: Option<&Days>) {
        for bar in bars {
            bar.submissions = query(&bar.filter, days.range, self.zone);
            bar.earlier_submissions =
                earlier.map(|earlier| query(&bar.filter, earlier.range, self.zone));
        }
    }

    async fn fields(
        &self,
        tx: &mut Tx,
        days: &Days,
        earlier: Option<&Days>,
    ) -> Result<Vec<FieldReport>> {
        let moments = days.range.moments(self.zone);
        let mut texts = latest(tx, self.form, self.definition, moments).await?;
        let before = earlier.map(|earlier| &earlier.counted);
        let mut fields = Vec::new();
        for field in self.questions() {
            let latest = texts.remove(&field.key).unwrap_or_default();
            let mut told = field_report(field, &days.counted, before, latest);
            let answered = (format!("answers.{}.answered", field.key), "true".to_owned());
            told.submissions = query(&[answered], days.range, self.zone);
            self.link(&mut told.bars, days, earlier);
            self.link(&mut told.segments, days, earlier);
            fields.push(told);
        }
        Ok(fields)
    }
}

/// The answers to one question, and those before.
pub(crate) fn field_report(
    field: &Field,
    counted: &Counted,
    earlier: Option<&Counted>,
    latest: Vec<LatestText>,
) -> FieldReport {
    let none = Terms::new();
    let terms = counted.get(&field.key).unwrap_or(&none);
    let earlier = earlier.map(|earlier| earlier.get(&field.key).unwrap_or(&none));
    FieldReport {
        key: field.key.clone(),
        label: field.name().to_owned(),
        kind: field.kind.name(),
        answered_count: answered(terms),
        earlier_answered_count: earlier.map(answered),
        submissions: String::new(),
        bars: bars(field, terms, earlier),
        segments: segments(field, terms, earlier),
        nps: nps(field, terms),
        earlier_nps: earlier.and_then(|terms| nps(field, terms)),
        mean: mean(field, terms),
        earlier_mean: earlier.and_then(|terms| mean(field, terms)),
        median: median(field, terms),
        latest,
    }
}

/// The query that lists what is behind a figure: what lies neither in spam nor in the bin.
fn query(filter: &[(String, String)], range: Range, zone: &TimeZone) -> String {
    let (from, to) = range.moments(zone);
    let mut all = filter.to_vec();
    all.push(("tray".to_owned(), "kept".to_owned()));
    all.push(("since".to_owned(), from.to_string()));
    all.push(("until".to_owned(), to.to_string()));
    // Cannot fail: names and values are texts.
    serde_urlencoded::to_string(all).unwrap_or_default()
}
