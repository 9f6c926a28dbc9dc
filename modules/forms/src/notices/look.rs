//! The look of a form as its mails have it: its colours, each readable where it stands, and its logo.

use ::mails::template::{Colours, Logo, Look};

use crate::{
    paths,
    theme::{Palette, Picture, Shades, Theme},
};

/// Pixels that a logo may be high and wide.
const LOGO: (u32, u32) = (64, 320);

/// `origin` is scheme and host, for mails are read elsewhere.
pub(crate) fn look(theme: &Theme, origin: &str, public_id: &str) -> Look {
    Look {
        colours: Palette::of(theme).accent.map(|both| both.map(colours)),
        logo: theme.logo.as_ref().map(|picture| logo(picture, origin, public_id)),
    }
}

fn colours(shades: Shades) -> Colours {
    Colours {
        button: shades.fill.to_string(),
        on_button: shades.ink.to_string(),
        link: shades.text.to_string(),
    }
}

fn logo(picture: &Picture, origin: &str, public_id: &str) -> Logo {
    let (width, height) = fitted(picture.width, picture.height);
    Logo {
        address: format!("{origin}{}", paths::hosted_picture(public_id, picture.file)),
        width,
        height,
        text: picture.text.clone().unwrap_or_default(),
    }
}

/// As large as it is, and no larger than it may be.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let (width, height) = (width.max(1), height.max(1));
    let (high, wide) = LOGO;
    if width <= wide && height <= high {
        return (width, height);
    }
    // Whichever side is the tighter one; no picture has so many pixels that this runs over.
    let [w, h, high, wide] = [width, height, high, wide].map(u64::from);
    let sides = if w * high > h * wide { (wide, h * wide / w) } else { (w * high / h, high) };
    let at_least_one = |side: u64| u32::try_from(side).unwrap_or(u32::MAX).max(1);
    (at_least_one(sides.0), at_least_one(sides.1))
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_logo_keeps_its_shape() {
        let sizes = [(100, 40), (640, 128), (64, 640), (6_400, 10), (0, 0)];
        let fitted = sizes.map(|(width, height)| fitted(width, height));
        assert_eq!(fitted, [(100, 40), (320, 64), (6, 64), (320, 1), (1, 1)]);
    }
}
