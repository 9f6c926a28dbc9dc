//! What makers do beside asking: settings, copies, files, folders, archives.

use axum::http::Method;
use serde_json::{Value, json};
use testing::TestApp;

use super::{field, make, modules, publish, text};

#[tokio::test]
async fn a_form_becomes_a_file_and_the_file_the_same_form() {
    let (_app, _, owner, _) = TestApp::start(modules).await;
    let fields = json!([
        {"key": "email", "type": "email", "label": "E-mail", "required": true},
        {"key": "pick", "type": "choices", "label": "Pick", "options": ["A", "B"], "other": true},
    ]);
    let form = make(&owner, "Über uns", fields).await;
    let path = format!("/api/forms/{}", text(&form["id"]));
    let change = json!({
        "settings": {"thanks_text": "Bye"},
        "acceptance": {"submission_limit": 7, "once_by": "field:email"},
    });
    owner.patch(&path, &change).await.expect(200);
    let file = owner.get(&format!("{path}/document")).await.expect(200);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"ber-uns.json\"");
    let json_body = Some("application/json");
    let again = owner.send(Method::POST, "/api/forms", json_body, file.text().into()).await;
    let again = again.expect(201).json();
    let other = format!("/api/forms/{}/document", text(&again["id"]));
    assert_eq!(owner.get(&other).await.expect(200).json(), file.json());

    let copy = owner.post(&format!("{path}/copies"), &json!({})).await.expect(201).json();
    assert_eq!((&copy["title"], &copy["published"]), (&json!("Copy of Über uns"), &json!(false)));
    assert_eq!(copy["acceptance"], again["acceptance"]);
    let named = owner.post(&format!("{path}/copies"), &json!({"title": "Mine"})).await.expect(201);
    assert_eq!(named.json()["title"], "Mine");
}

#[tokio::test]
async fn an_archived_form_is_out_of_sight_and_takes_nothing() {
    let (_app, anonymous, owner, _) = TestApp::start(modules).await;
    let form = make(&owner, "Old", json!([field("name", "Name")])).await;
    let path = format!("/api/forms/{}", text(&form["id"]));
    publish(&owner, text(&form["id"])).await;
    let archived = owner.post(&format!("{path}/archival"), &json!({})).await.expect(200).json();
    assert!(archived["archived_at"].is_string() && archived["published"] == false);
    owner.post(&format!("{path}/submissions"), &json!({"answers": {}})).await.expect(410);
    anonymous.get(text(&form["path"])).await.expect(410);
    let count = async |query: &str| {
        let list = owner.get(&format!("/api/forms{query}")).await.expect(200).json();
        list["data"].as_array().map_or(0, Vec::len)
    };
    assert_eq!((count("").await, count("?archived=true").await), (0, 1));
    let shown = owner.get(&owner.page("forms?archived=true")).await.expect(200).text();
    assert!(shown.contains("Old") && shown.contains("Archived"));
    // To publish an archived form would bring back what nobody sees.
    owner.post(&format!("{path}/publication"), &json!({})).await.expect(409);
    owner.delete(&format!("{path}/archival")).await.expect(200);
    assert_eq!(count("").await, 1);
    publish(&owner, text(&form["id"])).await;
}

#[tokio::test]
async fn forms_lie_in_folders_that_come_and_go() {
    let (app, _, owner, _) = TestApp::start(modules).await;
    let form = make(&owner, "Order", json!([field("name", "Name")])).await;
    make(&owner, "Other", json!([field("name", "Name")])).await;
    let made =
        owner.post("/api/form_folders", &json!({"name": " Events "})).await.expect(201).json();
    assert_eq!(made["name"], "Events");
    let taken = owner.post("/api/form_folders", &json!({"name": "Events"})).await.expect(422);
    assert_eq!(taken.complaints(), ["name:taken"]);
    let second = owner.post("/api/form_folders", &json!({"name": "Zoo"})).await.expect(201).json();
    let rename = format!("/api/form_folders/{}", text(&second["id"]));
    owner.patch(&rename, &json!({"name": "Events"})).await.expect(422);
    assert_eq!(
        owner.patch(&rename, &json!({"name": "Zoo"})).await.expect(200).json()["name"],
        "Zoo"
    );

    let filing = format!("/api/forms/{}/filing", text(&form["id"]));
    owner.post(&filing, &json!({"folder_id": made["id"]})).await.expect(200);
    let in_folder = format!("/api/forms?folder={}", text(&made["id"]));
    let list = owner.get(&in_folder).await.expect(200).json();
    assert_eq!(
        (list["data"].as_array().map(Vec::len), &list["data"][0]["title"]),
        (Some(1), &json!("Order"))
    );
    let page = owner.page(&format!("forms?folder={}", text(&made["id"])));
    let shown = owner.get(&page).await.expect(200).text();
    assert!(shown.contains("Order") && !shown.contains("Other") && shown.contains("Rename folder"));

    // Whoever opens the dialog writes the name at once.
    let list = owner.get(&owner.page("forms")).await.expect(200).text();
    let (_, name) = list.split_once("id=\"new-folder-name\"").expect("where it is named");
    assert!(name.split('>').next().is_some_and(|name| name.contains("autofocus")));

    let stranger = app.register("Eve", "Elsewhere").await;
    let foreign = stranger.post("/api/form_folders", &json!({"name": "Events"})).await.expect(201);
    let refused =
        owner.post(&filing, &json!({"folder_id": foreign.json()["id"]})).await.expect(422);
    assert_eq!(refused.complaints(), ["folder_id:not_found"]);
    owner.delete(&format!("/api/form_folders/{}", text(&made["id"]))).await.expect(204);
    let form = owner.get(&format!("/api/forms/{}", text(&form["id"]))).await.expect(200).json();
    assert_eq!(form["folder_id"], Value::Null);
}

#[tokio::test]
async fn settings_are_saved_on_their_page_or_refused_beside_their_inputs() {
    let (_app, anonymous, owner, _) = TestApp::start(modules).await;
    let form = make(&owner, "Order", json!([field("name", "Name")])).await;
    let id = text(&form["id"]);
    let page = owner.page(&format!("forms/{id}/settings"));
    let revision = form["revision"].to_string();
    let fields = |limit: &'static str| {
        [
            ("revision", revision.clone()),
            ("thanks_title", "Merci".to_owned()),
            ("thanks_text", "One.\r\nTwo.".to_owned()),
            ("closes_at", "2026-12-31T18:00".to_owned()),
            ("zone", "Europe/Berlin".to_owned()),
            ("submission_limit", limit.to_owned()),
            ("once_by", "browser".to_owned()),
        ]
    };
    let refused = owner.submit(&page, &fields("many")).await.expect(422).text();
    assert!(
        refused.contains("Write a number and nothing else") && refused.contains("value=\"many\"")
    );
    assert!(refused.contains("Merci"));
    owner.submit(&page, &fields("5")).await.expect(303);
    let late = owner.submit(&page, &fields("6")).await.expect(409).text();
    assert!(late.contains("Someone else changed this form"));
    let saved = owner.get(&format!("/api/forms/{id}")).await.expect(200).json();
    assert_eq!(saved["acceptance"]["closes_at"], "2026-12-31T17:00:00Z");
    assert_eq!(saved["settings"]["thanks_title"], "Merci");
    let hosted = publish(&owner, id).await["path"].clone();
    let thanks = format!("{}/thanks", text(&hosted));
    assert!(anonymous.get(&thanks).await.expect(200).text().contains("Merci"));

    let elsewhere = json!({"settings": {"redirect_url": "https://example.com/a?b=c"}});
    owner.patch(&format!("/api/forms/{id}"), &elsewhere).await.expect(200);
    publish(&owner, id).await;
    let away = anonymous.get(&thanks).await.expect(200);
    assert_eq!(away.header("refresh"), "0; url=https://example.com/a?b=c");
}

#[tokio::test]
async fn a_form_begins_from_the_gallery_or_from_a_file() {
    let (_app, _, owner, _) = TestApp::start(modules).await;
    let new = owner.page("forms/new");
    assert!(owner.get(&new).await.expect(200).text().contains("Job application"));
    let made = owner.submit(&new, &[("template", "rsvp")]).await.expect(303);
    let shown = owner.get(made.header("location")).await.expect(200).text();
    assert!(shown.contains("Will you join us?"));
    owner.submit(&new, &[("template", "none")]).await.expect(404);
    for template in
        owner.get("/api/form_templates").await.expect(200).json()["data"].as_array().expect("some")
    {
        owner.post("/api/forms", &template["document"]).await.expect(201);
    }

    let document = r#"{"title": "Mine", "fields": [{"type": "nps", "label": "Well?"}]}"#;
    owner.submit(&new, &[("document", document)]).await.expect(303);
    let faulty = document.replace("nps", "gps");
    let refused = owner.submit(&new, &[("document", faulty.as_str())]).await.expect(422).text();
    assert!(refused.contains("No form was made of the document"));
    assert!(refused.contains("<li>Question 1, “Well?”, type (fields[0].type): "), "{refused}");
    assert!(refused.contains("&quot;gps&quot;"));
    let refused = owner.submit(&new, &[("document", "{"), ("file_name", "old <b>.json")]).await;
    let refused = refused.expect(422).text();
    assert!(refused.contains("No form was made of old &lt;b&gt;.json"), "{refused}");
    assert!(
        refused.contains("The document is not JSON")
            && refused.contains("value=\"old &lt;b&gt;.json\"")
    );
    let refused = owner.submit(&new, &[("document", r#"{"title": "Mine"}"#)]).await.expect(422);
    let told = "<li>The document as a whole: Missing field `fields`.";
    assert!(refused.text().contains(told), "{}", refused.text());
    let refused = owner.submit(&new, &[("title", "")]).await.expect(422).text();
    assert!(refused.contains("Give the form a title."));
}

#[tokio::test]
async fn a_form_is_shared_by_link_by_code_and_on_pages_of_others() {
    let (_app, anonymous, owner, _) = TestApp::start(modules).await;
    let form = make(&owner, "A \"good\" <form>", json!([field("name", "Name")])).await;
    let (id, path) = (text(&form["id"]), text(&form["path"]));
    let ways = owner.get(&format!("/api/forms/{id}/sharing")).await.expect(200).json();
    assert_eq!(ways["url"], format!("http://localhost{path}"));
    let inline = text(&ways["inline"]);
    assert!(
        inline.contains("src=\"http://localhost/embed.js\"") && inline.contains("&lt;form&gt;")
    );
    assert!(text(&ways["popup"]).contains("data-mode=\"popup\""));
    assert!(!text(&ways["popup"]).contains("data-color"));
    assert_eq!(ways["prefilled_url"], format!("http://localhost{path}?name=Ada"));
    assert!(text(&ways["frame"]).starts_with("<iframe src=\"http://localhost/f/"));
    let code = owner.get(&owner.page(&format!("forms/{id}/qr.svg"))).await.expect(200);
    assert_eq!(code.header("content-type"), "image/svg+xml");
    let page = owner.get(&owner.page(&format!("forms/{id}/share"))).await.expect(200).text();
    assert!(page.contains("The form takes no answers now") && page.contains("&lt;script async"));
    assert!(page.contains("?name=Ada</code>"));
    let look = json!({"accent": "#7a3fa0"}).to_string();
    let (theme, kind) = (format!("/api/forms/{id}/theme"), Some("application/json"));
    owner.send(Method::PUT, &theme, kind, look.into()).await.expect(200);
    let ways = owner.get(&format!("/api/forms/{id}/sharing")).await.expect(200).json();
    let popup = text(&ways["popup"]);
    assert!(popup.contains("data-color=\"#7a3fa0\" data-ink=\"#ffffff\""), "{popup}");
    let script = anonymous.get("/embed.js").await.expect(200);
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");

    publish(&owner, id).await;
    let hosted = anonymous.get(path).await.expect(200).text();
    assert!(hosted.contains("og:title") && hosted.contains("embedded."));
}
