//! A picture drawn in the size in which it is shown, and packed for where it goes.

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use image::{
    ExtendedColorType, ImageEncoder,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType as Prediction, PngEncoder},
    },
};
use kernel::{Error, Result};
use webp::{Encoder, WebPConfig, WebPMemory};

use crate::{Picture, Sides};

/// Of 100: photographs look as they did.
const WEBP_QUALITY: f32 = 78.0;
const JPEG_QUALITY: u8 = 82;

/// Pixels, nothing else: what a camera wrote beside them is gone.
#[derive(Debug)]
pub struct Drawing {
    pixels: Vec<u8>,
    sides: Sides,
    opaque: bool,
}

impl Picture {
    /// Draws the middle part of the picture, so large. The part lies within the picture.
    pub fn draw(&self, part: Sides, size: Sides) -> Result<Drawing> {
        let whole = self.sides();
        let from = ImageRef::new(whole.width, whole.height, self.pixels.as_raw(), PixelType::U8x4);
        let from = from.map_err(Error::internal)?;
        let mut to = Image::new(size.width, size.height, PixelType::U8x4);
        let beside = |whole: u32, part: u32| f64::from(whole.saturating_sub(part)) / 2.0;
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
            // What shines through counts for less, so that no edge gets the colour of what nobody sees.
            .use_alpha(!self.opaque)
            .crop(
                beside(whole.width, part.width),
                beside(whole.height, part.height),
                part.width.into(),
                part.height.into(),
            );
        Resizer::new().resize(&from, &mut to, &options).map_err(Error::internal)?;
        Ok(Drawing { pixels: to.into_vec(), sides: size, opaque: self.opaque })
    }
}

impl Drawing {
    pub fn sides(&self) -> Sides {
        self.sides
    }

    /// For pages: photographs.
    pub fn webp(&self) -> Result<Vec<u8>> {
        self.packed(false).map(|packed| packed.to_vec())
    }

    /// For pages: what may be a photograph or drawn by hand, whichever way is the smaller.
    pub fn smallest_webp(&self) -> Result<Vec<u8>> {
        let (lossy, exact) = (self.packed(false)?, self.packed(true)?);
        Ok(if exact.len() <= lossy.len() { exact.to_vec() } else { lossy.to_vec() })
    }

    fn packed(&self, exact: bool) -> Result<WebPMemory> {
        let failed = |what: &str| Error::internal(format!("a picture could not be packed: {what}"));
        let mut config = WebPConfig::new().map_err(|()| failed("no settings"))?;
        config.lossless = exact.into();
        config.quality = if exact { 75.0 } else { WEBP_QUALITY };
        // Keeps thin red lines red.
        config.use_sharp_yuv = (!exact).into();
        let encoder = Encoder::from_rgba(&self.pixels, self.sides.width, self.sides.height);
        encoder.encode_advanced(&config).map_err(|error| failed(&format!("{error:?}")))
    }

    /// For programs that know no WebP, such as those of mails: a JPEG where it is the smaller one, a PNG where something
    /// shines through or it is drawn by hand.
    pub fn plain(&self) -> Result<Vec<u8>> {
        if !self.opaque {
            return self.png();
        }
        let (jpeg, png) = (self.jpeg()?, self.png()?);
        Ok(if png.len() <= jpeg.len() { png } else { jpeg })
    }

    fn jpeg(&self) -> Result<Vec<u8>> {
        let (mut packed, Sides { width, height }) = (Vec::new(), self.sides);
        JpegEncoder::new_with_quality(&mut packed, JPEG_QUALITY)
            .encode(&self.without_alpha(), width, height, ExtendedColorType::Rgb8)
            .map_err(Error::internal)?;
        Ok(packed)
    }

    fn png(&self) -> Result<Vec<u8>> {
        let (mut packed, Sides { width, height }) = (Vec::new(), self.sides);
        let encoder =
            PngEncoder::new_with_quality(&mut packed, CompressionType::Best, Prediction::Adaptive);
        let written = if self.opaque {
            encoder.write_image(&self.without_alpha(), width, height, ExtendedColorType::Rgb8)
        } else {
            encoder.write_image(&self.pixels, width, height, ExtendedColorType::Rgba8)
        };
        written.map_err(Error::internal)?;
        Ok(packed)
    }

    fn without_alpha(&self) -> Vec<u8> {
        self.pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
    }
}
