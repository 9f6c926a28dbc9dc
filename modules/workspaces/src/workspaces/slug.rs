//! Addresses made of names.

use kernel::WorkspaceId;
use unicode_normalization::UnicodeNormalization;

const LONGEST: usize = 40;

/// Addresses to try, one after the other: `acme`, `acme-2` … and at last one that is surely free.
pub(crate) fn candidates(name: &str, id: WorkspaceId) -> impl Iterator<Item = String> {
    let base = slug(name);
    let id = id.to_string();
    let last = format!("{base}-{}", &id[id.len() - 12..]);
    let numbered = (2..=9).map({
        let base = base.clone();
        move |number| format!("{base}-{number}")
    });
    std::iter::once(base).chain(numbered).chain([last])
}

/// Lower-case letters, digits and single dashes; accents are dropped.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.nfkd().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            // Part of a word, or an accent that stood above a letter.
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    match slug.trim_end_matches('-') {
        "" => "workspace".to_owned(),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address() {
        assert_eq!(slug("Acme Studio"), "acme-studio");
        assert_eq!(slug("  Ada's — Café & Bar! "), "adas-cafe-bar");
        assert_eq!(slug("東京"), "workspace");
        assert_eq!(slug(&"x".repeat(200)).len(), LONGEST);
        assert_eq!(slug("../../etc"), "etc");
    }

    #[test]
    fn the_last_candidate_is_one_of_a_kind() {
        let id = "wsp_01jb2m8q4xf0v8k3n5r7t9w2y4".parse::<WorkspaceId>().expect("an id");
        let all: Vec<String> = candidates("Acme", id).collect();
        assert_eq!(all[..3], ["acme", "acme-2", "acme-3"]);
        assert!(all.last().is_some_and(|last| id.to_string().ends_with(&last[5..])));
    }
}
