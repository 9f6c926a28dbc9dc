//! The answers to one question: bars, or the latest texts, and what is told by figures.

use maud::{Markup, Render, html};
use ui::{Card, Tone};

use super::{Page, shares};
use crate::{
    forms::types::type_label,
    insights::{figures::ratio, report::FieldReport},
    pages::{ago, figure},
    paths,
};

pub(super) fn card(page: &Page<'_>, field: &FieldReport) -> Markup {
    let whole = (field.answered_count, field.earlier_answered_count.unwrap_or(0));
    let body = html! {
        @if let Some(nps) = &field.nps {
            p.insight__score { (score(nps.score)) span.muted { "Net Promoter Score, from −100 to +100" } }
            (shares(page, "Segments", &field.segments, whole))
        }
        @if !field.bars.is_empty() {
            (shares(page, "Answers", &field.bars, whole))
        } @else if !field.latest.is_empty() { (latest(page, field)) }
        @else if field.answered_count == 0 { p.muted { "No answers in these days." } }
        @if field.bars.is_empty() && field.answered_count > 0 {
            p { a href=(page.rows(&field.submissions)) { "All " (figure(field.answered_count)) " with an answer" } }
        }
    };
    let summary = summary(page, field);
    Card::new(html! { div.insight { (body) } }).title(&field.label).summary(&summary).render()
}

/// "Choice · 1,204 answered (96 %) · 4.2 on average".
fn summary(page: &Page<'_>, field: &FieldReport) -> String {
    let share = ratio(field.answered_count, page.report.submission_count) * 100.0;
    let mut parts = vec![
        type_label(field.kind).to_owned(),
        format!("{} answered ({share:.0} %)", figure(field.answered_count)),
    ];
    let number = |number: f64| figure_of(number);
    let before = field.earlier_mean.map(|mean| format!(" ({} before)", number(mean)));
    let before = before.unwrap_or_default();
    parts.extend(field.mean.map(|mean| format!("mean {}{before}", number(mean))));
    let about = if field.kind == "number" { "about " } else { "" };
    parts.extend(field.median.map(|median| format!("median {about}{}", number(median))));
    parts.join(" · ")
}

/// As short as it goes, thousands in groups.
fn figure_of(number: f64) -> String {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let grouped = whole.parse().map_or_else(|_| whole.to_owned(), figure);
    match fraction {
        "" => grouped,
        // -0.5 has a sign that -0 has not.
        _ if number < 0.0 && grouped == "0" => format!("−0.{fraction}"),
        _ => format!("{grouped}.{fraction}"),
    }
}

/// With its sign: −100 to +100.
pub(super) fn score(score: f64) -> String {
    match score.round() {
        0.0 => "0".to_owned(),
        score => format!("{score:+.0}").replace('-', "−"),
    }
}

pub(super) fn score_change(now: f64, before: f64) -> (Tone, String) {
    let tone = match now - before {
        more if more > 0.0 => Tone::Good,
        less if less < 0.0 => Tone::Warning,
        _ => Tone::Neutral,
    };
    (tone, format!("{} before", score(before)))
}

fn latest(page: &Page<'_>, field: &FieldReport) -> Markup {
    html! {
        ul.insight__texts aria-label="Latest answers" {
            @for text in &field.latest {
                li {
                    p { (text.text) }
                    a.muted href=(paths::submission(page.viewer.slug, text.submission_id)) {
                        span.visually-hidden { "Submission of " } (ago(text.received_at))
                    }
                }
            }
        }
    }
}
