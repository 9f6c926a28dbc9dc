//! Cuts text into words and folds away what a searcher does not mean: case, accents, width.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are found by their beginning.
const LETTERS: usize = 64;

/// Calls `take` with each word of the text, folded. Scripts that are written without spaces yield
/// one word a character, so that a run of characters is found wherever it stands.
pub(crate) fn each(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    // ASCII that is no letter or digit parts words whatever stands beside it.
    let parts = text.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric());
    for part in parts.filter(|part| !part.is_empty()) {
        if part.is_ascii() {
            word.clear();
            word.push_str(&part[..part.len().min(LETTERS)]);
            word.make_ascii_lowercase();
            take(&word);
        } else {
            cut(fold(part), &mut take);
        }
    }
}

fn cut(letters: impl Iterator<Item = char>, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut length = 0;
    let mut alone = false;
    for letter in letters {
        let mark = is_mark(letter);
        let ends = !mark && (alone || !letter.is_alphanumeric() || is_unspaced(letter));
        if ends && length > 0 {
            take(&word);
            word.clear();
            length = 0;
        }
        // A mark alone is no word: it needs a letter to sit on.
        let belongs = if mark { length > 0 } else { letter.is_alphanumeric() };
        if !mark {
            alone = is_unspaced(letter);
        }
        if belongs && length < LETTERS {
            word.push(letter);
            length += 1;
        }
    }
    if length > 0 {
        take(&word);
    }
}

fn fold(text: &str) -> impl Iterator<Item = char> {
    // Composed again at the end: taken apart, a Korean syllable is three letters.
    text.nfkd()
        .filter(|letter| !is_accent(*letter))
        .nfc()
        .flat_map(char::to_lowercase)
        .filter(|letter| !is_accent(*letter))
        .flat_map(|letter| plain(letter).chars())
}

/// Letters that searchers type as others, though Unicode does not take them apart.
fn plain(letter: char) -> Plain {
    match letter {
        'ß' => Plain::Text("ss"),
        'æ' => Plain::Text("ae"),
        'œ' => Plain::Text("oe"),
        'þ' => Plain::Text("th"),
        'ø' => Plain::Text("o"),
        'đ' | 'ð' => Plain::Text("d"),
        'ł' => Plain::Text("l"),
        'ħ' => Plain::Text("h"),
        'ı' => Plain::Text("i"),
        'ς' => Plain::Text("σ"),
        other => Plain::Letter(other),
    }
}

enum Plain {
    Letter(char),
    Text(&'static str),
}

impl Plain {
    fn chars(self) -> impl Iterator<Item = char> {
        let (letter, text) = match self {
            Plain::Letter(letter) => (Some(letter), ""),
            Plain::Text(text) => (None, text),
        };
        letter.into_iter().chain(text.chars())
    }
}

/// Latin, Greek and Cyrillic diacritics, Hebrew points, Arabic vowel signs: often left out in writing.
/// Vowel signs of Indic scripts and the voicing marks of kana are letters to their readers.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && is_combining_mark(letter)
}

/// Thai, Lao, Myanmar, Khmer, kana and Han are written without spaces between words.
pub(crate) fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn case_accents_and_width_are_folded() {
        assert_eq!(words("Café CAFE\u{301} ＣＡＦＥ"), ["cafe", "cafe", "cafe"]);
        assert_eq!(
            words("Straße STRASSE ŁÓDŹ İstanbul"),
            ["strasse", "strasse", "lodz", "istanbul"]
        );
        assert_eq!(words("ΣΊΣΥΦΟΣ σίσυφος"), ["σισυφοσ", "σισυφοσ"]);
        assert_eq!(words("مُحَمَّد"), ["محمد"]);
    }

    #[test]
    fn punctuation_parts_words_and_is_none() {
        assert_eq!(
            words("anna.lee@example.com, don't!"),
            ["anna", "lee", "example", "com", "don", "t"]
        );
        assert!(words("  \"*:-()^~'\0\u{1f389}\u{301} ").is_empty());
    }

    #[test]
    fn scripts_without_spaces_yield_characters() {
        assert_eq!(words("東京タワーgo"), ["東", "京", "タ", "ワ", "ー", "go"]);
        assert_eq!(words("がＡ"), ["が", "a"]);
        assert_eq!(words("한국어 검색"), ["한국어", "검색"]);
        assert_eq!(words("ที่"), ["ที่"]);
    }

    #[test]
    fn vowel_signs_of_indic_scripts_stay() {
        assert_eq!(words("हिन्दी भाषा"), ["हिन्दी", "भाषा"]);
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(words(&"x".repeat(10_000)), ["x".repeat(LETTERS)]);
    }
}
