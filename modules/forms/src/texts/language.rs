//! The languages we speak, and which of them a form is to use.

use serde::{Serialize, Serializer};

/// A language of the pages of respondents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Polish,
    Arabic,
    Japanese,
}

impl Language {
    /// In the order in which they are offered.
    pub(crate) const ALL: [Language; 10] = [
        Language::English,
        Language::German,
        Language::French,
        Language::Spanish,
        Language::Italian,
        Language::Portuguese,
        Language::Dutch,
        Language::Polish,
        Language::Arabic,
        Language::Japanese,
    ];

    /// As BCP 47 calls it.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
            Language::French => "fr",
            Language::Spanish => "es",
            Language::Italian => "it",
            Language::Portuguese => "pt-BR",
            Language::Dutch => "nl",
            Language::Polish => "pl",
            Language::Arabic => "ar",
            Language::Japanese => "ja",
        }
    }

    /// As those who speak it call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
            Language::French => "Français",
            Language::Spanish => "Español",
            Language::Italian => "Italiano",
            Language::Portuguese => "Português (Brasil)",
            Language::Dutch => "Nederlands",
            Language::Polish => "Polski",
            Language::Arabic => "العربية",
            Language::Japanese => "日本語",
        }
    }

    /// Which way it is written, as HTML says it.
    pub(crate) const fn direction(self) -> &'static str {
        match self {
            Language::Arabic => "rtl",
            _ => "ltr",
        }
    }

    /// The language of that tag.
    pub(crate) fn tagged(tag: &str) -> Option<Self> {
        Language::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// The language in which a form speaks to its respondents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// Always this one.
    Always(Language),
    /// What their browser asks for, as far as we speak it.
    AsAsked,
}

/// How a document writes [`Spoken::AsAsked`].
const AS_ASKED: &str = "respondent";

impl Spoken {
    /// As a document writes it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Spoken::Always(language) => language.tag(),
            Spoken::AsAsked => AS_ASKED,
        }
    }

    /// All that a document may say.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Language::ALL.into_iter().map(Language::tag).chain([AS_ASKED])
    }

    /// What a document says.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            AS_ASKED => Some(Spoken::AsAsked),
            tag => Language::tagged(tag).map(Spoken::Always),
        }
    }
}

impl Serialize for Spoken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
