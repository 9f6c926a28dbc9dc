//! Figures, ages and moments as people read them.

use std::time::Duration;

use kernel::Timestamp;
use maud::Markup;

/// With a comma between thousands: `48,210`.
pub(crate) fn figure(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The largest unit that fits: `850 ms`, `12 s`, `4 min`, `3 h`, `2 d`.
pub(crate) fn age(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 => format!("{} ms", duration.as_millis()),
        1..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// How long ago a moment was, kept fresh by the page.
pub(crate) fn ago(moment: Timestamp) -> Markup {
    ui::relative_time(&moment.to_string(), &readable(moment))
}

/// A moment as date and time.
pub(crate) fn moment(moment: Timestamp) -> Markup {
    ui::moment(&moment.to_string(), &readable(moment))
}

fn readable(moment: Timestamp) -> String {
    moment.to_jiff().strftime("%-d %b %Y, %H:%M UTC").to_string()
}

/// The first line, at most so many letters.
pub(crate) fn first_line(text: &str, letters: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_by_thousands() {
        assert_eq!(
            [0, 999, 1_000, 48_210, 2_000_000].map(figure).join(" "),
            "0 999 1,000 48,210 2,000,000"
        );
    }

    #[test]
    fn an_age_has_one_unit() {
        let texts = [40, 1_900, 61_000, 3_600_000, 200_000_000]
            .map(|millis| age(Duration::from_millis(millis)));
        assert_eq!(texts.join(", "), "40 ms, 1 s, 1 min, 1 h, 2 d");
    }

    #[test]
    fn a_line_is_cut_between_letters() {
        assert_eq!(first_line("prüfe\nmore", 9), "prüfe");
        assert_eq!(first_line("prüfe alles", 3), "prü…");
        assert_eq!(first_line("", 3), "");
    }
}
