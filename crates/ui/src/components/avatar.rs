//! People and workspaces as initials on a colour of their own.

use maud::{Markup, html};

use crate::sample::Sample;

/// How many colours `avatar.css` knows.
const COLOURS: u32 = 8;

/// Initials on a colour that follows from the name; decorative, the name stands beside it.
pub fn avatar(name: &str) -> Markup {
    sized(name, "avatar")
}

/// The same, for the head of a page.
pub fn avatar_large(name: &str) -> Markup {
    sized(name, "avatar avatar--large")
}

/// Several people in little room; the names are read aloud.
pub fn avatar_stack(names: &[&str]) -> Markup {
    html! {
        span.avatar-stack role="img" aria-label=(names.join(", ")) {
            @for name in names.iter().take(4) { (avatar(name)) }
            @if names.len() > 4 { span.avatar aria-hidden="true" { "+" (names.len() - 4) } }
        }
    }
}

fn sized(name: &str, class: &str) -> Markup {
    html! { span class=(class) data-colour=(colour(name)) aria-hidden="true" { (initials(name)) } }
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next().unwrap_or('?');
    let last = words.next_back();
    std::iter::once(first).chain(last).flat_map(char::to_uppercase).collect()
}

/// FNV-1a, since the colour must be the same in every process and release.
fn colour(name: &str) -> u32 {
    let hash = name
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash % COLOURS
}

pub(crate) fn samples() -> Vec<Sample> {
    let names = ["Ada Byron", "Grace Hopper", "Noor Inayat Khan", "Mae", "Linus T", "Ōe Kenzaburō"];
    vec![Sample::new(
        "avatars",
        "People",
        html! {
            div.row {
                @for name in names { (avatar(name)) }
                (avatar_large("Acme Studio"))
                (avatar_stack(&names))
            }
        },
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_and_the_last() {
        assert_eq!(initials("Noor Inayat Khan"), "NK");
        assert_eq!(initials("mae"), "M");
        assert_eq!(initials("  "), "?");
        assert_eq!(initials("ōe kenzaburō"), "ŌK");
    }

    #[test]
    fn a_name_keeps_its_colour() {
        assert_eq!(colour("Ada Byron"), colour("Ada Byron"));
        assert!(colour("Grace Hopper") < COLOURS);
    }
}
