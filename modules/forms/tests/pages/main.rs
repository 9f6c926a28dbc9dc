//! Forms made, published, answered and read on pages, as people do it.

mod builder;
mod forged;
mod languages;
mod looks;
mod lost;
mod pictures;
mod resumable;
mod uploads;

use std::time::Duration;

use axum::http::Method;
use files::Files;
use forms::Forms;
use kernel::Role;
use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp};

async fn start() -> (TestApp, Actor, Actor, Actor) {
    TestApp::start(|parts| {
        let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
        vec![Box::new(Forms::start(parts.house.clone(), files))]
    })
    .await
}

/// A form being made by someone: its addresses, read as a browser reads them.
struct Made<'a> {
    owner: &'a Actor,
    id: String,
    page: String,
}

impl Made<'_> {
    async fn new<'a>(owner: &'a Actor, title: &str) -> Made<'a> {
        let made = owner.submit(&owner.page("forms/new"), &[("title", title)]).await.expect(303);
        let page = made.header("location").to_owned();
        let id = page.rsplit('/').next().unwrap_or_default().to_owned();
        Made { owner, id, page }
    }

    async fn json(&self) -> Value {
        self.owner.get(&format!("/api/forms/{}", self.id)).await.expect(200).json()
    }

    /// Sends a form of the page with the revision that it shows now.
    async fn submit(&self, part: &str, fields: &[(&str, &str)]) -> Reply {
        let revision = self.json().await["revision"].to_string();
        let mut all = vec![("revision", revision.as_str())];
        all.extend_from_slice(fields);
        self.owner.submit(&format!("{}/{part}", self.page), &all).await
    }

    async fn add(&self, label: &str, kind: &str, more: &[(&str, &str)]) {
        let mut fields = vec![("label", label), ("type", kind)];
        fields.extend_from_slice(more);
        self.submit("fields", &fields).await.expect(303);
    }

    /// Publishes and gives the path of the hosted form.
    async fn publish(&self) -> String {
        self.submit("publication", &[]).await.expect(303);
        self.json().await["path"].as_str().unwrap_or_default().to_owned()
    }

    async fn submissions(&self) -> Vec<Value> {
        let list = format!("/api/forms/{}/submissions", self.id);
        self.owner.get(&list).await.expect(200).json()["data"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    }
}

#[tokio::test]
async fn a_bulk_request_has_no_key_for_all_its_items() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    form.publish().await;
    let keyed = owner.sending("idempotency-key", "one");
    let items = json!({"submissions": [{"answers": {}}]});
    let bulk = format!("/api/forms/{}/submissions/bulk", form.id);
    let refused = keyed.post(&bulk, &items).await.expect(400).json();
    assert!(text(&refused["detail"]).contains("\"idempotency_key\""), "{refused}");
    assert!(form.submissions().await.is_empty());
}

#[tokio::test]
async fn what_was_sent_wrong_is_not_told_back_many_times_over() {
    let (_app, _, owner, _) = start().await;
    let mut field = json!({"type": "yes_no", "label": "Well?"});
    for index in 0..20_000 {
        field[format!("p{index}")] = json!(1);
    }
    let refused = owner.post("/api/forms", &json!({"title": "T", "fields": [field]})).await;
    let refused = refused.expect(422);
    assert!(refused.text().len() < 30_000, "{}", refused.text().len());
    assert!(refused.text().contains("… and 19900 more."));

    let twice = r#"{"title": "T", "fields": [{"type": "nps", "label": "A", "label": "B"}]}"#;
    let json = Some("application/json");
    let refused = owner.send(Method::POST, "/api/forms", json, twice.into()).await.expect(422);
    assert!(refused.text().contains("“label” is there twice"), "{}", refused.text());

    let form = Made::new(&owner, "Contact us").await;
    form.publish().await;
    let bulk = format!("/api/forms/{}/submissions/bulk", form.id);
    let send = async |lines: String| {
        owner.send(Method::POST, &bulk, Some("application/x-ndjson"), lines.into()).await
    };
    let refused = send("x\n".repeat(50_000)).await.expect(400).json();
    assert!(text(&refused["detail"]).contains("Is this NDJSON"), "{refused}");
    assert!(form.submissions().await.is_empty());
    let mixed = send(format!("{{\"answers\": {{}}}}\n{}", "x\n".repeat(3_000))).await.expect(200);
    assert_eq!((&mixed.json()["accepted"], &mixed.json()["rejected"]), (&json!(1), &json!(3_000)));
    assert!(mixed.text().len() < 3_000 * 130);
    send("x\n".repeat(999)).await.expect(200);
}

fn labels(form: &Value) -> Vec<&str> {
    let fields = form["fields"].as_array().map_or(&[][..], Vec::as_slice);
    fields.iter().filter_map(|field| field["label"].as_str()).collect()
}

/// The key that the page was made with.
fn key(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"_key\" value=\"").expect("the page carries a key");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_form_is_made_answered_with_mistakes_answered_read_and_deleted() {
    let (_app, anonymous, owner, _) = start().await;
    assert!(owner.get(&owner.page("forms")).await.expect(200).text().contains("No form yet"));
    let form = Made::new(&owner, "Contact us").await;
    form.add("E-mail", "email", &[("required", "true")]).await;
    let hosted = form.publish().await;

    let empty = anonymous.get(&hosted).await.expect(200);
    assert!(empty.header("content-security-policy").contains("frame-ancestors *"));
    assert_eq!(empty.header("cache-control"), "no-store");
    let key = key(&empty.text());
    let wrong = [("_key", key.as_str()), ("your_message", "Hello <b>"), ("e_mail", "nobody")];
    let refused = anonymous.submit(&hosted, &wrong).await.expect(422).text();
    assert!(refused.contains("href=\"#field-e_mail\"") && refused.contains("field-e_mail-error"));
    assert!(refused.contains("value=\"nobody\"") && refused.contains("Hello &lt;b&gt;"));
    assert!(form.submissions().await.is_empty());

    let right = [("_key", key.as_str()), ("your_message", "Hello <b>"), ("e_mail", "a@b.de")];
    let sent = anonymous.submit(&hosted, &right).await.expect(303);
    assert_eq!(sent.header("location"), format!("{hosted}/thanks"));
    assert!(anonymous.get(sent.header("location")).await.expect(200).text().contains("Thank you"));

    let list = owner.get(&format!("{}/submissions", form.page)).await.expect(200).text();
    assert!(list.contains("a@b.de") && list.contains("Hello &lt;b&gt;") && !list.contains("<b>"));
    let submission = form.submissions().await[0]["id"].as_str().unwrap_or_default().to_owned();
    let page = owner.page(&format!("submissions/{submission}"));
    assert!(owner.get(&page).await.expect(200).text().contains("mailto:a@b.de"));
    let none: [(&str, &str); 0] = [];
    let gone = owner.submit(&format!("{page}/deletion"), &none).await.expect(303);
    assert_eq!(gone.header("location"), format!("{}/submissions", form.page));
    let binned = owner.get(&page).await.expect(200).text();
    assert!(binned.contains("This lies in the bin") && form.submissions().await.is_empty());
    owner.submit(&format!("{page}/restoration"), &none).await.expect(303);
    assert_eq!(form.submissions().await.len(), 1);
    owner.delete(&format!("/api/submissions/{submission}")).await.expect(204);
    owner.get(&page).await.expect(404);
}

#[tokio::test]
async fn pressing_twice_sends_once_and_another_answer_is_another_submission() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    let hosted = form.publish().await;
    let key = key(&anonymous.get(&hosted).await.text());
    for message in ["first", "first", "second", "second"] {
        let pairs = [("_key", key.as_str()), ("your_message", message)];
        anonymous.submit(&hosted, &pairs).await.expect(303);
    }
    let messages: Vec<Value> =
        form.submissions().await.iter().map(|it| it["answers"]["your_message"].clone()).collect();
    assert_eq!(messages, ["second", "first"]);
}

#[tokio::test]
async fn a_program_may_send_json_to_the_hosted_address() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    form.add("Age", "number", &[]).await;
    let hosted = form.publish().await;
    let body = json!({"answers": {"age": 7}, "idempotency_key": "one"});
    let receipt = anonymous.post(&hosted, &body).await.expect(201).json();
    assert_eq!(receipt["form_id"], form.id.as_str());
    let again = anonymous.post(&hosted, &body).await.expect(200);
    assert_eq!(again.header("idempotent-replayed"), "true");
    let wrong = anonymous.post(&hosted, &json!({"answers": {"age": "many"}})).await.expect(422);
    assert_eq!(wrong.header("content-type"), "application/problem+json");
    assert_eq!(wrong.json()["errors"][0]["field"], "answers.age");
}

#[tokio::test]
async fn a_closed_form_says_so_kindly_and_an_unknown_one_is_not_there() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    let hosted = form.publish().await;
    form.submit("closure", &[]).await.expect(303);
    assert!(anonymous.get(&hosted).await.expect(410).text().contains("This form is closed"));
    let sent = anonymous.submit(&hosted, &[("your_message", "late")]).await.expect(410);
    assert!(sent.text().contains("This form is closed"));
    anonymous.post(&hosted, &json!({"answers": {}})).await.expect(410);
    assert!(form.submissions().await.is_empty());
    anonymous.get("/f/0000000000000000").await.expect(404);
    for malformed in ["a%00b", "0123456789abcde%00", "%FF", "Contact", &form.id] {
        anonymous.get(&format!("/f/{malformed}")).await.expect(404);
        anonymous.get(&format!("/f/{malformed}/thanks")).await.expect(404);
        anonymous.post(&format!("/f/{malformed}"), &json!({"answers": {}})).await.expect(404);
    }
}

#[tokio::test]
async fn the_id_of_a_form_is_no_public_address_even_while_its_api_is_in_use() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    form.publish().await;
    let api = format!("/api/forms/{}/submissions", form.id);
    owner.post(&api, &json!({"answers": {}})).await.expect(201);
    anonymous.get(&format!("/f/{}", form.id)).await.expect(404);
}

#[tokio::test]
async fn a_link_fills_in_what_it_knows_and_nothing_else() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    form.add("E-mail", "email", &[]).await;
    form.add("Topic", "choice", &[("options", "Order\nInvoice")]).await;
    let hosted = form.publish().await;
    let link = format!("{hosted}?e_mail=%22%3E%3Cscript%3E&topic=Invoice&_key=chosen&other=1");
    let page = anonymous.get(&link).await.expect(200).text();
    assert!(page.contains("value=\"&quot;&gt;&lt;script&gt;\"") && !page.contains("<script>"));
    assert!(
        page.contains("value=\"Invoice\" checked") && !page.contains("value=\"Order\" checked")
    );
    assert_ne!(key(&page), "chosen");
}

#[tokio::test]
async fn fields_are_added_set_moved_and_taken_out_through_the_same_rules() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    let refused =
        form.submit("fields", &[("label", ""), ("type", "choice")]).await.expect(422).text();
    assert!(refused.contains("new-label-error") && refused.contains("new-options-error"));
    form.add("Colour", "choice", &[("options", "Red\nGreen")]).await;
    form.add("Age", "number", &[]).await;
    let bad = [("label", "Age"), ("min", "10"), ("max", "5")];
    let refused = form.submit("fields/age", &bad).await.expect(422).text();
    assert!(refused.contains("id=\"age-min-error\"") && refused.contains("value=\"10\""));
    form.submit("fields/age", &[("label", "How old?"), ("min", "18"), ("required", "true")])
        .await
        .expect(303);
    form.submit("fields/colour", &[("label", "Colour"), ("options", "Scarlet\nGreen")])
        .await
        .expect(303);
    form.submit("fields/age/position", &[("to", "up")]).await.expect(303);
    let now = form.json().await;
    assert_eq!(labels(&now), ["Your message", "How old?", "Colour"]);
    assert_eq!(
        now["fields"][1],
        json!({"key": "age", "type": "number", "label": "How old?", "required": true, "min": 18})
    );
    assert_eq!(now["fields"][2]["options"][0], json!({"value": "Red", "label": "Scarlet"}));
    let removal = format!("fields/your_message/removal?revision={}", now["revision"]);
    form.submit(&removal, &[]).await.expect(303);
    assert_eq!(labels(&form.json().await), ["How old?", "Colour"]);
}

#[tokio::test]
async fn the_slower_of_two_editors_is_told_and_loses_nothing_typed() {
    let (_app, _, owner, teammate) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    let seen = form.json().await["revision"].to_string();
    let faster = [("revision", seen.as_str()), ("label", "Name"), ("type", "short_text")];
    teammate.submit(&format!("{}/fields", form.page), &faster).await.expect(303);
    let slower = [("revision", seen.as_str()), ("label", "What I typed")];
    let told = owner
        .submit(&format!("{}/fields/your_message", form.page), &slower)
        .await
        .expect(409)
        .text();
    assert!(told.contains("Someone else changed this form") && told.contains("What I typed"));
    assert!(told.contains("Name"), "the form is shown as it stands now");
    let late = owner.submit(&format!("{}/publication", form.page), &[("revision", seen)]).await;
    late.expect(409);
    assert_eq!(labels(&form.json().await), ["Your message", "Name"]);
}

#[tokio::test]
async fn a_change_with_scripts_answers_the_part_that_changed() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    let revision = form.json().await["revision"].to_string();
    let fields = [("revision", revision.as_str()), ("label", "Name"), ("type", "short_text")];
    let htmx = owner.sending("hx-request", "true");
    let part = htmx.submit(&format!("{}/fields", form.page), &fields).await.expect(200).text();
    assert!(
        part.starts_with("<div class=\"form-page form-editor\" id=\"form-editor\">")
            && part.contains("Name")
    );
    let renamed = htmx
        .submit(&format!("{}/title", form.page), &[("revision", "2"), ("title", "Write to us")])
        .await
        .expect(200)
        .text();
    assert!(
        renamed.contains("data-hx-swap-oob") && renamed.contains("Type “Write to us” to confirm")
    );
    assert!(!renamed.contains("Type “Contact us” to confirm"));
    let list = htmx.get(&format!("{}/submissions?q=nothing", form.page)).await.expect(200).text();
    assert!(list.starts_with("<live-part") && list.contains("Nothing found for “nothing”"));
}

#[tokio::test]
async fn the_palette_finds_forms_by_their_titles() {
    let (app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us 100%").await;
    Made::new(&owner, "Job application").await;
    let viewer = app.join(&owner, Role::Viewer).await;
    for words in ["contact", "CON us", "100%25", ""] {
        let address = owner.page(&format!("palette?q={}", words.replace(' ', "+")));
        let found = viewer.get(&address).await.expect(200).text();
        assert!(found.contains(&form.page) && found.contains("Contact us 100%"), "{words}");
    }
    for words in ["invoice", "1%255", "us+contact"] {
        let found = viewer.get(&owner.page(&format!("palette?q={words}"))).await.expect(200);
        assert_eq!(found.text(), "", "{words}");
    }
    let stranger = app.register("Mallory Stranger", "Elsewhere").await;
    stranger.get(&owner.page("palette?q=contact")).await.expect(404);
}

#[tokio::test]
async fn a_change_is_told_on_the_next_page_and_only_there() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    let done = form.submit("title", &[("title", "Write to us")]).await.expect(303);
    let flash = done.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let session = owner.cookie();
    owner.set_cookie(&format!("{session}; {flash}"));
    let live = owner.sending("hx-request", "true").get(&owner.page("palette")).await.expect(200);
    assert_eq!(live.header("set-cookie"), "", "only a whole page shows it");
    let page = owner.get(&form.page).await.expect(200);
    assert!(page.text().contains("Title saved"));
    assert!(page.header("set-cookie").starts_with("flash=; Path=/; Max-Age=0"));
}

#[tokio::test]
async fn an_address_that_only_takes_changes_leads_up_to_its_page() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    for part in ["title", "publication", "reversal", "fields"] {
        let up = owner.get(&format!("{}/{part}", form.page)).await.expect(303);
        assert_eq!(up.header("location"), form.page, "{part}");
    }
    let up = owner.get(&format!("{}/fields/your_message/removal", form.page)).await.expect(303);
    assert_eq!(up.header("location"), format!("{}/fields/your_message", form.page));
    assert_eq!(anonymous.get("/logout").await.expect(303).header("location"), "/");
    owner.get(&format!("/api/forms/{}/publication", form.id)).await.expect(405);
}

#[tokio::test]
async fn who_is_lost_is_told_so_in_words_that_fit() {
    let (_app, anonymous, owner, _) = start().await;
    let lost = owner.get(&owner.page("forms/frm_00000000000000000000000000")).await.expect(404);
    assert!(lost.text().contains("Nothing here") && lost.text().contains("Sign out"));
    let lost = anonymous.get("/nowhere").await.expect(404).text();
    assert!(lost.contains("Nothing here") && !lost.contains("/register"));
    let lost = anonymous.get("/f/0000000000000000").await.expect(404).text();
    assert!(lost.contains("This form is not here") && !lost.contains("/register"));
    let sent = anonymous.post("/f/0000000000000000", &json!({"answers": {}})).await.expect(404);
    assert_eq!(sent.json()["title"], "Not Found");
    // A change of what is not there is no change, and no complaint about its size.
    owner.submit(&owner.page("forms/none/of/these"), &[("title", "x")]).await.expect(404);
}

#[tokio::test]
async fn a_form_is_deleted_only_by_its_title() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    let hosted = form.publish().await;
    let refused = form.submit("deletion", &[("confirmation", "Contact")]).await.expect(422).text();
    assert!(refused.contains("Nothing was deleted") && refused.contains("value=\"Contact\""));
    let gone = form.submit("deletion", &[("confirmation", "Contact us")]).await.expect(303);
    assert_eq!(gone.header("location"), owner.page("forms"));
    owner.get(&form.page).await.expect(404);
    anonymous.get(&hosted).await.expect(404);
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What a viewer sees of pages that others may change.
async fn look_as_viewer(app: &TestApp, owner: &Actor, form: &str) {
    let viewer = app.join(owner, Role::Viewer).await;
    let page = viewer.get(&owner.page("forms")).await.expect(200).text();
    assert!(!page.contains("New form"));
    let page = viewer.get(&owner.page(&format!("forms/{form}"))).await.expect(200).text();
    assert!(!page.contains("Add field") && !page.contains("delete-form"));
}

/// A form whose document is somewhat less than a megabyte as it is sent, and more as it is said back.
fn large(title: &str) -> Value {
    let options: Vec<String> = (0..60).map(|number| format!("option {number} of many")).collect();
    let field = |number: usize| {
        json!({"key": format!("f{number}"), "type": "choice", "label": "L", "help": "x".repeat(900),
               "options": options})
    };
    json!({"title": title, "fields": (0..300).map(field).collect::<Vec<_>>()})
}

#[tokio::test]
async fn a_page_of_large_forms_ends_early_and_none_is_left_out() {
    let (app, _, owner, _) = start().await;
    for number in 0..8 {
        app.clock.advance(Duration::from_secs(1));
        owner.post("/api/forms", &large(&number.to_string())).await.expect(201);
    }
    let (mut titles, mut pages, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let page = owner.get(&format!("/api/forms?limit=200&cursor={cursor}")).await.expect(200);
        assert!(page.text().len() < 8 * 1024 * 1024, "{}", page.text().len());
        let page = page.json();
        let data = page["data"].as_array().cloned().unwrap_or_default();
        titles.extend(data.iter().map(|form| text(&form["title"]).to_owned()));
        pages += 1;
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = next.to_owned();
    }
    assert!(pages > 1);
    assert_eq!(titles, ["7", "6", "5", "4", "3", "2", "1", "0"]);
}

#[tokio::test]
async fn a_large_form_is_made_once_under_its_key() {
    let (_app, _, owner, _) = start().await;
    let keyed = owner.sending("idempotency-key", "large");
    let first = keyed.post("/api/forms", &large("Large")).await.expect(201);
    assert!(first.text().len() > 1024 * 1024, "{}", first.text().len());
    let again = keyed.post("/api/forms", &large("Large")).await.expect(201);
    assert_eq!(again.json()["id"], first.json()["id"]);
    assert_eq!(again.header("idempotent-replayed"), "true");
}
