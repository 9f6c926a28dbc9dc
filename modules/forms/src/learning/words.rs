//! What a text is judged by: its words, where it links to, and how often.

use std::collections::BTreeSet;

/// Features of one text at most.
const MOST: usize = 400;
/// Letters of a word: shorter ones say little, longer ones are no words.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=20;
/// Letters of a place that a text leads to.
const LONGEST_PLACE: usize = 60;

/// Each once, in order, as people can read them.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let mut found = BTreeSet::new();
    let mut links = 0;
    let parts = text.split(|letter: char| letter.is_whitespace() || "<>()[]\"'".contains(letter));
    for part in parts.filter(|part| !part.is_empty()) {
        if found.len() >= MOST {
            break;
        }
        if let Some(host) = linked(part) {
            links += 1;
            found.insert(format!("link to {host}"));
        } else if let Some(host) = mailed(part) {
            found.insert(format!("mail at {host}"));
        } else {
            found.extend(part.split(|letter: char| !letter.is_alphanumeric()).flat_map(plain));
        }
    }
    let links = match links {
        0 => None,
        1 => Some("one link"),
        2 => Some("two links"),
        _ => Some("many links"),
    };
    found.extend(links.map(str::to_owned));
    found
}

/// The host of an address on the web.
fn linked(part: &str) -> Option<&str> {
    let rest = part.strip_prefix("https://").or_else(|| part.strip_prefix("http://"));
    let rest = rest.or_else(|| part.starts_with("www.").then_some(part))?;
    let host = rest.split(|letter: char| "/?:#,;".contains(letter)).next().unwrap_or_default();
    let host = host.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty() && host.len() <= LONGEST_PLACE).then_some(host)
}

/// The host of a mailbox; whose it is says nothing of others.
fn mailed(part: &str) -> Option<&str> {
    let (_, host) = part.split_once('@')?;
    let host = host.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    (host.contains('.') && host.len() <= LONGEST_PLACE).then_some(host)
}

/// The word itself; of a script without spaces, each two letters that stand together.
fn plain(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.iter().any(|letter| is_unspaced(*letter)) {
        return letters.windows(2).map(|pair| pair.iter().collect()).collect();
    }
    let is_number = letters.iter().all(|letter| letter.is_numeric());
    if is_number || !LETTERS.contains(&letters.len()) {
        return Vec::new();
    }
    vec![word.to_owned()]
}

/// Chinese, Japanese, Thai, Lao, Khmer and Burmese.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        words(text).into_iter().collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_text_is_its_words_and_where_it_leads() {
        assert_eq!(
            told(
                "Cheap CHEAP watches, 50 at https://www.watches.example/a?b or <http://x.example>!"
            ),
            "cheap, link to watches.example, link to x.example, two links, watches"
        );
        assert_eq!(told("Write to Ada.Byron@Example.com."), "mail at example.com, write");
        assert_eq!(told("腕時計 안녕하세요 de"), "時計, 腕時, 안녕하세요");
        assert_eq!(told("a b 1234567 @ @x http:// supercalifragilisticexpialidocious"), "http");
    }

    #[test]
    fn a_long_text_has_no_end_of_words_but_its_own() {
        let text: String = (0..10_000).map(|it| format!("word{it} ")).collect();
        assert_eq!(words(&text).len(), MOST);
    }
}
