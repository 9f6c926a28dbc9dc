//! What links in mails lead to: saying yes to mails, and saying no to more of them.

use axum::http::Method;
use serde_json::json;

use crate::world::{HOUR, a_form, detail, log, notice, person, settle, start, submit, text};

/// The path and the secret of the first link to a page of mails.
fn link(said: &str, page: &str) -> (String, String) {
    let at = said.find(page).expect("a link");
    let rest = &said[at..];
    let end = rest.find(|letter: char| letter.is_whitespace()).unwrap_or(rest.len());
    let (_, token) = rest[..end].split_once("token=").expect("a secret");
    (rest[..end].to_owned(), token.to_owned())
}

#[tokio::test]
async fn nothing_goes_to_an_address_before_its_owner_has_said_yes() {
    let (app, owner, program) = start(None).await;
    let form = a_form(&program).await;
    let change = json!({"enabled": true, "recipients": ["Desk@Example.com"]});
    let key = owner.with_key(&["*"]).await;
    let made = notice(&key, &form, "team", change).await;
    assert_eq!(made["recipients"], json!([{"to": "desk@example.com", "state": "waiting"}]));
    submit(&program, &form, &[json!({"name": "a"})]).await;
    settle(&app).await;
    assert!(log(&program, &format!("about={form}")).await.is_empty());
    let asked = log(&program, "recipient=desk@example.com").await;
    assert_eq!((asked.len(), &asked[0]["purpose"]), (1, &json!("confirmation")));
    let said = text(&detail(&program, &asked[0]).await["text"]);
    let (path, token) = link(&said, "/mail/confirmation");
    // Whoever only looks at the link has not said yes: programs look at links.
    let page = app.anonymous().get(&path).await.expect(200).text();
    assert!(page.contains("desk@example.com") && page.contains("Yes, send them"));
    // Asked again within the hour, it gets no second mail.
    notice(&program, &form, "team", json!({"hourly_cap": 50})).await;
    assert_eq!(log(&program, "recipient=desk@example.com").await.len(), 1);
    for wrong in ["", "x", &token[..token.len() - 2]] {
        app.anonymous().submit("/mail/confirmation", &[("token", wrong)]).await.expect(410);
    }
    app.anonymous().submit("/mail/confirmation", &[("token", token.as_str())]).await.expect(200);
    let kept = program.get(&format!("/api/forms/{form}/notices")).await.expect(200).json();
    assert_eq!(kept["team"]["recipients"][0]["state"], "confirmed");
    submit(&program, &form, &[json!({"name": "b"})]).await;
    settle(&app).await;
    assert_eq!(log(&program, &format!("about={form}")).await.len(), 1);
}

#[tokio::test]
async fn whoever_declines_gets_no_more_of_that_form() {
    let (app, owner, program) = start(None).await;
    let (id, email) = person(&owner);
    let (form, other) = (a_form(&program).await, a_form(&program).await);
    let (stranger, _) = person(&app.register("Eve Moneypenny", "Globex").await);
    let path = format!("/api/forms/{form}/notices/team");
    let refused = program.patch(&path, &json!({"recipients": [stranger]})).await;
    assert_eq!(refused.expect(422).complaints(), ["recipients:not_a_member"]);
    for form in [&form, &other] {
        notice(&program, form, "team", json!({"enabled": true, "recipients": [id]})).await;
        submit(&program, form, &[json!({"name": "a"})]).await;
    }
    settle(&app).await;
    let first = log(&program, &format!("about={form}")).await;
    let said = text(&detail(&program, &first[0]).await["text"]);
    let (path, _) = link(&said, "/mail/unsubscription");
    assert!(app.anonymous().get(&path).await.expect(200).text().contains(&email));
    // As a mail program presses the button (RFC 8058).
    let one_click = [("List-Unsubscribe", "One-Click")];
    app.anonymous().submit(&path, &one_click).await.expect(200);
    let parts = "--x\r\ncontent-disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let kind = Some("multipart/form-data; boundary=x");
    app.anonymous().send(Method::POST, &path, kind, parts.into()).await.expect(200);
    app.clock.advance(HOUR);
    for form in [&form, &other] {
        submit(&program, form, &[json!({"name": "b"})]).await;
    }
    settle(&app).await;
    assert_eq!(log(&program, &format!("about={form}")).await.len(), 1);
    assert_eq!(log(&program, &format!("about={other}")).await.len(), 2);
}
