//! Saying what a form sends, by page and by program.

use serde_json::json;

use crate::world::{a_form, notice, person, start, submit, text};

#[tokio::test]
async fn what_is_wrong_is_said_at_its_place() {
    let (_app, _, program) = start(None).await;
    let form = a_form(&program).await;
    let team = format!("/api/forms/{form}/notices/team");
    let refused = |change| {
        let (program, team) = (&program, &team);
        async move {
            let problem = program.patch(team, &change).await.expect(422).json();
            let first = &problem["errors"][0];
            (text(&first["field"]), text(&first["message"]))
        }
    };
    let (field, message) = refused(json!({"subject": "{{field:nmae}}"})).await;
    assert_eq!(field, "subject");
    let names = "form_title, number, received_at, answers, submission_link, field:name, field:email, field:wish.";
    assert!(message.ends_with(names), "{message}");
    assert_eq!(refused(json!({"enabled": true})).await.0, "recipients");
    assert_eq!(refused(json!({"recipients": ["nobody"]})).await.0, "recipients");
    assert_eq!(refused(json!({"reply_to_field": "name"})).await.0, "reply_to_field");
    assert_eq!(refused(json!({"hourly_cap": 0})).await.0, "hourly_cap");
    assert_eq!(refused(json!({"body": "[x](javascript:x)"})).await.0, "body");
    let respondent = format!("/api/forms/{form}/notices/respondent");
    let problem = program.patch(&respondent, &json!({"enabled": true})).await.expect(422).json();
    assert_eq!(problem["errors"][0]["field"], "field");
    let link = json!({"body": "[x]({{submission_link}})"});
    let problem = program.patch(&respondent, &link).await.expect(422).json();
    assert_eq!(problem["errors"][0]["field"], "body", "respondents cannot open it");
}

#[tokio::test]
async fn a_mail_can_be_looked_at_before_it_is_sent() {
    let (_app, _, program) = start(None).await;
    let form = a_form(&program).await;
    let call = format!("/api/forms/{form}/notices/preview");
    let asked = json!({"respondent": {"subject": "Hi {{field:email}}", "body": "{{answers}}"}});
    let mail = program.post(&call, &asked).await.expect(200).json();
    assert_eq!((&mail["subject"], &mail["number"]), (&json!("Hi ada@example.com"), &json!(null)));
    submit(&program, &form, &[json!({"email": "grace@example.com"})]).await;
    let mail = program.post(&call, &asked).await.expect(200).json();
    assert_eq!((&mail["subject"], &mail["number"]), (&json!("Hi grace@example.com"), &json!(1)));
    assert!(text(&mail["html"]).contains("grace@example.com"));
    for (wrong, complaint) in [
        (json!({"team": {"subject": "{{x}}"}}), "team.subject:unknown_variable"),
        (json!({"team": {"body": "a\0"}}), "team.body:nul_character"),
        (json!({"respondent": {"subject": "a\0"}}), "respondent.subject:nul_character"),
        (json!({"respondent": {"hourly_cap": 0}}), "respondent.hourly_cap:out_of_range"),
    ] {
        let refused = program.post(&call, &wrong).await.expect(422);
        assert_eq!(refused.complaints(), [complaint], "{wrong}");
    }
}

/// A mail has the colour of the form's look, made readable, and its logo at a whole address.
#[tokio::test]
async fn a_mail_looks_like_its_form() {
    let (_app, _, program) = start(None).await;
    let form = a_form(&program).await;
    let call = format!("/api/forms/{form}/notices/preview");
    let asked =
        json!({"respondent": {"subject": "Hi", "body": "[Our page](https://example.com/)"}});
    let html = async || text(&program.post(&call, &asked).await.expect(200).json()["html"]);
    assert!(!html().await.contains(" style="));
    let look = json!({"settings": {"theme": {"accent": "#ffe600"}}});
    program.patch(&format!("/api/forms/{form}"), &look).await.expect(200);
    let theme = program.get(&format!("/api/forms/{form}/theme")).await.expect(200).json();
    let [light, dark] = ["light", "dark"].map(|scheme| &theme[scheme]);
    let html = html().await;
    let (button, ink) = (text(&light["button"]), text(&light["on_button"]));
    assert!(html.contains(&format!("style=\"background:{button};color:{ink}\"")), "{html}");
    assert_ne!(button, "#ffe600", "on white that would not be seen");
    let (button, ink) = (text(&dark["button"]), text(&dark["on_button"]));
    assert!(html.contains(&format!("background: {button} !important; color: {ink} !important")));
}

#[tokio::test]
async fn the_page_does_what_the_calls_do() {
    let (_app, owner, program) = start(None).await;
    let (id, _) = person(&owner);
    let form = a_form(&program).await;
    let page = owner.page(&format!("forms/{form}/notices"));
    let first = owner.get(&page).await.expect(200).text();
    assert!(first.contains("No mail server is set up"));
    let mut sent = vec![
        ("kind", "team"),
        ("enabled", "true"),
        ("member", id.as_str()),
        ("addresses", "desk@example.com\r\n"),
        ("rhythm", "hour"),
        ("hourly_cap", "5"),
        ("subject", "New: {{number}}"),
        ("body", "{{answers}}"),
    ];
    owner.submit(&page, &sent).await.expect(303);
    let kept = program.get(&format!("/api/forms/{form}/notices")).await.expect(200).json();
    let team = &kept["team"];
    assert_eq!((&team["enabled"], &team["rhythm"]), (&json!(true), &json!("hour")));
    assert_eq!((&team["subject"], &team["hourly_cap"]), (&json!("New: {{number}}"), &json!(5)));
    assert_eq!(team["recipients"].as_array().map(Vec::len), Some(2));
    let frame = owner.submit(&format!("{page}/preview"), &sent).await.expect(200);
    assert!(frame.text().contains("<title>New: 1</title>"));
    assert!(frame.header("content-security-policy").contains("sandbox"));
    // What is refused stands there still, with what is wrong.
    sent[6] = ("subject", "New: {{nobody}}");
    let again = owner.submit(&page, &sent).await.expect(422).text();
    assert!(again.contains("New: {{nobody}}") && again.contains("There is no variable {{nobody}}"));
    assert!(
        owner
            .submit(&format!("{page}/preview"), &sent)
            .await
            .expect(200)
            .text()
            .contains("There is no variable")
    );
    notice(&program, &form, "team", json!({"enabled": false})).await;
}
