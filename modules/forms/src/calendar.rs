//! Days of the calendar and times of day, as forms and answers write them.

use jiff::civil::Date;

/// A day of the calendar, written `2026-11-21` and in no other way (ISO 8601).
pub(crate) fn calendar_date(text: &str) -> Option<Date> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
    let year = number(&[a, b, c, d])?;
    let (month, day) = (i8::try_from(number(&[e, f])?).ok()?, i8::try_from(number(&[g, h])?).ok()?);
    Date::new(year, month, day).ok()
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |sum: i16, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0'))
    })
}

/// Whether a text is a time of day, `14:30` or `14:30:59`.
pub(crate) fn is_time(text: &str) -> bool {
    let (clock, seconds) = match *text.as_bytes() {
        [a, b, b':', c, d] => ([a, b, c, d], [b'0', b'0']),
        [a, b, b':', c, d, b':', e, f] => ([a, b, c, d], [e, f]),
        _ => return false,
    };
    let below = |digits: &[u8], most: i16| number(digits).is_some_and(|value| value < most);
    below(&clock[..2], 24) && below(&clock[2..], 60) && below(&seconds, 60)
}
