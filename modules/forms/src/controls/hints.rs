//! What is said beside a field before anything is wrong.

use super::files_taken::file_limits;
use crate::{
    definition::{Consent, Field, Kind, Picks, Text},
    limits,
    texts::{Texts, fill},
};

/// Help, and what the field takes, before anything is wrong. The author's own words about how many to
/// choose and how much to write are enough.
pub(super) fn hint(field: &Field, value: &str, texts: &Texts) -> String {
    let help = field.help.clone();
    let limits = match &field.kind {
        Kind::ShortText(Text { pattern_hint: Some(hint), .. })
        | Kind::LongText(Text { pattern_hint: Some(hint), .. }) => Some(hint.clone()),
        Kind::ShortText(_) | Kind::LongText(_) | Kind::Choices(_) if help.is_some() => None,
        Kind::ShortText(text) => text_limits(text, TIGHT_LINE, value, texts),
        Kind::LongText(text) => text_limits(text, limits::LONG_TEXT, value, texts),
        Kind::Choices(picks) => pick_limits(picks, texts),
        Kind::File(file) => Some(file_limits(file, texts)),
        Kind::Consent(Consent { text: Some(text) }) => Some(text.clone()),
        _ => None,
    };
    help.into_iter().chain(limits).collect::<Vec<_>>().join(" ")
}

/// Characters of a line that people may well exceed without a warning.
const TIGHT_LINE: usize = 60;

/// The most is told only where it is tight, or where what is written comes near it.
fn text_limits(text: &Text, tight: usize, value: &str, texts: &Texts) -> Option<String> {
    let near = |max: usize| value.chars().count() * 5 >= max * 4;
    let max = text.max_length.map(|max| max as usize);
    let min = text.min_length.map(|min| min as usize);
    let one = |pattern, count| fill(pattern, &[("characters", &texts.characters(count))]);
    match (min, max.filter(|max| *max < tight || near(*max))) {
        (Some(min), Some(max)) => Some(between(texts.characters_between, min, max, texts)),
        (Some(min), None) => Some(one(texts.characters_at_least, min)),
        (None, Some(max)) => Some(one(texts.characters_at_most, max)),
        (None, None) => None,
    }
}

fn pick_limits(picks: &Picks, texts: &Texts) -> Option<String> {
    let one = |pattern, count: u32| fill(pattern, &[("options", &texts.options(count as usize))]);
    match (picks.min_picks, picks.max_picks) {
        (Some(min), Some(max)) if min == max => Some(one(texts.pick, min)),
        (Some(min), Some(max)) => {
            Some(between(texts.pick_between, min as usize, max as usize, texts))
        }
        (Some(min), None) => Some(one(texts.pick_at_least, min)),
        (None, Some(max)) => Some(one(texts.pick_at_most, max)),
        (None, None) => None,
    }
}

fn between(pattern: &str, min: usize, max: usize, texts: &Texts) -> String {
    fill(pattern, &[("min", &texts.whole(min)), ("max", &texts.whole(max))])
}
