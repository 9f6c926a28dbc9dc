//! Believable answers of about 300 bytes, made from a number so that a run can be repeated.

use std::io::Write;

const FIRST_NAMES: [&str; 12] = [
    "Amara", "Benoît", "Chiara", "Dmitri", "Elif", "Farah", "Grace", "Hiro", "Inés", "Jonas",
    "Keisha", "Łukasz",
];
const LAST_NAMES: [&str; 10] = [
    "Okafor",
    "Lindqvist",
    "Moreau",
    "Haddad",
    "Novák",
    "Tanaka",
    "Oliveira",
    "Schmidt",
    "Singh",
    "Walsh",
];
const OPENINGS: [&str; 6] = [
    "The order arrived on Tuesday, but one of the two parcels was missing.",
    "We would like to move our team of twelve to the yearly plan.",
    "Your teammate on the phone was patient and solved it in five minutes.",
    "The invoice shows the old address although we changed it in March.",
    "I cannot find where to turn off the weekly summary on my phone.",
    "Booking worked at once; the reminder came an hour late.",
];
const CLOSINGS: [&str; 5] = [
    "Could someone call me back before Friday afternoon?",
    "Please send the corrected copy to the address above.",
    "Thank you for looking into it, there is no hurry.",
    "Everything else has been a pleasure so far, so keep going.",
    "A screenshot is attached to my earlier message.",
];
const TOPICS: [&str; 3] = ["support", "sales", "other"];

/// The answers to one submission of the benchmark's form.
pub(crate) struct Answers {
    first_name: &'static str,
    last_name: &'static str,
    number: u64,
    score: u64,
    opening: &'static str,
    closing: &'static str,
    topic: &'static str,
}

impl Answers {
    /// The same seed and index always give the same answers.
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        let mut dice = Dice(seed ^ index.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Self {
            first_name: dice.pick(&FIRST_NAMES),
            last_name: dice.pick(&LAST_NAMES),
            number: index,
            score: dice.next() % 11,
            opening: dice.pick(&OPENINGS),
            closing: dice.pick(&CLOSINGS),
            topic: dice.pick(&TOPICS),
        }
    }

    /// Appends `{"name": …, "email": …, "score": …, "message": …, "topic": …}`.
    pub(crate) fn write_json(&self, out: &mut Vec<u8>) {
        let Self { first_name, last_name, number, score, opening, closing, topic } = self;
        append(
            out,
            format_args!(
                r#"{{"name":"{first_name} {last_name}","email":"person{number}@example.com","score":{score},"message":"{opening} {closing}","topic":"{topic}"}}"#
            ),
        );
    }

    /// Appends the same answers as `application/x-www-form-urlencoded`.
    pub(crate) fn write_urlencoded(&self, out: &mut Vec<u8>) {
        let encoded = url::form_urlencoded::Serializer::new(String::with_capacity(400))
            .append_pair("name", &format!("{} {}", self.first_name, self.last_name))
            .append_pair("email", &format!("person{}@example.com", self.number))
            .append_pair("score", &self.score.to_string())
            .append_pair("message", &format!("{} {}", self.opening, self.closing))
            .append_pair("topic", self.topic)
            .finish();
        out.extend_from_slice(encoded.as_bytes());
    }
}

/// Appends formatted text to bytes.
pub(crate) fn append(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a Vec takes every byte");
}

/// SplitMix64: enough variety for sample text, and nothing to keep between requests.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn pick(&mut self, among: &[&'static str]) -> &'static str {
        among[(self.next() % among.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(seed: u64, index: u64) -> String {
        let mut out = Vec::new();
        Answers::new(seed, index).write_json(&mut out);
        String::from_utf8(out).expect("answers are UTF-8")
    }

    #[test]
    fn answers_are_json_of_about_300_bytes() {
        let lengths: Vec<usize> = (0..200).map(|index| json(7, index).len()).collect();
        let mean = lengths.iter().sum::<usize>() / lengths.len();
        assert!((200..=300).contains(&mean), "mean length {mean}");
        for index in 0..200 {
            let value: serde_json::Value = serde_json::from_str(&json(7, index)).expect("JSON");
            assert!(value["score"].as_u64().is_some_and(|score| score <= 10));
        }
    }

    #[test]
    fn a_seed_repeats_its_answers_and_another_does_not() {
        assert_eq!(json(1, 42), json(1, 42));
        assert!((0..20).any(|index| json(1, index) != json(2, index)));
    }

    #[test]
    fn both_encodings_carry_the_same_answers() {
        let mut encoded = Vec::new();
        Answers::new(3, 9).write_urlencoded(&mut encoded);
        let value: serde_json::Value = serde_json::from_str(&json(3, 9)).expect("JSON");
        for (key, text) in url::form_urlencoded::parse(&encoded) {
            let expected = &value[key.as_ref()];
            let expected = expected.as_str().map_or(expected.to_string(), str::to_owned);
            assert_eq!(text, expected, "{key}");
        }
    }
}
