//! The shades of a theme in light and dark: each stands out from what it lies on as WCAG 2.2 AA asks.

use super::{
    Theme,
    colour::{BLACK, Colour, WHITE},
};

/// Text against what it is written on (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;
/// Marks and edges against what they lie on (WCAG 2.2, 1.4.11).
const VISIBLE: f64 = 3.0;

/// The darkest surface of light screens, and the lightest of dark ones: there the least stands out.
const LIGHT_SURFACE: Colour = Colour([0xf6, 0xf2, 0xec]);
/// See [`LIGHT_SURFACE`].
const DARK_SURFACE: Colour = Colour([0x24, 0x1f, 0x1c]);

/// What follows from an accent colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shades {
    /// Of buttons and marks.
    pub(crate) fill: Colour,
    pub(crate) hover: Colour,
    /// Written on `fill`.
    pub(crate) ink: Colour,
    /// Links and the like, on paper and on `tint`.
    pub(crate) text: Colour,
    pub(crate) tint: Colour,
    pub(crate) line: Colour,
}

/// What follows from a colour behind the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Backdrop {
    pub(crate) page: Colour,
    /// Written on it.
    pub(crate) ink: Colour,
}

/// All shades of a theme, light and dark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Palette {
    pub(crate) accent: Option<[Shades; 2]>,
    pub(crate) backdrop: Option<[Backdrop; 2]>,
}

impl Palette {
    pub(crate) fn of(theme: &Theme) -> Self {
        let on_paper = |accent| shades(accent, LIGHT_SURFACE, BLACK);
        let in_the_dark = |accent| shades(accent, DARK_SURFACE, WHITE);
        Palette {
            accent: theme.accent.map(|accent| [on_paper(accent), in_the_dark(accent)]),
            backdrop: theme.background.map(|page| [backdrop(page), backdrop(dimmed(page))]),
        }
    }

    /// What had to be changed so that everyone can read it, for who chose the colour.
    pub(crate) fn told(&self, accent: Colour) -> Option<String> {
        let [light, dark] = self.accent?;
        let changed = |shades: Shades| (shades.fill != accent).then_some(shades.fill);
        match (changed(light), changed(dark)) {
            (None, None) => None,
            (Some(light), None) => Some(format!(
                "On light paper {accent} is too pale to be seen, so {light} is used there."
            )),
            (None, Some(dark)) => Some(format!(
                "In the dark {accent} is too deep to be seen, so {dark} is used there."
            )),
            (Some(light), Some(dark)) => Some(format!(
                "{accent} does not stand out: {light} is used on light paper, {dark} in the dark."
            )),
        }
    }
}

fn shades(accent: Colour, surface: Colour, end: Colour) -> Shades {
    let fill = accent.until(end, |colour| colour.contrast(surface) >= VISIBLE);
    let ink = fill.ink();
    // Away from its ink, so that what is written on it is read even better.
    let hover = fill.towards(if ink == WHITE { BLACK } else { WHITE }, 0.14);
    let tint = surface.towards(fill, 0.1);
    let line = surface.towards(fill, 0.35);
    let text = accent.until(end, |colour| {
        colour.contrast(surface) >= READABLE && colour.contrast(tint) >= READABLE
    });
    Shades { fill, hover, ink, text, tint, line }
}

fn backdrop(page: Colour) -> Backdrop {
    // Not as hard as black and white, but readable.
    let ink = page.towards(page.ink(), 0.6);
    let ink = ink.until(page.ink(), |colour| colour.contrast(page) >= READABLE);
    Backdrop { page, ink }
}

/// As dark as a page in the dark may be.
fn dimmed(page: Colour) -> Colour {
    page.until(BLACK, |colour| colour.contrast(WHITE) >= 14.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every colour of a grid over all there are.
    fn colours() -> impl Iterator<Item = Colour> {
        let steps = || (0..=255u16).step_by(15).map(|it| u8::try_from(it).expect("a byte"));
        steps()
            .flat_map(move |r| steps().flat_map(move |g| steps().map(move |b| Colour([r, g, b]))))
    }

    #[test]
    fn whatever_colour_is_chosen_everyone_can_read_it() {
        for colour in colours() {
            let theme =
                Theme { accent: Some(colour), background: Some(colour), ..Theme::default() };
            let palette = Palette::of(&theme);
            let surfaces = [LIGHT_SURFACE, DARK_SURFACE];
            for (shades, surface) in palette.accent.expect("chosen").into_iter().zip(surfaces) {
                assert!(shades.fill.contrast(surface) >= VISIBLE, "{colour}: {shades:?}");
                assert!(shades.ink.contrast(shades.fill) >= READABLE, "{colour}: {shades:?}");
                assert!(shades.ink.contrast(shades.hover) >= READABLE, "{colour}: {shades:?}");
                assert!(shades.text.contrast(surface) >= READABLE, "{colour}: {shades:?}");
                assert!(shades.text.contrast(shades.tint) >= READABLE, "{colour}: {shades:?}");
            }
            for backdrop in palette.backdrop.expect("chosen") {
                assert!(backdrop.ink.contrast(backdrop.page) >= READABLE, "{colour}: {backdrop:?}");
            }
        }
    }

    #[test]
    fn what_is_changed_is_told() {
        let told = |text| {
            let accent = Colour::parse(text).expect("a colour");
            Palette::of(&Theme { accent: Some(accent), ..Theme::default() }).told(accent)
        };
        assert_eq!(told("#1d6fd0"), None);
        assert!(told("#ffe600").expect("pale").contains("On light paper"));
        assert!(told("#0b1d3a").expect("deep").contains("In the dark"));
    }
}
