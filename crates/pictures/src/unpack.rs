//! From bytes to pixels: judged by its first bytes before it is unpacked, upright, in the colours of screens.

use std::io::Cursor;

use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    RgbaImage,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::Sides;

/// Pixels of a side.
pub const LONGEST_SIDE: u32 = 8_192;
/// Pixels in all: a few kilobytes can unpack to gigabytes.
pub const MOST_PIXELS: u64 = 25_000_000;
/// Bytes that a decoder may take; unpacked, 25 million pixels are 100 MB, and twice that while they are turned.
pub const MOST_MEMORY: u64 = 320 * 1024 * 1024;

/// What is taken. Drawings with scripts in them are no pictures here.
const TAKEN: [ImageFormat; 4] =
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP];

/// Why there are no pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Neither PNG, JPEG, GIF nor WebP.
    NotAPicture,
    /// More than [`LONGEST_SIDE`] or [`MOST_PIXELS`].
    TooLarge,
    /// It begins as a picture and does not go on as one.
    Broken,
}

impl From<ImageError> for Refusal {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Refusal::TooLarge,
            _ => Refusal::Broken,
        }
    }
}

/// Pixels of a picture as people see it; of one that moves, the first of its pictures.
#[derive(Debug)]
pub struct Picture {
    pub(crate) pixels: RgbaImage,
    pub(crate) opaque: bool,
    moves: bool,
}

impl Picture {
    pub fn sides(&self) -> Sides {
        Sides::new(self.pixels.width(), self.pixels.height())
    }

    /// Whether it is several pictures in turn.
    pub fn moves(&self) -> bool {
        self.moves
    }
}

/// Unpacks a picture. Its sides are read first, and one that is too large is never unpacked.
pub fn unpack(bytes: &[u8]) -> Result<Picture, Refusal> {
    let format = image::guess_format(bytes).ok().filter(|format| TAKEN.contains(format));
    let format = format.ok_or(Refusal::NotAPicture)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refusal::TooLarge);
    }
    let upright = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(upright);
    let has_alpha = image.color().has_alpha();
    let mut pixels = image.into_rgba8();
    if let Some(profile) = profile {
        for_screens(&mut pixels, &profile);
    }
    let opaque = !has_alpha || pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    Ok(Picture { pixels, opaque, moves: moves(bytes, format) })
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// From the colours of its own profile, such as a telephone's, to those that are meant where none is named (sRGB). A
/// profile that cannot be read is passed over, as browsers do.
fn for_screens(pixels: &mut RgbaImage, profile: &[u8]) {
    let Ok(from) = ColorProfile::new_from_slice(profile) else { return };
    if from.color_space != DataColorSpace::Rgb {
        return;
    }
    let (to, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let Ok(transform) = from.create_transform_8bit(Layout::Rgba, &to, Layout::Rgba, options) else {
        return;
    };
    let line = pixels.width() as usize * 4;
    let mut before = vec![0; line];
    for now in pixels.as_flat_samples_mut().samples.chunks_exact_mut(line) {
        before.copy_from_slice(now);
        if transform.transform(&before, now).is_err() {
            now.copy_from_slice(&before);
        }
    }
}

/// A picture that comes after the first one decides; no further one is unpacked.
fn moves(bytes: &[u8], format: ImageFormat) -> bool {
    let bytes = Cursor::new(bytes);
    match format {
        ImageFormat::Gif => GifDecoder::new(bytes).is_ok_and(|mut decoder| {
            decoder.set_limits(limits()).is_ok()
                && decoder.into_frames().take(2).filter(Result::is_ok).count() > 1
        }),
        ImageFormat::Png => PngDecoder::with_limits(bytes, limits())
            .is_ok_and(|decoder| decoder.is_apng().unwrap_or(false)),
        ImageFormat::WebP => WebPDecoder::new(bytes).is_ok_and(|decoder| decoder.has_animation()),
        _ => false,
    }
}
