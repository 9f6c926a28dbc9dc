//! A text that depends on how many there are, in as many forms as its language has.

use super::fill;

/// The forms of a text by number (CLDR, "Language Plural Rules", whole numbers).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Counted {
    /// One form for all.
    Same(&'static str),
    /// One for 1, and one for all others.
    OneOther(&'static str, &'static str),
    /// One for 0 and 1, and one for all others: French and Portuguese.
    FewerOther(&'static str, &'static str),
    /// For 1, for 2 to 4, and for the others.
    Polish(&'static str, &'static str, &'static str),
    /// For 0, 1, 2, for 3 to 10, for 11 to 99, and for hundreds.
    Arabic([&'static str; 6]),
}

impl Counted {
    /// The form for so many.
    pub(super) const fn of(&self, count: u64) -> &'static str {
        match *self {
            Counted::Same(text) => text,
            Counted::OneOther(one, other) => {
                if count == 1 {
                    one
                } else {
                    other
                }
            }
            Counted::FewerOther(one, other) => {
                if count <= 1 {
                    one
                } else {
                    other
                }
            }
            Counted::Polish(one, few, many) => match (count, count % 10, count % 100) {
                (1, ..) => one,
                (_, _, 12..=14) => many,
                (_, 2..=4, _) => few,
                _ => many,
            },
            Counted::Arabic(forms) => match (count, count % 100) {
                (0..=2, _) => forms[count as usize],
                (_, 3..=10) => forms[3],
                (_, 11..=99) => forms[4],
                _ => forms[5],
            },
        }
    }

    /// The form for so many, with the number where it says `{count}`.
    pub(super) fn filled(&self, count: u64, number: &str) -> String {
        fill(self.of(count), &[("count", &number)])
    }
}

/// All that a text may look like, the form for most numbers last.
#[cfg(test)]
pub(super) trait Forms {
    fn forms(&self) -> Vec<&'static str>;
}

#[cfg(test)]
impl Forms for &'static str {
    fn forms(&self) -> Vec<&'static str> {
        vec![self]
    }
}

#[cfg(test)]
impl Forms for [&'static str; 12] {
    fn forms(&self) -> Vec<&'static str> {
        self.to_vec()
    }
}

#[cfg(test)]
impl Forms for Counted {
    fn forms(&self) -> Vec<&'static str> {
        match *self {
            Counted::Same(text) => vec![text],
            Counted::OneOther(one, other) | Counted::FewerOther(one, other) => vec![one, other],
            Counted::Polish(one, few, many) => vec![one, few, many],
            Counted::Arabic(forms) => forms.to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_forms_of_their_language() {
        let of = |forms: Counted, numbers: &[u64]| -> Vec<&str> {
            numbers.iter().map(|count| forms.of(*count)).collect()
        };
        assert_eq!(of(Counted::OneOther("one", "other"), &[0, 1, 2]), ["other", "one", "other"]);
        assert_eq!(of(Counted::FewerOther("one", "other"), &[0, 1, 2]), ["one", "one", "other"]);
        let polish = Counted::Polish("plik", "pliki", "plików");
        assert_eq!(of(polish, &[1, 2, 4, 22, 104]), ["plik", "pliki", "pliki", "pliki", "pliki"]);
        assert!(of(polish, &[0, 5, 11, 12, 14, 21, 112, 1001]).iter().all(|it| *it == "plików"));
        let arabic = Counted::Arabic(["zero", "one", "two", "few", "many", "other"]);
        assert_eq!(of(arabic, &[0, 1, 2, 3, 10, 103]), ["zero", "one", "two", "few", "few", "few"]);
        assert_eq!(
            of(arabic, &[11, 99, 111, 100, 102]),
            ["many", "many", "many", "other", "other"]
        );
    }
}
