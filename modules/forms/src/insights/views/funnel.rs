//! The way from a view to an answer: how many come how far, where they leave, how long it takes, where they come from.

use maud::{Markup, Render, html};
use ui::{Card, Change, Column, Distribution, Row, Share, Stat, Table, Tone};

use super::Page;
use crate::{
    insights::{
        figures::ratio,
        visits::{PageVisits, SourceVisits, TimeToAnswer, VisitReport, VisitSums},
    },
    pages::figure,
    paths,
};

/// Sources that are shown.
const MOST_SOURCES: usize = 12;

/// Views, the share of those who finish, and the time they take.
pub(super) fn tiles(page: &Page<'_>) -> Markup {
    let visits = &page.report.visits;
    let earlier = visits.earlier.as_ref();
    let before = |text: Option<String>| text.map(|text| format!("{text} before"));
    let tile = |label, value: &str, before: Option<String>| {
        let change = before.as_deref().map(|text| Change { tone: Tone::Neutral, text });
        Stat { label, value, change, course: &[] }.render()
    };
    html! {
        (tile("Views", &figure(visits.now.view_count), before(earlier.map(|it| figure(it.view_count)))))
        @if let Some(rate) = visits.now.completion_rate {
            (tile("Completion", &percent(rate), before(earlier.and_then(|it| it.completion_rate).map(percent))))
        }
        @if let Some(time) = visits.time_to_answer {
            (tile("Median time", &duration(time.median_seconds),
                before(visits.earlier_time_to_answer.map(|it| duration(it.median_seconds)))))
        }
    }
}

/// What is told of visits, beside the answers.
pub(super) fn cards(page: &Page<'_>) -> Markup {
    let visits = &page.report.visits;
    if visits.sources.is_empty() {
        return nobody(page);
    }
    html! {
        (way(visits))
        (sources(page, visits))
    }
}

fn nobody(page: &Page<'_>) -> Markup {
    let share = paths::form_part(page.viewer.slug, page.form.id, "share");
    let body = html! {
        p.muted { "No views in these days. Whoever opens the form's own page is counted here, wherever it is shown." }
        p { a href=(share) { "Share the form" } }
    };
    Card::new(html! { div.insight { (body) } }).title("From view to answer").render()
}

fn way(visits: &VisitReport) -> Markup {
    let steps = steps(visits);
    let shares: Vec<Share<'_>> = steps
        .iter()
        .map(|(label, now, earlier)| Share {
            label,
            value: ratio(*now, 1),
            href: None,
            earlier: earlier.map(|count| ratio(count, 1)),
            earlier_href: None,
        })
        .collect();
    let earlier = visits.earlier.as_ref().map_or(0, |earlier| earlier.view_count);
    let body = html! {
        (Distribution {
            title: "How far people come",
            shares: &shares,
            whole: ratio(visits.now.view_count, 1),
            earlier_whole: ratio(earlier, 1),
        })
        @if visits.pages.len() > 1 { (leaving(&visits.pages)) }
        @if let Some(time) = visits.time_to_answer.as_ref().filter(|it| it.is_spread()) { p.muted { (spread(time)) } }
    };
    let summary = summary(&visits.now);
    Card::new(html! { div.insight { (body) } })
        .title("From view to answer")
        .summary(&summary)
        .render()
}

/// What stands under each other: a step, how many came so far, and how many did before.
fn steps(visits: &VisitReport) -> Vec<(String, i64, Option<i64>)> {
    let sums = |label: &str, of: fn(&VisitSums) -> i64| {
        (label.to_owned(), of(&visits.now), visits.earlier.as_ref().map(of))
    };
    let pages = visits.pages.iter().skip(1);
    let pages = pages.map(|page| (name(page), page.reached_count, page.earlier_reached_count));
    let first = [sums("Opened it", |it| it.view_count), sums("Began", |it| it.start_count)];
    let last = [sums("Sent it", |it| it.submission_count)];
    first.into_iter().chain(pages).chain(last).collect()
}

/// "Page 2: About you".
fn name(page: &PageVisits) -> String {
    match page.title.as_str() {
        "" => format!("Page {}", page.page),
        title => format!("Page {}: {title}", page.page),
    }
}

fn leaving(pages: &[PageVisits]) -> Markup {
    let row = |page: &PageVisits| {
        let share = percent(ratio(page.left_count, page.reached_count));
        Row {
            id: None,
            href: None,
            cells: vec![
                html! { (name(page)) },
                html! { (figure(page.reached_count)) },
                html! { (figure(page.left_count)) " · " (share) (before(page.earlier_left_count)) },
            ],
        }
    };
    let rows: Vec<Row<'_>> = pages.iter().map(row).collect();
    let columns = [Column::text("Page"), Column::number("Reached"), Column::number("Left there")];
    Table::new("Where people leave", &columns, &rows).render()
}

/// What it was in the days that these are compared with.
fn before(count: Option<i64>) -> Markup {
    html! { @if let Some(count) = count { " " span.insight__before { (figure(count)) " before" } } }
}

/// "62 % of those who began sent it".
fn summary(sums: &VisitSums) -> String {
    match sums.completion_rate {
        Some(rate) => format!("{} of those who began sent it", percent(rate)),
        None => "Nobody has begun yet".to_owned(),
    }
}

fn spread(time: &TimeToAnswer) -> String {
    format!(
        "Half of those who sent it took no longer than {}, the middle half from {} to {}.",
        duration(time.median_seconds),
        duration(time.lower_quartile_seconds),
        duration(time.upper_quartile_seconds),
    )
}

fn sources(page: &Page<'_>, visits: &VisitReport) -> Markup {
    let row = |source: &SourceVisits| Row {
        id: None,
        href: None,
        cells: vec![
            html! { (label(&source.source)) },
            html! { (figure(source.view_count)) (before(source.earlier_view_count)) },
            html! {
                @if source.submission_count > 0 {
                    a href=(page.rows(&source.submissions)) { (figure(source.submission_count)) }
                } @else { "0" }
                (before(source.earlier_submission_count))
            },
            html! { @if let Some(rate) = source.conversion_rate { (percent(rate)) } @else { "–" } },
        ],
    };
    let rows: Vec<Row<'_>> = visits.sources.iter().take(MOST_SOURCES).map(row).collect();
    let columns = [
        Column::text("Source"),
        Column::number("Views"),
        Column::number("Sent"),
        Column::number("Of views"),
    ];
    let body = Table::new("Where people come from", &columns, &rows).render();
    Card::new(html! { div.insight { (body) } })
        .title("Where people come from")
        .summary("By the link's utm_source, or the page with the link")
        .render()
}

/// Names of our own as people read them.
fn label(source: &str) -> &str {
    match source {
        "direct" => "Direct",
        "other" => "All others",
        source => source,
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// "45 s", "2 min 10 s", "1 h 5 min".
fn duration(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let parts = match (hours, minutes) {
        (0, 0) => return format!("{rest} s"),
        (0, _) => [(minutes, "min"), (rest, "s")],
        _ => [(hours, "h"), (minutes, "min")],
    };
    let told = parts.iter().filter(|(count, _)| *count > 0);
    told.map(|(count, unit)| format!("{count} {unit}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn a_time_is_told_in_its_two_largest_parts() {
        let told = [0, 45, 60, 130, 3_600, 3_905].map(duration);
        assert_eq!(told, ["0 s", "45 s", "1 min", "2 min 10 s", "1 h", "1 h 5 min"]);
    }
}
