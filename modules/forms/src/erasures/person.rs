//! The person who is looked for: an address in whatever spelling, and a text that may stand for them.

use kernel::{Error, Fields, Result};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use url::form_urlencoded;

use crate::json_texts;

/// Characters of a text that stands for a person: a shorter one stands for many.
const SHORTEST_TEXT: usize = 3;
const LONGEST_TEXT: usize = 200;

/// What tells the person from others.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// As they were asked for.
    email: String,
    text: Option<String>,
    /// Folded, the domain in the letters of RFC 5890.
    local: String,
    domain: String,
    folded_text: Option<String>,
}

impl Person {
    /// The person with this address; an answer that is the text as a whole is theirs as well.
    pub(crate) fn named(email: &str, text: Option<&str>) -> Result<Self> {
        let mut problems = Fields::new();
        let email = email.trim();
        let parts = ::mails::parse_address(email).and_then(|sound| parts(&sound));
        let message = "Write one e-mail address, such as ann@example.com.";
        problems.check(parts.is_some(), "email", "not_an_email", message);
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let fits = |text: &str| (SHORTEST_TEXT..=LONGEST_TEXT).contains(&text.chars().count());
        let message = "Use 3 to 200 characters: a shorter text stands for many people.";
        problems.check(text.is_none_or(fits), "text", "length", message);
        let clean = !text.is_some_and(|text| text.contains('\0'));
        problems.check(clean, "text", "nul_character", "Leave the character U+0000 out.");
        problems.into_result()?;
        let (local, domain) = parts.ok_or(Error::NotFound)?;
        Ok(Person {
            email: email.to_owned(),
            text: text.map(str::to_owned),
            folded_text: text.map(folded),
            local,
            domain,
        })
    }

    pub(crate) fn email(&self) -> &str {
        &self.email
    }

    pub(crate) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// What stands before the sign, folded.
    pub(super) fn local(&self) -> &str {
        &self.local
    }

    /// The address in its one spelling.
    pub(super) fn address(&self) -> String {
        format!("{}@{}", self.local, self.domain)
    }

    /// Whether a document may hold answers of theirs: told without reading it.
    pub(super) fn may_stand_in(&self, json: &str) -> bool {
        self.folded_text.is_some() || may_hold_address(json)
    }

    /// Whether a value as a whole is their address, or the text.
    pub(crate) fn is(&self, value: &str) -> bool {
        self.is_address(value) || self.folded_text.as_ref().is_some_and(|it| *it == folded(value))
    }

    fn is_address(&self, value: &str) -> bool {
        let value = value.trim();
        if value.len() > LONGEST_ADDRESS || !may_hold_address(value) {
            return false;
        }
        parts(value).is_some_and(|(local, domain)| local == self.local && domain == self.domain)
    }

    /// Whether their address stands somewhere in a text, also as a part of an address on the web.
    pub(crate) fn mentioned_in(&self, text: &str) -> bool {
        if !may_hold_address(text) {
            return false;
        }
        let encoded = text.contains("%40");
        self.stands_in(&folded(text))
            || encoded
                && form_urlencoded::parse(text.as_bytes())
                    .any(|(name, value)| [name, value].iter().any(|it| self.stands_in(&folded(it))))
    }

    /// The same of a document.
    pub(crate) fn mentioned_in_json(&self, json: &str) -> bool {
        if !may_hold_address(json) {
            return false;
        }
        match serde_json::from_str::<Value>(json) {
            Ok(value) => json_texts::any(&value, &|text| self.mentioned_in(text)),
            Err(_) => self.mentioned_in(json),
        }
    }

    fn stands_in(&self, text: &str) -> bool {
        text.match_indices('@').any(|(at, _)| {
            let Some(before) = text[..at].strip_suffix(self.local.as_str()) else { return false };
            let part_of_another =
                |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '+' | '-');
            !before.chars().next_back().is_some_and(part_of_another)
                && self.domain_begins(&text[at + 1..])
        })
    }

    /// Whether a text begins with their domain: with all that may belong to a name, or with letters and digits
    /// alone, for in some scripts sentences go on without a space.
    fn domain_begins(&self, text: &str) -> bool {
        let foreign = |letter: char| {
            letter.is_whitespace()
                || letter.is_ascii()
                    && !letter.is_ascii_alphanumeric()
                    && !matches!(letter, '-' | '.')
        };
        let strange =
            |letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | '.');
        let ends = [text.find(foreign), text.find(strange)];
        ends.into_iter().any(|end| {
            let name = text[..end.unwrap_or(text.len())].trim_end_matches(['.', '-']);
            let stem = name.rsplit_once('.').filter(|(_, ending)| FILES.contains(ending));
            let names = [Some(name), stem.map(|(stem, _)| stem)];
            names.into_iter().flatten().any(|name| host(name).as_ref() == Some(&self.domain))
        })
    }
}

/// How files are called whose name may end in an address; none of them is the end of a domain.
const FILES: [&str; 9] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson", "xlsx", "pdf", "parquet"];

/// Bytes of an address in any spelling.
const LONGEST_ADDRESS: usize = 1_024;

/// The sign itself, as it is written wide or small, and as an address on the web has it.
fn may_hold_address(text: &str) -> bool {
    text.contains(['@', '\u{ff20}', '\u{fe6b}']) || text.contains("%40")
}

/// Without regard to case, width, and how letters are put together.
fn folded(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

fn parts(address: &str) -> Option<(String, String)> {
    let address = folded(address);
    let (local, domain) = address.rsplit_once('@')?;
    let domain = host(domain)?;
    (!local.is_empty()).then(|| (local.to_owned(), domain))
}

/// The name of a host in the letters that every server understands (RFC 5890).
fn host(name: &str) -> Option<String> {
    match url::Host::parse(name).ok()? {
        url::Host::Domain(name) => Some(name.trim_end_matches('.').to_owned()),
        url::Host::Ipv4(_) | url::Host::Ipv6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann() -> Person {
        Person::named(" Ann.Lee@Bücher.example ", Some(" 0171 / 22 ")).unwrap()
    }

    #[test]
    fn an_address_is_known_in_every_spelling() {
        for same in [
            "ann.lee@bücher.example",
            "ANN.LEE@BÜCHER.EXAMPLE",
            " ann.lee@xn--bcher-kva.example\n",
            "ann.lee@bu\u{308}cher.example",
            "ａｎｎ.lee＠bücher.example",
            "0171 / 22",
        ] {
            assert!(ann().is(same), "{same}");
        }
        for other in [
            "joann.lee@bücher.example",
            "ann.lee@bucher.example",
            "ann.lee@bücher.example.com",
            "annlee@bücher.example",
            "write to ann.lee@bücher.example",
            "0171 / 221",
            "",
            "@",
        ] {
            assert!(!ann().is(other), "{other}");
        }
    }

    #[test]
    fn it_is_found_within_texts_but_not_within_other_addresses() {
        for text in [
            "Please ask Ann.Lee@bücher.example.",
            "<ann.lee@xn--bcher-kva.example>: no such user",
            "mailto:ann.lee@bücher.example?subject=x",
            "q=Ann.Lee%40B%C3%BCcher.example&tray=kept",
            "answers.email=ann.lee%40xn--bcher-kva.example",
            "a@b.example,ann.lee@bücher.example;c@d.example",
            "ann.lee@bücher.example.csv",
        ] {
            assert!(ann().mentioned_in(text), "{text}");
        }
        for text in [
            "joann.lee@bücher.example",
            "x.ann.lee@bücher.example",
            "ann.lee@bücher.example.com",
            "ann.lee@bücher-example",
            "ann.lee at bücher.example",
            "%40",
        ] {
            assert!(!ann().mentioned_in(text), "{text}");
        }
        let plain = Person::named("ann@example.com", None).unwrap();
        assert!(plain.mentioned_in("写信给 ann@example.com。然后"));
        assert!(plain.mentioned_in_json("{\"a\": [\"x\\nann@example.com\"]}"));
        assert!(!plain.mentioned_in("ann@example.com.au"));
    }

    #[test]
    fn what_is_no_address_or_stands_for_many_is_refused() {
        for (email, text, field) in
            [("ann", None, "email"), ("a@b", None, "email"), ("a@b.example", Some("No"), "text")]
        {
            let Err(error) = Person::named(email, text) else { panic!("{email}") };
            assert_eq!(error.fields()[0].field, field);
        }
    }
}
