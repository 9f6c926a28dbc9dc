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
    /// Where each bar leads; empty when none does.
    pub links: &'a [String],
    /// What stood at each place in the time that it is compared with; empty without one.
    pub earlier: &'a [f64],
}

/// Few bars are no wider than those of a week, and stand in the middle.
const FEWEST: usize = 7;

/// Grid lines stand at these shares of the height.
const GRID: [u32; 5] = [0, 25, 50, 75, 100];

impl Render for LineChart<'_> {
    fn render(&self) -> Markup {
        let top = ceiling(self.series, &[]);
        let values: Vec<f64> = self.series.iter().map(|(_, value)| *value).collect();
        let line = points(&values, 0.0..top, 1000.0, 0.0..100.0);
        frame(
            self.title,
            self.series,
            &Rest { links: &[], earlier: &[], top, labels: labels(self.series) },
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
        let top = ceiling(self.series, self.earlier);
        let (first, slot) = slots(self.series.len());
        let bars =
            self.series.iter().enumerate().scan(first - slot, |x, (index, (label, value))| {
                *x += slot;
                Some((*x, label, *value, self.earlier.get(index), self.links.get(index)))
            });
        let labels = labels_below(self.series, (first, slot));
        let rest = Rest { links: self.links, earlier: self.earlier, top, labels };
        frame(
            self.title,
            self.series,
            &rest,
            "chart chart--bars",
            html! {
                svg.chart__plot aria-hidden="true" {
                    @for (x, label, value, earlier, link) in bars {
                        @if let Some(earlier) = earlier {
                            (rect("chart__before", x + slot * 0.08, slot * 0.84, earlier / top * 100.0, html! {}))
                        }
                        @let title = html! { title { (label) ": " (figure(value)) } };
                        @let bar = rect("chart__bar", x + slot * 0.18, slot * 0.64, value / top * 100.0, title);
                        // By keyboard one takes the links in the table below.
                        @if let Some(link) = link { a href=(link) tabindex="-1" { (bar) } } @else { (bar) }
                    }
                }
            },
        )
    }
}

/// Where the first of so many bars has its place, and how wide a place is, in percent.
#[expect(clippy::cast_precision_loss, reason = "a chart has few bars")]
fn slots(bars: usize) -> (f64, f64) {
    let slot = 100.0 / bars.max(FEWEST) as f64;
    ((100.0 - slot * bars as f64) / 2.0, slot)
}

/// A bar that stands on the ground.
fn rect(class: &str, x: f64, width: f64, height: f64, title: Markup) -> Markup {
    html! {
        rect class=(class) x=(percent(x)) y=(percent(100.0 - height)) width=(percent(width))
            height=(percent(height)) rx="4" { (title) }
    }
}

/// What a frame holds beside its series.
struct Rest<'a> {
    links: &'a [String],
    earlier: &'a [f64],
    /// Where the scale ends.
    top: f64,
    labels: Markup,
}

fn frame(title: &str, series: Series<'_>, rest: &Rest<'_>, class: &str, plot: Markup) -> Markup {
    let top = rest.top;
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
                (rest.labels)
            }
            (figures(title, series, rest))
        }
    }
}

/// At most seven labels fit under a chart on a phone: every how many stands there.
fn every(series: Series<'_>) -> usize {
    series.len().div_ceil(7).max(1)
}

/// Labels of a line, from edge to edge.
fn labels(series: Series<'_>) -> Markup {
    html! {
        div.chart__labels {
            @for (label, _) in series.iter().step_by(every(series)) { span { (label) } }
        }
    }
}

/// Labels of bars, each below its own.
fn labels_below(series: Series<'_>, (first, slot): (f64, f64)) -> Markup {
    let places = series.iter().scan(first - slot / 2.0, |x, (label, _)| {
        *x += slot;
        Some((*x, label))
    });
    html! {
        svg.chart__labels {
            @for (x, label) in places.step_by(every(series)) {
                text x=(percent(x)) y="1em" text-anchor="middle" { (label) }
            }
        }
    }
}

fn figures(title: &str, series: Series<'_>, rest: &Rest<'_>) -> Markup {
    html! {
        details.chart__figures {
            summary { "Figures" span.visually-hidden { " of " (title) } }
            table.table {
                @if !rest.earlier.is_empty() {
                    thead { tr { td {} th.table__number scope="col" { "Now" } th.table__number scope="col" { "Before" } } }
                }
                tbody {
                    @for (index, (label, value)) in series.iter().enumerate() {
                        tr {
                            th scope="row" {
                                @if let Some(link) = rest.links.get(index) { a href=(link) { (label) } } @else { (label) }
                            }
                            td.table__number { (figure(*value)) }
                            @if let Some(earlier) = rest.earlier.get(index) { td.table__number { (figure(*earlier)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The next round number above the highest value that four equal steps divide into whole ones.
fn ceiling(series: Series<'_>, earlier: &[f64]) -> f64 {
    let values = series.iter().map(|(_, value)| value).chain(earlier);
    let high = values.copied().fold(4.0, f64::max);
    let power = 10_f64.powf(high.log10().floor());
    let tops =
        [1.0, 1.2, 1.6, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0].map(|factor: f64| (factor * power).round());
    tops.into_iter().find(|top| *top >= high && top % 4.0 == 0.0).unwrap_or(high)
}

pub(super) fn percent(value: f64) -> PreEscaped<String> {
    PreEscaped(format!("{value:.2}%"))
}

/// Thousands in groups, at most one decimal.
pub(super) fn figure(value: f64) -> String {
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
    let links = days.map(|(day, _)| format!("#{day}"));
    let before = [2_020.0, 5_300.0, 4_400.0, 4_100.0, 3_900.0, 2_700.0, 1_800.0];
    vec![
        Sample::new(
            "charts",
            "Line",
            LineChart { title: "Submissions per day", series: &days }.render(),
        ),
        Sample::new(
            "charts",
            "Bars",
            BarChart {
                title: "Submissions by weekday",
                series: &days,
                links: &links,
                earlier: &[],
            }
            .render(),
        ),
        Sample::new(
            "charts",
            "Bars compared",
            BarChart {
                title: "Submissions by weekday, and before",
                series: &days,
                links: &links,
                earlier: &before,
            }
            .render(),
        ),
        Sample::new(
            "charts",
            "One bar",
            BarChart { title: "Submissions by day", series: &days[..1], links: &[], earlier: &[] }
                .render(),
        ),
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
        assert!((ceiling(&[("a", 7_150.0)], &[]) - 8_000.0).abs() < 1e-6);
        assert!((ceiling(&[("a", 0.0)], &[]) - 4.0).abs() < 1e-6);
        assert!((ceiling(&[("a", 9.0)], &[]) - 12.0).abs() < 1e-6);
        assert!((ceiling(&[("a", 1_000.0)], &[]) - 1_000.0).abs() < 1e-6);
    }

    #[test]
    fn few_bars_stand_in_the_middle_and_many_fill_the_chart() {
        for (bars, first, slot) in
            [(1, 300.0 / 7.0, 100.0 / 7.0), (7, 0.0, 100.0 / 7.0), (20, 0.0, 5.0)]
        {
            let told = slots(bars);
            assert!((told.0 - first).abs() < 1e-6 && (told.1 - slot).abs() < 1e-6, "{bars}");
        }
    }

    #[test]
    fn figures_are_grouped() {
        assert_eq!(figure(1_234_567.0), "1,234,567");
        assert_eq!(figure(0.25), "0.3");
        assert_eq!(figure(999.0), "999");
    }

    #[test]
    fn a_label_cannot_carry_markup() {
        let chart =
            BarChart { title: "<b>", series: &[("<script>", 1.0)], links: &[], earlier: &[] }
                .render()
                .into_string();
        assert!(!chart.contains("<script>") && !chart.contains("<b>"));
    }
}
