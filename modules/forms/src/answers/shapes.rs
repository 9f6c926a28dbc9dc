//! What an address, a number, a date or a time looks like.

use email_address::{EmailAddress, Options};

use crate::limits;

/// Whether a text is a usable e-mail address.
///
/// RFC 5321 and 6531 as the `email_address` crate reads them, and beyond that: at most 254 bytes,
/// no white space, a domain with a dot whose last part is not a number, no `[127.0.0.1]`.
pub(crate) fn is_email(text: &str) -> bool {
    let options = Options::default()
        .with_minimum_sub_domains(2)
        .without_domain_literal()
        .without_display_text();
    let last_part = text.rsplit('.').next().unwrap_or_default();
    text.len() <= limits::EMAIL
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
        && !last_part.bytes().all(|byte| byte.is_ascii_digit())
        && EmailAddress::parse_with_options(text, options).is_ok()
}

/// Whether a text is a phone number.
///
/// An optional `+`, then 6 to 15 digits (E.164 ends at 15) with spaces, hyphens, dots, slashes and
/// brackets between them as people write them.
pub(super) fn is_phone(text: &str) -> bool {
    let number = text.strip_prefix('+').unwrap_or(text);
    let is_separator = |letter: char| " \u{a0}\u{202f}-.()/".contains(letter);
    let fits = number.chars().all(|letter| letter.is_ascii_digit() || is_separator(letter));
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    fits && (6..=15).contains(&digits)
}

/// The number that a text writes with ASCII digits, a dot and perhaps an exponent.
///
/// Read by the standard library: it rounds exactly, so that what was given is what is stored.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let is_part = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    // Without this `inf`, `nan` and `infinity` would be numbers.
    if !text.bytes().all(is_part) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{calendar_date, is_time};

    #[test]
    fn addresses_people_have_are_taken() {
        for text in ["a@b.de", "grace+forms@mail.example.com", "o'neil@x.io", "用户@例子.广告"]
        {
            assert!(is_email(text), "{text}");
        }
        assert!(is_email(&format!("{}@{}.example.com", "a".repeat(64), "b".repeat(60))));
    }

    #[test]
    fn addresses_nobody_can_write_to_are_not() {
        let wrong = [
            "a",
            "@",
            "a@",
            "@b.de",
            "a@b",
            "a@localhost",
            "a b@c.de",
            "a@b .de",
            "a@b..de",
            "a@.de",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "Ada <a@b.de>",
            "a@b.de\n",
            "a@b.de, c@d.de",
            " a@b.de",
            "\"a b\"@c.de",
            "a@-.de",
            "a@b.",
            "",
        ];
        for text in wrong {
            assert!(!is_email(text), "{text}");
        }
        assert!(!is_email(&format!("{}@{}.com", "a".repeat(64), "b.".repeat(100))));
    }

    #[test]
    fn phones_as_people_write_them() {
        for text in ["+49 (30) 123 45-67", "030/1234567", "123456", "+1.202.555.0143", "112 112"] {
            assert!(is_phone(text), "{text}");
        }
        for text in
            ["12345", "1234567890123456", "call me", "+", "", "++123456", "١٢٣٤٥٦", "12 34 ab 56"]
        {
            assert!(!is_phone(text), "{text}");
        }
    }

    #[test]
    fn dates_are_days_that_exist() {
        for text in ["2024-02-29", "1990-01-08", "9999-12-31", "0001-01-01"] {
            assert_eq!(calendar_date(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        let wrong = [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-1-1",
            "20240101",
            "01.02.2024",
            "2024-W01-1",
            "2024-01-01T00:00",
            "",
            "-024-01-01",
            "２０２４-01-01",
            "+024-01-01",
        ];
        for text in wrong {
            assert_eq!(calendar_date(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_moments_of_a_day() {
        for text in ["00:00", "23:59", "08:30:15"] {
            assert!(is_time(text), "{text}");
        }
        for text in ["24:00", "12:60", "12:30:60", "8:30", "12", "12:30 ", "12-30", "", "12:30:5"] {
            assert!(!is_time(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_written_with_digits() {
        assert_eq!(decimal("12.5"), Some(12.5));
        assert_eq!(decimal("-1e3"), Some(-1000.0));
        for text in ["", "inf", "NaN", "1,5", "0x10", "1_000", "five", "- 1", "٣", "1e", "--1"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
