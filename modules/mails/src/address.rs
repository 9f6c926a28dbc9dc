//! Addresses: which of them we write to, and how they and names are written so that no header breaks.

use email_address::EmailAddress;

/// Bytes that an address has at most (RFC 5321, section 4.5.3.1.3, without the brackets).
const LONGEST: usize = 254;
/// Letters of a name in a header.
const LONGEST_NAME: usize = 100;

/// One address in one spelling, such as `ada@example.com`; none when nothing can be sent there. Quoted local
/// parts and literal addresses are refused: nobody has them who is to be written to.
pub fn parse_address(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = !text.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    let sound = text.len() <= LONGEST && plain && !text.contains(['"', '[', '<', '>', ',']);
    if !sound || !EmailAddress::is_valid(text) {
        return None;
    }
    let (local, domain) = text.rsplit_once('@')?;
    domain.contains('.').then(|| format!("{local}@{}", domain.to_lowercase()))
}

/// The domain in the letters that every server understands (RFC 5890).
pub(crate) fn wire_address(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let host = url::Host::parse(domain).ok()?;
    Some(format!("{local}@{host}"))
}

/// A text for a header: on one line, without what is not seen, and not without end.
pub fn header_text(text: &str, longest: usize) -> String {
    let visible = |letter: char| match letter {
        // Those turn the direction of what follows, also beyond the text.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        letter if letter.is_control() => Some(' '),
        letter => Some(letter),
    };
    let flat: String = text.chars().filter_map(visible).collect();
    let words: Vec<&str> = flat.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    let short: String = line.chars().take(longest - 1).collect();
    format!("{}…", short.trim_end())
}

pub(crate) fn name(text: &str) -> String {
    header_text(text, LONGEST_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_written_to_is_an_address() {
        assert_eq!(parse_address(" Ada@Example.COM "), Some("Ada@example.com".into()));
        assert_eq!(parse_address("jürgen@bücher.example"), Some("jürgen@bücher.example".into()));
        for wrong in [
            "",
            "ada",
            "ada@",
            "@example.com",
            "ada@localhost",
            "ada@example.com\r\nBcc: eve@example.com",
            "ada@example.com, eve@example.com",
            "Ada <ada@example.com>",
            "\"a b\"@example.com",
            "ada@[127.0.0.1]",
        ] {
            assert_eq!(parse_address(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn domains_of_other_scripts_travel_in_ascii() {
        let wire = wire_address("jürgen@bücher.example");
        assert_eq!(wire.as_deref(), Some("jürgen@xn--bcher-kva.example"));
        assert_eq!(wire_address("a@b.example").as_deref(), Some("a@b.example"));
    }

    #[test]
    fn a_header_stays_on_its_line() {
        assert_eq!(header_text("Hi\r\nBcc: eve@example.com", 80), "Hi Bcc: eve@example.com");
        assert_eq!(header_text("a\u{202e}b\u{0}c", 80), "ab c");
        assert_eq!(header_text("abcdef", 4), "abc…");
    }
}
