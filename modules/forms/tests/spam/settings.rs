//! A form's protection: by API, on the page of settings, and in the document of a form.

use serde_json::json;

use crate::world::World;

const USUAL: &str = r#"{"honeypot":true,"min_seconds":2,"hourly_limit":null,"daily_limit":null,"proof_of_work":false,"learned":"careful"}"#;

#[tokio::test]
async fn a_form_is_protected_as_usual_until_someone_says_otherwise() {
    let world = World::new().await;
    let path = format!("/api/forms/{}", world.form);
    let form = world.owner.get(&path).await.expect(200).json();
    assert_eq!(form["protection"].to_string(), USUAL);
    let strict = json!({"min_seconds": 5, "hourly_limit": 20, "daily_limit": 50});
    let changed = world.protect(strict).await.expect(200).json();
    let wanted = json!({"honeypot": true, "min_seconds": 5, "hourly_limit": 20, "daily_limit": 50,
               "proof_of_work": false, "learned": "careful"});
    assert_eq!(changed["protection"], wanted);
    // It holds at once, without a new version.
    assert_eq!((&changed["changed"], &changed["version"]), (&json!(false), &json!(1)));
    let opened = world.open().await;
    world.wait(4);
    world.send(&world.anonymous, &[("message", "quick"), ("_ticket", &opened.ticket)]).await;
    assert_eq!(world.tray("spam").await.len(), 1);

    let document = world.owner.get(&format!("{path}/document")).await.expect(200).json();
    assert_eq!(document["protection"], wanted);
    let again = world.owner.post("/api/forms", &document).await.expect(201).json();
    assert_eq!(again["protection"], wanted);
    let copy = world.owner.post(&format!("{path}/copies"), &json!({})).await.expect(201).json();
    assert_eq!(copy["protection"], wanted);
    let usual = world.protect(json!({})).await.expect(200).json();
    assert_eq!(usual["protection"].to_string(), USUAL);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_by_name() {
    let world = World::new().await;
    let wrong = json!({"min_seconds": 61, "hourly_limit": 0});
    let refused = world.protect(wrong.clone()).await.expect(422).json();
    let fields = |reply: &serde_json::Value| -> Vec<String> {
        let errors = reply["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|it| it["field"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let named = ["protection.min_seconds", "protection.hourly_limit"];
    assert_eq!(fields(&refused), named);
    let made =
        json!({"title": "T", "fields": [{"type": "nps", "label": "N"}], "protection": wrong});
    assert_eq!(fields(&world.owner.post("/api/forms", &made).await.expect(422).json()), named);
    let unknown = world.protect(json!({"captcha": true})).await.expect(422).json();
    assert_eq!(fields(&unknown), ["protection.captcha"]);
}

#[tokio::test]
async fn the_page_of_settings_says_it_in_words() {
    let world = World::new().await;
    let path = world.owner.page(&format!("forms/{}/settings", world.form));
    let page = world.owner.get(&path).await.expect(200).text();
    assert!(page.contains("name=\"honeypot\"") && page.contains("value=\"2\""), "{page}");
    let form = world.owner.get(&format!("/api/forms/{}", world.form)).await.json();
    let revision = form["revision"].to_string();
    let wrong = [("revision", revision.as_str()), ("min_seconds", "soon"), ("hourly_limit", "0")];
    let refused = world.owner.submit(&path, &wrong).await.expect(422).text();
    assert!(refused.contains("href=\"#min_seconds\"") && refused.contains("value=\"soon\""));
    let right = [
        ("revision", revision.as_str()),
        ("min_seconds", "0"),
        ("daily_limit", "9"),
        ("learned", "strict"),
    ];
    world.owner.submit(&path, &right).await.expect(303);
    let form = world.owner.get(&format!("/api/forms/{}", world.form)).await.json();
    let wanted = json!({"honeypot": false, "min_seconds": 0, "hourly_limit": null, "daily_limit": 9,
               "proof_of_work": false, "learned": "strict"});
    assert_eq!(form["protection"], wanted);
    let page = world.anonymous.get(&world.hosted).await.expect(200).text();
    assert!(!page.contains("aria-hidden=\"true\" inert"));
}
