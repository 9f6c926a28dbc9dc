//! Characters that nobody sees: some make a text look empty, some turn its direction around.

/// Whether there is nothing in it to be seen.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || letter.is_control() || is_invisible(letter))
}

/// What may stand between letters of some scripts and emoji, but makes no text by itself.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    ) || turns(letter)
}

/// Whether it holds a character that writes what follows the other way around (Unicode TR 36, 2.2.8).
pub(crate) fn turns_around(text: &str) -> bool {
    text.chars().any(turns)
}

fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub(crate) const TURNS_AROUND: &str =
    "This contains an invisible character that turns the direction of writing around. Remove it.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_blank_when_nothing_of_it_is_seen() {
        for blank in ["", " \n", "\u{200b}\u{200d}", "\u{feff} \u{2800}", "\u{202e}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in ["a", "\u{200b}a", "👩\u{200d}💻", "می\u{200c}خواهم", "שלום"] {
            assert!(!is_blank(seen) && !turns_around(seen), "{seen:?}");
        }
        assert!(turns_around("abc\u{202e}fdp") && turns_around("\u{2066}"));
    }
}
