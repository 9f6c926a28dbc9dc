//! Charts drawn on the server; every one carries its figures as a table too.

use maud::{Markup, PreEscaped, Render, html};

use crate::{components::stat::points, sample::Sample};

/// Labels and values in order: `("Mon", 128.0)`.
pub type Series<'a> = &'a [(&'a str, f64)];

/// A course over time, as a line over a tinted area.
pub struct LineChart<'a> {
    /// What is shown: "Submissions per day".
    pub title: &'a str,
    /// Oldest first.
    pub series: Series<'a>,
}

/// Amounts side by side.
pub struct BarChart<'a> {
    /// What is shown.
    pub title: &'a str,
    /// In the order to show.
    pub series: Series<'a>,
}

/// Grid lines stand at these shares of the height.
const GRID: [u32; 5] = [0, 25, 50, 75, 100];

impl Render for LineChart<'_> {
    fn render(&self) -> Markup {
        let top = ceiling(self.series);
        let values: Vec<f64> = self.series.iter().map(|(_, value)| *value).collect();
        let line = points(&values, 0.0..top, 1000.0, 0.0..100.0);
        frame(
            self.title,
            self.series,
            "chart",
            html! {
                svg.chart__plot viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" {
                    polygon.chart__area points={ "0,100 " (line) " 1000,100" } {}
                    polyline.chart__line points=(line) vector-effect="non-scaling-stroke" {}
                }
            },
        )
    }
}

impl Render for BarChart<'_> {
    fn render(&self) -> Markup {
        let top = ceiling(self.series);
        #[expect(clippy::cast_precision_loss, reason = "a chart has few bars")]
        let slot = 100.0 / self.series.len().max(1) as f64;
        let bars = self.series.iter().scan(-slot, |x, (label, value)| {
            *x += slot;
            Some((*x, label, value, value / top * 100.0))
        });
        frame(
            self.title,
            self.series,
            "chart chart--bars",
            html! {
                svg.chart__plot aria-hidden="true" {
                    @for (x, label, value, height) in bars {
                        rect.chart__bar x={ (percent(x + slot * 0.18)) } y={ (percent(100.0 - height)) }
                            width={ (percent(slot * 0.64)) } height={ (percent(height)) } rx="4" {
                            title { (label) ": " (figure(*value)) }
                        }
                    }
                }
            },
        )
    }
}

/// Shares of a whole as horizontal bars: the answers to a choice.
pub fn distribution(title: &str, series: Series<'_>) -> Markup {
    let whole: f64 = series.iter().map(|(_, value)| value).sum::<f64>().max(f64::MIN_POSITIVE);
    html! {
        figure.distribution {
            figcaption.chart__title { (title) }
            dl {
                @for (label, value) in series {
                    div.distribution__row {
                        dt { (label) }
                        dd {
                            span.distribution__share { (format!("{:.0} %", value / whole * 100.0)) }
                            span.distribution__figure { (figure(*value)) }
                        }
                        dd.distribution__bar aria-hidden="true" {
                            svg width="100%" height="8" {
                                rect.distribution__track width="100%" height="8" rx="4" {}
                                rect.chart__bar width=(percent(value / whole * 100.0)) height="8" rx="4" {}
                            }
                        }
                    }
                }
            }
        }
    }
}

fn frame(title: &str, series: Series<'_>, class: &str, plot: Markup) -> Markup {
    let top = ceiling(series);
    if series.is_empty() {
        return html! {
            figure.chart {
                figcaption.chart__title { (title) }
                p.chart__nothing { "The first figures will be drawn here." }
            }
        };
    }
    html! {
        figure class=(class) {
            figcaption.chart__title { (title) }
            div.chart__frame aria-hidden="true" {
                div.chart__scale { @for share in GRID { span { (figure(top - top * f64::from(share) / 100.0)) } } }
                div.chart__field {
                    svg.chart__grid {
                        @for share in GRID { line x1="0" x2="100%" y1={ (share) "%" } y2={ (share) "%" } {} }
                    }
                    (plot)
                }
                div.chart__labels { @for (label, _) in thinned(series) { span { (label) } } }
            }
            (figures(title, series))
        }
    }
}

/// At most seven labels fit under a chart on a phone.
fn thinned<'a>(series: Series<'a>) -> impl Iterator<Item = &'a (&'a str, f64)> {
    series.iter().step_by(series.len().div_ceil(7).max(1))
}

fn figures(title: &str, series: Series<'_>) -> Markup {
    html! {
        details.chart__figures {
            summary { "Figures" span.visually-hidden { " of " (title) } }
            table.table {
                tbody {
                    @for (label, value) in series {
                        tr { th scope="row" { (label) } td.table__number { (figure(*value)) } }
                    }
                }
            }
        }
    }
}

/// The next round number above the highest value that four equal steps divide into whole ones.
fn ceiling(series: Series<'_>) -> f64 {
    let high = series.iter().map(|(_, value)| *value).fold(4.0, f64::max);
    let power = 10_f64.powf(high.log10().floor());
    let tops =
        [1.0, 1.2, 1.6, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0].map(|factor: f64| (factor * power).round());
    tops.into_iter().find(|top| *top >= high && top % 4.0 == 0.0).unwrap_or(high)
}

fn percent(value: f64) -> PreEscaped<String> {
    PreEscaped(format!("{value:.2}%"))
}

/// Thousands in groups, at most one decimal.
fn figure(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    let text = format!("{rounded}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

pub(crate) fn samples() -> Vec<Sample> {
    let days = [
        ("Mon", 3_120.0),
        ("Tue", 4_890.0),
        ("Wed", 4_210.0),
        ("Thu", 6_340.0),
        ("Fri", 7_150.0),
        ("Sat", 2_480.0),
        ("Sun", 2_900.0),
    ];
    let answers =
        [("Very likely", 412.0), ("Perhaps", 187.0), ("Rather not", 64.0), ("Never", 0.0)];
    vec![
        Sample::new(
            "charts",
            "Line",
            LineChart { title: "Submissions per day", series: &days }.render(),
        ),
        Sample::new(
            "charts",
            "Bars",
            BarChart { title: "Submissions by weekday", series: &days }.render(),
        ),
        Sample::new("charts", "Shares", distribution("Would you come back?", &answers)),
        Sample::new(
            "charts",
            "Nothing to draw yet",
            LineChart { title: "No days yet", series: &[] }.render(),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_on_a_round_number() {
        assert!((ceiling(&[("a", 7_150.0)]) - 8_000.0).abs() < 1e-6);
        assert!((ceiling(&[("a", 0.0)]) - 4.0).abs() < 1e-6);
        assert!((ceiling(&[("a", 9.0)]) - 12.0).abs() < 1e-6);
        assert!((ceiling(&[("a", 1_000.0)]) - 1_000.0).abs() < 1e-6);
    }

    #[test]
    fn figures_are_grouped() {
        assert_eq!(figure(1_234_567.0), "1,234,567");
        assert_eq!(figure(0.25), "0.3");
        assert_eq!(figure(999.0), "999");
    }

    #[test]
    fn a_label_cannot_carry_markup() {
        let chart = BarChart { title: "<b>", series: &[("<script>", 1.0)] }.render().into_string();
        assert!(!chart.contains("<script>") && !chart.contains("<b>"));
    }
}
