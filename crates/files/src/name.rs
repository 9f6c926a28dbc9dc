//! Makes a sender's file name one that can be shown, downloaded and packed.

const BYTES: usize = 200;

/// The last part of a path, without what controls a terminal, a header or the direction of writing.
pub(crate) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|letter| !is_hidden(*letter)).collect();
    let trimmed = shown.trim_matches(|letter: char| letter == '.' || letter.is_whitespace());
    if trimmed.is_empty() { "file".into() } else { shorten(trimmed) }
}

fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Cuts before the extension, so that the kind of file can still be seen.
fn shorten(name: &str) -> String {
    if name.len() <= BYTES {
        return name.into();
    }
    let dot = name.rfind('.').filter(|dot| name.len() - dot <= 20).unwrap_or(name.len());
    let (stem, extension) = name.split_at(dot);
    let end = stem.floor_char_boundary(BYTES - extension.len());
    format!("{}{extension}", &stem[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_controls_go() {
        for (name, expected) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\anna\\cv.doc", "cv.doc"),
            ("a/b/..", "file"),
            ("..", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("a\r\nb\0\u{202e}gpj.exe", "abgpj.exe"),
            ("Übersicht 2026 – 東京.txt", "Übersicht 2026 – 東京.txt"),
        ] {
            assert_eq!(clean(name), expected, "{name:?}");
        }
    }

    #[test]
    fn long_names_keep_their_extension() {
        let name = clean(&format!("{}.tar", "é".repeat(300)));
        assert!(name.len() <= BYTES && name.ends_with("é.tar"), "{name}");
        assert_eq!(clean(&"x".repeat(999)).len(), BYTES);
    }
}
