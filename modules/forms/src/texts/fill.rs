//! Puts values where a text names them in braces.

use std::fmt::{Display, Write};

/// The text with each `{name}` as given; a name that is not known stays, as it was written.
pub(crate) fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match values.iter().find(|(known, _)| *known == name) {
            // Writing to a text cannot fail.
            Some((_, value)) => drop(write!(filled, "{value}")),
            None => drop(write!(filled, "{{{name}}}")),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_looked_at_again() {
        let filled = fill("{a} of {b}, {c}", &[("a", &"{b}"), ("b", &3)]);
        assert_eq!(filled, "{b} of 3, {c}");
    }
}
