//! What a searcher typed, as words and phrases. Any text is a query.

use crate::words;

/// More words than this are left out of account.
const WORDS: usize = 32;

/// Words that stand side by side; one alone is a phrase of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) words: Vec<String>,
    /// Whether the last word may be the beginning of a longer one.
    pub(crate) prefix: bool,
}

impl Phrase {
    /// Whether its words stand side by side somewhere in a text, cut into words.
    pub(crate) fn stands_in(&self, text: &[String]) -> bool {
        let Some((last, first)) = self.words.split_last() else { return false };
        text.windows(self.words.len()).any(|window| {
            let ends = &window[first.len()];
            window.starts_with(first) && (ends == last || self.prefix && ends.starts_with(last))
        })
    }
}

/// A query, read.
#[derive(Debug)]
pub(crate) struct Sought {
    /// All of them must match.
    pub(crate) phrases: Vec<Phrase>,
    /// Documents that are cut are meant too.
    pub(crate) or_cut: bool,
}

/// The phrases that must all match; none when the text holds no word.
pub(crate) fn parse(text: &str) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let mut room = WORDS;
    let mut open = false;
    for (index, part) in text.split('"').enumerate() {
        open = index % 2 == 1;
        if open {
            phrases.extend(phrase(part, &mut room));
        } else {
            phrases.extend(part.split_whitespace().filter_map(|word| phrase(word, &mut room)));
        }
    }
    // A closing quote at the very end says that the last word is whole.
    let closed = !open && text.trim_end().ends_with('"');
    if let Some(last) = phrases.last_mut() {
        last.prefix = !closed && may_go_on(&last.words);
    }
    phrases
}

fn phrase(text: &str, room: &mut usize) -> Option<Phrase> {
    let mut found = Vec::new();
    words::each(text, |word| {
        if *room > 0 {
            *room -= 1;
            found.push(word.to_owned());
        }
    });
    (!found.is_empty()).then_some(Phrase { words: found, prefix: false })
}

/// A character of a script without spaces is indexed as it is: nothing longer begins with it.
fn may_go_on(words: &[String]) -> bool {
    !words.last().is_some_and(|word| word.starts_with(words::is_unspaced))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let phrases = parse(text);
        let shown = phrases.iter().map(|phrase| {
            format!("{}{}", phrase.words.join("+"), if phrase.prefix { "*" } else { "" })
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_phrases_and_a_prefix() {
        assert_eq!(shown("annual rep"), "annual rep*");
        assert_eq!(shown("\"Annual report\" 2026"), "annual+report 2026*");
        assert_eq!(shown("big \"annual report\" "), "big annual+report");
        assert_eq!(shown("big \"annual rep"), "big annual+rep*");
        assert_eq!(shown("anna@example.co"), "anna+example+co*");
        assert_eq!(shown("東京"), "東+京");
    }

    #[test]
    fn operators_are_only_words_and_punctuation_is_nothing() {
        assert_eq!(shown("a NEAR(b) -c d:e f*"), "a near+b c d+e f*");
        for empty in ["", " ", "\"", "\"\"", "\" \" *", "-", "()", "\0", "🎉"] {
            assert!(parse(empty).is_empty(), "{empty:?}");
        }
    }

    #[test]
    fn endless_queries_end() {
        assert_eq!(parse(&"word ".repeat(2_000)).len(), WORDS);
        assert_eq!(parse(&"a.".repeat(5_000))[0].words.len(), WORDS);
    }
}
