//! How numbers are written in a file: with one sign before the fraction, which is found by what the first rows show.

use crate::exports::decimal::Decimal;

/// The number with a dot before its fraction and nothing between its thousands.
pub(super) fn number(text: &str, decimal: Decimal) -> String {
    let space = |letter: char| letter.is_whitespace() || letter == '\'' || letter == '’';
    let digits: String = text.trim().chars().filter(|letter| !space(*letter)).collect();
    let (group, point) = match decimal {
        Decimal::Point => (',', '.'),
        Decimal::Comma => ('.', ','),
    };
    let (whole, part) = match digits.split_once(point) {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits.as_str(), None),
    };
    let whole = if is_grouped(whole, group) { whole.replace(group, "") } else { whole.to_owned() };
    match part {
        Some(part) => format!("{whole}.{part}"),
        None => whole,
    }
}

/// `1,234,567`
fn is_grouped(whole: &str, group: char) -> bool {
    let mut parts = whole.trim_start_matches(['-', '+']).split(group);
    let all = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()) && all(first));
    let mut rest = parts.peekable();
    first && rest.peek().is_some() && rest.all(|part| part.len() == 3 && all(part))
}

/// What stands before the fraction of these numbers, where it is certain. `ours`: in files that we wrote, where nothing
/// divides thousands.
pub(super) fn decimal<'a>(texts: impl Iterator<Item = &'a str>, ours: bool) -> Option<Decimal> {
    let reads = |text, decimal| number(text, decimal).parse::<f64>().is_ok();
    let mut shown =
        texts.filter_map(|text| match (reads(text, Decimal::Point), reads(text, Decimal::Comma)) {
            (true, false) => Some(Decimal::Point),
            (false, true) => Some(Decimal::Comma),
            (true, true) if ours && text.contains('.') => Some(Decimal::Point),
            (true, true) if ours && text.contains(',') => Some(Decimal::Comma),
            _ => None,
        });
    let first = shown.next()?;
    shown.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, decimal, wanted) in [
            ("12", Decimal::Point, "12"),
            ("-0.30000000000000004", Decimal::Point, "-0.30000000000000004"),
            ("1,234,567.5", Decimal::Point, "1234567.5"),
            ("1 234,5", Decimal::Comma, "1234.5"),
            ("1.234.567,5", Decimal::Comma, "1234567.5"),
            ("1'234.5", Decimal::Point, "1234.5"),
            // What could mean two things is left for the rule to refuse or to take.
            ("1,5", Decimal::Point, "1,5"),
            ("1.5", Decimal::Comma, "1.5"),
            ("five", Decimal::Point, "five"),
        ] {
            assert_eq!(number(text, decimal), wanted, "{text}");
        }
    }

    #[test]
    fn the_sign_is_what_all_numbers_show() {
        use Decimal::{Comma, Point};
        for (texts, ours, wanted) in [
            (&["1,5"][..], false, Some(Comma)),
            (&["7", "1.234,5"], false, Some(Comma)),
            (&["1,234.5", "1,234"], false, Some(Point)),
            (&["1,5", "1,234.5"], false, None),
            // A fraction, or thousands: nobody can say, unless the file is ours.
            (&["1,234"], false, None),
            (&["1,234", "12"], true, Some(Comma)),
            (&["1.234"], true, Some(Point)),
            (&["1,234", "1.5"], true, None),
            (&["12", "five", ""], true, None),
        ] {
            assert_eq!(decimal(texts.iter().copied(), ours), wanted, "{texts:?} {ours}");
        }
    }
}
