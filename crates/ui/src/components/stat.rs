//! One figure with its direction and its recent course.

use std::ops::Range;

use maud::{Markup, Render, html};

use crate::{Tone, sample::Sample};

/// The course of a figure against the period before.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    /// Whether the change is welcome: fewer failures are good.
    pub tone: Tone,
    /// "12 % more than last week".
    pub text: &'a str,
}

/// A tile of a dashboard.
pub struct Stat<'a> {
    /// What is counted.
    pub label: &'a str,
    /// The figure, already in the reader's format.
    pub value: &'a str,
    /// Against the period before.
    pub change: Option<Change<'a>>,
    /// Recent values, oldest first; fewer than two draw nothing.
    pub course: &'a [f64],
}

impl Render for Stat<'_> {
    fn render(&self) -> Markup {
        html! {
            div.stat {
                div.stat__label { (self.label) }
                div.stat__value { (self.value) }
                @if let Some(change) = self.change {
                    div.stat__change data-tone=(change.tone.name()) { (change.text) }
                }
                (sparkline(self.course))
            }
        }
    }
}

/// A small line without axes; decorative, since the figure stands beside it.
pub fn sparkline(values: &[f64]) -> Markup {
    if values.len() < 2 {
        return html! {};
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let line = points(values, low..high, 100.0, 2.0..28.0);
    html! {
        svg.sparkline viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true" {
            polygon.sparkline__area points={ "0,32 " (line) " 100,32" } {}
            polyline.sparkline__line points=(line) vector-effect="non-scaling-stroke" {}
        }
    }
}

/// SVG points that fill `width`; `scale.start` stands at `room.end`, `scale.end` at `room.start`.
pub(crate) fn points(values: &[f64], scale: Range<f64>, width: f64, room: Range<f64>) -> String {
    let span = if scale.end > scale.start { scale.end - scale.start } else { 1.0 };
    #[expect(clippy::cast_precision_loss, reason = "a chart has few points")]
    let step = width / (values.len().max(2) - 1) as f64;
    let mut x = -step;
    let place = |value: &f64| {
        x += step;
        let share = (value - scale.start) / span;
        format!("{x:.1},{:.1}", room.end - share * (room.end - room.start))
    };
    values.iter().map(place).collect::<Vec<_>>().join(" ")
}

pub(crate) fn samples() -> Vec<Sample> {
    let course = [12.0, 18.0, 14.0, 22.0, 30.0, 26.0, 41.0, 38.0, 52.0];
    let tiles = [
        ("Submissions today", "48,210", Some((Tone::Good, "12 % more than last Tuesday"))),
        ("Median time to store", "2.4 ms", Some((Tone::Good, "0.3 ms faster"))),
        ("Failed webhooks", "17", Some((Tone::Bad, "9 more than yesterday"))),
    ];
    vec![
        Sample::new(
            "stats",
            "Tiles",
            html! {
                div.stats {
                    @for (label, value, change) in tiles {
                        (Stat {
                            label,
                            value,
                            change: change.map(|(tone, text)| Change { tone, text }),
                            course: &course,
                        })
                    }
                }
            },
        ),
        Sample::new(
            "stats",
            "Without a past",
            html! {
                (Stat { label: "Members", value: "1", change: None, course: &[] })
                (sparkline(&[3.0, 3.0, 3.0]))
            },
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_spans_the_whole_width_and_height() {
        assert_eq!(
            points(&[0.0, 5.0, 10.0], 0.0..10.0, 100.0, 2.0..30.0),
            "0.0,30.0 50.0,16.0 100.0,2.0"
        );
        assert_eq!(points(&[4.0, 4.0], 4.0..4.0, 10.0, 2.0..30.0), "0.0,30.0 10.0,30.0");
    }
}
