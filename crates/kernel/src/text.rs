//! Names that look like what they are.

/// Whether the text is one line without letters that nobody sees: control characters, those that turn the
/// direction of writing around (Unicode TR 36, section 2.5.1), and those without a width.
pub fn is_plain(text: &str) -> bool {
    let mut before = ' ';
    text.chars().all(|letter| {
        let fine = match letter {
            // Joiners belong to words of some scripts and to emoji, but join nothing in ours.
            '\u{200c}' | '\u{200d}' => before > '\u{600}' && !is_invisible(before),
            _ => !is_invisible(letter),
        };
        before = letter;
        fine
    })
}

fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn names_of_all_scripts_are_plain() {
        for name in [
            "",
            "Ada Byron",
            "Ōsaka Café",
            "می\u{200c}خواهم",
            "👩\u{200d}🚀 Space",
            "ศรี",
            "❤\u{fe0f}",
        ] {
            assert!(is_plain(name), "{name}");
        }
    }

    #[test]
    fn what_nobody_sees_is_not() {
        for name in [
            "a\nb",
            "a\0",
            "\u{202e}nimda",
            "\u{2066}a",
            "a\u{200b}b",
            "ad\u{200d}min",
            "\u{200c}admin",
            "👩\u{200d}\u{200d}🚀",
            "\u{feff}a",
            "a\u{ad}b",
            "\u{3164}",
        ] {
            assert!(!is_plain(name), "{name:?}");
        }
    }
}
