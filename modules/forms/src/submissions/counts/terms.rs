//! What of an answer is counted: that there is one, and which of few it is.

use crate::{
    answers::Value,
    definition::{Field, Kind},
};

/// Any answer.
pub(crate) const ANSWERED: &str = "?";
/// An answer of one's own beside the options.
pub(crate) const OWN: &str = "other";
/// The pseudo field of all submissions.
pub(crate) const TOTAL: &str = "@total";
/// The pseudo field of the way in.
pub(crate) const SOURCE: &str = "@source";

/// The pseudo field of what came by the hosted page, by its source.
pub(crate) const VISIT: &str = "@visit";
/// The pseudo field of the seconds that people took.
pub(crate) const SECONDS: &str = "@seconds";

/// A value that is one of few.
pub(crate) fn value_term(value: &str) -> String {
    format!("={value}")
}

/// A number that is not whole.
pub(crate) const BROKEN: &str = ".";
/// The sum of numbers, in hundredths.
pub(crate) const SUM: &str = "+";
/// The sum of large numbers, in millions.
pub(crate) const LARGE_SUM: &str = "+M";
/// From here on numbers are summed in millions: so no sum of less than 900 million answers leaves 64 bits.
const LARGE: i64 = 100_000_000;
/// What a large number is divided by.
pub(crate) const MILLION: i64 = 1_000_000;

/// Tells the terms of an answer, and how much it adds to each: texts and files have none but that they are
/// there.
pub(crate) fn terms(field: &Field, value: &Value, mut tell_amount: impl FnMut(&str, i64)) {
    tell_amount(ANSWERED, 1);
    if let Kind::Number(_) = field.kind {
        return number_terms(value, tell_amount);
    }
    let mut tell = |term: String| tell_amount(&term, 1);
    match (&field.kind, value) {
        (Kind::Choice(_) | Kind::Dropdown(_), Value::Text(text)) => tell(option_term(field, text)),
        (Kind::Choices(_), Value::List(list)) => {
            // Several answers of one's own are one bar.
            let mut terms: Vec<String> = list.iter().map(|text| option_term(field, text)).collect();
            terms.sort_unstable();
            terms.dedup();
            terms.into_iter().for_each(tell);
        }
        (Kind::Scale(_) | Kind::Rating(_) | Kind::Nps, Value::Integer(number)) => {
            tell(value_term(&number.to_string()));
        }
        (Kind::YesNo | Kind::Consent(_), Value::Flag(flag)) => {
            tell(value_term(if *flag { "true" } else { "false" }));
        }
        // `2026-11` of `2026-11-22`, `14` of `14:30`.
        (Kind::Date(_), Value::Text(text)) => {
            text.get(..7).into_iter().for_each(|part| tell(format!("~{part}")));
        }
        (Kind::Time, Value::Text(text)) => {
            text.get(..2).into_iter().for_each(|part| tell(format!("~{part}")));
        }
        _ => {}
    }
}

/// Its bin, and what it adds to the sum.
fn number_terms(value: &Value, mut tell: impl FnMut(&str, i64)) {
    let (bin, near) = match value {
        Value::Integer(number) => {
            let hundredths = number.saturating_mul(HUNDREDTHS);
            (hundredths, hundredths)
        }
        Value::Decimal(number) => {
            if number.fract() != 0.0 {
                tell(BROKEN, 1);
            }
            (hundredths(*number), (number * 100.0).round() as i64)
        }
        _ => return,
    };
    tell(&bin_term(bin), 1);
    if near.unsigned_abs() < LARGE.unsigned_abs() * HUNDREDTHS.unsigned_abs() {
        tell(SUM, near);
    } else {
        let million = MILLION * HUNDREDTHS;
        tell(LARGE_SUM, near.saturating_add(million / 2).div_euclid(million));
    }
}

/// So many whole hundredths, rounded down. Numbers are within ±10¹⁵, so that they fit.
fn hundredths(number: f64) -> i64 {
    let near = (number * 100.0).round();
    // 0.29 times 100 is a little less than 29.
    let down = if near / 100.0 <= number { near } else { near - 1.0 };
    down as i64
}

fn option_term(field: &Field, text: &str) -> String {
    let known = field.kind.options().iter().any(|option| option.value == text);
    if known { value_term(text) } else { OWN.to_owned() }
}

/// Of one.
pub(crate) const HUNDREDTHS: i64 = 100;

/// Numbers are told apart by their first two digits, and not below a hundredth: so there are few bins
/// however large the numbers are, and wider ones are made of whole ones.
fn bin_term(hundredths: i64) -> String {
    let width = width(hundredths);
    format!("#{}", hundredths.div_euclid(width) * width)
}

/// Seconds are told apart by their first two digits.
pub(crate) fn seconds_term(seconds: i64) -> String {
    bin_term(seconds)
}

/// How wide the bin around a number is, in hundredths.
pub(crate) fn width(hundredths: i64) -> i64 {
    let digits = hundredths.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    10_i64.pow(digits.saturating_sub(2))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::definition::Definition;

    fn told(field: serde_json::Value, value: Value) -> Vec<String> {
        let definition = Definition::from_fields(json!([field])).expect("a form");
        let mut told = Vec::new();
        let tell = |term: &str, amount: i64| match term {
            SUM | LARGE_SUM => told.push(format!("{term}{amount}")),
            _ => told.push(term.to_owned()),
        };
        terms(&definition.fields[0], &value, tell);
        told
    }

    #[test]
    fn numbers_are_told_apart_by_two_digits() {
        let number = || json!({"key": "a", "type": "number", "label": "A"});
        let half = Value::Decimal(12.5);
        assert_eq!(told(number(), half), ["?", BROKEN, "#1200", "+1250"]);
        for (value, bin, sum) in [
            (Value::Integer(0), "#0", "+0"),
            (Value::Integer(7), "#700", "+700"),
            (Value::Integer(42), "#4200", "+4200"),
            (Value::Integer(1_234), "#120000", "+123400"),
            (Value::Integer(-1_234), "#-130000", "+-123400"),
            (Value::Integer(99_999_999), "#9900000000", "+9999999900"),
            (Value::Integer(100_400_000), "#10000000000", "+M100"),
            (Value::Integer(-100_600_000), "#-11000000000", "+M-101"),
            (Value::Integer(1_000_000_000_000_000), "#100000000000000000", "+M1000000000"),
            (Value::Decimal(0.375), "#37", "+38"),
            (Value::Decimal(-0.375), "#-38", "+-38"),
            (Value::Decimal(9.96), "#990", "+996"),
            (Value::Decimal(0.29), "#29", "+29"),
        ] {
            let told = told(number(), value);
            assert_eq!([&told[0], &told[told.len() - 2], &told[told.len() - 1]], ["?", bin, sum]);
        }
    }

    #[test]
    fn options_are_counted_each_and_what_is_none_of_them_together() {
        let field = json!({"key": "a", "type": "choices", "label": "A", "options": ["x", "y"], "other": true});
        let list = ["y", "mine", "x", "mine too"].map(str::to_owned).to_vec();
        assert_eq!(told(field, Value::List(list)), ["?", "=x", "=y", "other"]);
        let text = json!({"key": "a", "type": "short_text", "label": "A"});
        assert_eq!(told(text, Value::Text("x".into())), ["?"]);
        let day = json!({"key": "a", "type": "date", "label": "A"});
        assert_eq!(told(day, Value::Text("2026-11-22".into())), ["?", "~2026-11"]);
    }
}
