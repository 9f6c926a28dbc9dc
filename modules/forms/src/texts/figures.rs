//! Numbers, sizes and days as a language writes them.

use jiff::civil::Date;

use super::{Language, Texts, fill};

impl Texts {
    /// `1,204`
    pub(crate) fn whole(&self, number: usize) -> String {
        self.grouped(&number.to_string())
    }

    /// `-1,204.5`
    pub(crate) fn number(&self, number: f64) -> String {
        let text = number.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let sign = if number < 0.0 { "-" } else { "" };
        let mark = if fraction.is_empty() { "" } else { self.decimal_mark };
        format!("{sign}{}{mark}{fraction}", self.grouped(whole))
    }

    /// Digits in threes; some languages leave four of them together (CLDR, `minimumGroupingDigits`).
    fn grouped(&self, digits: &str) -> String {
        use Language::{Italian, Polish, Spanish};
        let together = match self.language {
            Spanish | Italian | Polish => 4,
            _ => 3,
        };
        if digits.len() <= together {
            return digits.to_owned();
        }
        let mut text = String::with_capacity(digits.len() + 8);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(self.group_mark);
            }
            text.push(digit);
        }
        text
    }

    /// `21 November 2026`
    pub(crate) fn date(&self, date: Date) -> String {
        // A month is 1 to 12.
        let month = self.months[usize::from(date.month().unsigned_abs()) - 1];
        fill(self.date, &[("day", &date.day()), ("month", &month), ("year", &date.year())])
    }

    /// `10 MB`, `1.5 MB`, `300 KB`
    pub(crate) fn size(&self, bytes: u64) -> String {
        const STEP: u64 = 1024;
        let (unit, text) = match bytes {
            0..STEP => return self.bytes.filled(bytes, &bytes.to_string()),
            STEP..1_048_576 => (STEP, self.kilobytes),
            _ => (STEP * STEP, self.megabytes),
        };
        let tenths = bytes / unit * 10 + bytes % unit * 10 / unit;
        fill(text, &[("count", &self.number(tenths as f64 / 10.0))])
    }

    /// `7 characters`
    pub(crate) fn characters(&self, count: usize) -> String {
        self.characters.filled(count as u64, &self.whole(count))
    }

    /// `7 files`
    pub(crate) fn files(&self, count: usize) -> String {
        self.files.filled(count as u64, &self.whole(count))
    }

    /// So many things to choose.
    pub(crate) fn options(&self, count: usize) -> String {
        self.options.filled(count as u64, &self.whole(count))
    }

    /// How many answers need another look.
    pub(crate) fn to_check(&self, count: usize) -> String {
        self.to_check.filled(count as u64, &self.whole(count))
    }

    /// `65,536 bytes`
    pub(crate) fn bytes(&self, count: usize) -> String {
        self.bytes.filled(count as u64, &self.whole(count))
    }

    /// `a PDF, a PNG image or a video`
    pub(crate) fn one_of_list(&self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => {
                fill(self.one_of_list, &[("list", &most.join(self.comma)), ("last", last)])
            }
        }
    }

    /// Question and complaint in one line; a question that ends with a mark of its own needs no colon.
    pub(crate) fn labelled(&self, label: &str, text: &str) -> String {
        let has_mark = label.ends_with(['?', '!', '.', ':', '？', '！', '。', '：', '؟']);
        let pattern = if has_mark { self.labelled_by_mark } else { self.labelled };
        fill(pattern, &[("label", &label), ("text", &text)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(say: impl Fn(&Texts) -> String) -> Vec<String> {
        Language::ALL.into_iter().map(|language| say(Texts::of(language))).collect()
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let written = each(|texts| texts.number(-1_234_567.25));
        let (no_break, narrow) = ("-1\u{a0}234\u{a0}567,25", "-1\u{202f}234\u{202f}567,25");
        let (english, german) = ("-1,234,567.25", "-1.234.567,25");
        assert_eq!(
            written,
            [english, german, narrow, german, german, german, german, no_break, english, english]
        );
        let short = each(|texts| texts.whole(2_000));
        let narrow = "2\u{202f}000";
        assert_eq!(
            short,
            ["2,000", "2.000", narrow, "2000", "2000", "2.000", "2.000", "2000", "2,000", "2,000"]
        );
    }

    #[test]
    fn days_are_written_as_people_write_them() {
        let day = jiff::civil::date(2026, 3, 1);
        assert_eq!(
            each(|texts| texts.date(day)),
            [
                "1 March 2026",
                "1. März 2026",
                "1 mars 2026",
                "1 de marzo de 2026",
                "1 marzo 2026",
                "1 de março de 2026",
                "1 maart 2026",
                "1 marca 2026",
                "1 مارس 2026",
                "2026年3月1日",
            ]
        );
    }

    #[test]
    fn sizes_have_a_tenth_where_it_says_something() {
        let german = Texts::of(Language::German);
        let sizes =
            [(1, "1 Byte"), (300 << 10, "300 KB"), (1536 << 10, "1,5 MB"), (10 << 20, "10 MB")];
        for (bytes, written) in sizes {
            assert_eq!(german.size(bytes), written);
        }
    }

    #[test]
    fn a_question_with_a_mark_of_its_own_has_no_colon() {
        let english = Texts::english();
        assert_eq!(english.labelled("Name", "Answer this."), "Name: Answer this.");
        assert_eq!(english.labelled("Why?", "Answer this."), "Why? Answer this.");
    }
}
