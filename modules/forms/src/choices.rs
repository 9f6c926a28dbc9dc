//! Settings with few values: each has a word for programs and a label for people.

use ui::Choice;

/// A setting with few values.
pub(crate) trait Few: Copy + PartialEq + 'static {
    /// All of them, as people choose among them: the value, the word of the API, what people call it.
    const ALL: &'static [(Self, &'static str, &'static str)];

    /// The word in the API.
    fn word(self) -> &'static str {
        entry(self).1
    }

    /// As people call it.
    fn label(self) -> &'static str {
        entry(self).2
    }

    /// The value that a word of the API names.
    fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(one, ..)| *one)
    }

    /// What a page offers.
    fn choices() -> Vec<Choice<'static>> {
        Self::ALL.iter().map(|(_, value, label)| Choice { value, label }).collect()
    }
}

fn entry<T: Few>(value: T) -> (T, &'static str, &'static str) {
    let found = T::ALL.iter().find(|(one, ..)| *one == value);
    *found.expect("every value is among all")
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::json;

    use super::Few;
    use crate::{
        exports::{decimal::Decimal, delimiter::Delimiter},
        imports::{
            encoding::Encoding,
            options::{Dates, Formulas, Values},
        },
        notices::Rhythm,
    };

    /// The API reads and writes each by the word that the page sends.
    fn agrees<T: Few + Debug + Serialize + DeserializeOwned>() {
        for &(value, word, label) in T::ALL {
            assert_eq!(json!(value), word);
            assert_eq!(serde_json::from_value::<T>(json!(word)).ok(), Some(value));
            assert_eq!((T::named(word), value.word(), value.label()), (Some(value), word, label));
        }
        assert_eq!(T::named("another"), None);
    }

    #[test]
    fn a_word_is_the_same_for_pages_and_programs() {
        agrees::<Dates>();
        agrees::<Decimal>();
        agrees::<Delimiter>();
        agrees::<Encoding>();
        agrees::<Formulas>();
        agrees::<Rhythm>();
        agrees::<Values>();
    }
}
