//! How many look at a form, begin, come to which page and send it; how long that takes, and from where they come.

use serde::Serialize;
use utoipa::ToSchema;

use super::figures::{Counted, Terms, quartiles, ratio};
use crate::{
    definition::Definition,
    steps::Steps,
    submissions::counts::terms::{SECONDS, VISIT},
    visits::Figure,
};

/// The way to an answer, of the form's own page wherever that is shown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = VisitInsights)]
pub(crate) struct VisitReport {
    #[serde(flatten)]
    pub(crate) now: VisitSums,
    /// In the days that these are compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier: Option<VisitSums>,
    /// The pages of the form as it stands now.
    pub(crate) pages: Vec<PageVisits>,
    /// From the first change of a field to sending; absent where nothing was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time_to_answer: Option<TimeToAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_time_to_answer: Option<TimeToAnswer>,
    /// From where they come, most views first.
    pub(crate) sources: Vec<SourceVisits>,
}

/// How many came how far.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct VisitSums {
    /// How often the form was shown.
    pub(crate) view_count: i64,
    /// How many changed a field, or sent a page.
    pub(crate) start_count: i64,
    /// Submissions of these days that began with a view, and are neither spam nor deleted.
    pub(crate) submission_count: i64,
    /// Submissions by starts, from 0 to 1; absent where nobody began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) completion_rate: Option<f64>,
}

/// A page of the form.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct PageVisits {
    /// From 1.
    pub(crate) page: usize,
    /// The label of its page break.
    pub(crate) title: String,
    pub(crate) reached_count: i64,
    /// Those who reached it and went on to no other page, nor sent the form.
    pub(crate) left_count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_reached_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_left_count: Option<i64>,
}

/// In seconds, right to two digits: a quarter, half and three quarters took no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TimeToAnswer {
    pub(crate) lower_quartile_seconds: i64,
    pub(crate) median_seconds: i64,
    pub(crate) upper_quartile_seconds: i64,
}

/// Those who come from one place.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct SourceVisits {
    /// `utm_source`, a host, `direct`, or `other` for all that were too many.
    pub(crate) source: String,
    pub(crate) view_count: i64,
    pub(crate) submission_count: i64,
    /// The query with which `GET /api/forms/{form}/submissions` lists them.
    pub(crate) submissions: String,
    /// Submissions by views, from 0 to 1; absent where the form was not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) conversion_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_view_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_submission_count: Option<i64>,
}

/// What is counted of some days: visits, and submissions.
#[derive(Clone, Copy)]
pub(crate) struct Counts<'a> {
    pub(crate) visits: &'a Counted,
    pub(crate) answers: &'a Counted,
}

/// The report over some days, and those that they are compared with.
pub(crate) fn visit_report(
    definition: &Definition,
    now: Counts<'_>,
    earlier: Option<Counts<'_>>,
) -> VisitReport {
    VisitReport {
        now: now.sums(),
        earlier: earlier.map(Counts::sums),
        pages: pages(definition, now, earlier),
        time_to_answer: now.time(),
        earlier_time_to_answer: earlier.and_then(Counts::time),
        sources: sources(now, earlier),
    }
}

impl<'a> Counts<'a> {
    fn of(self, figure: Figure) -> &'a Terms {
        const NONE: &Terms = &Terms::new();
        self.visits.get(figure.as_str()).unwrap_or(NONE)
    }

    fn sent(self) -> &'a Terms {
        const NONE: &Terms = &Terms::new();
        self.answers.get(VISIT).unwrap_or(NONE)
    }

    fn sums(self) -> VisitSums {
        let sum = |terms: &Terms| terms.values().sum();
        let (start_count, submission_count) = (sum(self.of(Figure::Start)), sum(self.sent()));
        VisitSums {
            view_count: sum(self.of(Figure::View)),
            start_count,
            submission_count,
            completion_rate: share(submission_count, start_count),
        }
    }

    /// How many reached a page, and how many of them left there.
    fn page(self, key: &str) -> (i64, i64) {
        let count = |figure| self.of(figure).get(key).copied().unwrap_or_default();
        let reached = count(Figure::Page);
        (reached, (reached - count(Figure::Passed)).max(0))
    }

    fn time(self) -> Option<TimeToAnswer> {
        let [lower, median, upper] = quartiles(self.answers.get(SECONDS)?)?;
        Some(TimeToAnswer {
            lower_quartile_seconds: lower,
            median_seconds: median,
            upper_quartile_seconds: upper,
        })
    }

    fn source(self, name: &str) -> (i64, i64) {
        let views = self.of(Figure::View).get(name).copied().unwrap_or_default();
        (views, self.sent().get(&format!("={name}")).copied().unwrap_or_default())
    }
}

impl TimeToAnswer {
    /// Whether people take more and less time.
    pub(crate) fn is_spread(&self) -> bool {
        self.lower_quartile_seconds < self.upper_quartile_seconds
    }
}

/// Never more than all: whoever sends today may have begun yesterday.
fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| (ratio(part, whole).min(1.0) * 10_000.0).round() / 10_000.0)
}

fn pages(definition: &Definition, now: Counts<'_>, earlier: Option<Counts<'_>>) -> Vec<PageVisits> {
    let steps = Steps::of(definition);
    let pages = steps.iter().enumerate().map(|(index, step)| {
        let (reached_count, left_count) = now.page(step.name());
        let earlier = earlier.map(|earlier| earlier.page(step.name()));
        PageVisits {
            page: index + 1,
            title: step.heading.map_or_else(String::new, |heading| heading.label.clone()),
            reached_count,
            left_count,
            earlier_reached_count: earlier.map(|(reached, _)| reached),
            earlier_left_count: earlier.map(|(_, left)| left),
        }
    });
    pages.collect()
}

fn sources(now: Counts<'_>, earlier: Option<Counts<'_>>) -> Vec<SourceVisits> {
    let both = [Some(now), earlier].into_iter().flatten();
    let mut names: Vec<&str> = both
        .flat_map(|counts| {
            let sent = counts.sent().keys().filter_map(|term| term.strip_prefix('='));
            counts.of(Figure::View).keys().map(String::as_str).chain(sent)
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut sources: Vec<SourceVisits> = names
        .into_iter()
        .map(|name| {
            let (view_count, submission_count) = now.source(name);
            let earlier = earlier.map(|earlier| earlier.source(name));
            SourceVisits {
                source: name.to_owned(),
                view_count,
                submission_count,
                submissions: String::new(),
                conversion_rate: share(submission_count, view_count),
                earlier_view_count: earlier.map(|(views, _)| views),
                earlier_submission_count: earlier.map(|(_, sent)| sent),
            }
        })
        .collect();
    sources.sort_by_key(|source| (-source.view_count, -source.submission_count));
    sources
}
