//! Forms with conditions, walked through as a browser without scripts does, and sent by programs.

use files::Files;
use forms::Forms;
use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp};

pub(crate) async fn start() -> (TestApp, Actor, Actor) {
    let (app, anonymous, owner, _) = TestApp::start(|parts| {
        let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
        vec![Box::new(Forms::start(parts.house.clone(), files))]
    })
    .await;
    (app, anonymous, owner)
}

/// The id and the address of a published form.
pub(crate) async fn published(owner: &Actor, fields: Value) -> (String, String) {
    let form = json!({"title": "Report", "fields": fields});
    let form = owner.post("/api/forms", &form).await.expect(201).json();
    let text = |name: &str| form[name].as_str().unwrap_or_default().to_owned();
    let id = text("id");
    owner.post(&format!("/api/forms/{id}/publication"), &json!({})).await.expect(200);
    (id, text("path"))
}

async fn stored(owner: &Actor, id: &str) -> Vec<Value> {
    let page = owner.get(&format!("/api/forms/{id}/submissions")).await.expect(200).json();
    page["data"].as_array().into_iter().flatten().map(|it| it["answers"].clone()).collect()
}

fn hidden(page: &str) -> Vec<(String, String)> {
    let inputs = page.split("<input type=\"hidden\" name=\"").skip(1);
    let read = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"")?;
        Some((name.to_owned(), rest.split('"').next()?.to_owned()))
    };
    inputs.filter_map(read).collect()
}

async fn fill(actor: &Actor, path: &str, page: &str, answers: &[(&str, &str)]) -> Reply {
    let mut pairs = hidden(page);
    pairs.extend(answers.iter().map(|(name, value)| ((*name).into(), (*value).into())));
    actor.submit(path, &pairs).await
}

fn walk() -> Value {
    let yes = |field: &str| json!({"field": field, "is": "equals", "value": true});
    json!([
        {"key": "hurt", "type": "yes_no", "label": "Was anyone hurt?", "required": true},
        {"key": "who", "type": "short_text", "label": "Who?", "required": true, "show_if": yes("hurt")},
        {"key": "care", "type": "page", "label": "Care", "show_if": yes("hurt")},
        {"key": "doctor", "type": "yes_no", "label": "Did a doctor come?"},
        {"key": "name", "type": "short_text", "label": "The doctor's name", "require_if": yes("doctor")},
        {"key": "end", "type": "page", "label": "The end"},
        {"key": "words", "type": "long_text", "label": "Anything else?",
         "show_if": {"any": [{"field": "doctor", "is": "not_answered"}, yes("doctor")]}},
        {"key": "mail", "type": "email", "label": "E-mail"},
    ])
}

#[tokio::test]
async fn pages_are_passed_by_where_their_condition_does_not_hold() {
    let (_app, anonymous, owner) = start().await;
    let (id, path) = published(&owner, walk()).await;
    let first = anonymous.get(&path).await.expect(200).text();
    assert!(first.contains("Page 1 of 2") && first.contains("form-logic"));
    assert!(first.contains("Only if “Was anyone hurt?” is Yes."));
    assert!(first.contains("data-field=\"who\" data-off"));

    // Without an injury there is neither a name to be given nor a page about care.
    let last =
        fill(&anonymous, &path, &first, &[("hurt", "false"), ("who", "")]).await.expect(200).text();
    assert!(
        last.contains("The end") && last.contains("Page 2 of 2") && !last.contains("doctor come")
    );
    let back = fill(&anonymous, &path, &last, &[("_back", "1")]).await.expect(200).text();
    assert!(back.contains("Was anyone hurt?"));

    // With one there are both, and the name is asked for.
    let stays = fill(&anonymous, &path, &back, &[("hurt", "true")]).await.expect(422).text();
    assert!(stays.contains("field-who-error") && !stays.contains("data-field=\"who\" data-off"));
    assert!(stays.contains("Page 1 of 3"));
    let care = fill(&anonymous, &path, &stays, &[("hurt", "true"), ("who", "Ada")])
        .await
        .expect(200)
        .text();
    assert!(care.contains("Page 2 of 3") && care.contains("data-requirable"));
    let stays = fill(&anonymous, &path, &care, &[("doctor", "true")]).await.expect(422).text();
    assert!(stays.contains("field-name-error"));
    let last = fill(&anonymous, &path, &stays, &[("doctor", "false"), ("name", "Dr. No")]).await;
    let last = last.expect(200).text();
    assert!(last.contains("Page 3 of 3") && !last.contains("Anything else?"));

    // What was answered and is not asked any more is kept while one walks, and not sent.
    let back = fill(&anonymous, &path, &last, &[("_back", "1")]).await.expect(200).text();
    let back = fill(&anonymous, &path, &back, &[("_back", "1")]).await.expect(200).text();
    assert!(back.contains("Page 1 of 3") && back.contains("value=\"Ada\""));
    let last = fill(&anonymous, &path, &back, &[("hurt", "false"), ("who", "Ada")])
        .await
        .expect(200)
        .text();
    let sent = [("words", "No"), ("mail", "")];
    fill(&anonymous, &path, &last, &sent).await.expect(303);
    assert_eq!(stored(&owner, &id).await, [json!({"hurt": false, "words": "No"})]);
}

#[tokio::test]
async fn no_page_that_is_shown_can_be_passed_by() {
    let (_app, anonymous, owner) = start().await;
    let (id, path) = published(&owner, walk()).await;
    for page in ["2", "3", "99"] {
        let refused =
            anonymous.submit(&path, &[("_page", page), ("mail", "")]).await.expect(422).text();
        assert!(refused.contains("field-hurt-error"), "{page}");
    }
    // A page that the answers do not lead to is no place to be.
    let astray =
        anonymous.submit(&path, &[("_page", "2"), ("hurt", "false")]).await.expect(200).text();
    assert!(astray.contains("The end"));
    anonymous.submit(&path, &[("hurt", "false"), ("who", "x")]).await.expect(303);
    assert_eq!(stored(&owner, &id).await, [json!({"hurt": false})]);
}

#[tokio::test]
async fn programs_may_send_what_is_not_asked_and_it_is_dropped() {
    let (_app, _anonymous, owner) = start().await;
    let (id, _) = published(&owner, walk()).await;
    let call = format!("/api/forms/{id}/submissions");
    let answers = json!({"hurt": false, "who": 7, "doctor": "perhaps", "words": "Hello"});
    owner.post(&call, &json!({"answers": answers})).await.expect(201);
    let refused = owner.post(&call, &json!({"answers": {"hurt": true}})).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "answers.who");
    let unknown =
        owner.post(&call, &json!({"answers": {"hurt": false, "no": 1}})).await.expect(422);
    assert_eq!(unknown.json()["errors"][0]["code"], "unknown_field");
    let bulk = json!({"submissions": [{"answers": {"hurt": false, "who": "x"}}, {"answers": {"hurt": true}}]});
    let report = owner.post(&format!("{call}/bulk"), &bulk).await.expect(200).json();
    assert_eq!((&report["accepted"], &report["rejected"]), (&json!(1), &json!(1)), "{report}");
    let expected = [json!({"hurt": false}), json!({"hurt": false, "words": "Hello"})];
    assert_eq!(stored(&owner, &id).await, expected);
}
