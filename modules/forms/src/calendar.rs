//! Days of the calendar, as forms and answers write them.

use jiff::civil::Date;

/// A day of the calendar, written `2026-11-21` and in no other way (ISO 8601).
pub(crate) fn calendar_date(text: &str) -> Option<Date> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
    let year = number(&[a, b, c, d])?;
    let (month, day) = (i8::try_from(number(&[e, f])?).ok()?, i8::try_from(number(&[g, h])?).ok()?);
    Date::new(year, month, day).ok()
}

pub(crate) fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |sum: i16, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0'))
    })
}
