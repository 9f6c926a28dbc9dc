//! How much a text is like spam, by its words: Robinson's probabilities, combined by Fisher's method (G. Robinson,
//! “A statistical approach to the spam problem”, 2003). It is unsure where words speak for both.

use std::collections::{BTreeSet, HashMap};

use super::Count;

/// How much weight the guess has that a word says nothing, beside texts in which it was seen.
const GUESS: f64 = 0.45;
/// Words that say less than this are passed over.
const LEAST: f64 = 0.1;
/// Words that count at most, the strongest.
const MOST: usize = 100;
/// Words that are told.
const TOLD: usize = 5;
/// Letters of what is told.
const LONGEST: usize = 190;

/// What is said of one text.
pub(super) struct Score<'a> {
    /// From 0, which is none, to 1, which is spam; about a half is unsure.
    pub(super) value: f64,
    /// The words that speak most for spam.
    strongest: Vec<&'a str>,
}

impl<'a> Score<'a> {
    pub(super) fn of(
        words: &'a BTreeSet<String>,
        known: &HashMap<String, Count>,
        total: Count,
    ) -> Self {
        let shares = words.iter().filter_map(|word| Some((share(*known.get(word)?, total), word)));
        let mut shares: Vec<(f64, &str)> = shares
            .filter(|(share, _)| (share - 0.5).abs() >= LEAST)
            .map(|(share, word)| (share, word.as_str()))
            .collect();
        shares.sort_by(|(one, _), (other, _)| (other - 0.5).abs().total_cmp(&(one - 0.5).abs()));
        shares.truncate(MOST);
        let spam = 1.0 - chance(shares.iter().map(|(share, _)| 1.0 - share));
        let ham = 1.0 - chance(shares.iter().map(|(share, _)| *share));
        let strongest = shares.iter().filter(|(share, _)| *share > 0.5);
        Score {
            value: (spam - ham + 1.0) / 2.0,
            strongest: strongest.take(TOLD).map(|(_, word)| *word).collect(),
        }
    }

    /// In words, for people.
    pub(super) fn told(&self) -> String {
        // Rounded down: it is never certain.
        let percent = (self.value * 1_000.0).floor().min(999.0) / 10.0;
        let words = self.strongest.join(", ");
        let told = format!("Its words are like those of spam ({percent:.1} %): {words}");
        told.chars().take(LONGEST).collect::<String>() + "."
    }
}

/// The share of spam among texts with this word, were there as many of one kind as of the other.
fn share(seen: Count, total: Count) -> f64 {
    let part = |count: i64, of: i64| count.max(0) as f64 / of.max(1) as f64;
    let (spam, ham) = (part(seen.spam, total.spam), part(seen.ham, total.ham));
    let texts = (seen.spam.max(0) + seen.ham.max(0)) as f64;
    if texts == 0.0 {
        return 0.5;
    }
    (GUESS * 0.5 + texts * spam / (spam + ham)) / (GUESS + texts)
}

/// How likely shares as small as these come together by chance: the upper tail of the χ² distribution with twice as
/// many degrees of freedom, at −2 Σ ln share.
fn chance(shares: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = shares.len();
    let half = -shares.map(f64::ln).sum::<f64>();
    let mut term = (-half).exp();
    let mut sum = term;
    for step in 1..count {
        term *= half / step as f64;
        sum += term;
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the χ² distribution: P(χ²₄ > 9.488) = 0.05 and P(χ²₂ > 5.991) = 0.05.
    #[test]
    fn chance_is_the_tail_of_the_distribution() {
        let at = |chi_square: f64, count: i32| {
            chance(vec![(-chi_square / 2.0 / f64::from(count)).exp(); count as usize].into_iter())
        };
        assert!((at(9.488, 2) - 0.05).abs() < 1e-4);
        assert!((at(5.991, 1) - 0.05).abs() < 1e-4);
    }

    #[test]
    fn words_of_spam_speak_for_spam_and_unknown_ones_for_nothing() {
        let total = Count { spam: 40, ham: 40 };
        let known: HashMap<String, Count> = [
            ("casino", Count { spam: 30, ham: 0 }),
            ("bonus", Count { spam: 25, ham: 1 }),
            ("free", Count { spam: 20, ham: 2 }),
            ("order", Count { spam: 0, ham: 30 }),
            ("thanks", Count { spam: 1, ham: 25 }),
            ("the", Count { spam: 38, ham: 39 }),
        ]
        .map(|(word, count)| (word.to_owned(), count))
        .into();
        let value = |text: &str| {
            let words = text.split(' ').map(str::to_owned).collect();
            Score::of(&words, &known, total).value
        };
        assert!(value("casino bonus free the") > 0.99);
        assert!(value("order thanks the") < 0.05);
        assert!((value("never seen the") - 0.5).abs() < 1e-9);
        let both = value("casino order thanks bonus");
        assert!((0.2..0.8).contains(&both), "{both}");
        let words = "casino bonus free the".split(' ').map(str::to_owned).collect();
        let told = Score::of(&words, &known, total).told();
        assert_eq!(told, "Its words are like those of spam (99.8 %): casino, bonus, free.");
    }
}
