//! Pictures on pages: in the size that the screen needs, in a place that is kept until they come.

use maud::{Markup, html};
use pictures::Sides;

use super::{LOGO, Rendition, covers, logos};
use crate::theme::Picture;

/// How wide the sheet is (`public.css`): all of a telephone but for its margins, and no more than it is on a desk.
const COVER_SIZES: &str = "(min-width: 42rem) 40rem, calc(100vw - 2rem)";

/// Across the top of the sheet. `address` says where something lies that the picture is made into, by its name.
pub(crate) fn cover(picture: &Picture, address: impl Fn(&str) -> String) -> Markup {
    let all = covers(picture.sides());
    let candidate =
        |(it, size): &(Rendition, Sides)| format!("{} {}w", address(it.name()), size.width);
    let candidates: Vec<String> = all.iter().map(candidate).collect();
    let several = candidates.len() > 1;
    // For browsers that cannot choose: enough for a desk.
    let usual = all.iter().take(2).next_back();
    html! {
        @if let Some((rendition, size)) = usual {
            img.paper__cover src=(address(rendition.name()))
                srcset=[several.then(|| candidates.join(", "))] sizes=[several.then_some(COVER_SIZES)]
                width=(size.width) height=(size.height) alt="" fetchpriority="high";
        }
    }
}

/// Above the title.
pub(crate) fn logo(picture: &Picture, address: impl Fn(&str) -> String) -> Markup {
    let all = logos(picture.sides());
    let shown = picture.sides().within(LOGO);
    let candidates: Vec<String> = all
        .iter()
        .map(|(it, size)| format!("{} {}x", address(it.name()), density(shown, *size)))
        .collect();
    html! {
        img.paper__logo src=(address(Rendition::Logo(1).name()))
            srcset=[(candidates.len() > 1).then(|| candidates.join(", "))]
            width=(shown.width) height=(shown.height) alt=(picture.text.as_deref().unwrap_or_default());
    }
}

/// Where its makers choose it: the whole of it, small.
pub(crate) fn choice(picture: &Picture, address: impl Fn(&str) -> String) -> Markup {
    html! {
        @if let Some((rendition, size)) = logos(picture.sides()).last() {
            img.picture-choice src=(address(rendition.name())) width=(size.width) height=(size.height) alt="";
        }
    }
}

/// Pixels of a picture to one of the page, by its longer side.
fn density(shown: Sides, size: Sides) -> f64 {
    let longest = |sides: Sides| f64::from(sides.width.max(sides.height));
    (longest(size) / longest(shown) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Picture {
        let file = "fil_01k6z3v7q8e9rtwz5c4h2n0xab".parse().expect("an id");
        Picture { file, width, height, text: Some("Mill & Sons".into()) }
    }

    fn named(name: &str) -> String {
        format!("/{name}")
    }

    #[test]
    fn a_cover_is_offered_in_several_widths_and_keeps_its_place() {
        assert_eq!(
            cover(&picture(3000, 2000), named).into_string(),
            "<img class=\"paper__cover\" src=\"/cover-720\" srcset=\"/cover-360 360w, /cover-720 720w, \
             /cover-1080 1080w, /cover-1280 1280w\" sizes=\"(min-width: 42rem) 40rem, calc(100vw - 2rem)\" \
             width=\"720\" height=\"240\" alt=\"\" fetchpriority=\"high\">"
        );
        assert_eq!(
            cover(&picture(300, 90), named).into_string(),
            "<img class=\"paper__cover\" src=\"/cover-360\" width=\"270\" height=\"90\" alt=\"\" \
             fetchpriority=\"high\">"
        );
    }

    #[test]
    fn a_logo_is_offered_for_dense_screens_and_keeps_its_place() {
        assert_eq!(
            logo(&picture(320, 96), named).into_string(),
            "<img class=\"paper__logo\" src=\"/logo-1x\" srcset=\"/logo-1x 1x, /logo-2x 1.5x\" \
             width=\"213\" height=\"64\" alt=\"Mill &amp; Sons\">"
        );
        assert_eq!(
            logo(&picture(0, 0), named).into_string(),
            "<img class=\"paper__logo\" src=\"/logo-1x\" width=\"1\" height=\"1\" alt=\"Mill &amp; Sons\">"
        );
    }
}
