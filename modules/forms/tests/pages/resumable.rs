//! Files that come in parts before their form is sent, and go on where they stopped.

use std::time::Duration;

use axum::{body::Body, http::Method};
use base64::{Engine, engine::general_purpose::STANDARD};
use files::Files;
use forms::Forms;
use futures::stream;
use serde_json::json;
use testing::{Actor, Reply, TestApp};

use super::{Made, start, text};

const BYTES: Option<&str> = Some("application/offset+octet-stream");

/// A form that asks for a PDF or a text and for a picture, and where it is.
async fn apply(owner: &Actor) -> (Made<'_>, String) {
    let form = Made::new(owner, "Apply").await;
    let limits = [("max_bytes", "0.001"), ("accept", ".txt, .pdf")];
    form.add("CV", "file", &[]).await;
    form.submit("fields/cv", &[&[("label", "CV"), ("max_files", "2")][..], &limits].concat())
        .await
        .expect(303);
    form.add("Photo", "file", &[]).await;
    let hosted = form.publish().await;
    (form, hosted)
}

/// A program that speaks tus.
fn program(actor: &Actor) -> Actor {
    actor.sending("tus-resumable", "1.0.0")
}

fn told(field: &str, name: &str) -> String {
    format!("field {},filename {}", STANDARD.encode(field), STANDARD.encode(name))
}

async fn begin(actor: &Actor, hosted: &str, field: &str, name: &str, size: &str) -> Reply {
    let program = program(actor).sending("upload-length", size);
    let program = program.sending("upload-metadata", &told(field, name));
    program.send(Method::POST, &format!("{hosted}/uploads"), None, Body::empty()).await
}

/// Where an upload of a CV goes.
async fn begun(actor: &Actor, hosted: &str, size: usize) -> String {
    let reply = begin(actor, hosted, "cv", "cv.txt", &size.to_string()).await.expect(201);
    reply.header("location").to_owned()
}

async fn patch(actor: &Actor, upload: &str, offset: usize, body: impl Into<Body>) -> Reply {
    let program = program(actor).sending("upload-offset", &offset.to_string());
    program.send(Method::PATCH, upload, BYTES, body.into()).await
}

async fn head(actor: &Actor, upload: &str) -> Reply {
    program(actor).send(Method::HEAD, upload, None, Body::empty()).await
}

fn id(upload: &str) -> &str {
    upload.rsplit('/').next().unwrap_or_default()
}

#[tokio::test]
async fn a_file_comes_in_parts_and_goes_along_with_one_submission() {
    let (_app, anonymous, owner, _) = start().await;
    let (form, hosted) = apply(&owner).await;
    let page = anonymous.get(&hosted).await.expect(200).text();
    assert!(page.contains(&format!("data-address=\"{hosted}/uploads?_version=1\"")), "{page}");
    let made = begin(&anonymous, &hosted, "cv", "Ma vie.txt", "10").await.expect(201);
    assert_eq!(made.header("tus-resumable"), "1.0.0");
    assert_eq!(made.header("upload-expires"), "Tue, 04 Aug 2026 09:12:00 GMT");
    let upload = made.header("location").to_owned();
    let part = patch(&anonymous, &upload, 0, "0123").await.expect(204);
    assert_eq!((part.header("upload-offset"), part.header("tus-resumable")), ("4", "1.0.0"));
    for wrong in [0, 3, 5, 10] {
        let refused = patch(&anonymous, &upload, wrong, "x").await.expect(409);
        assert_eq!(refused.header("tus-resumable"), "1.0.0");
    }
    let at = head(&anonymous, &upload).await.expect(200);
    assert_eq!((at.header("upload-offset"), at.header("upload-length")), ("4", "10"));
    assert_eq!(at.header("upload-metadata"), told("cv", "Ma vie.txt"));
    assert_eq!(at.header("cache-control"), "no-store");

    // As an answer it is no file yet.
    let named = [("_key", "0123456789"), ("cv", id(&upload))];
    let early = anonymous.send_parts(&hosted, &named, &[]).await.expect(422).text();
    assert!(early.contains("it is not there any more"), "{early}");
    patch(&anonymous, &upload, 4, "456789").await.expect(204);
    assert_eq!(head(&anonymous, &upload).await.expect(200).header("upload-offset"), "10");
    assert_eq!(patch(&anonymous, &upload, 10, "").await.expect(204).header("upload-offset"), "10");
    for _ in 0..2 {
        anonymous.send_parts(&hosted, &named, &[]).await.expect(303);
    }
    let stored = form.submissions().await;
    assert_eq!(stored.len(), 1, "the same page sent twice is stored once");
    assert_eq!(stored[0]["answers"]["cv"], json!([id(&upload)]));
    let page = owner.page(&format!("submissions/{}", text(&stored[0]["id"])));
    let fetched = owner.get(&format!("{page}/files/{}", id(&upload))).await.expect(200);
    assert_eq!(fetched.text(), "0123456789");
    assert!(owner.get(&page).await.expect(200).text().contains("Ma vie.txt"));

    // It is part of one submission, and nobody's upload any more.
    let again = [("_key", "9876543210"), ("cv", id(&upload))];
    anonymous.send_parts(&hosted, &again, &[]).await.expect(422);
    head(&anonymous, &upload).await.expect(404);
    program(&anonymous).delete(&upload).await.expect(404);
    owner.get(&format!("{page}/files/{}", id(&upload))).await.expect(200);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_gone_on_with() {
    let (_app, anonymous, owner, _) = start().await;
    let (_, hosted) = apply(&owner).await;
    let upload = begun(&anonymous, &hosted, 10).await;
    let broken = [Ok("01234"), Err(std::io::Error::other("reset"))];
    patch(&anonymous, &upload, 0, Body::from_stream(stream::iter(broken))).await.expect(400);
    assert_eq!(head(&anonymous, &upload).await.header("upload-offset"), "5");
    patch(&anonymous, &upload, 5, "56789").await.expect(204);
    let sent = anonymous.post(&hosted, &json!({"answers": {"cv": [id(&upload)]}})).await;
    sent.expect(201);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_before_its_bytes_come() {
    let (app, anonymous, owner, _) = start().await;
    let (form, hosted) = apply(&owner).await;
    let large = begin(&anonymous, &hosted, "cv", "cv.txt", "2000").await.expect(413).json();
    assert!(text(&large["detail"]).contains("“cv.txt” is larger than"), "{large}");
    let wrong = begin(&anonymous, &hosted, "cv", "cv.exe", "1").await.expect(422).json();
    assert_eq!(wrong["errors"][0]["field"], "answers.cv");
    assert!(text(&wrong["detail"]).contains("not of a type"), "{wrong}");
    for (field, name) in [("your_message", "a.txt"), ("none", "a.txt"), ("", ""), ("cv", "")] {
        begin(&anonymous, &hosted, field, name, "1").await.expect(422);
    }
    for size in ["", "-1", "+1", "1e3", "99999999999999999999"] {
        begin(&anonymous, &hosted, "cv", "cv.txt", size).await.expect(400);
    }
    let uploads = format!("{hosted}/uploads");
    let other = anonymous.sending("tus-resumable", "0.2.2");
    for actor in [&anonymous, &other] {
        let refused = actor.send(Method::POST, &uploads, None, Body::empty()).await.expect(412);
        assert_eq!(refused.header("tus-version"), "1.0.0");
    }
    let able = anonymous.send(Method::OPTIONS, &uploads, None, Body::empty()).await.expect(204);
    assert_eq!(able.header("tus-extension"), "creation,expiration,termination");

    let upload = begun(&anonymous, &hosted, 4).await;
    let more = program(&anonymous).sending("upload-offset", "0").sending("content-length", "5");
    more.send(Method::PATCH, &upload, BYTES, "01234".into()).await.expect(413);
    let json = Some("application/json");
    let start = program(&anonymous).sending("upload-offset", "0");
    start.send(Method::PATCH, &upload, json, "{}".into()).await.expect(415);
    program(&anonymous).send(Method::PATCH, &upload, BYTES, "0".into()).await.expect(400);
    let unknown = format!("{uploads}/fil_01jd3v8m2nf0q8zjt5x9y7k6ab");
    for upload in [unknown.as_str(), &format!("{uploads}/none")] {
        patch(&anonymous, upload, 0, "0").await.expect(404);
    }
    form.submit("closure", &[]).await;
    begin(&anonymous, &hosted, "cv", "cv.txt", "1").await.expect(410);
    patch(&anonymous, &upload, 0, "0").await.expect(410);
    drop(app);
}

#[tokio::test]
async fn an_upload_belongs_to_its_form_and_its_question() {
    let (_app, anonymous, owner, _) = start().await;
    let (form, hosted) = apply(&owner).await;
    let (_, elsewhere) = apply(&owner).await;
    let upload = begun(&anonymous, &hosted, 1).await;
    let there = format!("{elsewhere}/uploads/{}", id(&upload));
    head(&anonymous, &there).await.expect(404);
    patch(&anonymous, &there, 0, "x").await.expect(404);
    program(&anonymous).delete(&there).await.expect(404);
    patch(&anonymous, &upload, 0, "x").await.expect(204);
    head(&anonymous, &there).await.expect(404);
    let answer = |key: &str| json!({"answers": {key: [id(&upload)]}});
    let refused = anonymous.post(&elsewhere, &answer("cv")).await.expect(422).json();
    assert_eq!(refused["errors"][0]["code"], "unknown_file");
    // A text that only the other question takes.
    let refused = anonymous.post(&hosted, &answer("photo")).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "answers.photo");
    anonymous.send_parts(&hosted, &[("photo", id(&upload))], &[]).await.expect(303);
    assert!(form.submissions().await[0]["answers"].get("photo").is_none());
    // Neither does who has a key take it for another question.
    let calls = format!("/api/forms/{}/submissions", form.id);
    let refused = owner.post(&calls, &answer("photo")).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "answers.photo");
    let list = json!({"submissions": [answer("photo")]});
    let report = owner.post(&format!("{calls}/bulk"), &list).await.expect(200).json();
    assert_eq!(report["items"][0]["errors"][0]["code"], "unknown_file", "{report}");
    anonymous.post(&hosted, &answer("cv")).await.expect(201);
}

#[tokio::test]
async fn an_upload_is_given_up_or_expires() {
    let (app, anonymous, owner, _) = start().await;
    let (_, hosted) = apply(&owner).await;
    let [half, whole, late] = [
        begun(&anonymous, &hosted, 2).await,
        begun(&anonymous, &hosted, 1).await,
        begun(&anonymous, &hosted, 2).await,
    ];
    for upload in [&half, &whole, &late] {
        patch(&anonymous, upload, 0, "x").await.expect(204);
    }
    for upload in [&half, &whole] {
        program(&anonymous).delete(upload).await.expect(204);
        head(&anonymous, upload).await.expect(404);
    }
    app.clock.advance(Duration::from_secs(24 * 3600 - 1));
    head(&anonymous, &late).await.expect(200);
    app.clock.advance(Duration::from_secs(1));
    head(&anonymous, &late).await.expect(410);
    patch(&anonymous, &late, 1, "x").await.expect(410);
}

#[tokio::test]
async fn a_program_that_can_only_post_says_what_it_means() {
    let (_app, anonymous, owner, _) = start().await;
    let (_, hosted) = apply(&owner).await;
    let upload = begun(&anonymous, &hosted, 2).await;
    let means = |method: &str| program(&anonymous).sending("x-http-method-override", method);
    let part = means("PATCH").sending("upload-offset", "0");
    part.send(Method::POST, &upload, BYTES, "0".into()).await.expect(204);
    let at = means("HEAD").send(Method::POST, &upload, None, Body::empty()).await.expect(200);
    assert_eq!(at.header("upload-offset"), "1");
    program(&anonymous).send(Method::POST, &upload, None, Body::empty()).await.expect(405);
    means("DELETE").send(Method::POST, &upload, None, Body::empty()).await.expect(204);
    head(&anonymous, &upload).await.expect(404);
}

#[tokio::test]
async fn one_address_begins_only_so_many() {
    let (_app, anonymous, owner, _) = start().await;
    let (_, hosted) = apply(&owner).await;
    for _ in 0..300 {
        begun(&anonymous, &hosted, 1).await;
    }
    let refused = begin(&anonymous, &hosted, "cv", "cv.txt", "1").await.expect(429);
    assert_eq!(refused.header("retry-after"), "3600");
    begun(&anonymous.from_address("198.51.100.7"), &hosted, 1).await;
}

#[tokio::test]
async fn any_process_takes_the_next_part() {
    let (app, anonymous, owner, _) = start().await;
    let (form, hosted) = apply(&owner).await;
    let other = app
        .another_process_with(|parts| {
            let files = Files::local(&parts.folder.join("files")).expect("a folder");
            vec![Box::new(Forms::start(parts.house.clone(), files))]
        })
        .await;
    let there: &TestApp = &other;
    let there = there.meet(&anonymous);
    let upload = begun(&anonymous, &hosted, 6).await;
    patch(&there, &upload, 0, "01").await.expect(204);
    patch(&anonymous, &upload, 2, "23").await.expect(204);
    assert_eq!(head(&there, &upload).await.expect(200).header("upload-offset"), "4");
    // Both at once: one of them goes on, and the other asks how far it is.
    let (here, there_too) =
        tokio::join!(patch(&anonymous, &upload, 4, "45"), patch(&there, &upload, 4, "45"));
    let mut both = [here.status(), there_too.status()];
    both.sort_unstable();
    assert_eq!(both, [204, 409]);
    let answers = json!({"answers": {"cv": [id(&upload)]}});
    let (here, there) =
        tokio::join!(anonymous.post(&hosted, &answers), there.post(&hosted, &answers));
    let mut both = [here.status(), there.status()];
    both.sort_unstable();
    assert_eq!(both, [201, 422], "one submission has it");
    let stored = form.submissions().await;
    assert_eq!(stored.len(), 1);
    let page = owner.page(&format!("submissions/{}", text(&stored[0]["id"])));
    let fetched = owner.get(&format!("{page}/files/{}", id(&upload))).await.expect(200);
    assert_eq!(fetched.text(), "012345");
}

#[tokio::test]
async fn an_empty_file_is_whole_at_once() {
    let (_app, anonymous, owner, _) = start().await;
    let (_, hosted) = apply(&owner).await;
    let upload = begun(&anonymous, &hosted, 0).await;
    assert_eq!(head(&anonymous, &upload).await.expect(200).header("upload-offset"), "0");
    anonymous.post(&hosted, &json!({"answers": {"cv": [id(&upload)]}})).await.expect(201);
}
