//! Two texts in one, word by word: what was taken out and what was put in.

use maud::{Markup, html};

/// Above this many pairs of words, texts are shown one after the other.
const MOST_PAIRS: usize = 4_000_000;
/// Words that stay beside a change when a long run between two of them is left out.
const CONTEXT: usize = 12;
/// A run of the same words is shortened from here on.
const LONG: usize = 40;

/// A run of words that share their fate.
#[derive(Debug, PartialEq)]
enum Run<'a> {
    Same(Vec<&'a str>),
    Out(String),
    In(String),
}

/// What became of a text: marked within when most of it stayed, else one after the other.
pub(crate) fn changed(before: &str, after: &str) -> Markup {
    let runs = runs(before, after).filter(|runs| is_readable(runs));
    let Some(runs) = runs else {
        return html! { (taken(before)) " → " (put(after)) };
    };
    let last = runs.len().saturating_sub(1);
    html! {
        span.marked {
            @for (index, run) in runs.iter().enumerate() {
                @match run {
                    Run::Same(words) => (same(words, index == 0, index == last)),
                    Run::Out(text) => (taken(text)),
                    Run::In(text) => (put(text)),
                }
            }
        }
    }
}

/// What was there and is not any more.
pub(crate) fn taken(text: &str) -> Markup {
    html! { del { span.visually-hidden { "[before: " } (text) span.visually-hidden { "] " } } }
}

/// What was not there before.
pub(crate) fn put(text: &str) -> Markup {
    html! { ins { span.visually-hidden { "[now: " } (text) span.visually-hidden { "] " } } }
}

/// The same words; of many, those beside a change.
fn same(words: &[&str], first: bool, last: bool) -> Markup {
    if words.len() <= LONG {
        return html! { (words.concat()) };
    }
    let (head, tail) = (if first { 0 } else { CONTEXT }, if last { 0 } else { CONTEXT });
    let hidden = words.len() - head - tail;
    html! {
        (words[..head].concat())
        span.marked__gap { " … " span.visually-hidden { (hidden) " words as before " } }
        (words[words.len() - tail..].concat())
    }
}

/// Texts that have little in common are no easier to read as one.
fn is_readable(runs: &[Run<'_>]) -> bool {
    let letters = |run: &Run<'_>| match run {
        Run::Same(words) => (words.iter().map(|word| word.len()).sum::<usize>(), 0),
        Run::Out(text) | Run::In(text) => (0, text.len()),
    };
    let sum = |(a, b): (usize, usize), (c, d): (usize, usize)| (a + c, b + d);
    let (same, changed) = runs.iter().map(letters).fold((0, 0), sum);
    same * 2 >= changed
}

/// From one text to the other; none when they are too long to be compared.
fn runs<'a>(before: &'a str, after: &'a str) -> Option<Vec<Run<'a>>> {
    let (old, new) = (words(before), words(after));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_mid, new_mid) =
        (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    if old_mid.len().saturating_mul(new_mid.len()) > MOST_PAIRS {
        return None;
    }
    let mut runs = Vec::new();
    keep(&mut runs, &old[..head]);
    between(&mut runs, old_mid, new_mid);
    keep(&mut runs, &old_rest[old_rest.len() - tail..]);
    Some(runs)
}

/// Along a longest common subsequence of both.
fn between<'a>(runs: &mut Vec<Run<'a>>, old: &[&'a str], new: &[&'a str]) {
    let longest = longest(old, new);
    let width = new.len() + 1;
    let (mut at, mut to) = (0, 0);
    let (mut out, mut put) = (String::new(), String::new());
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            flush(runs, &mut out, &mut put);
            keep(runs, &old[at..=at]);
            (at, to) = (at + 1, to + 1);
        } else if to == new.len()
            || at < old.len() && longest[(at + 1) * width + to] >= longest[at * width + to + 1]
        {
            out.push_str(old[at]);
            at += 1;
        } else {
            put.push_str(new[to]);
            to += 1;
        }
    }
    flush(runs, &mut out, &mut put);
}

/// How many words the rests from each place on have in common, row by row.
fn longest(old: &[&str], new: &[&str]) -> Vec<u16> {
    let width = new.len() + 1;
    let mut longest = vec![0_u16; (old.len() + 1) * width];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            longest[at * width + to] = if old[at] == new[to] {
                longest[(at + 1) * width + to + 1].saturating_add(1)
            } else {
                longest[(at + 1) * width + to].max(longest[at * width + to + 1])
            };
        }
    }
    longest
}

fn keep<'a>(runs: &mut Vec<Run<'a>>, words: &[&'a str]) {
    if words.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some(Run::Same(kept)) => kept.extend_from_slice(words),
        _ => runs.push(Run::Same(words.to_vec())),
    }
}

fn flush(runs: &mut Vec<Run<'_>>, out: &mut String, put: &mut String) {
    if !out.is_empty() {
        runs.push(Run::Out(std::mem::take(out)));
    }
    if !put.is_empty() {
        runs.push(Run::In(std::mem::take(put)));
    }
}

/// The words of a text with all that stands between them: joined again they are the text. A letter of a
/// script without spaces is a word of its own.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut before) = (0, None);
    for (index, letter) in text.char_indices() {
        let kind = Some(Letter::of(letter));
        if index > start && (kind != before || kind == Some(Letter::Alone)) {
            words.push(&text[start..index]);
            start = index;
        }
        before = kind;
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[derive(PartialEq, Clone, Copy)]
enum Letter {
    OfWord,
    Space,
    Alone,
}

impl Letter {
    fn of(letter: char) -> Self {
        // From here on stand the scripts of China, Japan and Korea (Unicode, CJK Radicals Supplement).
        const WITHOUT_SPACES: char = '\u{2e80}';
        match letter {
            _ if letter.is_whitespace() => Letter::Space,
            _ if letter.is_alphanumeric() && letter < WITHOUT_SPACES => Letter::OfWord,
            _ => Letter::Alone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let one = |run: &Run<'_>| match run {
            Run::Same(words) => words.concat(),
            Run::Out(text) => format!("[-{text}]"),
            Run::In(text) => format!("[+{text}]"),
        };
        runs(before, after).expect("short").iter().map(one).collect()
    }

    #[test]
    fn single_words_are_marked() {
        assert_eq!(
            told("Tell us your full name.", "Tell us your first name, please."),
            "Tell us your [-full][+first] name[+, please]."
        );
        assert_eq!(told("same", "same"), "same");
        assert_eq!(told("", "new"), "[+new]");
        assert_eq!(told("お名前は何ですか", "お名前を教えて"), "お名前[-は何ですか][+を教えて]");
    }

    #[test]
    fn texts_with_little_in_common_stand_one_after_the_other() {
        assert_eq!(changed("Size", "Colour").into_string().matches("<del>").count(), 1);
        assert!(changed("Size", "Colour").into_string().contains(" → "));
        assert!(!changed("Your size, please", "Your size").into_string().contains(" → "));
    }

    #[test]
    fn a_long_run_of_the_same_words_is_shortened() {
        let long = "word ".repeat(200);
        let shown = changed(&format!("{long}old"), &format!("{long}new")).into_string();
        assert!(shown.contains("words as before") && shown.matches("word ").count() < 20);
    }

    proptest::proptest! {
        #[test]
        fn the_marks_make_both_texts(before in "[ab .\u{3042}]{0,12}", after in "[ab .\u{3042}]{0,12}") {
            let (mut old, mut new) = (String::new(), String::new());
            for run in runs(&before, &after).expect("short") {
                match run {
                    Run::Same(words) => { old.push_str(&words.concat()); new.push_str(&words.concat()); }
                    Run::Out(text) => old.push_str(&text),
                    Run::In(text) => new.push_str(&text),
                }
            }
            proptest::prop_assert_eq!((old, new), (before, after));
        }
    }
}
