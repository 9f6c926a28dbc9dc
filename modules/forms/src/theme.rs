//! How a form looks: a few choices that cannot go wrong, and the colours that follow from them.

mod colour;
mod palette;
mod stylesheet;

use files::FileId;
use pictures::Sides;
use serde::{Serialize, Serializer};

pub use colour::Colour;
pub(crate) use palette::{Palette, Shades};
pub(crate) use stylesheet::Style;

/// The look of a form; what is absent is as usual.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Theme {
    /// Of buttons, links and marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<Colour>,
    /// Behind the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<Colour>,
    #[serde(skip_serializing_if = "Font::is_usual")]
    pub font: Font,
    #[serde(skip_serializing_if = "Corners::is_usual")]
    pub corners: Corners,
    #[serde(skip_serializing_if = "Scheme::is_usual")]
    pub scheme: Scheme,
    #[serde(skip_serializing_if = "Credit::is_usual")]
    pub credit: Credit,
    /// Above the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Picture>,
    /// Across the top, and on cards of links to the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<Picture>,
}

/// An uploaded picture and its size in pixels, so that nothing moves while it loads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    pub file: FileId,
    pub width: u32,
    pub height: u32,
    /// What it says to those who do not see it; nothing where it only decorates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Picture {
    pub(crate) fn sides(&self) -> Sides {
        Sides::new(self.width, self.height)
    }
}

impl Theme {
    /// Whether nothing was chosen.
    pub fn is_usual(&self) -> bool {
        *self == Theme::default()
    }
}

/// Declares a setting of a few names, the first of which is the usual one.
macro_rules! few {
    ($(#[$note:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$note])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All, in the order in which they are offered.
            pub(crate) const ALL: &[$name] = &[$($name::$variant,)*];

            /// As documents and style sheets call it.
            pub(crate) const fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// What a document says.
            pub(crate) fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }

            pub(crate) fn is_usual(&self) -> bool {
                *self == $name::default()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

few! {
    /// The reader's own fonts; nothing is fetched from anywhere.
    Font {
        #[default]
        Sans = "sans",
        Serif = "serif",
        Rounded = "rounded",
        Mono = "mono",
    }
}

few! {
    /// How round corners are.
    Corners {
        #[default]
        Soft = "soft",
        Square = "square",
        Round = "round",
    }
}

few! {
    /// Whether its pages say below with what they were made.
    Credit {
        #[default]
        Shown = "shown",
        Hidden = "hidden",
    }
}

few! {
    /// Light or dark.
    Scheme {
        /// As the respondent's device has it.
        #[default]
        Automatic = "automatic",
        Light = "light",
        Dark = "dark",
    }
}
