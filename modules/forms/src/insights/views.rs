//! The page of a form's insights: the days that are meant, figures, one chart a question.

mod field;
mod funnel;
mod range;

use jiff::civil::Date;
use maud::{Markup, Render, html};
use ui::{
    BarChart, Card, Change, Distribution, EmptyState, Illustration, PageHeader, Share, Stat, Tone,
};

use super::{
    asked::{Asked, By},
    bars::Bar,
    figures::{one_decimal, ratio},
    report::Report,
};
use crate::{
    forms::{
        Form,
        editor::{View, state, tabs},
    },
    pages::{Viewer, figure},
    paths,
};

/// Everything that new submissions replace.
const CONTAINER: &str = "insights";

/// A form's answers in figures, and what was asked for.
pub(crate) struct Page<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    pub(crate) asked: &'a Asked,
    pub(crate) report: &'a Report,
    /// The query of the address.
    pub(crate) pairs: &'a [(String, String)],
    /// A time zone that does not exist, and what is wrong with it.
    pub(crate) refused: Option<(&'a str, &'a str)>,
}

impl Page<'_> {
    /// The list of what is behind a figure.
    fn rows(&self, query: &str) -> String {
        format!("{}?{query}", paths::submissions(self.viewer.slug, self.form.id))
    }

    /// This page, asked otherwise.
    fn with(&self, pairs: &[(&str, String)]) -> String {
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        let here = paths::insights(self.viewer.slug, self.form.id);
        if query.is_empty() { here } else { format!("{here}?{query}") }
    }
}

/// The whole page.
pub(crate) fn page(page: &Page<'_>) -> Markup {
    html! {
        (body(page))
        script src=(ui::url("live_part.js")) type="module" {}
    }
}

/// The page but for its script.
pub(crate) fn body(page: &Page<'_>) -> Markup {
    let list = paths::forms(page.viewer.slug);
    html! {
        div.form-page {
            (PageHeader::new(&page.form.title).trail(&[("Forms", &list)]).summary(state(&page.viewer, page.form)))
            (tabs(&page.viewer, page.form, View::Insights))
            (range::chooser(page))
            (container(page))
        }
    }
}

/// The figures: asked for anew when something was counted, at most every five seconds.
pub(crate) fn container(page: &Page<'_>) -> Markup {
    let query = serde_urlencoded::to_string(page.pairs).unwrap_or_default();
    let here = format!("{}?{query}", paths::insights(page.viewer.slug, page.form.id));
    let report = page.report;
    html! {
        live-part.insights id=(CONTAINER) data-subject=(page.form.id) data-hx-get=(here)
            data-hx-trigger="live:submissions.processed throttle:5000ms, live:submission.deleted throttle:5000ms"
            data-hx-swap="outerMorph" {
            (range::told(page))
            @if report.is_empty() {
                (nothing(page))
            } @else {
                (tiles(page))
                (over_time(page))
                div.insights__fields {
                    (funnel::cards(page))
                    @for field in &report.fields { (field::card(page, field)) }
                    @if !report.sources.is_empty() { (sources(page)) }
                }
            }
        }
    }
}

fn nothing(page: &Page<'_>) -> Markup {
    let (title, text) = if page.asked.is_whole() {
        (
            "No views and no answers yet",
            "Charts are drawn here as soon as somebody opens the form, or answers come in.",
        )
    } else {
        ("No answers in these days", "Choose other days, or all of them.")
    };
    EmptyState::new(Illustration::Inbox, title, text).render()
}

fn tiles(page: &Page<'_>) -> Markup {
    let report = page.report;
    let count = report.submission_count;
    let earlier = report.earlier.as_ref().map(|earlier| earlier.submission_count);
    let days = report.since.until(report.until).map_or(0, |span| span.get_days()) + 1;
    let a_day = format!("{}", one_decimal(ratio(count, days.into())));
    let change = earlier.map(|earlier| difference(count, earlier));
    let change = change.as_ref().map(|(tone, text)| Change { tone: *tone, text });
    html! {
        div.stats {
            (Stat { label: "Submissions", value: &figure(count), change, course: &[] })
            (Stat { label: "A day, on average", value: &a_day, change: None, course: &[] })
            (funnel::tiles(page))
            @for field in &report.fields {
                @if let Some(nps) = &field.nps {
                    @let change = field.earlier_nps.as_ref().map(|earlier| field::score_change(nps.score, earlier.score));
                    @let change = change.as_ref().map(|(tone, text)| Change { tone: *tone, text });
                    (Stat { label: "Net Promoter Score", value: &field::score(nps.score), change, course: &[] })
                }
            }
        }
    }
}

/// "12 % more than before".
fn difference(now: i64, before: i64) -> (Tone, String) {
    let share = ratio(now - before, before) * 100.0;
    match now.cmp(&before) {
        _ if before == 0 => (Tone::Neutral, "None before".to_owned()),
        std::cmp::Ordering::Equal => (Tone::Neutral, format!("{} before too", figure(before))),
        std::cmp::Ordering::Greater => {
            (Tone::Good, format!("{share:.0} % more than {} before", figure(before)))
        }
        std::cmp::Ordering::Less => {
            (Tone::Warning, format!("{:.0} % fewer than {} before", -share, figure(before)))
        }
    }
}

fn over_time(page: &Page<'_>) -> Markup {
    let report = page.report;
    let labels: Vec<String> =
        report.over_time.iter().map(|period| label(report.by, period.since)).collect();
    let all = labels.iter().zip(&report.over_time);
    let series: Vec<(&str, f64)> =
        all.map(|(label, period)| (label.as_str(), ratio(period.count, 1))).collect();
    let earlier = report.over_time.iter().filter_map(|period| period.earlier_count);
    let earlier: Vec<f64> = earlier.map(|count| ratio(count, 1)).collect();
    let links: Vec<String> =
        report.over_time.iter().map(|period| page.rows(&period.submissions)).collect();
    let title = match report.by {
        By::Day => "Submissions by day",
        By::Week => "Submissions by week",
        By::Month => "Submissions by month",
    };
    let chart = BarChart { title, series: &series, links: &links, earlier: &earlier };
    Card::new(chart.render()).render()
}

fn label(by: By, since: Date) -> String {
    match by {
        By::Day | By::Week => since.strftime("%-d %b").to_string(),
        By::Month => since.strftime("%b %Y").to_string(),
    }
}

fn sources(page: &Page<'_>) -> Markup {
    let whole = page.report.submission_count;
    let earlier = page.report.earlier.as_ref().map_or(0, |earlier| earlier.submission_count);
    Card::new(shares(page, "By way in", &page.report.sources, (whole, earlier))).render()
}

/// Bars, each with the way to what is behind it.
fn shares(page: &Page<'_>, title: &str, bars: &[Bar], (whole, earlier): (i64, i64)) -> Markup {
    let links: Vec<[Option<String>; 2]> = bars
        .iter()
        .map(|bar| {
            let earlier = bar.earlier_submissions.as_ref().filter(|_| bar.earlier_count > Some(0));
            let now = Some(&bar.submissions).filter(|_| bar.count > 0);
            [now, earlier].map(|query| query.map(|query| page.rows(query)))
        })
        .collect();
    let shares: Vec<Share<'_>> = bars
        .iter()
        .zip(&links)
        .map(|(bar, [now, earlier])| Share {
            label: &bar.label,
            value: ratio(bar.count, 1),
            href: now.as_deref(),
            earlier: bar.earlier_count.map(|count| ratio(count, 1)),
            earlier_href: earlier.as_deref(),
        })
        .collect();
    Distribution {
        title,
        shares: &shares,
        whole: ratio(whole, 1),
        earlier_whole: ratio(earlier, 1),
    }
    .render()
}
