//! What pictures are made into, where it is shown, and what becomes of it.

use std::{io::Cursor, time::Duration};

use axum::http::Method;
use image::{DynamicImage, Frame, ImageFormat, Rgba, RgbaImage, codecs::gif::GifEncoder};
use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp};

use super::{
    looks::{DOT, form, put, upload},
    start, text,
};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Colours that run into each other, with the grain of a photograph, and a left half that shines through if that is wanted.
fn picture(width: u32, height: u32, shines: bool) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let place = (u64::from(x) << 32) | u64::from(y);
        let grain = (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60) as u32;
        let run = |place: u32, of: u32| (place * 240 / of + grain) as u8;
        let alpha = if shines && x < width / 2 { 0 } else { 255 };
        Rgba([run(x, width), run(y, height), 140, alpha])
    })
}

fn packed(pixels: RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let pixels = DynamicImage::from(pixels);
    let pixels = if format == ImageFormat::Jpeg { pixels.into_rgb8().into() } else { pixels };
    pixels.write_to(&mut bytes, format).expect("packed");
    bytes.into_inner()
}

/// A form whose cover and logo are these; gives its API address, its hosted path and the addresses of both pictures.
async fn dressed(owner: &Actor, cover: &[u8], logo: &[u8]) -> (String, String, [String; 2]) {
    let (api, hosted) = form(owner, &json!({})).await;
    let pictures = format!("{api}/pictures");
    let cover = upload(owner, &pictures, cover).await.expect(201).json();
    let logo = upload(owner, &pictures, logo).await.expect(201).json();
    let look = json!({"logo": {"file": logo["file"]}, "cover": {"file": cover["file"]}});
    put(owner, &format!("{api}/theme"), &look).await.expect(200);
    owner.post(&format!("{api}/publication"), &json!({})).await.expect(200);
    let addresses = [cover, logo].map(|it| format!("{hosted}/pictures/{}", text(&it["file"])));
    (api, hosted, addresses)
}

/// What it shows, by its bytes: type, width, height.
fn seen(reply: &Reply) -> (&str, u32, u32) {
    let shown = image::load_from_memory(reply.bytes()).expect("a picture");
    (reply.header("content-type"), shown.width(), shown.height())
}

#[tokio::test]
async fn a_page_shows_pictures_in_the_sizes_that_screens_need() {
    let (_app, anonymous, owner, _) = start().await;
    let before = packed(picture(1500, 900, false), ImageFormat::Png);
    let logo = packed(picture(320, 96, true), ImageFormat::Png);
    let (_, hosted, [cover, logo]) = dressed(&owner, &before, &logo).await;
    let page = anonymous.get(&hosted).await.expect(200).text();
    let offered = format!("srcset=\"{cover}/cover-360 360w, {cover}/cover-720 720w, ");
    assert!(page.contains(&offered) && page.contains("width=\"720\" height=\"240\""), "{page}");
    let offered = format!("srcset=\"{logo}/logo-1x 1x, {logo}/logo-2x 1.5x\" width=\"213\"");
    assert!(page.contains(&offered), "{page}");
    assert!(page.contains(&format!("{cover}/card\"")), "a card of a link: {page}");

    for (address, width, height) in [
        (format!("{cover}/cover-360"), 360, 120),
        (format!("{cover}/cover-720"), 720, 240),
        (format!("{cover}/cover-1080"), 1080, 360),
        (format!("{cover}/cover-1280"), 1280, 427),
        (format!("{logo}/logo-1x"), 213, 64),
        (format!("{logo}/logo-2x"), 320, 96),
    ] {
        let shown = anonymous.get(&address).await.expect(200);
        assert_eq!(seen(&shown), ("image/webp", width, height), "{address}");
        assert_eq!(shown.header("cache-control"), FOR_EVER);
        assert!(shown.bytes().len() * 4 < before.len(), "{address} {}", shown.bytes().len());
    }
}

#[tokio::test]
async fn mails_and_cards_get_what_their_programs_can_read() {
    let (_app, anonymous, owner, _) = start().await;
    let cover = packed(picture(2000, 800, false), ImageFormat::WebP);
    let logo = packed(picture(1280, 256, true), ImageFormat::WebP);
    let (_, _, [cover, logo]) = dressed(&owner, &cover, &logo).await;
    let card = anonymous.get(&format!("{cover}/card")).await.expect(200);
    let (kind, width, height) = seen(&card);
    assert!(matches!(kind, "image/jpeg" | "image/png") && (width, height) == (1200, 480), "{kind}");
    let mail = anonymous.get(&format!("{logo}/mail")).await.expect(200);
    assert_eq!(seen(&mail), ("image/png", 640, 128));
    let mail = image::load_from_memory(mail.bytes()).expect("a picture").into_rgba8();
    assert_eq!((mail.get_pixel(10, 64).0[3], mail.get_pixel(630, 64).0[3]), (0, 255));
    // Nobody but its makers gets it as it came, with all that a camera wrote into it.
    let bare = anonymous.get(&cover).await.expect(200);
    assert!(bare.bytes() == card.bytes());
}

#[tokio::test]
async fn a_small_picture_is_not_enlarged() {
    let (_app, anonymous, owner, _) = start().await;
    let small = packed(picture(100, 40, false), ImageFormat::Png);
    let (_, hosted, [cover, logo]) = dressed(&owner, &small, &small).await;
    let page = anonymous.get(&hosted).await.expect(200).text();
    assert!(!page.contains("srcset"), "{page}");
    let shown = anonymous.get(&format!("{cover}/cover-360")).await.expect(200);
    assert_eq!(seen(&shown), ("image/webp", 100, 33));
    let shown = anonymous.get(&format!("{logo}/logo-1x")).await.expect(200);
    assert_eq!(seen(&shown), ("image/webp", 100, 40));
    // Larger than it is there is none; nobody gets it as it came by asking for that.
    let shown = anonymous.get(&format!("{cover}/cover-1280")).await.expect(200);
    let card = anonymous.get(&format!("{cover}/card")).await.expect(200);
    assert!(shown.bytes() == card.bytes() && shown.bytes() != small);
}

#[tokio::test]
async fn a_picture_that_moves_goes_on_moving_on_pages_alone() {
    let (_app, anonymous, owner, _) = start().await;
    let mut moving = Vec::new();
    let frames = [picture(300, 100, false), picture(300, 100, true)].map(Frame::new);
    GifEncoder::new(&mut moving).encode_frames(frames).expect("a GIF");
    let (_, _, [cover, _]) = dressed(&owner, &moving, DOT).await;
    let shown = anonymous.get(&format!("{cover}/cover-360")).await.expect(200);
    assert_eq!(
        (shown.header("content-type"), shown.header("cache-control")),
        ("image/gif", FOR_EVER)
    );
    assert!(shown.bytes() == moving);
    for still in ["card", "mail"] {
        let shown = anonymous.get(&format!("{cover}/{still}")).await.expect(200);
        assert_ne!(shown.header("content-type"), "image/gif");
    }
}

#[tokio::test]
async fn what_cannot_be_made_small_is_refused_beside_its_field() {
    let (app, _, owner, _) = start().await;
    let (api, _) = form(&owner, &json!({})).await;
    let sound = packed(picture(200, 100, false), ImageFormat::Png);
    let broken = &sound[..sound.len() / 2];
    let mut bomb = DOT.to_vec();
    bomb[6..10].copy_from_slice(&[0x10, 0x1f, 0x10, 0x1f]);
    let pictures = format!("{api}/pictures");
    for (bytes, expected) in
        [(broken, "file:broken_picture"), (&bomb, "file:too_large"), (b"MZ", "file:not_a_picture")]
    {
        let refused = upload(&owner, &pictures, bytes).await.expect(422);
        assert_eq!(refused.complaints(), [expected]);
    }
    let page = owner.page(&format!("{}/theme/cover", api.replace("/api/", "")));
    let token = owner.csrf_token().await.expect("signed in");
    let head = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n{token}\r\n--XX\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"
    );
    let body = [head.as_bytes(), broken, b"\r\n--XX--\r\n"].concat();
    let kind = Some("multipart/form-data; boundary=XX");
    let told = owner.send(Method::POST, &page, kind, body.into()).await.expect(422).text();
    assert!(told.contains("This picture is damaged."), "{told}");
    assert_eq!(
        count(&app, &owner, "/* of a test */ select count(*) from file where workspace_id = $1")
            .await,
        0
    );
}

async fn count(app: &TestApp, owner: &Actor, statement: &'static str) -> i64 {
    let mut tx = app.house.db.read(owner.workspace().id).await.expect("a transaction");
    let counted = db::sql(statement).bind(owner.workspace().id).one::<(i64,)>(&mut tx).await;
    counted.expect("counted").0
}

async fn change(app: &TestApp, owner: &Actor, statement: &'static str) {
    let mut tx = app.house.db.begin(owner.workspace().id).await.expect("a transaction");
    db::sql(statement).bind(owner.workspace().id).run(&mut tx).await.expect("done");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn pictures_of_earlier_days_are_shown_as_they_came_until_they_are_made_small() {
    let (app, anonymous, owner, _) = start().await;
    let came = packed(picture(1000, 400, false), ImageFormat::Png);
    let (_, hosted, [cover, _]) = dressed(&owner, &came, DOT).await;
    const FILES: &str = "/* of a test */ select count(*) from file where workspace_id = $1";
    const MADE: &str =
        "/* of a test */ select count(*) from form_rendition where workspace_id = $1";
    let (files, made) = (count(&app, &owner, FILES).await, count(&app, &owner, MADE).await);
    // As if they had been uploaded before anything was made of pictures.
    change(&app, &owner, "/* of a test */ delete from form_rendition where workspace_id = $1")
        .await;
    change(
        &app,
        &owner,
        "/* of a test */ delete from file where workspace_id = $1 and collection <> 'form_pictures'",
    )
    .await;
    change(
        &app,
        &owner,
        "update form_picture set recipe = 0, width = 400, height = 1000 where workspace_id = $1",
    )
    .await;

    assert!(anonymous.get(&hosted).await.expect(200).text().contains("/cover-720"));
    let address = format!("{cover}/cover-720");
    let shown = anonymous.get(&address).await.expect(200);
    assert_eq!(
        (shown.header("content-type"), shown.header("cache-control")),
        ("image/png", "public, max-age=60")
    );
    assert!(shown.bytes() == came);

    catch_up(&app).await;
    let shown = anonymous.get(&address).await.expect(200);
    assert_eq!(seen(&shown), ("image/webp", 720, 240));
    assert_eq!(shown.header("cache-control"), FOR_EVER);
    assert_eq!((count(&app, &owner, FILES).await, count(&app, &owner, MADE).await), (files, made));
    let upright = "select count(*) from form_picture where workspace_id = $1 and width = 1000 and height = 400";
    assert_eq!(count(&app, &owner, upright).await, 1);

    // Made anew, they take the place of what was made before.
    change(&app, &owner, "update form_picture set recipe = 0 where workspace_id = $1").await;
    catch_up(&app).await;
    assert_eq!(seen(&anonymous.get(&address).await.expect(200)), ("image/webp", 720, 240));
    assert_eq!((count(&app, &owner, FILES).await, count(&app, &owner, MADE).await), (files, made));
}

/// The schedules begin with the first look at them.
async fn catch_up(app: &TestApp) {
    app.drain_jobs().await;
    app.clock.advance(Duration::from_secs(601));
    app.drain_jobs().await;
}

#[tokio::test]
async fn a_picture_of_earlier_days_that_cannot_be_made_small_is_shown_as_it_came() {
    let (app, anonymous, owner, _) = start().await;
    let came = packed(picture(500, 400, false), ImageFormat::Png);
    let (_, _, [cover, _]) = dressed(&owner, &came, DOT).await;
    let file = cover.rsplit('/').next().expect("an id");
    change(&app, &owner, "/* of a test */ delete from form_rendition where workspace_id = $1")
        .await;
    change(&app, &owner, "update form_picture set recipe = 0 where workspace_id = $1").await;
    let stored = app.database.folder().join("files").join(owner.workspace().id.to_string());
    let damaged = [&came[..100], &vec![0; came.len() - 100]].concat();
    std::fs::write(stored.join(file), damaged).expect("damaged");
    catch_up(&app).await;
    let shown = anonymous.get(&format!("{cover}/cover-720")).await.expect(200);
    assert_eq!(
        (shown.header("content-type"), shown.header("cache-control")),
        ("image/png", FOR_EVER)
    );
}

#[tokio::test]
async fn what_was_made_of_a_picture_is_the_workspaces_own() {
    let (app, anonymous, owner, _) = start().await;
    let came = packed(picture(500, 400, false), ImageFormat::Png);
    let (api, hosted, [cover, _]) = dressed(&owner, &came, DOT).await;
    let file = cover.rsplit('/').next().expect("an id").to_owned();
    let stranger = app.register("Mallory Stranger", "Elsewhere").await;
    let (_, elsewhere) = form(&stranger, &json!({})).await;
    for part in ["", "/card", "/mail", "/cover-720", "/logo-1x"] {
        anonymous.get(&format!("{hosted}/pictures/{file}{part}")).await.expect(200);
        anonymous.get(&format!("{elsewhere}/pictures/{file}{part}")).await.expect(404);
        let own = owner.page(&format!("{}/pictures/{file}{part}", api.replace("/api/", "")));
        owner.get(&own).await.expect(200);
        stranger.get(&own).await.expect(404);
    }
    let whole = owner.page(&format!("{}/pictures/{file}", api.replace("/api/", "")));
    assert!(owner.get(&whole).await.expect(200).bytes() == came, "its makers have it as it came");
    for part in ["/cover-9999", "/original", "/%2e%2e"] {
        anonymous.get(&format!("{hosted}/pictures/{file}{part}")).await.expect(404);
    }
    let made: Value = owner.get(&api).await.expect(200).json();
    assert_eq!(made["settings"]["theme"]["cover"]["width"], 500);
}
