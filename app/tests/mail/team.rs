//! The mail to the team.

use std::collections::HashSet;

use serde_json::json;

use crate::{
    server::{header, plain, taken},
    world::{
        HOUR, MINUTE, a_form, detail, log, notice, person, settle, start, subjects, submit, text,
    },
};

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn a_submission_reaches_the_team_with_its_answers() {
    let (app, owner, program) = start(Some(plain())).await;
    let (id, _) = person(&owner);
    let form = a_form(&program).await;
    submit(&program, &form, &[json!({"name": "Before"})]).await;
    settle(&app).await;
    let subject = format!("{{{{form_title}}}}: {{{{field:name|nobody}}}} {form}");
    let change =
        json!({"enabled": true, "recipients": [id], "subject": subject, "reply_to_field": "email"});
    notice(&owner.with_key(&["*"]).await, &form, "team", change).await;
    let wish = json!({"name": "Grace <b>“Amazing”</b>", "email": "grace@example.com", "wish": "Two\nloaves"});
    submit(&program, &form, &[wish]).await;
    settle(&app).await;
    settle(&app).await;
    let log = log(&program, &format!("about={form}")).await;
    assert_eq!(log.len(), 1, "what came in before is not told");
    assert_eq!((&log[0]["state"], &log[0]["purpose"]), (&json!("sent"), &json!("submission")));
    let taken = taken(&text(&log[0]["to"])).await;
    let named = format!("<{}@example.com>", text(&log[0]["id"]));
    let mail = taken.iter().find(|one| header(one, "message-id").as_deref() == Some(&named));
    let mail = mail.expect("it arrived");
    let wanted = format!("Bread & Butter: Grace <b>“Amazing”</b> {form}");
    assert_eq!(header(mail, "subject"), Some(wanted));
    assert_eq!(header(mail, "reply-to").as_deref(), Some("grace@example.com"));
    let (plain, html) = (text(&mail["text"]), text(&mail["html"]));
    assert!(plain.contains("Your name:\n  Grace <b>“Amazing”</b>\n"), "{plain}");
    assert!(plain.contains("Wish:\n  Two\n  loaves"), "{plain}");
    assert!(html.contains("Grace &lt;b&gt;“Amazing”&lt;/b&gt;") && html.contains("Two<br>loaves"));
    let link = format!("http://localhost/w/{}/submissions/sub_", owner.workspace().slug);
    assert!(plain.contains(&link) && html.contains(&format!("href=\"{link}")), "{plain}");
    assert_eq!(mail["defects"], json!([]));
}

#[tokio::test]
async fn every_submission_is_told_once_by_however_many_workers() {
    let (app, owner, program) = start(None).await;
    let (id, _) = person(&owner);
    let form = a_form(&program).await;
    let change = json!({"enabled": true, "recipients": [id], "hourly_cap": 1000, "subject": "{{field:name}}"});
    notice(&program, &form, "team", change).await;
    let answers: Vec<_> = (0..600).map(|number| json!({"name": format!("n{number}")})).collect();
    submit(&program, &form, &answers).await;
    app.clock.advance(MINUTE);
    tokio::join!(app.drain_jobs(), app.drain_jobs(), app.drain_jobs());
    settle(&app).await;
    let mut names = HashSet::new();
    let (mut cursor, mut count) = (String::new(), 0);
    loop {
        let page = program.get(&format!("/api/mails?about={form}&limit=200{cursor}")).await;
        let page = page.expect(200).json();
        let mails = page["data"].as_array().expect("a list");
        count += mails.len();
        names.extend(subjects(mails));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!((count, names.len()), (600, 600));
}

#[tokio::test]
async fn above_the_cap_the_rest_comes_in_one_mail() {
    let (app, owner, program) = start(None).await;
    let (id, _) = person(&owner);
    let form = a_form(&program).await;
    let change =
        json!({"enabled": true, "recipients": [id], "hourly_cap": 2, "subject": "{{field:name}}"});
    notice(&program, &form, "team", change).await;
    for name in ["a", "b", "c"] {
        submit(&program, &form, &[json!({"name": name})]).await;
        settle(&app).await;
    }
    let more: Vec<_> = (0..500).map(|number| json!({"name": format!("n{number}")})).collect();
    submit(&program, &form, &more).await;
    settle(&app).await;
    assert_eq!(subjects(&log(&program, &format!("about={form}")).await), ["a", "b"]);
    let kept = program.get(&format!("/api/forms/{form}/notices")).await.expect(200).json();
    assert_eq!(kept["team"]["waiting_count"], 501);
    app.clock.advance(HOUR);
    settle(&app).await;
    let mails = log(&program, &format!("about={form}")).await;
    assert_eq!(subjects(&mails), ["a", "b", "Bread & Butter: 501 new submissions"]);
    assert_eq!(mails[2]["purpose"], "digest");
    let said = text(&detail(&program, &mails[2]).await["text"]);
    assert!(said.contains("Your name: n499") && !said.contains("Your name: n0\n"), "{said}");
    assert!(said.contains("And 481 more."), "{said}");
    // Nothing waits any more, and a new hour has room for single ones again.
    submit(&program, &form, &[json!({"name": "z"})]).await;
    settle(&app).await;
    app.clock.advance(2 * HOUR);
    settle(&app).await;
    assert_eq!(subjects(&log(&program, &format!("about={form}")).await)[3..], ["z"]);
}

#[tokio::test]
async fn what_comes_in_within_a_time_comes_in_one_mail() {
    let (app, owner, program) = start(None).await;
    let (id, _) = person(&owner);
    let form = a_form(&program).await;
    let change = json!({"enabled": true, "recipients": [id], "rhythm": "quarter_hour"});
    notice(&program, &form, "team", change).await;
    submit(&program, &form, &[json!({"name": "a"}), json!({"name": "b"})]).await;
    settle(&app).await;
    app.clock.advance(5 * MINUTE);
    submit(&program, &form, &[json!({"name": "c"})]).await;
    settle(&app).await;
    assert!(log(&program, &format!("about={form}")).await.is_empty());
    app.clock.advance(11 * MINUTE);
    tokio::join!(app.drain_jobs(), app.drain_jobs());
    let mails = log(&program, &format!("about={form}")).await;
    assert_eq!(subjects(&mails), ["Bread & Butter: 3 new submissions"]);
    app.clock.advance(HOUR);
    settle(&app).await;
    assert_eq!(log(&program, &format!("about={form}")).await.len(), 1);
}

#[tokio::test]
async fn switched_off_and_on_again_it_tells_of_what_is_new() {
    let (app, owner, program) = start(None).await;
    let (id, _) = person(&owner);
    let form = a_form(&program).await;
    let on = json!({"enabled": true, "recipients": [id], "subject": "{{field:name}}"});
    notice(&program, &form, "team", on).await;
    submit(&program, &form, &[json!({"name": "a"})]).await;
    settle(&app).await;
    notice(&program, &form, "team", json!({"enabled": false})).await;
    submit(&program, &form, &[json!({"name": "b"})]).await;
    // It is not handed over yet when it is switched on again.
    notice(&program, &form, "team", json!({"enabled": true})).await;
    submit(&program, &form, &[json!({"name": "c"})]).await;
    settle(&app).await;
    assert_eq!(subjects(&log(&program, &format!("about={form}")).await), ["a", "c"]);
    program.delete(&format!("/api/forms/{form}")).await.expect(204);
    settle(&app).await;
    app.clock.advance(HOUR);
    settle(&app).await;
}

#[tokio::test]
async fn what_lies_in_spam_or_bin_is_told_to_nobody_until_it_is_released() {
    let (app, owner, program) = start(None).await;
    let (id, _) = person(&owner);
    let form = a_form(&program).await;
    let change = json!({"enabled": true, "recipients": [id], "subject": "{{field:name}}"});
    notice(&program, &form, "team", change).await;
    notice(&program, &form, "respondent", json!({"enabled": true, "field": "email"})).await;
    let call = format!("/api/forms/{form}/submissions");
    let mut ids = Vec::new();
    for name in ["spam", "bin", "kept"] {
        let answers = json!({"name": name, "email": format!("{name}@example.com")});
        let receipt = program.post(&call, &json!({"answers": answers})).await.expect(201).json();
        ids.push(text(&receipt["id"]));
    }
    let part = |place: usize, part: &str| format!("/api/submissions/{}/{part}", ids[place]);
    program.post(&part(0, "spam"), &json!({})).await.expect(200);
    program.post(&part(1, "deletion"), &json!({})).await.expect(200);
    settle(&app).await;
    // Written at one moment, they are in no order.
    let told: HashSet<String> =
        subjects(&log(&program, &format!("about={form}")).await).into_iter().collect();
    assert_eq!(told, HashSet::from(["kept", "Your answers to Bread & Butter"].map(String::from)));
    program.delete(&part(0, "spam")).await.expect(200);
    settle(&app).await;
    // Put away and taken out again, it is told no second time.
    program.post(&part(0, "spam"), &json!({})).await.expect(200);
    program.delete(&part(0, "spam")).await.expect(200);
    settle(&app).await;
    let told = log(&program, &format!("about={form}")).await;
    assert_eq!(told.len(), 4);
    assert!(log(&program, "recipient=bin@example.com").await.is_empty());
    assert_eq!(log(&program, "recipient=spam@example.com").await.len(), 1);
    // In one mail of several only those are counted that are kept.
    notice(&program, &form, "team", json!({"rhythm": "hour"})).await;
    notice(&program, &form, "respondent", json!({"enabled": false})).await;
    submit(&program, &form, &[json!({"name": "a"}), json!({"name": "b"})]).await;
    let receipt = program.post(&call, &json!({"answers": {"name": "c"}})).await.expect(201).json();
    let discarded = format!("/api/submissions/{}/deletion", text(&receipt["id"]));
    program.post(&discarded, &json!({})).await.expect(200);
    settle(&app).await;
    app.clock.advance(2 * HOUR);
    settle(&app).await;
    let told = log(&program, &format!("about={form}")).await;
    assert_eq!(subjects(&told)[4..], ["Bread & Butter: 2 new submissions"]);
}

#[tokio::test]
async fn old_answers_that_are_imported_are_told_by_no_mail() {
    let (app, owner, program) = start(None).await;
    let (id, _) = person(&owner);
    let form = a_form(&program).await;
    let change = json!({"enabled": true, "recipients": [id], "rhythm": "hour"});
    notice(&program, &form, "team", change).await;
    let answer = json!({"enabled": true, "field": "email"});
    notice(&program, &form, "respondent", answer).await;
    let path = format!("/api/forms/{form}/imports");
    let csv = "name,email\nOld one,old@example.com\nOld two,older@example.com\n";
    let sent = program.send(axum::http::Method::POST, &path, Some("text/csv"), csv.into()).await;
    let import = text(&sent.expect(201).json()["id"]);
    submit(&program, &form, &[json!({"name": "New", "email": "new@example.com"})]).await;
    program.post(&format!("/api/imports/{import}/run"), &json!({})).await.expect(202);
    settle(&app).await;
    app.clock.advance(HOUR);
    settle(&app).await;
    let log = log(&program, &format!("about={form}")).await;
    let to: Vec<String> = log.iter().map(|mail| text(&mail["to"])).collect();
    assert!(to.contains(&"new@example.com".to_owned()), "{to:?}");
    assert_eq!(log.len(), 2, "one to who answered, one to the team: {to:?}");
    let digest = log.iter().find(|mail| mail["purpose"] == "digest").expect("the team's");
    let digest = text(&detail(&program, digest).await["text"]);
    assert!(digest.contains("1 new submission") && digest.contains("New"), "{digest}");
    assert!(!digest.contains("Old"), "{digest}");
}
