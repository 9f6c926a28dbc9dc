//! Why one answer is refused.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::texts::{Texts, fill};

/// Which field is the caller's to say, and in which language.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Problem {
    Required,
    /// "Other" is chosen, and nothing stands beside it.
    OwnAnswerRequired,
    MustBeAccepted,
    /// In characters.
    TooLong {
        max: usize,
        count: usize,
    },
    TooManyBytes {
        max: usize,
        count: usize,
    },
    TooShort {
        min: usize,
        count: usize,
    },
    /// With the author's own words for it.
    Pattern(Option<Box<str>>),
    NotAnEmail,
    NotAPhone,
    NotANumber,
    NotAnInteger,
    NumberTooSmall(f64),
    NumberTooLarge(f64),
    NotADate,
    TooEarly(Date),
    TooLate(Date),
    NotATime,
    YesOrNo,
    /// With the options, one after the other.
    NotAnOption(Box<str>),
    TooManyPicks {
        max: usize,
        count: usize,
    },
    TooFewPicks {
        min: usize,
        count: usize,
    },
    PickedTwice(String),
    OneOwnAnswer,
    TooManyFiles {
        max: usize,
        count: usize,
    },
    InvisibleCharacter,
    /// What only programs can send, told in English.
    Malformed {
        code: &'static str,
        message: &'static str,
    },
}

use Problem::*;

impl Problem {
    /// For the refusals of what only programs can send.
    pub(super) fn malformed<T>(code: &'static str, message: &'static str) -> Result<T, Self> {
        Err(Malformed { code, message })
    }

    /// The word for programs.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Required | OwnAnswerRequired => "required",
            MustBeAccepted => "must_be_accepted",
            TooLong { .. } | TooManyBytes { .. } => "too_long",
            TooShort { .. } => "too_short",
            Pattern(_) => "pattern",
            NotAnEmail => "not_an_email",
            NotAPhone => "not_a_phone",
            NotANumber => "not_a_number",
            NotAnInteger => "not_an_integer",
            NumberTooSmall(_) | TooEarly(_) => "too_small",
            NumberTooLarge(_) | TooLate(_) => "too_large",
            NotADate => "not_a_date",
            NotATime => "not_a_time",
            YesOrNo | NotAnOption(_) => "not_an_option",
            TooManyPicks { .. } | OneOwnAnswer | TooManyFiles { .. } => "too_many",
            TooFewPicks { .. } => "too_few",
            PickedTwice(_) => "duplicate",
            InvisibleCharacter => "nul_character",
            Malformed { code, .. } => code,
        }
    }

    /// The sentence for people.
    pub(super) fn said(&self, texts: &Texts) -> Cow<'_, str> {
        let limit = |text, name, limit: String, count: &usize| {
            fill(text, &[(name, &limit), ("count", &texts.whole(*count))])
        };
        let one = |text, name, value: String| fill(text, &[(name, &value)]);
        Cow::Owned(match self {
            TooLong { max, count } => limit(texts.too_long, "max", texts.characters(*max), count),
            TooManyBytes { max, count } => limit(texts.too_long, "max", texts.bytes(*max), count),
            TooShort { min, count } => limit(texts.too_short, "min", texts.characters(*min), count),
            TooManyPicks { max, count } => {
                limit(texts.too_many_picks, "max", texts.options(*max), count)
            }
            TooFewPicks { min, count } => {
                limit(texts.too_few_picks, "min", texts.options(*min), count)
            }
            TooManyFiles { max, count } => {
                limit(texts.too_many_files, "max", texts.files(*max), count)
            }
            NumberTooSmall(min) => one(texts.number_too_small, "min", texts.number(*min)),
            NumberTooLarge(max) => one(texts.number_too_large, "max", texts.number(*max)),
            TooEarly(min) => one(texts.date_too_early, "min", texts.date(*min)),
            TooLate(max) => one(texts.date_too_late, "max", texts.date(*max)),
            NotAnOption(options) => fill(texts.not_an_option, &[("options", options)]),
            PickedTwice(pick) => fill(texts.picked_twice, &[("pick", pick)]),
            Pattern(Some(words)) => return Cow::Borrowed(words),
            Malformed { message, .. } => return Cow::Borrowed(message),
            plain => return Cow::Borrowed(plain.plain(texts)),
        })
    }

    /// What is said of all that needs no figures.
    fn plain(&self, texts: &Texts) -> &'static str {
        match self {
            OwnAnswerRequired => texts.write_own,
            MustBeAccepted => texts.tick_this,
            Pattern(_) => texts.wrong_form,
            NotAnEmail => texts.not_an_email,
            NotAPhone => texts.not_a_phone,
            NotANumber => texts.not_a_number,
            NotAnInteger => texts.not_whole,
            NotADate => texts.not_a_date,
            NotATime => texts.not_a_time,
            YesOrNo => texts.yes_or_no,
            OneOwnAnswer => texts.one_own_answer,
            InvisibleCharacter => texts.invisible_character,
            _ => texts.answer_this,
        }
    }
}
