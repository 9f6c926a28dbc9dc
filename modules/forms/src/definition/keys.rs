//! Gives a key to each field that came without one.

use std::collections::HashSet;

use super::Field;

const LONGEST_DERIVED: usize = 48;

/// Derives missing keys from the labels, never touching or repeating a key that was given.
pub(super) fn derive_missing(fields: &mut [Field]) {
    let mut taken: HashSet<String> = fields.iter().map(|field| field.key.clone()).collect();
    for field in fields.iter_mut().filter(|field| field.key.is_empty()) {
        field.key = free_key(slug(&field.label, field.kind.name()), &taken);
        taken.insert(field.key.clone());
    }
}

/// `Your e-mail` → `your_e_mail`; a label without ASCII letters or digits gives the type's name.
fn slug(label: &str, kind: &str) -> String {
    let words = label.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut slug = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    if !slug.starts_with(|first: char| first.is_ascii_alphabetic()) {
        slug = format!("{kind}_{slug}");
    }
    slug.truncate(LONGEST_DERIVED);
    slug.trim_end_matches('_').to_ascii_lowercase()
}

fn free_key(wanted: String, taken: &HashSet<String>) -> String {
    if !taken.contains(&wanted) {
        return wanted;
    }
    let numbered = (2..).map(|number| format!("{wanted}_{number}"));
    let mut free = numbered.filter(|key| !taken.contains(key));
    free.next().unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_key_is_read_off_the_label() {
        assert_eq!(slug("Your e-mail", "email"), "your_e_mail");
        assert_eq!(slug("  2nd choice?  ", "choice"), "choice_2nd_choice");
        assert_eq!(slug("お名前", "short_text"), "short_text");
        assert_eq!(slug(&"abcde ".repeat(40), "short_text").len(), 47);
    }
}
