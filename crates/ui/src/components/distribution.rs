//! Shares of a whole as horizontal bars: the answers to a choice.

use maud::{Markup, Render, html};

use super::chart::{figure, percent};
use crate::sample::Sample;

/// The shares of a whole, one under the other.
pub struct Distribution<'a> {
    /// What is shown.
    pub title: &'a str,
    /// In the order to show.
    pub shares: &'a [Share<'a>],
    /// What 100 % are; of answers that several may have, fewer than all shares together.
    pub whole: f64,
    /// What 100 % were in the time that it is compared with.
    pub earlier_whole: f64,
}

/// One share.
#[derive(Clone, Copy)]
pub struct Share<'a> {
    pub label: &'a str,
    pub value: f64,
    /// Where it leads.
    pub href: Option<&'a str>,
    /// What it was in the time that it is compared with.
    pub earlier: Option<f64>,
    /// Where that leads.
    pub earlier_href: Option<&'a str>,
}

impl Render for Distribution<'_> {
    fn render(&self) -> Markup {
        html! {
            figure.distribution {
                figcaption.chart__title { (self.title) }
                @if self.shares.iter().any(|share| share.earlier.is_some()) { (legend()) }
                dl { @for share in self.shares { (self.row(share)) } }
            }
        }
    }
}

impl Distribution<'_> {
    fn row(&self, share: &Share<'_>) -> Markup {
        let now = of(share.value, self.whole);
        let earlier = share.earlier.map(|value| of(value, self.earlier_whole));
        html! {
            div.distribution__row {
                dt {
                    @if let Some(href) = share.href { a href=(href) { (share.label) } } @else { (share.label) }
                }
                dd {
                    span.distribution__share { (format!("{now:.0} %")) }
                    span.distribution__figure { (figure(share.value)) }
                }
                dd.distribution__bar aria-hidden="true" {
                    svg width="100%" height="8" {
                        rect.distribution__track width="100%" height="8" rx="4" {}
                        rect.chart__bar width=(percent(now)) height="8" rx="4" {}
                    }
                }
                @if let (Some(earlier), Some(value)) = (earlier, share.earlier) {
                    dd.distribution__earlier {
                        svg width="100%" height="4" aria-hidden="true" {
                            rect.distribution__before width=(percent(earlier)) height="4" rx="2" {}
                        }
                        span {
                            @let before = html! { span.visually-hidden { "Before: " (share.label) " " } (format!("{earlier:.0} %")) ", " (figure(value)) };
                            @if let Some(href) = share.earlier_href { a href=(href) { (before) } } @else { (before) }
                            " (" (points(now - earlier)) ")"
                        }
                    }
                }
            }
        }
    }
}

/// What the two bars of each share are; said once, and to those who hear the page beside each figure.
fn legend() -> Markup {
    html! {
        p.distribution__legend aria-hidden="true" {
            span { svg width="16" height="8" { rect.chart__bar width="16" height="8" rx="4" {} } "Now" }
            span { svg width="16" height="4" { rect.distribution__before width="16" height="4" rx="2" {} } "Before" }
        }
    }
}

/// In percent, and no more than all.
fn of(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole * 100.0).min(100.0) } else { 0.0 }
}

/// The difference of two shares, in percentage points.
fn points(difference: f64) -> String {
    format!("{difference:+.0} points").replace("+0 ", "0 ").replace("-0 ", "0 ").replace('-', "−")
}

pub(crate) fn samples() -> Vec<Sample> {
    let share = |label, value, earlier: Option<f64>| {
        let earlier_href = earlier.filter(|value| *value > 0.0).map(|_| "#rows-before");
        Share { label, value, href: Some("#rows"), earlier, earlier_href }
    };
    let plain = [
        share("Very likely", 412.0, None),
        share("Perhaps", 187.0, None),
        Share { href: None, ..share("Never", 0.0, None) },
    ];
    let compared = [
        share("Very likely", 412.0, Some(201.0)),
        share("Perhaps", 187.0, Some(260.0)),
        share("Never", 0.0, Some(0.0)),
    ];
    let show = |title, shares, earlier_whole| {
        Distribution { title, shares, whole: 599.0, earlier_whole }.render()
    };
    vec![
        Sample::new("charts", "Shares", show("Would you come back?", &plain, 0.0)),
        Sample::new("charts", "Shares compared", show("Would you come back?", &compared, 461.0)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bars_are_is_said_once_and_only_where_two_are_compared() {
        let share =
            |label, earlier| Share { label, value: 3.0, href: None, earlier, earlier_href: None };
        let drawn = |shares: &[Share<'_>]| {
            let title = "Would you come back?";
            Distribution { title, shares, whole: 6.0, earlier_whole: 4.0 }.render().0
        };
        let compared = drawn(&[share("Yes", Some(1.0)), share("No", Some(3.0))]);
        assert_eq!(compared.matches("distribution__legend").count(), 1);
        let told = r#"<span class="visually-hidden">Before: Yes </span>25 %, 1"#;
        assert!(compared.contains(told), "{compared}");
        assert!(!drawn(&[share("Yes", None)]).contains("Before"));
    }

    #[test]
    fn differences_are_told_in_points_and_none_as_none() {
        let told = [12.4, -3.0, 0.2, -0.2].map(points);
        assert_eq!(told, ["+12 points", "−3 points", "0 points", "0 points"]);
    }
}
