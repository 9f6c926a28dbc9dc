//! Forms of several pages and forms with files, walked through as a browser without scripts does.

use std::time::Duration;

use files::Files;
use forms::Forms;
use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp};

async fn start() -> (TestApp, Actor, Actor) {
    let (app, anonymous, owner, _) = TestApp::start(|parts| {
        let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
        vec![Box::new(Forms::start(parts.house.clone(), files))]
    })
    .await;
    (app, anonymous, owner)
}

struct Open<'a> {
    owner: &'a Actor,
    id: String,
    path: String,
}

impl Open<'_> {
    async fn new(owner: &Actor, fields: Value) -> Open<'_> {
        let form = json!({"title": "Report", "fields": fields});
        let form = owner.post("/api/forms", &form).await.expect(201).json();
        let id = text(&form["id"]).to_owned();
        owner.post(&format!("/api/forms/{id}/publication"), &json!({})).await.expect(200);
        Open { owner, id, path: text(&form["path"]).to_owned() }
    }

    async fn answers(&self) -> Vec<Value> {
        let list = format!("/api/forms/{}/submissions", self.id);
        let page = self.owner.get(&list).await.expect(200).json();
        page["data"].as_array().cloned().unwrap_or_default()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What the page sends back unseen.
fn hidden(page: &str) -> Vec<(String, String)> {
    let inputs = page.split("<input type=\"hidden\" name=\"").skip(1);
    let read = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"")?;
        Some((name.to_owned(), rest.split('"').next()?.to_owned()))
    };
    inputs.filter_map(read).collect()
}

/// Presses a button of the page after filling it in.
async fn fill(actor: &Actor, path: &str, page: &str, answers: &[(&str, &str)]) -> Reply {
    let mut pairs = hidden(page);
    pairs.extend(answers.iter().map(|(name, value)| ((*name).into(), (*value).into())));
    actor.submit(path, &pairs).await
}

fn with(page: &str, answers: &[(&str, &str)]) -> Vec<(String, String)> {
    let answers = answers.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    hidden(page).into_iter().chain(answers).collect()
}

#[tokio::test]
async fn a_form_of_two_pages_is_walked_forth_and_back_and_sent_at_the_end() {
    let (_app, anonymous, owner) = start().await;
    let form = Open::new(
        &owner,
        json!([
            {"key": "name", "type": "short_text", "label": "Your name", "required": true},
            {"key": "topics", "type": "choices", "label": "Topics", "options": ["A", "B"], "other": true},
            {"type": "page", "label": "What happened"},
            {"key": "report", "type": "long_text", "label": "Your report", "required": true},
            {"key": "campaign", "type": "hidden"},
        ]),
    )
    .await;
    let link = format!("{}?report=It+began&campaign=autumn", form.path);
    let first = anonymous.get(&link).await.expect(200).text();
    assert!(first.contains("Page 1 of 2") && first.contains("Next") && !first.contains("Send<"));
    assert!(!first.contains("Your report") && first.contains("novalidate"));

    let stays = fill(&anonymous, &form.path, &first, &[("name", "")]).await.expect(422).text();
    assert!(stays.contains("Page 1 of 2") && stays.contains("field-name-error"));
    assert!(!stays.contains("field-report"), "later pages are not judged yet");

    let answers = [("name", "Hiro"), ("topics", "B"), ("topics", "_other"), ("topics.other", "C")];
    let second = fill(&anonymous, &form.path, &stays, &answers).await.expect(200).text();
    assert!(second.contains("Page 2 of 2") && second.contains("What happened"));
    assert!(second.contains("It began"), "what the link filled in came along");
    assert!(!second.contains("Your name"));

    let back =
        fill(&anonymous, &form.path, &second, &[("report", "Changed"), ("_back", "1")]).await;
    let back = back.expect(200).text();
    assert!(back.contains("Page 1 of 2") && back.contains("value=\"Hiro\""));
    assert!(back.contains("value=\"B\" checked") && back.contains("value=\"_other\" checked"));

    let second = fill(&anonymous, &form.path, &back, &answers).await.expect(200).text();
    assert!(second.contains("Changed"));
    let stays = fill(&anonymous, &form.path, &second, &[("report", "")]).await.expect(422).text();
    assert!(stays.contains("Page 2 of 2") && stays.contains("field-report-error"));
    assert!(form.answers().await.is_empty());
    for _ in 0..2 {
        let sent = fill(&anonymous, &form.path, &stays, &[("report", "A bird")]).await.expect(303);
        assert_eq!(sent.header("location"), format!("{}/thanks", form.path));
    }
    let stored = form.answers().await;
    assert_eq!(stored.len(), 1, "pressed twice, stored once");
    let expected =
        json!({"name": "Hiro", "topics": ["B", "C"], "report": "A bird", "campaign": "autumn"});
    assert_eq!(stored[0]["answers"], expected);
}

#[tokio::test]
async fn a_form_of_several_pages_may_be_sent_as_a_whole_and_no_page_can_be_passed_by() {
    let (_app, anonymous, owner) = start().await;
    let form = Open::new(
        &owner,
        json!([
            {"key": "one", "type": "short_text", "label": "One", "required": true},
            {"type": "page"},
            {"key": "two", "type": "short_text", "label": "Two", "required": true},
        ]),
    )
    .await;
    anonymous.submit(&form.path, &[("one", "1"), ("two", "2")]).await.expect(303);
    for page in ["2", "99", "x"] {
        let refused = anonymous.submit(&form.path, &[("_page", page), ("two", "2")]).await;
        let refused = refused.expect(422).text();
        assert!(refused.contains("Page 1 of 2") && refused.contains("field-one-error"), "{page}");
    }
    assert_eq!(form.answers().await.len(), 1);
}

fn with_file() -> Value {
    json!([
        {"key": "name", "type": "short_text", "label": "Your name", "required": true},
        {"key": "photo", "type": "file", "label": "Photo", "required": true, "max_bytes": 100},
        {"type": "page"},
        {"key": "report", "type": "long_text", "label": "Your report", "required": true},
    ])
}

#[tokio::test]
async fn a_file_chosen_on_one_page_is_there_when_the_last_one_is_sent() {
    let (_app, anonymous, owner) = start().await;
    let form = Open::new(&owner, with_file()).await;
    let first = anonymous.get(&form.path).await.expect(200).text();
    let filled = with(&first, &[("name", "Hiro")]);
    let second = anonymous.send_parts(&form.path, &filled, &[("photo", "bird.txt", "wing")]);
    let second = second.await.expect(200).text();
    let back = anonymous.send_parts(&form.path, &with(&second, &[("_back", "1")]), &[]).await;
    let back = back.expect(200).text();
    assert!(back.contains("Chosen already") && back.contains("bird.txt"));
    let kept = hidden(&second).into_iter().find(|(name, _)| name == "photo").expect("kept").1;
    assert!(back.contains(&format!("value=\"{kept}\" checked")));

    let none = anonymous.send_parts(&form.path, &filled, &[("photo", "", "")]).await;
    assert!(none.expect(422).text().contains("field-photo-error"));
    let again = [("name", "Hiro"), ("photo", kept.as_str())];
    let other = [("photo", "other.txt", "tail")];
    let second = anonymous.send_parts(&form.path, &with(&back, &again), &other).await;
    let second = second.expect(200).text();
    assert!(!second.contains(&kept), "the new one takes the place of the old one");
    let last = with(&second, &[("report", "It flew")]);
    for _ in 0..2 {
        anonymous.send_parts(&form.path, &last, &[]).await.expect(303);
    }
    let stored = form.answers().await;
    assert_eq!(stored.len(), 1);
    let (submission, file) = (text(&stored[0]["id"]), text(&stored[0]["answers"]["photo"][0]));
    let page = owner.page(&format!("submissions/{submission}/files/{file}"));
    assert_eq!(owner.get(&page).await.expect(200).text(), "tail");

    // Whoever learns the id of that file cannot send it again.
    let fresh = anonymous.get(&form.path).await.expect(200).text();
    let mut stolen = with(&fresh, &[("name", "M"), ("report", "Mine"), ("photo", file)]);
    stolen.retain(|(name, _)| name != "_page");
    let refused = anonymous.send_parts(&form.path, &stolen, &[]).await.expect(422).text();
    assert!(refused.contains("Choose the file again") && !refused.contains("other.txt"));
    assert_eq!(form.answers().await.len(), 1);
}

#[tokio::test]
async fn files_of_refused_answers_stay_and_those_of_deleted_forms_do_not() {
    let (app, anonymous, owner) = start().await;
    let form = Open::new(&owner, with_file()).await;
    let store = Files::local(&app.database.folder().join("files")).expect("a folder");
    let sweep = async || {
        let now = app.clock.now().minus(Duration::from_secs(60));
        store.sweep(&app.house.db, now).await.expect("swept")
    };
    let photo = [("photo", "bird.txt", "wing")];
    let refused = [("name".to_owned(), String::new())];
    let told = anonymous.send_parts(&form.path, &refused, &photo).await.expect(422).text();
    assert!(told.contains("Chosen already") && told.contains("bird.txt"), "{told}");
    assert!(!told.contains("field-photo-error"), "it need not be chosen again");
    let kept = format!(
        "fil_{}",
        told.split("value=\"fil_").nth(1).expect("kept").split('"').next().expect("an id")
    );
    assert!(told.contains(&format!("value=\"{kept}\" checked")));
    assert_eq!(sweep().await, 0);

    let whole = [("name".to_owned(), "Hiro".to_owned()), ("report".to_owned(), "R".to_owned())];
    let without = anonymous.send_parts(&form.path, &whole, &[]).await.expect(422).text();
    assert!(without.contains("field-photo-error") && !without.contains("bird.txt"), "taken out");
    let mut with = whole.to_vec();
    with.push(("photo".to_owned(), kept.clone()));
    with.push(("_key".to_owned(), "0123456789".to_owned()));
    for _ in 0..2 {
        anonymous.send_parts(&form.path, &with, &[]).await.expect(303);
    }
    assert_eq!(form.answers().await[0]["answers"]["photo"], json!([kept]));
    let first = [("_page".to_owned(), "1".to_owned()), whole[0].clone()];
    anonymous.send_parts(&form.path, &first, &photo).await.expect(200);
    assert_eq!(sweep().await, 0);
    owner.delete(&format!("/api/forms/{}", form.id)).await.expect(204);
    app.drain_jobs().await;
    assert_eq!(sweep().await, 2, "the one that was sent, and the one that never was");
}

#[tokio::test]
async fn a_question_says_what_it_takes_once_and_in_words() {
    let (_app, anonymous, owner) = start().await;
    let form = Open::new(
        &owner,
        json!([
            {"key": "topic", "type": "choice", "label": "What is it about?", "options": ["A"], "other": true},
            {"key": "some", "type": "choices", "label": "Some", "options": ["A", "B"], "max_picks": 1,
             "help": "Choose only one."},
            {"key": "line", "type": "short_text", "label": "Line", "max_length": 120},
            {"key": "code", "type": "short_text", "label": "Code", "max_length": 8},
            {"key": "photo", "type": "file", "label": "Photo", "accept": ["image/*", ".pdf"]},
        ]),
    )
    .await;
    let page = anonymous.get(&form.path).await.expect(200).text();
    assert!(page.contains("aria-label=\"Other (please specify): What is it about?\""));
    assert!(page.contains("Choose only one.") && !page.contains("Choose at most 1."));
    assert!(page.contains("At most 8 characters.") && !page.contains("At most 120 characters."));
    assert!(page.contains("An image or a PDF, up to 10 MB.") && !page.contains("(image/*"));
    let long = "x".repeat(100);
    let near = fill(&anonymous, &form.path, &page, &[("line", &long), ("some", "C")]).await;
    assert!(near.expect(422).text().contains("At most 120 characters."));
}
