//! Texts made alike before they are compared, by a rule that never changes with the Unicode version.

/// Without white space at its ends, line breaks as `\n`, and with no difference between capital and
/// small letters below U+1C80 and from U+1E00 to U+1FFF (Latin, Greek, Cyrillic, Armenian, Georgian and
/// others whose letters have been paired for long). Letter by letter: the capital of each, made small,
/// so that `ß` is `ss` and both small sigmas are one.
pub(super) fn folded(text: &str) -> String {
    let text = text.trim();
    let mut folded = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\0'..='\u{7f}' => folded.push(letter.to_ascii_lowercase()),
            '\u{80}'..'\u{1c80}' | '\u{1e00}'..'\u{2000}' => {
                folded.extend(letter.to_uppercase().flat_map(char::to_lowercase));
            }
            _ => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::folded;

    #[test]
    fn what_people_take_for_the_same_is_the_same() {
        for (one, other) in [
            (" Berlin\n", "BERLIN"),
            ("STRASSE", "straße"),
            ("ΟΔΟΣ", "οδος"),
            ("МОСКВА", "Москва"),
            ("a\r\nb", "A\nB"),
        ] {
            assert_eq!(folded(one), folded(other), "{one:?} {other:?}");
        }
        for (one, other) in [("a", "b"), ("a b", "ab"), ("é", "e"), ("\u{10d50}", "\u{10d70}")] {
            assert_ne!(folded(one), folded(other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn every_character_is_folded_as_the_browser_does() {
        const EACH: &str = r#"
            const changed = [];
            for (let code = 0; code < 0x110000; code++) {
              if (code >= 0xd800 && code < 0xe000) continue;
              const letter = String.fromCodePoint(code);
              for (const text of [letter, "a" + letter + "b"]) if (fold(text) !== text) changed.push([text, fold(text)]);
            }
            console.log(JSON.stringify(changed));
        "#;
        let script = [include_str!("../../../assets/logic.js"), EACH].concat();
        let node = Command::new("node").args(["--input-type=module", "--eval", &script]).output();
        let output = node.expect("node is there");
        let browser: Vec<(String, String)> =
            serde_json::from_slice(&output.stdout).expect("what node says");
        let letters = ('\0'..=char::MAX).flat_map(|it| [it.to_string(), format!("a{it}b")]);
        let pairs = letters.map(|text| (folded(&text), text));
        let changed: Vec<(String, String)> = pairs
            .filter(|(folded, text)| folded != text)
            .map(|(folded, text)| (text, folded))
            .collect();
        assert!(changed.len() > 1_000);
        assert!(changed == browser, "{:?}", changed.iter().find(|pair| !browser.contains(pair)));
    }
}
