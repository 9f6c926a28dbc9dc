//! Pictures as they come from cameras, programs and people who mean no good.

use std::io::Cursor;

use image::{
    DynamicImage, ExtendedColorType, Frame, ImageEncoder, ImageFormat, Rgba, RgbaImage,
    codecs::{gif::GifEncoder, jpeg::JpegEncoder, png::PngEncoder},
};
use moxcms::ColorProfile;
use pictures::{Refusal, Sides, unpack};

const RED: Rgba<u8> = Rgba([220, 20, 20, 255]);
const BLUE: Rgba<u8> = Rgba([20, 20, 220, 255]);
const NOTHING: Rgba<u8> = Rgba([0, 0, 0, 0]);
const WHITE: Rgba<u8> = Rgba([255, 255, 255, 255]);

/// A picture whose left half has one colour and whose right half another.
fn halves(width: u32, height: u32, left: Rgba<u8>, right: Rgba<u8>) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, _| if x < width / 2 { left } else { right })
}

fn png(pixels: &RgbaImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

fn gif(frames: Vec<RgbaImage>) -> Vec<u8> {
    let mut bytes = Vec::new();
    GifEncoder::new(&mut bytes).encode_frames(frames.into_iter().map(Frame::new)).expect("a GIF");
    bytes
}

fn read(bytes: &[u8]) -> RgbaImage {
    image::load_from_memory(bytes).expect("a picture").into_rgba8()
}

fn whole(bytes: &[u8]) -> (pictures::Picture, Sides) {
    let picture = unpack(bytes).expect("unpacked");
    let sides = picture.sides();
    (picture, sides)
}

fn is_about(pixel: &Rgba<u8>, expected: Rgba<u8>) -> bool {
    pixel.0.iter().zip(expected.0).all(|(one, other)| one.abs_diff(other) < 24)
}

/// What a telephone writes beside its pixels: here only how it was held (Exif 2.32, tag 0x0112).
fn held(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif
}

#[test]
fn a_photograph_is_set_upright_and_tells_nothing_of_its_camera() {
    let pixels = DynamicImage::from(halves(64, 32, RED, BLUE)).into_rgb8();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(held(6)).expect("taken");
    encoder.write_image(&pixels, 64, 32, ExtendedColorType::Rgb8).expect("a JPEG");
    assert!(bytes.windows(4).any(|part| part == b"Exif"));

    let (picture, sides) = whole(&bytes);
    assert_eq!(sides, Sides::new(32, 64));
    let drawing = picture.draw(sides, sides).expect("drawn");
    for packed in [drawing.webp(), drawing.plain()].map(|packed| packed.expect("packed")) {
        let shown = read(&packed);
        assert_eq!(shown.dimensions(), (32, 64));
        let (top, bottom) = (shown.get_pixel(16, 8), shown.get_pixel(16, 56));
        assert!(is_about(top, RED) && is_about(bottom, BLUE), "{top:?} {bottom:?}");
        assert!(!packed.windows(4).any(|part| part == b"Exif" || part == b"EXIF"));
    }
}

#[test]
fn what_shines_through_still_does_and_darkens_no_edge() {
    let (picture, sides) = whole(&png(&halves(90, 30, NOTHING, WHITE)));
    let drawing = picture.draw(sides, Sides::new(31, 10)).expect("drawn");
    let packed = [drawing.webp(), drawing.smallest_webp(), drawing.plain()];
    for packed in packed.map(|packed| packed.expect("packed")) {
        let shown = read(&packed);
        assert_eq!(shown.get_pixel(2, 5).0[3], 0);
        assert!(is_about(shown.get_pixel(28, 5), WHITE));
        let seen = shown.pixels().filter(|pixel| pixel.0[3] > 32);
        assert!(seen.clone().all(|pixel| pixel.0[0] > 230), "{:?}", seen.collect::<Vec<_>>());
    }
    assert_eq!(image::guess_format(&drawing.plain().expect("packed")).ok(), Some(ImageFormat::Png));
}

#[test]
fn a_picture_drawn_by_hand_stays_exact_and_a_photograph_becomes_small() {
    let (picture, sides) = whole(&png(&halves(200, 60, RED, BLUE)));
    let drawing = picture.draw(sides, sides).expect("drawn");
    assert_eq!(read(&drawing.smallest_webp().expect("packed")), halves(200, 60, RED, BLUE));
    let mut chance = 1_u64;
    let photograph = RgbaImage::from_fn(400, 300, |x, y| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let [x, y, grain] = [x / 2, y / 2, (chance >> 60) as u32].map(|part| part as u8);
        Rgba([x.saturating_add(grain), y.saturating_add(grain), 90, 255])
    });
    let before = png(&photograph);
    let (picture, sides) = whole(&before);
    let drawing = picture.draw(sides, sides).expect("drawn");
    let [webp, smallest, plain] =
        [drawing.webp(), drawing.smallest_webp(), drawing.plain()].map(|it| it.expect("packed"));
    assert!(webp.len() * 3 < before.len(), "{} of {}", webp.len(), before.len());
    assert!(webp == smallest, "{} {}", webp.len(), smallest.len());
    assert_eq!(image::guess_format(&plain).ok(), Some(ImageFormat::Jpeg));
}

#[test]
fn the_middle_of_a_picture_is_drawn_where_only_a_part_is_shown() {
    let tall = RgbaImage::from_fn(60, 100, |_, y| if (40..60).contains(&y) { RED } else { BLUE });
    let (picture, sides) = whole(&png(&tall));
    let part = sides.cut_to(3);
    assert_eq!(part, Sides::new(60, 20));
    let shown = read(&picture.draw(part, part).expect("drawn").smallest_webp().expect("packed"));
    assert!(shown.pixels().all(|pixel| *pixel == RED));
}

#[test]
fn colours_of_another_profile_become_those_of_screens() {
    let (pixels, mut bytes) = (RgbaImage::from_pixel(8, 8, Rgba([200, 100, 50, 255])), Vec::new());
    let mut encoder = PngEncoder::new(&mut bytes);
    let profile = ColorProfile::new_display_p3().encode().expect("a profile");
    encoder.set_icc_profile(profile).expect("taken");
    encoder.write_image(&pixels, 8, 8, ExtendedColorType::Rgba8).expect("a PNG");
    let (picture, sides) = whole(&bytes);
    let drawing = picture.draw(sides, sides).expect("drawn");
    let shown = *read(&drawing.smallest_webp().expect("packed")).get_pixel(4, 4);
    // As the matrices of both spaces say (CSS Color 4, 10).
    assert!(shown.0[0].abs_diff(214) < 4 && shown.0[1].abs_diff(96) < 4, "{shown:?}");
}

#[test]
fn a_picture_that_moves_is_known_by_its_second_one() {
    let frame = |colour| RgbaImage::from_pixel(6, 4, colour);
    let (still, _) = whole(&gif(vec![frame(RED)]));
    let (moving, sides) = whole(&gif(vec![frame(RED), frame(BLUE)]));
    assert_eq!((still.moves(), moving.moves()), (false, true));
    let first = read(&moving.draw(sides, sides).expect("drawn").plain().expect("packed"));
    assert!(is_about(first.get_pixel(3, 2), RED));
}

/// The smallest GIF that there is, which says of itself that it is so large.
fn dot_that_claims(width: u16, height: u16) -> Vec<u8> {
    let mut dot =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;".to_vec();
    dot[6..8].copy_from_slice(&width.to_le_bytes());
    dot[8..10].copy_from_slice(&height.to_le_bytes());
    dot
}

#[test]
fn what_would_fill_the_memory_is_never_unpacked() {
    let (dot, sides) = whole(&dot_that_claims(1, 1));
    assert_eq!((dot.moves(), sides), (false, Sides::new(1, 1)));
    for (width, height) in [(5_001, 5_000), (8_193, 1), (1, 8_193), (65_535, 65_535)] {
        let refused = unpack(&dot_that_claims(width, height)).expect_err("too large");
        assert_eq!(refused, Refusal::TooLarge, "{width} {height}");
    }
    // A frame that is larger than its picture.
    let mut frame = dot_that_claims(1, 1);
    let place = frame.iter().position(|byte| *byte == b',').expect("a frame") + 5;
    frame[place..place + 4].fill(0xff);
    unpack(&frame).expect_err("refused");
    // As many pixels as may be, in few bytes.
    let plain = DynamicImage::new_luma8(5_000, 5_000);
    let mut bytes = Cursor::new(Vec::new());
    plain.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    assert!(bytes.get_ref().len() < 200_000, "{}", bytes.get_ref().len());
    let (picture, sides) = whole(bytes.get_ref());
    picture.draw(sides.cut_to(3), Sides::new(1280, 427)).expect("drawn").webp().expect("packed");
}

#[test]
fn what_is_broken_or_no_picture_is_told_apart() {
    for bytes in [&b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"[..], b"MZ", b"", b"BM1234"] {
        assert_eq!(unpack(bytes).expect_err("no picture"), Refusal::NotAPicture);
    }
    let sound = png(&halves(300, 200, RED, BLUE));
    assert_eq!(unpack(&sound[..sound.len() / 2]).expect_err("half"), Refusal::Broken);
    assert_eq!(unpack(&sound[..12]).expect_err("a beginning"), Refusal::Broken);
    assert_eq!(unpack(b"\xff\xd8\xff\xe0 no more").expect_err("no JPEG"), Refusal::Broken);
    assert_eq!(unpack(b"RIFF\x04\0\0\0WEBPVP8 ").expect_err("no WebP"), Refusal::Broken);
}
