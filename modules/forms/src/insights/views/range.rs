//! Which days are meant, and what they are compared with.

use jiff::{ToSpan, civil::Date};
use maud::{Markup, Render, html};
use ui::{Alert, Button, Chip, Choice, Field as Input, Icon, chips};

use super::Page;
use crate::{insights::asked::Compare, pages::figure, paths};

/// The usual ranges, in days up to today.
const USUAL: [(&str, i32); 4] =
    [("7 days", 7), ("30 days", 30), ("90 days", 90), ("12 months", 365)];

/// Ranges to be pressed, and a sheet for any other.
pub(super) fn chooser(page: &Page<'_>) -> Markup {
    let today = page.report.until;
    let compared = matches!(page.asked.compare, Compare::Previous);
    let kept = |pairs: &mut Vec<(&str, String)>| {
        if compared {
            pairs.push(("compare", "previous".to_owned()));
        }
    };
    let whole = page.asked.is_whole();
    let mut links = vec![("All".to_owned(), page.with(&[]), whole)];
    for (label, days) in USUAL {
        let since = today.saturating_sub((days - 1).days());
        let mut pairs = vec![("since", since.to_string())];
        kept(&mut pairs);
        let on = !whole && since == page.report.since && !page.asked.ends();
        links.push((label.to_owned(), page.with(&pairs), on));
    }
    let all: Vec<Chip<'_>> =
        links.iter().map(|(label, href, on)| Chip { label, href, on: *on }).collect();
    html! {
        div.insights__range {
            (chips("Days", &all))
            (sheet(page))
            @if page.viewer.writes { (zone(page)) }
        }
    }
}

/// By whose days the workspace counts.
fn zone(page: &Page<'_>) -> Markup {
    let action = paths::form_part(page.viewer.slug, page.form.id, "insights/time_zone");
    let (value, wrong) = match page.refused {
        Some((value, message)) => (value, Some(message)),
        None => (page.report.time_zone.as_str(), None),
    };
    html! {
        details.filters.insights__sheet open[wrong.is_some()] {
            summary.button.filters__head { (Icon::Settings) span.button__label { "Time zone" } }
            form.filters__sheet method="post" action=(action) {
                (ui::hidden("csrf_token", page.viewer.csrf_token))
                (Input::text("time_zone", "Time zone of all forms").value(value).required(true).error(wrong)
                    .hint(Some("Days begin by it, as in Europe/Berlin. Another one has all answers counted anew."))
                    .attr("autocomplete", "off"))
                div.filters__foot { (Button::secondary("Save").submit()) }
            }
        }
    }
}

/// A plain form that asks the same address with other days.
fn sheet(page: &Page<'_>) -> Markup {
    let here = paths::insights(page.viewer.slug, page.form.id);
    let report = page.report;
    let (since, until) = (report.since.to_string(), report.until.to_string());
    let by = ["day", "week", "month"].map(|word| Choice { value: word, label: word });
    let compares = [
        Choice { value: "none", label: "Nothing" },
        Choice { value: "previous", label: "The days before" },
        Choice { value: "chosen", label: "Days of my choice" },
    ];
    let (compare, earlier) = match page.asked.compare {
        Compare::Nothing => ("none", None),
        Compare::Previous => ("previous", None),
        Compare::Chosen(range) => ("chosen", Some(range)),
    };
    let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (from, to) = (text(earlier.map(|it| it.since)), text(earlier.map(|it| it.until)));
    html! {
        details.filters.insights__sheet {
            summary.button.filters__head { (Icon::Filter) span.button__label { "Days and comparison" } }
            form.filters__sheet action=(here) aria-label="Days and comparison" {
                div.filters__inputs {
                    (Input::date("since", "From").value(&since))
                    (Input::date("until", "To").value(&until))
                    (Input::select("by", "By", &by).required(true).value(report.by.as_str()))
                    (Input::select("compare", "Compare with", &compares).required(true).value(compare))
                    (Input::date("compare_since", "Compare from").value(&from))
                    (Input::date("compare_until", "Compare to").value(&to))
                }
                div.filters__foot {
                    (Button::primary("Show").submit())
                    (Button::quiet("All days").href(&here))
                }
            }
        }
    }
}

/// Of which days the figures are, and whether all is counted yet.
pub(super) fn told(page: &Page<'_>) -> Markup {
    let report = page.report;
    let waiting = report.received_to - report.counted_to;
    html! {
        p.insights__told.muted {
            (days(report.since, report.until)) " (" (report.time_zone) ")"
            @if let Some(earlier) = &report.earlier { ", compared with " (days(earlier.since, earlier.until)) }
        }
        @if waiting > 0 {
            (Alert::info("Still counting").text(&format!(
                "{} submissions are counted in the background. The figures grow until that is done.", figure(waiting)
            )).render())
        }
    }
}

fn days(since: Date, until: Date) -> String {
    let text = |day: Date| day.strftime("%-d %b %Y").to_string();
    if since == until { text(since) } else { format!("{} – {}", text(since), text(until)) }
}
