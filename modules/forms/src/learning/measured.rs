//! Measures on real mails what is found and what is wronged: `bin/spam`.

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

use kernel::Chance;
use serde_json::Value;

use super::{Count, Kind, score::Score, words::words};
use crate::protection::Strictness;

/// Letters of a mail that a form would take for a message.
const LETTERS: usize = 3_000;
/// How often others are drawn to learn from.
const ROUNDS: u64 = 10;

struct Mail {
    kind: Kind,
    words: BTreeSet<String>,
}

/// All mails of a folder; each file is an object with the whole mail in `text`.
fn mails(folder: &Path, kind: Kind) -> Vec<Mail> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of mails")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    paths.sort();
    let tags = regex::Regex::new("<[^>]*>").expect("valid");
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("a mail");
        let mail: Value = serde_json::from_str(&text).expect("JSON");
        let text = message(&tags, mail["text"].as_str().unwrap_or_default());
        Mail { kind, words: words(&text) }
    };
    paths.into_iter().map(read).collect()
}

/// Subject and text without the way that the mail came: what somebody would write into a form.
fn message(tags: &regex::Regex, mail: &str) -> String {
    let (head, body) = mail.split_once("\n\n").unwrap_or((mail, ""));
    let subject = head.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default();
    let body = tags.replace_all(body, " ");
    format!("{subject}\n{body}").chars().take(LETTERS).collect()
}

#[derive(Default)]
struct Taught {
    total: Count,
    words: HashMap<String, Count>,
}

impl Taught {
    fn learn(&mut self, mail: &Mail) {
        self.total.add(mail.kind, 1);
        for word in &mail.words {
            self.words.entry(word.clone()).or_default().add(mail.kind, 1);
        }
    }
}

/// Of spam and of ham: how many were taken for spam, and how many there were.
#[derive(Default)]
struct Found {
    spam: (u32, u32),
    ham: (u32, u32),
}

impl Found {
    fn recall(&self) -> f64 {
        f64::from(self.spam.0) / f64::from(self.spam.1)
    }

    fn wronged(&self) -> f64 {
        f64::from(self.ham.0) / f64::from(self.ham.1)
    }

    fn precision(&self) -> f64 {
        f64::from(self.spam.0) / f64::from(self.spam.0 + self.ham.0)
    }
}

/// Learns from so many of each kind, drawn by dice, and judges all others.
fn measure(mails: &[Mail], lessons: i64, strictness: Strictness) -> Found {
    let least = strictness.least().expect("it judges");
    let mut found = Found::default();
    for round in 0..ROUNDS {
        let dice = Chance::seeded(round);
        let mut order: Vec<&Mail> = mails.iter().collect();
        for place in (1..order.len()).rev() {
            let other = usize::try_from(dice.below(place as u64 + 1)).unwrap_or(0);
            order.swap(place, other);
        }
        let mut taught = Taught::default();
        let mut others = Vec::new();
        for mail in order {
            let seen = match mail.kind {
                Kind::Spam => taught.total.spam,
                Kind::Ham => taught.total.ham,
            };
            if seen < lessons { taught.learn(mail) } else { others.push(mail) }
        }
        for mail in others {
            let score = Score::of(&mail.words, &taught.words, taught.total);
            let (taken, all) = match mail.kind {
                Kind::Spam => &mut found.spam,
                Kind::Ham => &mut found.ham,
            };
            *taken += u32::from(score.value >= least);
            *all += 1;
        }
    }
    found
}

#[test]
#[ignore = "it needs the mails: bin/spam"]
#[expect(clippy::print_stdout, reason = "it is run for its table")]
fn real_mails_are_told_apart() {
    let folder = std::env::var("MEWAYZ_SPAM_SET").expect("the folder of mails");
    let folder = Path::new(&folder);
    let mut all = Vec::new();
    for (name, kind) in [
        ("easy-ham-1", Kind::Ham),
        ("easy-ham-2", Kind::Ham),
        ("hard-ham-1", Kind::Ham),
        ("spam-1", Kind::Spam),
        ("spam-2", Kind::Spam),
    ] {
        all.extend(mails(&folder.join(name), kind));
    }
    println!("{} mails, {ROUNDS} rounds", all.len());
    println!("strictness  lessons  recall  precision  wronged");
    for strictness in [Strictness::Careful, Strictness::Strict] {
        for lessons in [super::ENOUGH, 100, 300, 800] {
            let found = measure(&all, lessons, strictness);
            println!(
                "{:10}  2 x {lessons:<4} {:6.1} % {:8.1} % {:7.2} %",
                format!("{strictness:?}").to_lowercase(),
                100.0 * found.recall(),
                100.0 * found.precision(),
                100.0 * found.wronged(),
            );
            let most = if strictness == Strictness::Careful { 0.005 } else { 0.015 };
            assert!(found.wronged() <= most, "too many are wronged");
            assert!(found.recall() > 0.2, "hardly any spam is found");
        }
    }
}
