//! From the counted terms of a field to the bars that people look at, each with the way to what is behind it.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::figures::{SEGMENTS, Terms, is_nps, ratio};
use crate::{
    definition::{Field, Kind},
    submissions::counts::terms::{ANSWERED, BROKEN, HUNDREDTHS, OWN, value_term, width},
};

/// One answer, or several that lie beside each other.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = InsightBar)]
pub(crate) struct Bar {
    /// What is stored, or a range of it: `DE`, `true`, `10–19`.
    pub(crate) value: String,
    /// As people read it.
    pub(crate) label: String,
    pub(crate) count: i64,
    /// In the days that these are compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_count: Option<i64>,
    /// The query with which `GET /api/forms/{form}/submissions` lists them.
    pub(crate) submissions: String,
    /// Likewise those in the days that these are compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier_submissions: Option<String>,
    #[serde(skip)]
    pub(crate) filter: Vec<(String, String)>,
}

/// Most bars of numbers and moments.
const MOST_BINS: i64 = 12;

/// The bars of a field, in the order in which people expect them. Empty for what is only read.
pub(crate) fn bars(field: &Field, terms: &Terms, earlier: Option<&Terms>) -> Vec<Bar> {
    let both = Both { terms, earlier };
    match &field.kind {
        Kind::Choice(_) | Kind::Dropdown(_) | Kind::Choices(_) => options(field, &both),
        Kind::Scale(points) => points_of(field, &both, points.min.into(), points.max.into()),
        Kind::Rating(rating) => points_of(field, &both, 1, rating.max.into()),
        Kind::Nps => points_of(field, &both, 0, 10),
        Kind::YesNo => flags(field, &both, &[("true", "Yes"), ("false", "No")]),
        Kind::Consent(_) => flags(field, &both, &[("true", "Accepted")]),
        Kind::Number(_) => numbers(field, &both),
        Kind::Date(_) => dates(field, &both),
        Kind::Time => hours(field, &both),
        _ => Vec::new(),
    }
}

/// What is counted now, and what was before.
struct Both<'a> {
    terms: &'a Terms,
    earlier: Option<&'a Terms>,
}

impl Both<'_> {
    fn bar(&self, field: &Field, value: &str, label: &str) -> Bar {
        let name = format!("answers.{}", field.key);
        self.bar_of(&[format!("={value}")], value, label, vec![(name, value.to_owned())])
    }

    /// All of these terms together.
    fn bar_of(
        &self,
        terms: &[String],
        value: &str,
        label: &str,
        filter: Vec<(String, String)>,
    ) -> Bar {
        let sum = |all: &Terms| terms.iter().filter_map(|term| all.get(term)).sum();
        Bar {
            value: value.to_owned(),
            label: label.to_owned(),
            count: sum(self.terms),
            earlier_count: self.earlier.map(sum),
            submissions: String::new(),
            earlier_submissions: None,
            filter,
        }
    }

    /// Terms that begin so, without the beginning, from now and before.
    fn all(&self, prefix: &str) -> Vec<&str> {
        let earlier = self.earlier.into_iter().flat_map(Terms::keys);
        let all = self.terms.keys().chain(earlier);
        let mut all: Vec<&str> = all.filter_map(|term| term.strip_prefix(prefix)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Options as the form has them; then those it had, the most picked first; then answers of one's own.
fn options(field: &Field, both: &Both<'_>) -> Vec<Bar> {
    let offered = field.kind.options();
    let mut bars: Vec<Bar> =
        offered.iter().map(|option| both.bar(field, &option.value, &option.label)).collect();
    let known = |value: &str| offered.iter().any(|option| option.value == value);
    let gone = both.all("=").into_iter().filter(|value| !known(value));
    let mut gone: Vec<Bar> = gone.map(|value| both.bar(field, value, value)).collect();
    gone.sort_by_key(|bar| -bar.count);
    bars.extend(gone);
    let filter = vec![(format!("answers.{}.other", field.key), "true".to_owned())];
    let own = both.bar_of(&[OWN.to_owned()], OWN, "Other", filter);
    if own.count > 0 || own.earlier_count.is_some_and(|count| count > 0) {
        bars.push(own);
    }
    bars
}

/// Every point of a scale, also those that nobody chose.
fn points_of(field: &Field, both: &Both<'_>, min: i64, max: i64) -> Vec<Bar> {
    let chosen = both.all("=").into_iter().filter_map(|value| value.parse().ok());
    let mut points: Vec<i64> = (min..=max).chain(chosen).collect();
    points.sort_unstable();
    points.dedup();
    let text = |point: i64| point.to_string();
    points.into_iter().map(|point| both.bar(field, &text(point), &text(point))).collect()
}

fn flags(field: &Field, both: &Both<'_>, flags: &[(&str, &str)]) -> Vec<Bar> {
    flags.iter().map(|(value, label)| both.bar(field, value, label)).collect()
}

/// Bins of one width, a round one, made of whole counted bins.
fn numbers(field: &Field, both: &Both<'_>) -> Vec<Bar> {
    let lows: Vec<i64> = both.all("#").into_iter().filter_map(|low| low.parse().ok()).collect();
    let (Some(min), Some(max)) = (lows.iter().min(), lows.iter().max()) else { return Vec::new() };
    let whole = both.all(BROKEN).is_empty();
    let least = width(*min).max(width(*max)).max(if whole { HUNDREDTHS } else { 1 });
    let step = steps(least).find(|step| max.div_euclid(*step) - min.div_euclid(*step) < MOST_BINS);
    let Some(step) = step else { return Vec::new() };
    let first = min.div_euclid(step);
    let bins = first..=max.div_euclid(step);
    let bar = |bin: i64| {
        let (low, high) = (bin * step, (bin + 1) * step);
        let inside = lows.iter().filter(|at| (low..high).contains(*at));
        let terms: Vec<String> = inside.map(|at| format!("#{at}")).collect();
        // A range includes its ends: the upper one is the last number before the next bin.
        let last = if whole { decimal(high - HUNDREDTHS) } else { below(high).to_string() };
        let label = match whole && step == HUNDREDTHS {
            true => decimal(low),
            false if whole => format!("{}–{}", decimal(low), decimal(high - HUNDREDTHS)),
            false => format!("{} to below {}", decimal(low), decimal(high)),
        };
        let name = format!("answers.{}", field.key);
        let filter = vec![(format!("{name}.min"), decimal(low)), (format!("{name}.max"), last)];
        both.bar_of(&terms, &label, &label, filter)
    };
    bins.map(bar).collect()
}

/// 1, 2, 5, 10, 20 … times ten to some power, from the first that is not below `least`.
fn steps(least: i64) -> impl Iterator<Item = i64> {
    let powers = (0..18).map(|power| 10_i64.pow(power));
    powers
        .flat_map(|power| [power, power * 2, power * 5])
        .filter(move |step| *step >= least && step % least == 0)
}

/// Hundredths as people write them.
pub(crate) fn decimal(hundredths: i64) -> String {
    let (sign, hundredths) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    let text = format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The last number below so many hundredths.
fn below(hundredths: i64) -> f64 {
    ratio(hundredths, HUNDREDTHS).next_down()
}

/// Months; years, decades or more where those are many.
fn dates(field: &Field, both: &Both<'_>) -> Vec<Bar> {
    let months = both.all("~").into_iter().filter_map(|month| {
        let (year, month) = month.split_once('-')?;
        Some((year.parse().ok()?, month.parse().ok()?))
    });
    let months: Vec<(i16, i8)> = months.collect();
    let (Some(first), Some(last)) = (months.iter().min(), months.iter().max()) else {
        return Vec::new();
    };
    let index = |(year, month): (i16, i8)| i64::from(year) * 12 + i64::from(month) - 1;
    // So many months are a bar; all bars lie beside each other.
    let lengths = [1, 12, 120, 1_200, 12_000];
    let few = |length: &i64| index(*last) / length - index(*first) / length < 2 * MOST_BINS;
    let length = lengths.into_iter().find(few).unwrap_or(12_000);
    let bar = |bar: i64| {
        let inside = months.iter().filter(|month| index(**month) / length == bar);
        let terms: Vec<String> =
            inside.map(|(year, month)| format!("~{year:04}-{month:02}")).collect();
        let (start, end) = (first_of(bar * length), first_of((bar + 1) * length - 1));
        let end = end.last_of_month();
        let (value, label) = match length {
            1 => (start.strftime("%Y-%m").to_string(), start.strftime("%b %Y").to_string()),
            12 => (format!("{:04}", start.year()), format!("{:04}", start.year())),
            _ => {
                let years = format!("{:04}–{:04}", start.year(), end.year());
                (years.clone(), years)
            }
        };
        let name = format!("answers.{}", field.key);
        let filter = vec![
            (format!("{name}.min"), start.to_string()),
            (format!("{name}.max"), end.to_string()),
        ];
        both.bar_of(&terms, &value, &label, filter)
    };
    (index(*first) / length..=index(*last) / length).map(bar).collect()
}

/// The first day of a month, by its number since the year 0; years have four digits.
fn first_of(month: i64) -> Date {
    let year = i16::try_from(month / 12).unwrap_or(9999);
    Date::new(year, i8::try_from(month % 12).unwrap_or(0) + 1, 1).unwrap_or(Date::MAX)
}

fn hours(field: &Field, both: &Both<'_>) -> Vec<Bar> {
    let hours: Vec<u8> = both.all("~").iter().filter_map(|hour| hour.parse().ok()).collect();
    let (Some(first), Some(last)) = (hours.iter().min(), hours.iter().max()) else {
        return Vec::new();
    };
    let bar = |hour: u8| {
        let name = format!("answers.{}", field.key);
        let filter = vec![
            (format!("{name}.min"), format!("{hour:02}:00")),
            (format!("{name}.max"), format!("{hour:02}:59:59")),
        ];
        let label = format!("{hour:02}:00–{hour:02}:59");
        both.bar_of(&[format!("~{hour:02}")], &format!("{hour:02}"), &label, filter)
    };
    (*first..=*last).map(bar).collect()
}

/// Detractors, passives and promoters, where points run from 0 to 10.
pub(crate) fn segments(field: &Field, terms: &Terms, earlier: Option<&Terms>) -> Vec<Bar> {
    if !is_nps(field) {
        return Vec::new();
    }
    let both = Both { terms, earlier };
    let segment = |(value, label, min, max): (&str, &str, i64, i64)| {
        let terms: Vec<String> = (min..=max).map(|point| format!("={point}")).collect();
        let name = format!("answers.{}", field.key);
        let filter = vec![
            (format!("{name}.min"), min.to_string()),
            (format!("{name}.max"), max.to_string()),
        ];
        both.bar_of(&terms, value, label, filter)
    };
    SEGMENTS.map(segment).into()
}

/// The ways in, the most used first.
pub(crate) fn sources(terms: &Terms, earlier: Option<&Terms>) -> Vec<Bar> {
    let both = Both { terms, earlier };
    let bar = |source: &str| {
        let filter = vec![("source".to_owned(), source.to_owned())];
        both.bar_of(&[value_term(source)], source, source_name(source), filter)
    };
    let mut bars: Vec<Bar> = both.all("=").into_iter().map(bar).collect();
    bars.sort_by_key(|bar| -bar.count);
    bars
}

fn source_name(source: &str) -> &str {
    match source {
        "page" => "Form page",
        "api" => "API",
        "bulk" => "Bulk",
        "import" => "Import",
        other => other,
    }
}

/// How many answered.
pub(crate) fn answered(terms: &Terms) -> i64 {
    terms.get(ANSWERED).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::definition::Definition;

    fn field(field: serde_json::Value) -> Field {
        Definition::from_fields(json!([field])).expect("a form").fields[0].clone()
    }

    fn counted(terms: &[(&str, i64)]) -> Terms {
        terms.iter().map(|(term, count)| ((*term).to_owned(), *count)).collect()
    }

    fn told(bars: &[Bar]) -> Vec<(&str, i64)> {
        bars.iter().map(|bar| (bar.label.as_str(), bar.count)).collect()
    }

    #[test]
    fn numbers_lie_in_few_bins_of_a_round_width_and_none_is_lost() {
        let age = field(json!({"key": "age", "type": "number", "label": "Age"}));
        let terms: Terms = (0..100).map(|age| (format!("#{}", age * 100), 1)).collect();
        let bars = bars(&age, &terms, None);
        assert_eq!(bars.len(), 10);
        assert_eq!(told(&bars)[1], ("10–19", 10));
        assert_eq!(
            bars[1].filter,
            [("answers.age.min".into(), "10".into()), ("answers.age.max".into(), "19".into())]
        );
        for (low, high) in [(1, 7), (0, 95), (-120, 40), (990, 10_100), (1, 1_000_000)] {
            let numbers = [low, (low + high) / 2, high].map(|number: i64| {
                let width = width(number * 100);
                (number * 100).div_euclid(width) * width
            });
            let terms: Terms = numbers.iter().map(|low| (format!("#{low}"), 1)).collect();
            let bars = super::bars(&age, &terms, None);
            let sum: i64 = bars.iter().map(|bar| bar.count).sum();
            assert_eq!(sum, i64::try_from(terms.len()).expect("few"), "{low} {high}");
            assert!(i64::try_from(bars.len()).expect("few") <= MOST_BINS, "{bars:?}");
        }
        let small = super::bars(&age, &counted(&[(".", 3), ("#37", 2), ("#41", 1)]), None);
        assert_eq!(told(&small)[0], ("0.37 to below 0.38", 2));
        assert_eq!(small[0].filter[1].1, "0.37999999999999995");
        // 12.5 lies behind the bar that begins at 12.
        let broken = super::bars(&age, &counted(&[(".", 1), ("#1200", 1), ("#4000", 1)]), None);
        assert_eq!(told(&broken)[0], ("10 to below 15", 1));
        assert_eq!(broken[0].filter[1].1.parse(), Ok(15_f64.next_down()));
    }

    #[test]
    fn options_keep_their_order_and_those_that_are_gone_follow() {
        let topic = field(
            json!({"key": "a", "type": "choice", "label": "A", "options": ["x", {"value": "y", "label": "Why"}], "other": true}),
        );
        let terms = counted(&[("?", 9), ("=y", 3), ("=old", 4), ("other", 2)]);
        let earlier = counted(&[("=x", 5)]);
        let bars = bars(&topic, &terms, Some(&earlier));
        assert_eq!(told(&bars), [("x", 0), ("Why", 3), ("old", 4), ("Other", 2)]);
        assert_eq!(bars[0].earlier_count, Some(5));
        assert_eq!(bars[3].filter, [("answers.a.other".into(), "true".into())]);
    }

    #[test]
    fn many_months_are_years_and_many_years_are_decades() {
        let born = field(json!({"key": "a", "type": "date", "label": "A"}));
        let few = counted(&[("~2026-11", 2), ("~2026-09", 1)]);
        let bars_of = |terms: &Terms| bars(&born, terms, None);
        assert_eq!(told(&bars_of(&few)), [("Sep 2026", 1), ("Oct 2026", 0), ("Nov 2026", 2)]);
        let september = [("answers.a.min", "2026-09-01"), ("answers.a.max", "2026-09-30")];
        assert_eq!(bars_of(&few)[0].filter, september.map(|(a, b)| (a.into(), b.into())));
        let many = counted(&[("~1999-02", 12), ("~2001-12", 24)]);
        assert_eq!(told(&bars_of(&many)), [("1999", 12), ("2000", 0), ("2001", 24)]);
        let life = counted(&[("~1949-02", 1), ("~1950-01", 2), ("~2001-12", 4)]);
        let bars = bars_of(&life);
        assert_eq!(
            (told(&bars)[0], told(&bars)[1], bars.len()),
            (("1940–1949", 1), ("1950–1959", 2), 7)
        );
        assert_eq!(bars.iter().map(|bar| bar.count).sum::<i64>(), 7);
        assert_eq!(bars[6].filter[1].1, "2009-12-31");
        let all = counted(&[("~0001-01", 1), ("~9999-12", 1)]);
        assert_eq!(bars_of(&all).iter().map(|bar| bar.count).sum::<i64>(), 2);
    }
}
