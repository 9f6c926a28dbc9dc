//! The proof: one person's data in every corner, and afterwards in none.

use std::time::Duration;

use axum::http::Method;
use db::sql;
use serde_json::{Value, json};
use web::Cx;

use crate::{
    catalog,
    world::{World, echo, text},
};

/// A name that nothing else is called by, so that no word of it can be overlooked.
const ADDRESS: &str = "Quixotina@Bücher.example";
const IN_ASCII: &str = "quixotina@xn--bcher-kva.example";
const NEEDLES: [&str; 3] = ["quixotina", "xn--bcher-kva", "0171 2233"];

const HOUR: Duration = Duration::from_secs(60 * 60);

/// Puts the person into every corner; gives the form of most of it.
async fn everywhere(world: &World) -> String {
    let form = world.contact().await;
    told_of(world, &form).await;
    for (address, wish) in [
        (ADDRESS, "First"),
        ("QUIXOTINA@BÜCHER.EXAMPLE", "In spam"),
        ("quixotina@xn--bcher-kva.example", "In the bin"),
        ("Quixotina@bücher.example", "Archived"),
    ] {
        let answers =
            json!({"name": "Quixotina", "email": address, "topic": "Order", "wish": wish});
        let id = world.submit(&form, answers).await;
        worked_on(world, &id, wish).await;
        world
            .submit(&form, json!({"name": "Bob", "email": "bob@bob.example", "topic": "Order"}))
            .await;
    }
    world.settle().await;
    in_files(world, &form).await;
    in_other_forms(world).await;
    in_filters(world, &form).await;
    in_sources(world).await;
    in_logs(world, &form).await;
    world.settle().await;
    world.app.clock.advance(2 * HOUR);
    world.settle().await;
    form
}

/// Webhooks whose program answers with what it got, and mails to the team and back.
pub(crate) async fn told_of(world: &World, form: &str) {
    let hook =
        json!({"url": echo().await, "event_types": ["submission.received", "submission.deleted"]});
    world.program.post("/api/webhooks", &hook).await.expect(201);
    let owner = world.owner.user.as_ref().expect("a person").id.to_string();
    let team = json!({"enabled": true, "recipients": [owner], "reply_to_field": "email",
                      "subject": "From {{field:name}}", "body": "{{field:wish}}"});
    let back = json!({"enabled": true, "field": "email", "subject": "Dear {{field:name}}"});
    for (kind, change) in [("team", team), ("respondent", back)] {
        let call = format!("/api/forms/{form}/notices/{kind}");
        world.program.patch(&call, &change).await.expect(200);
    }
}

/// Into its tray, with a comment and a tag; the comment's reply is kept for repeats.
async fn worked_on(world: &World, submission: &str, wish: &str) {
    let part = |part: &str| format!("/api/submissions/{submission}/{part}");
    let tray = match wish {
        "In spam" => Some("spam"),
        "In the bin" => Some("deletion"),
        "Archived" => Some("archival"),
        _ => None,
    };
    if let Some(tray) = tray {
        let program = world.program.sending("idempotency-key", submission);
        program.post(&part(tray), &json!({})).await.expect(200);
    }
    let comment = json!({"text": format!("Called {IN_ASCII}, 0171 2233")});
    let program = world.program.sending("idempotency-key", &format!("{submission}-comment"));
    program.post(&part("comments"), &comment).await.expect(201);
    let change = json!({"tags": ["VIP"], "status": "done"});
    world.program.patch(&format!("/api/submissions/{submission}"), &change).await.expect(200);
}

/// An export, imports with rows that were taken and refused, and an upload.
async fn in_files(world: &World, form: &str) {
    let exports = format!("/api/forms/{form}/exports");
    world.program.post(&exports, &json!({"format": "csv"})).await.expect(202);
    world.settle().await;
    let imports = format!("/api/forms/{form}/imports?name=quixotina@b%C3%BCcher.example.csv");
    let csv = format!(
        "Your name,E-mail,Topic\nQuixotina,{ADDRESS},Order\nQuixotina,,{IN_ASCII}\n\
                       Carl,nobody,Order\n"
    );
    for run in [true, false] {
        let sent = world.program.send(Method::POST, &imports, Some("text/csv"), csv.clone().into());
        let import = text(&sent.await.expect(201).json()["id"]);
        let step = format!("/api/imports/{import}/{}", if run { "run" } else { "check" });
        world.program.post(&step, &json!({})).await.expect(202);
        world.settle().await;
    }
    let others = "Your name,E-mail\nDora,dora@dora.example\n";
    let path = imports.replace("quixotina", "dora");
    let others = world.program.send(Method::POST, &path, Some("text/csv"), others.into());
    others.await.expect(201);
    let fields = json!([{"key": "cv", "type": "file", "label": "CV"},
                        {"key": "email", "type": "email", "label": "E-mail"}]);
    let jobs = world.form("Jobs", fields, json!({})).await;
    let public = text(&world.program.get(&format!("/api/forms/{jobs}")).await.json()["public_id"]);
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"cv\"; filename=\"quixotina.txt\"\r\n\
         content-type: text/plain\r\n\r\nborn Quixotina\r\n\
         --x\r\ncontent-disposition: form-data; name=\"email\"\r\n\r\n{ADDRESS}\r\n--x--\r\n"
    );
    let kind = Some("multipart/form-data; boundary=x");
    let hosted = format!("/f/{public}");
    world.app.anonymous().send(Method::POST, &hosted, kind, body.into()).await.expect(303);
}

/// One answer a person, a link of their own, an unseen field, metadata, a key, a phone number; archived and deleted.
async fn in_other_forms(world: &World) {
    let email = json!([{"key": "email", "type": "email", "label": "E-mail", "required": true}]);
    let once = world.form("Once", email, json!({"once_by": "field:email"})).await;
    world.submit(&once, json!({"email": ADDRESS})).await;
    world.program.post(&format!("/api/forms/{once}/archival"), &json!({})).await.expect(200);

    let plain = json!([{"key": "who", "type": "hidden", "label": "Who"},
                       {"key": "phone", "type": "short_text", "label": "Phone"}]);
    let plain = world.form("Plain", plain, json!({})).await;
    world.submit(&plain, json!({"who": ADDRESS})).await;
    world.submit(&plain, json!({"phone": " 0171 2233"})).await;
    world
        .submit_with(&plain, json!({"answers": {}, "metadata": {"user": {"mail": IN_ASCII}}}))
        .await;
    let key = format!("sign-up:{IN_ASCII}");
    world.submit_with(&plain, json!({"answers": {}, "idempotency_key": key})).await;

    let deleted = world.contact().await;
    world.submit(&deleted, json!({"email": ADDRESS, "name": "Quixotina"})).await;
    world.settle().await;
    // As in the moment between its deletion and the job that sweeps it.
    let mut tx = world.app.house.db.begin(world.owner.workspace().id).await.expect("a change");
    let gone = sql("update form set deleted_at = 1 where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(&deleted)
        .run(&mut tx)
        .await;
    assert_eq!(gone.expect("marked"), 1);
    tx.commit().await.expect("marked");
}

/// Somebody has looked for the person, and has done and ordered things by that.
async fn in_filters(world: &World, form: &str) {
    let call = |part: &str| format!("/api/forms/{form}/{part}");
    let filter = format!("answers.email={}", IN_ASCII.replace('@', "%40"));
    let action = json!({"action": "archive", "filter": filter});
    world.program.post(&call("bulk_actions"), &action).await.expect(202);
    let export = json!({"format": "jsonl", "q": IN_ASCII});
    let order = json!({"export": export, "every": "day", "at": "06:30"});
    world.program.post(&call("export-schedules"), &order).await.expect(201);
    let view = json!({"name": format!("Of {IN_ASCII}"), "filter": "status=done"});
    world.program.post(&call("views"), &view).await.expect(201);
    let mut tx = world.app.house.db.begin(world.owner.workspace().id).await.expect("a change");
    for statement in [
        "insert into mail_refusal (workspace_id, address, about, at) values ($1, $2, 'frm_1', 1)",
        "insert into mail_address (workspace_id, address, asked_by, asked_at) values ($1, $2, 'usr_1', 1)",
    ] {
        let address = "quixotina@bücher.example";
        sql(statement).bind(tx.workspace()).bind(address).run(&mut tx).await.expect("kept");
    }
    sql("update form_notice set reply_to = $2 where workspace_id = $1 and kind = 'respondent'")
        .bind(tx.workspace())
        .bind(ADDRESS)
        .run(&mut tx)
        .await
        .expect("kept");
    tx.commit().await.expect("kept");
}

/// A link of their own, by which they looked twice, answered once, and say nothing of themselves; others came otherwise.
async fn in_sources(world: &World) {
    let fields = json!([{"key": "wish", "type": "short_text", "label": "Wish"}]);
    let form = json!({"title": "Visited", "fields": fields, "protection": {"min_seconds": 0}});
    let form = world.program.post("/api/forms", &form).await.expect(201).json();
    let (id, path) = (text(&form["id"]), text(&form["path"]));
    world.program.post(&format!("/api/forms/{id}/publication"), &json!({})).await.expect(200);
    let person = world.app.anonymous().sending("user-agent", "Mozilla/5.0 Firefox/140.0");
    let mine = format!("{path}?utm_source={}", IN_ASCII.replace('@', "%40"));
    for address in [&mine, &mine, &format!("{path}?utm_source=other")] {
        person.get(address).await.expect(200);
    }
    let visit = format!("shown={}&source={IN_ASCII}", world.app.clock.now().micros() / 1_000_000);
    person.submit(&path, &[("wish", "Bread"), ("_visit", &visit)]).await.expect(303);
    person.submit(&path, &[("wish", "Rolls")]).await.expect(303);
    world.settle().await;
    let insights = format!("/api/forms/{id}/insights");
    for _ in 0..100 {
        let visits = world.program.get(&insights).await.expect(200).json()["visits"].clone();
        if visits["view_count"] == 3 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the views are not counted");
}

/// What a mail server answered, which names the recipient.
async fn in_logs(world: &World, form: &str) {
    world.settle().await;
    let log = world.program.get(&format!("/api/mails?about={form}&limit=200")).await.expect(200);
    let mail_id = text(&log.json()["data"][0]["id"]).parse().expect("a mail");
    let cx =
        Cx::new(world.app.house.clone(), Some(world.owner.workspace().id), kernel::Actor::System);
    let mut tx = cx.begin().await.expect("a change");
    let reason = format!("550 5.1.1 <{IN_ASCII}> no such user");
    tx.record(&mails::MailFailed { mail_id, reason }).await.expect("told");
    tx.commit().await.expect("told");
}

fn whom() -> Value {
    json!({"email": "quixotina@BÜCHER.example", "text": "0171 2233"})
}

/// Where the person is before.
const PLACES: [&str; 24] = [
    "submission.answers",
    "submission.metadata",
    "submission.idempotency_key",
    "submission.visit",
    "visit_count.term",
    "insight_count.term",
    "submission_facet.term",
    "submission_comment.text",
    "form_import.columns",
    "form_import_error.value",
    "webhook_message.payload",
    "webhook_attempt.response_body",
    "mail.recipient",
    "mail.reply_to",
    "mail.body_text",
    "mail_refusal.address",
    "mail_address.address",
    "form_notice.reply_to",
    "bulk_action.selection",
    "form_export_schedule.request",
    "saved_view.name",
    "event.payload",
    "idempotent_reply.body",
    "file.name",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_the_person_is_left_in_any_table_or_file() {
    let world = World::start().await;
    let form = everywhere(&world).await;
    let before = catalog::places(&world.app, &NEEDLES).await;
    for place in PLACES {
        assert!(before.contains(&place.to_owned()), "{place} holds nothing to erase: {before:?}");
    }
    assert!(catalog::files(&world.folder, &NEEDLES) >= 3, "files hold something to erase");

    let found = world.search(&whom()).await;
    assert_eq!(found["email"], "quixotina@BÜCHER.example");
    assert_eq!(found["found"]["submissions"], 4 + 1 + 1 + 1 + 4 + 1 + 1, "{found}");
    assert_eq!(found["found"]["forms"].as_array().expect("forms").len(), 6);
    let erased = world.erase(&found).await;
    for part in [
        "submissions",
        "files",
        "comments",
        "imports",
        "sources",
        "webhook_messages",
        "mails",
        "exports",
        "mail_addresses",
        "events",
        "replies",
        "filters",
    ] {
        assert_eq!(erased["erased"][part], found["found"][part], "{part}: {erased}");
        assert!(found["found"][part].as_i64() > Some(0), "{part}: {found}");
    }
    // The word stays sealed no longer, and the files go with the next sweep.
    assert_eq!((&erased["email"], &erased["text"]), (&Value::Null, &Value::Null));
    world.app.clock.advance(25 * HOUR);
    world.settle().await;
    assert_eq!(catalog::places(&world.app, &NEEDLES).await, Vec::<String>::new());
    assert_eq!(catalog::files(&world.folder, &NEEDLES), 0);
    assert_eq!(world.listed(&form, "tray=kept").await, 4, "the others stay");
    views_are_from_elsewhere(&world).await;
}

/// All that there were are still counted.
async fn views_are_from_elsewhere(world: &World) {
    let visited = world.program.get("/api/forms").await.expect(200).json();
    let visited = visited["data"].as_array().expect("forms");
    let visited = visited.iter().find(|form| form["title"] == "Visited").expect("it is there");
    let insights = format!("/api/forms/{}/insights", text(&visited["id"]));
    let visits = world.program.get(&insights).await.expect(200).json()["visits"].clone();
    let sources = visits["sources"].as_array().expect("sources");
    assert_eq!(sources.len(), 1, "{visits}");
    assert_eq!((&sources[0]["source"], &sources[0]["view_count"]), (&json!("other"), &json!(3)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_be_shown_later_that_the_person_was_erased() {
    let world = World::start().await;
    let form = world.contact().await;
    world.submit(&form, json!({"email": ADDRESS})).await;
    world.settle().await;
    let found = world.search(&json!({"email": ADDRESS})).await;
    assert_eq!(found["earlier"], json!([]));
    let first = world.erase(&found).await;
    let again = world.search(&json!({"email": IN_ASCII})).await;
    assert_eq!(again["earlier"][0]["id"], first["id"]);
    assert_eq!(again["address_hash"], first["address_hash"]);
    assert_eq!(again["found"]["submissions"], 0);
    let other = world.search(&json!({"email": "bob@bob.example"})).await;
    assert_eq!(other["earlier"], json!([]));
    // The search that is left holds the address under seal alone.
    assert_eq!(catalog::places(&world.app, &NEEDLES).await, Vec::<String>::new());
}
