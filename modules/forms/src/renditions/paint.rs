//! Makes all that a picture is made into.

use bytes::Bytes;
use kernel::Result;
use pictures::{Picture, Refusal, Sides};

use super::{Rendition, covers, logos};

/// A picture made small.
pub(crate) struct Painting {
    /// Of the whole, as people see it.
    pub(crate) sides: Sides,
    pub(super) made: Vec<(Rendition, Bytes)>,
}

/// Work for a thread of its own.
pub(super) fn paint(bytes: &[u8]) -> Result<Result<Painting, Refusal>> {
    let picture = match pictures::unpack(bytes) {
        Ok(picture) => picture,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let sides = picture.sides();
    let made: Result<Vec<_>> = wanted(&picture)
        .into_iter()
        .map(|rendition| Ok((rendition, drawn(&picture, rendition)?.into())))
        .collect();
    Ok(Ok(Painting { sides, made: made? }))
}

/// Of a picture that moves pages show the whole, as its maker wants it; mails and cards stand still.
fn wanted(picture: &Picture) -> Vec<Rendition> {
    let everywhere = [Rendition::Mail, Rendition::Card];
    if picture.moves() {
        return everywhere.into();
    }
    let sides = picture.sides();
    let on_pages = covers(sides).into_iter().chain(logos(sides));
    on_pages.map(|(rendition, _)| rendition).chain(everywhere).collect()
}

fn drawn(picture: &Picture, rendition: Rendition) -> Result<Vec<u8>> {
    let (part, size) = rendition.of(picture.sides());
    let drawing = picture.draw(part, size)?;
    match rendition {
        Rendition::Cover(_) => drawing.webp(),
        Rendition::Logo(_) => drawing.smallest_webp(),
        Rendition::Mail | Rendition::Card => drawing.plain(),
    }
}
