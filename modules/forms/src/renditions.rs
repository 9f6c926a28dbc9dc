//! What a picture is made into: small enough for the pages, mails and cards that show it.

mod easel;
mod keep;
mod paint;
pub(crate) mod run;
mod store;
pub(crate) mod views;

use db::Tx;
use files::FileId;
use kernel::{Error, Result};
use pictures::Sides;

pub(crate) use easel::Easel;
pub(crate) use keep::{adopt, keep};
pub(crate) use paint::Painting;

/// To whom pictures belong as they came: versions and copies of forms share them.
pub(crate) const PICTURES: &str = "form_pictures";

/// Counted up when pictures are made into something else: then all are made anew, by and by.
pub(crate) const RECIPE: i64 = 1;

/// One thing that a picture is made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rendition {
    /// Across the top of the sheet, so many pixels wide.
    Cover(u32),
    /// Above the title, for so many pixels of the screen to one of the page.
    Logo(u32),
    /// Above a mail.
    Mail,
    /// On cards of links, and wherever a program knows no newer format.
    Card,
}

/// The sheet is 358 wide on a phone of 390 and 640 on a desk, on screens that have one, two or three pixels for each.
const COVER_WIDTHS: [u32; 4] = [360, 720, 1080, 1280];
/// A cover is so many times as wide as high.
const COVER_SHAPE: u32 = 3;
/// The most that a logo takes of a page.
const LOGO: Sides = Sides { width: 640, height: 64 };
/// The most that a logo takes of a mail.
const MAIL: Sides = Sides { width: 320, height: 64 };
/// What networks show of a link is at most so large.
const CARD: Sides = Sides { width: 1200, height: 1200 };

/// By the names that stand in addresses.
const ALL: [(&str, Rendition); 9] = [
    ("cover-360", Rendition::Cover(360)),
    ("cover-720", Rendition::Cover(720)),
    ("cover-1080", Rendition::Cover(1080)),
    ("cover-1280", Rendition::Cover(1280)),
    ("logo-1x", Rendition::Logo(1)),
    ("logo-2x", Rendition::Logo(2)),
    ("logo-3x", Rendition::Logo(3)),
    ("mail", Rendition::Mail),
    ("card", Rendition::Card),
];

impl Rendition {
    pub(crate) fn named(name: &str) -> Option<Rendition> {
        ALL.iter().find(|(of, _)| *of == name).map(|(_, rendition)| *rendition)
    }

    pub(crate) fn name(self) -> &'static str {
        ALL.iter().find(|(_, rendition)| *rendition == self).map_or("", |(name, _)| name)
    }

    /// What it shows of a picture, and in which size.
    fn of(self, whole: Sides) -> (Sides, Sides) {
        let times = |room: Sides, times| Sides::new(room.width * times, room.height * times);
        match self {
            Rendition::Cover(width) => {
                let part = whole.cut_to(COVER_SHAPE);
                (part, part.within(Sides::new(width, width)))
            }
            Rendition::Logo(density) => (whole, whole.within(times(LOGO, density))),
            Rendition::Mail => (whole, whole.within(times(MAIL, 2))),
            Rendition::Card => (whole, whole.within(CARD)),
        }
    }
}

/// The covers that a picture is enough for, with their sizes: the smallest first, each larger than the one before.
fn covers(whole: Sides) -> Vec<(Rendition, Sides)> {
    growing(whole, COVER_WIDTHS.map(Rendition::Cover))
}

/// The same of logos.
fn logos(whole: Sides) -> Vec<(Rendition, Sides)> {
    growing(whole, [1, 2, 3].map(Rendition::Logo))
}

fn growing<const N: usize>(whole: Sides, all: [Rendition; N]) -> Vec<(Rendition, Sides)> {
    let mut sizes = all.map(|rendition| (rendition, rendition.of(whole).1)).to_vec();
    sizes.dedup_by_key(|(_, size)| *size);
    sizes
}

/// How large a logo stands in a mail.
pub(crate) fn in_mail(whole: Sides) -> Sides {
    whole.within(MAIL)
}

/// To whom the files belong that were made of a picture.
pub(crate) fn owner(picture: FileId) -> String {
    picture.to_string()
}

/// What is there to be shown instead of a picture.
pub(crate) enum Found {
    /// This file, of [`owner`].
    Made(FileId),
    /// It moves, or it cannot be unpacked.
    AsItCame,
    /// There will be, or will be a better one.
    AsItCameForNow,
}

/// Looks for what was made of a picture of the workspace.
pub(crate) async fn find(tx: &mut Tx, picture: FileId, wanted: Rendition) -> Result<Found> {
    if let Some(file) = store::find_rendition(tx, picture, wanted.name()).await? {
        return Ok(Found::Made(file));
    }
    let recipe = store::find_recipe(tx, picture).await?.ok_or(Error::NotFound)?;
    if recipe < RECIPE {
        return Ok(Found::AsItCameForNow);
    }
    // Of a still picture that is not large enough for this one whoever asks gets the whole, but never as it came.
    let still = store::find_rendition(tx, picture, Rendition::Logo(1).name()).await?.is_some();
    let card = store::find_rendition(tx, picture, Rendition::Card.name()).await?;
    Ok(card.filter(|_| still).map_or(Found::AsItCame, Found::Made))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(sizes: Vec<(Rendition, Sides)>) -> Vec<(&'static str, u32, u32)> {
        let told = |(it, size): (Rendition, Sides)| (it.name(), size.width, size.height);
        sizes.into_iter().map(told).collect()
    }

    #[test]
    fn names_lead_back_to_what_they_name() {
        for (name, rendition) in ALL {
            assert_eq!((Rendition::named(name), rendition.name()), (Some(rendition), name));
        }
        assert_eq!(COVER_WIDTHS.map(|width| Rendition::Cover(width).name()).join(""), {
            "cover-360cover-720cover-1080cover-1280"
        });
        assert_eq!(Rendition::named("cover-9999"), None);
    }

    #[test]
    fn a_cover_has_the_widths_that_its_picture_is_enough_for() {
        assert_eq!(
            widths(covers(Sides::new(3000, 2000))),
            [
                ("cover-360", 360, 120),
                ("cover-720", 720, 240),
                ("cover-1080", 1080, 360),
                ("cover-1280", 1280, 427),
            ]
        );
        assert_eq!(
            widths(covers(Sides::new(500, 500))),
            [("cover-360", 360, 120), ("cover-720", 500, 167)]
        );
        assert_eq!(widths(covers(Sides::new(1, 1))), [("cover-360", 1, 1)]);
    }

    #[test]
    fn a_logo_has_the_densities_that_its_picture_is_enough_for() {
        assert_eq!(
            widths(logos(Sides::new(320, 96))),
            [("logo-1x", 213, 64), ("logo-2x", 320, 96)]
        );
        assert_eq!(widths(logos(Sides::new(100, 40))), [("logo-1x", 100, 40)]);
        let banner = logos(Sides::new(6400, 100)).into_iter().map(|(_, size)| size.width);
        assert_eq!(banner.collect::<Vec<_>>(), [640, 1280, 1920]);
    }
}
