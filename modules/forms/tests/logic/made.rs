//! Conditions made on their page, a row at a time, as a browser without scripts sends them.

use kernel::Role;
use serde_json::{Value, json};
use testing::{Actor, Reply};

use super::walked::{published, start};

fn fields() -> Value {
    json!([
        {"key": "topic", "type": "choice", "label": "Topic", "options": ["Order", "Invoice"]},
        {"key": "age", "type": "number", "label": "Age"},
        {"key": "words", "type": "long_text", "label": "Words"},
        {"key": "page", "type": "page", "label": "The end"},
        {"key": "mail", "type": "email", "label": "E-mail"},
    ])
}

async fn form(owner: &Actor, id: &str) -> Value {
    owner.get(&format!("/api/forms/{id}")).await.expect(200).json()
}

/// Sends a row, or another change, of the condition of a field, with the revision that stands now.
async fn send(owner: &Actor, id: &str, key: &str, pairs: &[(&str, &str)]) -> Reply {
    let revision = form(owner, id).await["revision"].to_string();
    let mut all = vec![("revision", revision.as_str()), ("condition", "show_if")];
    all.extend_from_slice(pairs);
    owner.submit(&owner.page(&format!("forms/{id}/fields/{key}/conditions")), &all).await
}

#[tokio::test]
async fn rows_are_added_joined_and_taken_away() {
    let (_app, _anonymous, owner) = start().await;
    let (id, _) = published(&owner, fields()).await;
    let row = [("field", "topic"), ("is", "one_of"), ("value", "Order"), ("value", "Invoice")];
    let sent = send(&owner, &id, "words", &row).await.expect(303);
    assert!(sent.header("location").ends_with("/logic?field=words#rule-words"));
    let row = [("field", "age"), ("is", "at_least"), ("value", " 18 ")];
    send(&owner, &id, "words", &row).await.expect(303);
    let topic = json!({"field": "topic", "is": "one_of", "value": ["Order", "Invoice"]});
    let age = json!({"field": "age", "is": "at_least", "value": 18});
    assert_eq!(form(&owner, &id).await["fields"][2]["show_if"], json!({"all": [topic, age]}));
    send(&owner, &id, "words", &[("joined", "any")]).await.expect(303);
    assert_eq!(form(&owner, &id).await["fields"][2]["show_if"], json!({"any": [topic, age]}));

    let page = owner.page(&format!("forms/{id}/logic?field=words"));
    let page = owner.get(&page).await.expect(200).text();
    assert!(
        page.contains("“Topic” is one of Order, Invoice") && page.contains("“Age” is at least")
    );
    let questions = owner.get(&owner.page(&format!("forms/{id}"))).await.expect(200).text();
    assert!(
        questions.contains("Shown when …") && questions.contains("logic?field=words#rule-words")
    );

    send(&owner, &id, "words", &[("remove", "0")]).await.expect(303);
    assert_eq!(form(&owner, &id).await["fields"][2]["show_if"], json!({"any": [age]}));
    send(&owner, &id, "words", &[("remove", "7")]).await.expect(404);
    send(&owner, &id, "words", &[("remove", "0")]).await.expect(303);
    assert_eq!(form(&owner, &id).await["fields"][2]["show_if"], Value::Null);

    let required = [("condition", "require_if"), ("field", "words"), ("is", "answered")];
    send(&owner, &id, "mail", &required).await.expect(303);
    let mail = form(&owner, &id).await["fields"][4].clone();
    assert_eq!(mail["require_if"], json!({"all": [{"field": "words", "is": "answered"}]}));
    assert_eq!(mail["show_if"], Value::Null);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_beside_its_input_and_kept() {
    let (_app, _anonymous, owner) = start().await;
    let (id, _) = published(&owner, fields()).await;
    for (row, beside) in [
        ([("field", "age"), ("is", "at_least"), ("value", "many")], "value"),
        ([("field", "age"), ("is", "at_least"), ("value", " ")], "value"),
        ([("field", "age"), ("is", "contains"), ("value", "1")], "is"),
        ([("field", "mail"), ("is", "equals"), ("value", "a")], "field"),
        ([("field", "nobody"), ("is", "equals"), ("value", "a")], "field"),
        ([("field", "topic"), ("is", "equals"), ("value", "Else")], "value"),
    ] {
        let refused = send(&owner, &id, "words", &row).await.expect(422).text();
        assert!(refused.contains(&format!("words-show_if-0-{beside}-error")), "{row:?}");
        assert_eq!(form(&owner, &id).await["fields"][2]["show_if"], Value::Null, "{row:?}");
    }
    let row = [("field", "age"), ("is", "at_least"), ("value", "many")];
    let refused = send(&owner, &id, "words", &row).await.expect(422).text();
    assert!(refused.contains("value=\"many\"") && refused.contains("at_least\" selected"));

    // What fits is shown before anything is stored.
    let before = form(&owner, &id).await;
    let choose = owner.page(&format!("forms/{id}/fields/words/conditions?choose=true"));
    let row = [("condition", "show_if"), ("field", "topic"), ("is", "one_of")];
    let chosen = owner.submit(&choose, &row).await.expect(200).text();
    assert!(chosen.contains("name=\"value\" value=\"Invoice\""));
    assert_eq!(form(&owner, &id).await, before);
    send(&owner, &id, "nobody", &row).await.expect(404);
}

#[tokio::test]
async fn a_nested_condition_stays_until_it_is_removed() {
    let (_app, _anonymous, owner) = start().await;
    let nested = json!({"not": {"all": [{"field": "age", "is": "less", "value": 18}]}});
    let mut fields = fields();
    fields[2]["show_if"] = nested.clone();
    let (id, _) = published(&owner, fields).await;
    let page = owner.page(&format!("forms/{id}/logic?field=words"));
    let page = owner.get(&page).await.expect(200).text();
    assert!(page.contains("not (“Age” is less than 18)") && page.contains("Remove condition"));
    let row = [("field", "age"), ("is", "answered")];
    let refused = send(&owner, &id, "words", &row).await.expect(422).text();
    assert!(refused.contains("This condition is nested"));
    assert_eq!(form(&owner, &id).await["fields"][2]["show_if"], nested);
    send(&owner, &id, "words", &[("clear", "true")]).await.expect(303);
    assert_eq!(form(&owner, &id).await["fields"][2]["show_if"], Value::Null);
}

#[tokio::test]
async fn the_slower_of_two_is_told_and_keeps_the_row() {
    let (_app, _anonymous, owner) = start().await;
    let (id, _) = published(&owner, fields()).await;
    let seen = form(&owner, &id).await["revision"].to_string();
    let row = [("field", "age"), ("is", "more"), ("value", "41")];
    send(&owner, &id, "words", &row).await.expect(303);
    let late = [("revision", seen.as_str()), ("field", "age"), ("is", "less"), ("value", "99")];
    let told = send(&owner, &id, "words", &late).await.expect(409).text();
    assert!(told.contains("Someone else changed this form") && told.contains("value=\"99\""));
    let htmx = owner.sending("hx-request", "true");
    let part = send(&htmx, &id, "words", &row).await.expect(200).text();
    assert!(part.starts_with("<div class=\"form-page form-editor\" id=\"form-logic\">"));
}

#[tokio::test]
async fn who_may_only_look_sees_and_tries_the_conditions() {
    let (app, anonymous, owner) = start().await;
    let mut fields = fields();
    fields[2]["show_if"] = json!({"field": "age", "is": "at_least", "value": 18});
    let (id, _) = published(&owner, fields).await;
    let viewer = app.join(&owner, Role::Viewer).await;
    let page = owner.page(&format!("forms/{id}/logic"));
    let seen = viewer.get(&page).await.expect(200).text();
    assert!(seen.contains("Shown only if “Age” is at least 18.") && seen.contains("Not shown"));
    assert!(!seen.contains("Add a condition"));
    let test = owner.page(&format!("forms/{id}/logic_test"));
    let tried = viewer.submit(&test, &[("test.age", "18")]).await.expect(200).text();
    assert!(tried.contains("value=\"18\"") && !tried.contains("Not shown"));
    let part = viewer.sending("hx-request", "true");
    let part = part.submit(&test, &[("test.age", "17")]).await.expect(200).text();
    assert!(part.starts_with("<section class=\"logic\"") && part.contains("Not shown"));
    let change = owner.page(&format!("forms/{id}/fields/words/conditions"));
    viewer.submit(&change, &[("revision", "1"), ("clear", "true")]).await.expect(403);
    anonymous.get(&page).await.expect(303);
}
