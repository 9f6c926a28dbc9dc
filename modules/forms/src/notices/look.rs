//! The look of a form as its mails have it: its colours, each readable where it stands, and its logo.

use ::mails::template::{Colours, Logo, Look};
use pictures::Sides;

use crate::{
    paths,
    renditions::{self, Rendition},
    theme::{Palette, Picture, Shades, Theme},
};

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
    let Sides { width, height } = renditions::in_mail(picture.sides());
    let made = paths::hosted_rendition(public_id, picture.file, Rendition::Mail.name());
    Logo {
        address: format!("{origin}{made}"),
        width,
        height,
        text: picture.text.clone().unwrap_or_default(),
    }
}
