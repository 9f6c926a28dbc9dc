//! The look of a form: chosen, published, and safe.

use axum::http::Method;
use serde_json::{Value, json};
use testing::{Actor, Reply};

use super::{start, text};

/// A dot of a GIF, the smallest picture that there is: 1 by 1.
pub(super) const DOT: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";

/// A form with this look; gives its API address and its hosted path.
pub(super) async fn form(owner: &Actor, theme: &Value) -> (String, String) {
    let made = json!({"title": "Contact", "settings": {"theme": theme}, "fields": [
        {"key": "mail", "type": "email", "label": "E-mail", "required": true},
    ]});
    let made = owner.post("/api/forms", &made).await.expect(201).json();
    let api = format!("/api/forms/{}", text(&made["id"]));
    owner.post(&format!("{api}/publication"), &json!({})).await.expect(200);
    (api, text(&made["path"]).to_owned())
}

pub(super) async fn put(owner: &Actor, path: &str, body: &Value) -> Reply {
    owner.send(Method::PUT, path, Some("application/json"), body.to_string().into()).await
}

pub(super) async fn upload(owner: &Actor, path: &str, bytes: &[u8]) -> Reply {
    let head =
        "--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"logo.png\"\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--XX--\r\n"].concat();
    owner.send(Method::POST, path, Some("multipart/form-data; boundary=XX"), body.into()).await
}

#[tokio::test]
async fn a_look_is_published_with_the_form_and_its_policy_knows_the_style() {
    let (_app, anonymous, owner, _) = start().await;
    let look = json!({"accent": "#ffe600", "background": "#102030", "font": "serif", "corners": "round", "scheme": "dark"});
    let (api, hosted) = form(&owner, &look).await;
    let page = anonymous.get(&hosted).await.expect(200);
    for words in [
        "data-font=\"serif\"",
        "data-corners=\"round\"",
        "data-theme=\"dark\"",
        "<style>:root{--accent:light-dark(",
    ] {
        assert!(page.text().contains(words), "{words}");
    }
    let policy = page.header("content-security-policy").to_owned();
    assert!(policy.contains("style-src 'self' 'sha256-") && !policy.contains("unsafe"), "{policy}");
    let told = owner.get(&format!("{api}/theme")).await.expect(200).json();
    assert_eq!(told["theme"], look);
    assert!(text(&told["note"]).contains("On light paper #ffe600 is too pale"), "{told}");
    assert!(told["light"]["contrast"].as_f64().is_some_and(|contrast| contrast >= 4.5));
    assert_eq!(told["dark"]["button"], "#ffe600");
}

#[tokio::test]
async fn with_what_a_page_was_made_need_not_be_said() {
    let (_app, anonymous, owner, _) = start().await;
    let (api, hosted) = form(&owner, &json!({})).await;
    let made_with = |page: &str| page.contains("bare__foot");
    assert!(made_with(&anonymous.get(&hosted).await.expect(200).text()));
    // The page on which the look is chosen shows it before it is saved.
    let preview = api.replace("/api/", "") + "/preview?_theme.credit=hidden";
    assert!(!made_with(&owner.get(&owner.page(&preview)).await.expect(200).text()));
    let theme = format!("{api}/theme");
    let refused = put(&owner, &theme, &json!({"credit": "no"})).await.expect(422);
    assert_eq!(refused.complaints(), ["settings.theme.credit:not_an_option"]);
    let told = put(&owner, &theme, &json!({"credit": "hidden"})).await.expect(200).json();
    assert_eq!(told["theme"], json!({"credit": "hidden"}));
    owner.post(&format!("{api}/publication"), &json!({})).await.expect(200);
    for page in [hosted.clone(), format!("{hosted}/thanks")] {
        assert!(!made_with(&anonymous.get(&page).await.expect(200).text()), "{page}");
    }
    let page = owner.page(&(api.replace("/api/", "") + "/theme"));
    let shown = owner.get(&page).await.expect(200).text();
    assert!(shown.contains("“Made with Mewayz”"), "{shown}");
    let revision = owner.get(&api).await.json()["revision"].to_string();
    let pairs = [("revision", revision.as_str()), ("credit", "shown")];
    owner.submit(&page, &pairs).await.expect(303);
    assert_eq!(owner.get(&api).await.json()["settings"]["theme"], Value::Null);
}

#[tokio::test]
async fn a_look_is_published_where_it_is_chosen() {
    let (_app, anonymous, owner, _) = start().await;
    let (api, hosted) = form(&owner, &json!({"font": "mono"})).await;
    put(&owner, &format!("{api}/theme"), &json!({"font": "rounded"})).await.expect(200);
    let form = api.replace("/api/", "");
    let page = owner.page(&format!("{form}/theme"));
    let shown = owner.get(&page).await.expect(200).text();
    assert!(shown.contains("Unpublished changes") && shown.contains("Publish changes"));
    let revision = owner.get(&api).await.expect(200).json()["revision"].to_string();
    let publication = owner.page(&format!("{form}/publication"));
    let late = owner.submit(&publication, &[("from", "theme"), ("revision", "1")]).await;
    assert_eq!(late.expect(303).header("location"), page);
    assert!(anonymous.get(&hosted).await.expect(200).text().contains("data-font=\"mono\""));
    let sent = owner.submit(&publication, &[("from", "theme"), ("revision", &revision)]).await;
    assert_eq!(sent.expect(303).header("location"), page);
    assert!(anonymous.get(&hosted).await.expect(200).text().contains("data-font=\"rounded\""));
    let shown = owner.get(&page).await.expect(200).text();
    assert!(!shown.contains("Unpublished changes"));
    assert!(shown.contains(&format!("href=\"{hosted}\"")) && shown.contains("Open form"));
}

#[tokio::test]
async fn a_look_stays_as_published_until_the_next_version() {
    let (_app, anonymous, owner, _) = start().await;
    let (api, hosted) = form(&owner, &json!({"font": "mono"})).await;
    put(&owner, &format!("{api}/theme"), &json!({"font": "rounded"})).await.expect(200);
    assert!(anonymous.get(&hosted).await.expect(200).text().contains("data-font=\"mono\""));
    owner.post(&format!("{api}/publication"), &json!({})).await.expect(200);
    assert!(anonymous.get(&hosted).await.expect(200).text().contains("data-font=\"rounded\""));
    let copy = owner.post(&format!("{api}/copies"), &json!({})).await.expect(201).json();
    assert_eq!(copy["settings"]["theme"]["font"], "rounded", "a copy looks the same");
}

#[tokio::test]
async fn what_is_no_look_is_refused_by_name() {
    let (_app, _, owner, _) = start().await;
    let (api, _) = form(&owner, &json!({})).await;
    let wrong = json!({"accent": "red;}", "font": "comic", "shadow": true,
                       "logo": {"file": "fil_01k6z3v7q8e9rtwz5c4h2n0xab"}});
    let refused = put(&owner, &format!("{api}/theme"), &wrong).await.expect(422).json();
    let told: Vec<&str> = refused["errors"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|error| text(&error["field"]))
        .collect();
    for field in ["settings.theme.accent", "settings.theme.font", "settings.theme.shadow"] {
        assert!(told.contains(&field), "{field}: {told:?}");
    }
    let unknown = json!({"logo": {"file": "fil_01k6z3v7q8e9rtwz5c4h2n0xab"}});
    let refused = put(&owner, &format!("{api}/theme"), &unknown).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "settings.theme.logo.file");
}

#[tokio::test]
async fn a_picture_is_measured_shown_to_everyone_and_kept_for_ever_by_browsers() {
    let (_app, anonymous, owner, _) = start().await;
    let (api, hosted) = form(&owner, &json!({})).await;
    let taken = upload(&owner, &format!("{api}/pictures"), DOT).await.expect(201).json();
    assert_eq!((&taken["width"], &taken["height"]), (&json!(1), &json!(1)));
    let look = json!({"logo": {"file": taken["file"], "text": "Mill & Sons"}, "cover": {"file": taken["file"]}});
    put(&owner, &format!("{api}/theme"), &look).await.expect(200);
    owner.post(&format!("{api}/publication"), &json!({})).await.expect(200);
    let page = anonymous.get(&hosted).await.expect(200);
    let picture = format!("{hosted}/pictures/{}/logo-1x", text(&taken["file"]));
    assert!(
        page.text().contains(&format!(
            "src=\"{picture}\" width=\"1\" height=\"1\" alt=\"Mill &amp; Sons\""
        )),
        "{}",
        page.text()
    );
    assert!(page.text().contains("property=\"og:image\" content=\"http"));
    let shown = anonymous.get(&picture).await.expect(200);
    assert_eq!(shown.header("content-type"), "image/webp");
    assert_eq!(shown.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(shown.header("content-security-policy").contains("sandbox"));
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn what_is_no_picture_is_none_whatever_it_is_called() {
    let (_app, _, owner, _) = start().await;
    let (api, _) = form(&owner, &json!({})).await;
    let pictures = format!("{api}/pictures");
    for bytes in
        [&b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"[..], b"MZ", b""]
    {
        let refused = upload(&owner, &pictures, bytes).await.expect(422).json();
        assert_eq!(refused["errors"][0]["code"], "not_a_picture");
    }
    upload(&owner, &pictures, &vec![0; 5 << 20]).await.expect(413);
}

#[tokio::test]
async fn an_upload_of_a_respondent_is_no_picture_of_the_form() {
    let (_app, anonymous, owner, _) = start().await;
    let made =
        json!({"title": "Files", "fields": [{"key": "photo", "type": "file", "label": "Photo"}]});
    let made = owner.post("/api/forms", &made).await.expect(201).json();
    let (api, hosted) =
        (format!("/api/forms/{}", text(&made["id"])), text(&made["path"]).to_owned());
    owner.post(&format!("{api}/publication"), &json!({})).await.expect(200);
    anonymous.send_parts::<&str>(&hosted, &[], &[("photo", "a.txt", "secret")]).await.expect(303);
    let list = owner.get(&format!("{api}/submissions")).await.expect(200).json();
    let file = text(&list["data"][0]["answers"]["photo"][0]).to_owned();
    anonymous.get(&format!("{hosted}/pictures/{file}")).await.expect(404);
}

#[tokio::test]
async fn a_look_is_chosen_on_its_page_with_a_picture() {
    let (_app, anonymous, owner, _) = start().await;
    let (api, hosted) = form(&owner, &json!({})).await;
    let id = api.rsplit('/').next().expect("an id");
    let page = owner.page(&format!("forms/{id}/theme"));
    let revision = |form: &Value| form["revision"].to_string();
    let now = owner.get(&api).await.expect(200).json();
    let wrong = [("revision", revision(&now)), ("accent", "blue".into())];
    let wrong: Vec<(&str, &str)> =
        wrong.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = owner.submit(&page, &wrong).await.expect(422);
    assert!(
        refused.text().contains("Write a colour as #") && refused.text().contains("value=\"blue\"")
    );
    let right =
        [("revision", revision(&now)), ("accent", "#1d5fd0".into()), ("font", "serif".into())];
    let right: Vec<(&str, &str)> =
        right.iter().map(|(name, value)| (*name, value.as_str())).collect();
    owner.submit(&page, &right).await.expect(303);
    let token = owner.csrf_token().await.expect("signed in");
    let put = |token: String| {
        let head = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n{token}\r\n--XX\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"dot.gif\"\r\n\r\n"
        );
        let body = [head.as_bytes(), DOT, b"\r\n--XX--\r\n"].concat();
        let kind = "multipart/form-data; boundary=XX";
        let logo = format!("{page}/logo");
        let owner = owner.clone();
        async move { owner.send(Method::POST, &logo, Some(kind), body.into()).await }
    };
    put("guessed".into()).await.expect(403);
    put(token).await.expect(303);
    let preview = owner
        .get(&owner.page(&format!("forms/{id}/preview?_theme.accent=%23aa0000")))
        .await
        .expect(200);
    assert!(preview.text().contains(&format!("/forms/{id}/pictures/fil_")));
    assert!(
        preview.text().contains("light-dark(#aa0000"),
        "what is tried is shown: {}",
        preview.text()
    );
    owner.post(&format!("{api}/publication"), &json!({})).await.expect(200);
    let shown = anonymous.get(&hosted).await.expect(200);
    assert!(shown.text().contains("paper__logo") && shown.text().contains("light-dark(#1d5fd0"));
    owner.submit::<[(&str, &str); 0]>(&format!("{page}/logo/removal"), &[]).await.expect(303);
    let now = owner.get(&api).await.expect(200).json();
    assert_eq!(now["settings"]["theme"], json!({"accent": "#1d5fd0", "font": "serif"}));
}
