//! What arrives, by which way, and how often.

use std::collections::HashSet;

use mails::{NewMail, template::Rendered};
use serde_json::json;

use crate::{
    server::{header, plain, taken, way},
    world::{address, detail, log, mail, outcomes, start, write},
};

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn a_mail_arrives_as_it_was_written() {
    let (app, owner) = start(Some(plain())).await;
    let to = address("ada");
    let unsubscribe = format!("https://example.com/mail/unsubscription?token={}", "x".repeat(300));
    let new = NewMail {
        reply_to: Some("desk@bücher.example".into()),
        unsubscribe: Some(unsubscribe.clone()),
        ..mail(&to)
    };
    write(&app, &owner, vec![new.clone(), new]).await;
    app.drain_jobs().await;
    let taken = taken(&to).await;
    assert_eq!(taken.len(), 1);
    let one = &taken[0];
    assert_eq!(one["defects"], json!([]));
    assert_eq!(one["type"], "multipart/alternative");
    assert_eq!(one["text"], "Zwölf Brote.\n\nBis Samstag!\n");
    assert_eq!(one["html"].as_str().map(str::trim), Some("<p>Zwölf <strong>Brote</strong>.</p>"));
    assert_eq!(one["to_name"], "Jürgen “Jim” Müller, Dr.");
    assert_eq!((&one["to_header"], &one["from_name"]), (&json!(to), &json!("Acme")));
    assert_eq!((&one["from"], &one["to"]), (&json!("forms@example.com"), &json!([to])));
    assert!(one["longest_line"].as_i64().is_some_and(|length| length <= 998), "{one}");
    assert_eq!(header(one, "subject").as_deref(), Some("Grüße aus der Bäckerei 🥖"));
    assert_eq!(header(one, "reply-to").as_deref(), Some("desk@xn--bcher-kva.example"));
    assert_eq!(header(one, "auto-submitted").as_deref(), Some("auto-generated"));
    assert_eq!(header(one, "list-unsubscribe"), Some(format!("<{unsubscribe}>")));
    assert_eq!(header(one, "date").as_deref(), Some("Mon, 03 Aug 2026 09:12:00 +0000"));
    let detail = detail(&owner, &to).await;
    let id = detail["mail"]["id"].as_str().expect("an id");
    assert_eq!(header(one, "message-id"), Some(format!("<{id}@example.com>")));
    assert_eq!(
        (&detail["mail"]["state"], &detail["mail"]["attempts"]),
        (&json!("sent"), &json!(1))
    );
    assert!(detail["mail"]["last_answer"].as_str().is_some_and(|text| text.starts_with("250 ")));
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn the_wire_is_protected_and_signed_in_by_starttls_and_by_tls() {
    let secret = "forms%40example.com:p%40ss%2B%C3%BC";
    for (name, scheme) in [("starttls", "smtp"), ("implicit", "smtps")] {
        let smtp = way(name, &format!("{scheme}://{secret}@localhost:{{}}"));
        // To another machine nothing goes without; this one must be told so.
        let smtp = match name {
            "starttls" => way(name, &format!("smtp://{secret}@localhost:{{}}?tls=required")),
            _ => smtp,
        };
        let (app, owner) = start(Some(smtp)).await;
        let to = address(name);
        write(&app, &owner, vec![mail(&to)]).await;
        app.drain_jobs().await;
        let taken = taken(&to).await;
        assert_eq!(taken.len(), 1, "{name}: {}", detail(&owner, &to).await);
        assert_eq!((&taken[0]["tls"], &taken[0]["signed_in"]), (&json!(true), &json!(true)));
        assert_eq!(taken[0]["way"], name);
    }
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn many_workers_send_each_mail_once() {
    let (app, owner) = start(Some(plain())).await;
    let to: Vec<String> = (0..70).map(|_| address("many")).collect();
    write(&app, &owner, to.iter().map(|to| mail(to)).collect()).await;
    tokio::join!(app.drain_jobs(), app.drain_jobs(), app.drain_jobs());
    let mut ids = HashSet::new();
    for to in &to {
        let taken = taken(to).await;
        assert_eq!(taken.len(), 1, "{to}");
        ids.extend(header(&taken[0], "message-id"));
        assert_eq!(outcomes(&detail(&owner, to).await), [json!(["sent", 250])]);
    }
    assert_eq!(ids.len(), 70);
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn nothing_that_people_enter_becomes_a_header_or_another_mail() {
    let (app, owner) = start(Some(plain())).await;
    let (to, evil) = (address("ada"), address("eve"));
    let new = NewMail {
        recipient_name: format!("Ada\r\nBcc: {evil}"),
        content: Rendered {
            subject: format!("Hi\r\nBcc: {evil}\r\n\r\nboo"),
            text: format!("Hi\r\n.\r\nMAIL FROM:<x@example.com>\r\nRCPT TO:<{evil}>\r\n.\n.\n"),
            html: "<p>.</p>\n.\n".into(),
        },
        ..mail(&to)
    };
    write(&app, &owner, vec![new]).await;
    app.drain_jobs().await;
    let seen = taken(&to).await;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0]["to"], json!([to]));
    assert_eq!(header(&seen[0], "bcc"), None);
    assert!(seen[0]["text"].as_str().is_some_and(|text| text.contains("\n.\nMAIL FROM")));
    assert!(taken(&evil).await.is_empty());
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn a_test_goes_to_a_member_and_to_nobody_else() {
    let (app, owner) = start(Some(plain())).await;
    let to = &json!({"to": "eve@example.com"});
    let refused = owner.post("/api/mails/test", to).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "to");
    let people = owner.get("/api/members").await.expect(200).json();
    let member = people["data"][0]["email"].as_str().expect("an address").to_owned();
    let sender = json!({"name": "Acme Bäckerei", "reply_to": "desk@example.com"});
    owner.patch("/api/mails/sender", &sender).await.expect(200);
    let asked = owner.post("/api/mails/test", &json!({"to": member})).await.expect(202).json();
    app.drain_jobs().await;
    let taken = taken(&member).await;
    let id = format!("<{}@example.com>", asked["mail_id"].as_str().expect("an id"));
    let one = taken.iter().find(|one| header(one, "message-id").as_deref() == Some(&id));
    let one = one.expect("the test");
    assert_eq!(one["from_name"], "Acme Bäckerei");
    assert_eq!(header(one, "reply-to").as_deref(), Some("desk@example.com"));
    assert_eq!(log(&owner, &member).await.len(), 1);
}
