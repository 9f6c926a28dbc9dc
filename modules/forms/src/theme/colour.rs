//! Colours, how light they are, and how well they stand out from each other.

use std::fmt;

use serde::{Serialize, Serializer};

/// Red, green and blue of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub(super) [u8; 3]);

pub(super) const WHITE: Colour = Colour([255; 3]);
pub(super) const BLACK: Colour = Colour([0; 3]);

impl Colour {
    /// `#1d5fd0`
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Colour([red, green, blue]))
    }

    /// Relative luminance (WCAG 2.2, "relative luminance"), 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio (WCAG 2.2, "contrast ratio"), 1 to 21.
    pub(crate) fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// So much of the way to another, 0 to 1.
    pub(super) fn towards(self, other: Colour, way: f64) -> Colour {
        let part = |place: usize| {
            let (from, to) = (f64::from(self.0[place]), f64::from(other.0[place]));
            // Between two bytes lies a byte.
            (from + (to - from) * way).round() as u8
        };
        Colour([part(0), part(1), part(2)])
    }

    /// Itself, or the first on its way to `end` that is good enough; `end` has to be.
    pub(super) fn until(self, end: Colour, good: impl Fn(Colour) -> bool) -> Colour {
        let steps = (0..=100).map(|step| self.towards(end, f64::from(step) / 100.0));
        steps.into_iter().find(|colour| good(*colour)).unwrap_or(end)
    }

    /// White or black, whichever is read better upon it: one of them always has 4.5 to 1.
    pub(super) fn ink(self) -> Colour {
        if self.contrast(WHITE) >= 4.5 { WHITE } else { BLACK }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits() {
        let read = |text| Colour::parse(text).map(|colour| colour.to_string());
        assert_eq!(read("#1D5fd0").as_deref(), Some("#1d5fd0"));
        for text in ["", "#fff", "1d5fd0", "#1d5fdg", "#+d5fd0", "red", "#1d5fd000"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_as_wcag_has_it() {
        let grey = Colour::parse("#767676").expect("a colour");
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
        assert!((4.54..4.55).contains(&grey.contrast(WHITE)), "the known grey of 4.54 to 1");
        assert_eq!(grey.contrast(grey), 1.0);
    }
}
