//! Figures that tell more than bars: the Net Promoter Score, the mean of points, the middle of numbers.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    definition::{Field, Kind},
    submissions::counts::terms::{HUNDREDTHS, LARGE_SUM, MILLION, SUM},
};

/// Counts of one field by term.
pub(crate) type Terms = BTreeMap<String, i64>;

/// Counts by field.
pub(crate) type Counted = BTreeMap<String, Terms>;

/// The Net Promoter Score: the share of promoters (9 and 10) less that of detractors (0 to 6), in percent.
/// Bain & Company, <https://www.netpromotersystem.com/about/measuring-your-net-promoter-score/>.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = NetPromoterScore)]
pub(crate) struct Nps {
    /// -100 to 100.
    pub(crate) score: f64,
    pub(crate) promoters: i64,
    pub(crate) passives: i64,
    pub(crate) detractors: i64,
}

/// The segments of it, each with its first and its last point.
pub(crate) const SEGMENTS: [(&str, &str, i64, i64); 3] = [
    ("promoters", "Promoters (9–10)", 9, 10),
    ("passives", "Passives (7–8)", 7, 8),
    ("detractors", "Detractors (0–6)", 0, 6),
];

/// Whether points run from 0 to 10.
pub(crate) fn is_nps(field: &Field) -> bool {
    match &field.kind {
        Kind::Nps => true,
        Kind::Scale(points) => (points.min, points.max) == (0, 10),
        _ => false,
    }
}

/// Where a scale runs from 0 to 10.
pub(crate) fn nps(field: &Field, terms: &Terms) -> Option<Nps> {
    let points = points(terms);
    let count = |low, high| {
        let between = points.iter().filter(|(point, _)| (low..=high).contains(point));
        between.map(|(_, count)| count).sum::<i64>()
    };
    let [promoters, passives, detractors] = SEGMENTS.map(|(_, _, min, max)| count(min, max));
    let all = detractors + passives + promoters;
    (is_nps(field) && all > 0).then(|| Nps {
        score: one_decimal(ratio(promoters - detractors, all) * 100.0),
        promoters,
        passives,
        detractors,
    })
}

/// The mean of the points or numbers that were given, to two decimals.
pub(crate) fn mean(field: &Field, terms: &Terms) -> Option<f64> {
    let (sum, all) = match field.kind {
        Kind::Number(_) => {
            let sum = |term| terms.get(term).copied().unwrap_or_default();
            let small = ratio(sum(SUM), HUNDREDTHS);
            (small + ratio(sum(LARGE_SUM), 1) * ratio(MILLION, 1), count(&bins(terms)))
        }
        Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => {
            let points = points(terms);
            let sum: i64 = points.iter().map(|(point, count)| point * count).sum();
            (ratio(sum, 1), count(&points))
        }
        _ => return None,
    };
    (all > 0).then(|| (sum / ratio(all, 1) * 100.0).round() / 100.0)
}

/// The middle of the points that were given, or of the numbers to two digits: half of them are not above it.
pub(crate) fn median(field: &Field, terms: &Terms) -> Option<f64> {
    match field.kind {
        Kind::Number(_) => quantile(&bins(terms), 0.5).map(|low| ratio(low, HUNDREDTHS)),
        Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => {
            quantile(&points(terms), 0.5).map(|point| ratio(point, 1))
        }
        _ => None,
    }
}

/// A quarter, half and three quarters of what is counted in bins are not above these.
pub(crate) fn quartiles(terms: &Terms) -> Option<[i64; 3]> {
    let bins = bins(terms);
    let [lower, median, upper] = [0.25, 0.5, 0.75].map(|share| quantile(&bins, share));
    Some([lower?, median?, upper?])
}

fn count(all: &[(i64, i64)]) -> i64 {
    all.iter().map(|(_, count)| count).sum()
}

/// The chosen points in their order, each with how often.
fn points(terms: &Terms) -> Vec<(i64, i64)> {
    numbered(terms, '=')
}

/// The counted bins in the order of their numbers.
fn bins(terms: &Terms) -> Vec<(i64, i64)> {
    numbered(terms, '#')
}

fn numbered(terms: &Terms, mark: char) -> Vec<(i64, i64)> {
    let number = |(term, count): (&String, &i64)| {
        Some((term.strip_prefix(mark)?.parse::<i64>().ok()?, *count))
    };
    let mut all: Vec<(i64, i64)> = terms.iter().filter_map(number).collect();
    all.sort_unstable();
    all
}

/// The place in which a share of all is reached.
fn quantile(places: &[(i64, i64)], share: f64) -> Option<i64> {
    let all = count(places);
    let mut seen = 0;
    let reached = |(_, count): &&(i64, i64)| {
        seen += count;
        ratio(seen, all) >= share
    };
    places.iter().find(reached).map(|(place, _)| *place).filter(|_| all > 0)
}

/// Of counts, which are far below 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2⁵³")]
pub(crate) fn ratio(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

pub(crate) fn one_decimal(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::definition::Definition;

    fn field(kind: serde_json::Value) -> Field {
        Definition::from_fields(json!([kind])).expect("a form").fields[0].clone()
    }

    fn counted(terms: &[(&str, i64)]) -> Terms {
        terms.iter().map(|(term, count)| ((*term).to_owned(), *count)).collect()
    }

    /// The example of the definition's authors: 70 % promoters, 10 % detractors, a score of 60.
    #[test]
    fn the_score_is_promoters_less_detractors() {
        let question = field(json!({"key": "a", "type": "nps", "label": "A"}));
        let terms = counted(&[("=10", 4), ("=9", 3), ("=8", 1), ("=7", 1), ("=6", 1)]);
        let nps = nps(&question, &terms).expect("a score");
        assert_eq!((nps.score, nps.promoters, nps.passives, nps.detractors), (60.0, 7, 2, 1));
        let all_low = counted(&[("=0", 5)]);
        assert_eq!(super::nps(&question, &all_low).map(|nps| nps.score), Some(-100.0));
        assert_eq!(super::nps(&question, &counted(&[])), None);
        let to_five = field(json!({"key": "a", "type": "scale", "label": "A", "min": 1, "max": 5}));
        assert_eq!(super::nps(&to_five, &terms), None);
        assert_eq!(mean(&to_five, &counted(&[("=5", 1), ("=2", 2)])), Some(3.0));
    }

    #[test]
    fn half_of_the_numbers_are_not_above_the_median() {
        let age = field(json!({"key": "a", "type": "number", "label": "A"}));
        let terms = counted(&[("?", 5), ("#900", 2), ("#2000", 1), ("#10000", 2)]);
        assert_eq!(median(&age, &terms), Some(20.0));
        assert_eq!(median(&age, &counted(&[])), None);
        let stars = field(json!({"key": "a", "type": "rating", "label": "A"}));
        assert_eq!(median(&stars, &counted(&[("=1", 2), ("=4", 1), ("=5", 1)])), Some(1.0));
    }

    #[test]
    fn numbers_have_a_mean_however_large_they_are() {
        let age = field(json!({"key": "a", "type": "number", "label": "A"}));
        let small = counted(&[("?", 2), ("#1200", 1), ("#4000", 1), ("+", 5_255)]);
        assert_eq!(mean(&age, &small), Some(26.28));
        let large = counted(&[("#1000", 1), ("#100000000000", 1), ("+", 1_000), ("+M", 1_000)]);
        assert_eq!(mean(&age, &large), Some(500_000_005.0));
        assert_eq!(mean(&age, &counted(&[("+", 0)])), None);
    }
}
