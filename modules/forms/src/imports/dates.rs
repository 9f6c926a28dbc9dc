//! How days are written in a file: read in one order, which is found by what the first rows show.

use std::collections::BTreeMap;

use super::options::Dates;
use crate::calendar::calendar_date;

/// The day as `2026-11-21`; a time behind it is left out.
pub(super) fn date(text: &str, order: Dates) -> Option<String> {
    let day = day_of(text)?;
    if calendar_date(day).is_some() {
        return Some(day.to_owned());
    }
    let parts: Vec<&str> = day.split(['.', '/', '-']).collect();
    let &[a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = match order {
        _ if a.len() == 4 => (a, b, c),
        Dates::Dmy => (c, b, a),
        Dates::Mdy => (c, a, b),
        Dates::Ymd => return None,
    };
    let digits = |text: &str, most| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    let written = format!("{year}-{month:0>2}-{day:0>2}");
    calendar_date(&written).map(|_| written)
}

fn day_of(text: &str) -> Option<&str> {
    text.trim().split(['T', ' ']).next()
}

/// What texts of one sign between their parts have shown.
#[derive(Default)]
struct Seen {
    day_first: bool,
    month_first: bool,
}

/// The order in which these days are written, where it is certain: each sign between the parts must have shown it,
/// by dots or by a part beyond 12, and all of them the same.
pub(super) fn order<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Dates> {
    let mut signs: BTreeMap<char, Seen> = BTreeMap::new();
    for text in texts {
        let Some(sign) = day_of(text).and_then(|day| day.chars().find(|it| "./-".contains(*it)))
        else {
            continue;
        };
        let reads = |order| date(text, order).is_some();
        let (day, month) = (reads(Dates::Dmy), reads(Dates::Mdy));
        // A year that stands first is always understood.
        if (day || month) && !reads(Dates::Ymd) {
            let seen = signs.entry(sign).or_default();
            seen.day_first |= !month || (day && sign == '.');
            seen.month_first |= !day;
        }
    }
    let shown = |seen: &Seen| match (seen.day_first, seen.month_first) {
        (true, false) => Some(Dates::Dmy),
        (false, true) => Some(Dates::Mdy),
        _ => None,
    };
    let mut orders = signs.values().map(shown);
    let first = orders.next()??;
    orders.all(|order| order == Some(first)).then_some(first)
}

/// What to choose so that this day is read, when another order would read it.
pub(super) fn advice(text: &str, order: Dates) -> Option<&'static str> {
    let reads = |order| date(text, order).is_some();
    if reads(order) {
        return None;
    }
    match (reads(Dates::Dmy), reads(Dates::Mdy)) {
        (true, true) => Some(
            "Whether the day or the month comes first cannot be seen here. Choose how dates are written: 21.11.2026 \
             (dmy) or 11/21/2026 (mdy).",
        ),
        (true, false) => Some(
            "The day comes first here. Choose 21.11.2026 (dmy) as how dates are written, or write this one as \
             2026-11-21.",
        ),
        (false, true) => Some(
            "The month comes first here. Choose 11/21/2026 (mdy) as how dates are written, or write this one as \
             2026-11-21.",
        ),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_write_them() {
        for (text, order, wanted) in [
            ("2026-11-21", Dates::Dmy, Some("2026-11-21")),
            ("2026/1/2", Dates::Mdy, Some("2026-01-02")),
            ("2025/11/03", Dates::Ymd, Some("2025-11-03")),
            ("2026-11-21T10:00:00Z", Dates::Ymd, Some("2026-11-21")),
            ("21.11.2026", Dates::Dmy, Some("2026-11-21")),
            ("3/4/2026", Dates::Dmy, Some("2026-04-03")),
            ("3/4/2026", Dates::Mdy, Some("2026-03-04")),
            ("3/4/2026", Dates::Ymd, None),
            ("3/4/26", Dates::Dmy, None),
            ("31.02.2026", Dates::Dmy, None),
        ] {
            assert_eq!(date(text, order).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn the_order_is_what_the_days_show_for_certain() {
        for (texts, wanted) in [
            (&["03.11.2025"][..], Some(Dates::Dmy)),
            (&["03/11/2025", "21/11/2025"], Some(Dates::Dmy)),
            (&["03/11/2025 10:00", "11/21/2025 9:30 PM"], Some(Dates::Mdy)),
            (&["3-11-2025", "13-1-2025", "", "unknown"], Some(Dates::Dmy)),
            (&["11.21.2025", "12.30.2025"], Some(Dates::Mdy)),
            (&["21.11.2025", "21/11/2025"], Some(Dates::Dmy)),
            (&["03/11/2025", "2025-11-21"], None),
            (&["2025/11/03", "2025-11-03"], None),
            (&["21/11/2025", "11/21/2025"], None),
            (&["03.11.2025", "11.21.2025"], None),
            // One program has written the dots, and perhaps another the slashes.
            (&["21.11.2025", "03/11/2025"], None),
            (&["31.31.2025", "1.5", "a/b/c"], None),
            (&[], None),
        ] {
            assert_eq!(order(texts.iter().copied()), wanted, "{texts:?}");
        }
    }

    #[test]
    fn what_is_not_read_is_told_with_what_to_choose() {
        let told =
            |text, order, word: &str| advice(text, order).is_some_and(|it| it.contains(word));
        assert!(told("3/4/2026", Dates::Ymd, "(dmy) or 11/21/2026 (mdy)"));
        assert!(
            told("13/4/2026", Dates::Ymd, "day comes first")
                && told("13/4/2026", Dates::Mdy, "(dmy)")
        );
        assert!(
            told("4/13/2026", Dates::Ymd, "month comes first")
                && told("4/13/2026", Dates::Dmy, "(mdy)")
        );
        for (text, order) in
            [("3/4/2026", Dates::Dmy), ("soon", Dates::Ymd), ("31.02.2026", Dates::Ymd)]
        {
            assert_eq!(advice(text, order), None, "{text}");
        }
    }
}
