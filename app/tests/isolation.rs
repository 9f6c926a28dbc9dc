//! Every route of the whole program, tried by everyone who must not pass.

use axum::http::Method;
use files::Files;
use jobs::{Job, NewJob, When};
use mewayz::{modules, wiring::wiring};
use outbound::Outbound;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp, TestSettings, walk};

/// A dead letter to be: its handler needs a form, which it does not name, and it has one attempt.
#[derive(Serialize, Deserialize)]
struct Hopeless {}

impl Job for Hopeless {
    const KIND: &'static str = "submissions.process";
    const QUEUE: &'static str = "submissions";
    const MAX_ATTEMPTS: u32 = 1;
}

/// Operator and owner at once, so that there is nothing of the house they may not see.
async fn start() -> (TestApp, Actor) {
    let settings = TestSettings { wiring: wiring(), ..TestSettings::default() };
    let app = TestApp::start_with(settings, |parts| {
        let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
        let outbound = Outbound::new(vec!["127.0.0.1".parse().expect("an address")]);
        let systems = modules::Systems { files, mail: None, master_key: [7; 32], outbound };
        modules::systems(&parts.house, systems)
    })
    .await;
    let owner = app.operator().await;
    (app, owner)
}

#[tokio::test]
async fn no_route_of_the_house_lets_a_stranger_pass() {
    let (app, owner) = start().await;
    let (form, submission, file) = a_form_with_an_upload(&app, &owner).await;
    let (export, schedule) = exports_of(&owner, &form).await;
    let import = an_import(&owner, &form).await;
    let erasure = json!({"email": "grace@example.com"});
    let erasure = id(&owner.post("/api/erasures", &erasure).await.expect(202));
    let job = a_dead_letter(&app, &owner).await;
    let (webhook, delivery) = a_webhook_with_a_delivery(&owner).await;
    let mail = a_mail(&app, &owner).await;
    let key = json!({"name": "A program", "scopes": ["forms:read"]});
    let key = id(&owner.post("/api/api-keys", &key).await.expect(201));
    let folder = json!({"name": "Events"});
    let folder = id(&owner.post("/api/form_folders", &folder).await.expect(201));
    let picture = a_picture(&owner, &form).await;
    let user = owner.user.as_ref().expect("a person").id.to_string();
    let (comment, bulk_action) = work_on(&owner, &form, &submission).await;
    let view = json!({"name": "Returns"});
    let view = id(&owner.post(&format!("/api/forms/{form}/views"), &view).await.expect(201));
    let examples: &[(&str, &str)] = &[
        ("export", &export),
        ("erasure", &erasure),
        ("field", "cv"),
        ("bulk_action", &bulk_action),
        ("comment", &comment),
        ("delivery", &delivery),
        ("file", &file),
        ("folder", &folder),
        ("form", &form),
        ("import", &import),
        ("job", &job),
        ("key", &key),
        ("mail", &mail),
        ("picture", &picture),
        ("place", "logo"),
        ("rendition", "card"),
        ("schedule", &schedule),
        ("submission", &submission),
        ("user", &user),
        ("version", "1"),
        ("view", &view),
        ("webhook", &webhook),
    ];
    walk(&app, &owner, examples).await;
}

/// A picture of the form's look, of one dot.
async fn a_picture(owner: &Actor, form: &str) -> String {
    let dot = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";
    let head = b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\n\r\n";
    let body = [&head[..], dot, b"\r\n--x--\r\n"].concat();
    let kind = Some("multipart/form-data; boundary=x");
    let path = format!("/api/forms/{form}/pictures");
    let taken = owner.send(Method::POST, &path, kind, body.into()).await.expect(201).json();
    text(&taken["file"])
}

/// Its id, and those of a submission and of the file that came with it.
async fn a_form_with_an_upload(app: &TestApp, owner: &Actor) -> (String, String, String) {
    let fields = json!([{"key": "cv", "type": "file", "label": "Your life"}]);
    let form = json!({"title": "Apply", "fields": fields});
    let form = owner.post("/api/forms", &form).await.expect(201).json();
    let (id, public_id) = (text(&form["id"]), text(&form["public_id"]));
    owner.post(&format!("/api/forms/{id}/publication"), &json!({})).await;
    let body = "--x\r\ncontent-disposition: form-data; name=\"cv\"; filename=\"cv.txt\"\r\n\
                content-type: text/plain\r\n\r\nborn\r\n--x--\r\n";
    let kind = Some("multipart/form-data; boundary=x");
    let hosted = format!("/f/{public_id}");
    app.anonymous().send(Method::POST, &hosted, kind, body.into()).await.expect(303);
    let page = owner.get(&format!("/api/forms/{id}/submissions")).await.expect(200).json();
    let submission = &page["data"][0];
    (id, text(&submission["id"]), text(&submission["answers"]["cv"][0]))
}

/// An export of a form, and a schedule for more of them.
async fn exports_of(owner: &Actor, form: &str) -> (String, String) {
    let export = json!({"format": "csv"});
    let asked = owner.post(&format!("/api/forms/{form}/exports"), &export).await.expect(202);
    let order = json!({"export": export, "every": "day", "at": "06:30"});
    let schedules = format!("/api/forms/{form}/export-schedules");
    (id(&asked), id(&owner.post(&schedules, &order).await.expect(201)))
}

/// A file of old answers, not imported yet.
async fn an_import(owner: &Actor, form: &str) -> String {
    let (path, kind) = (format!("/api/forms/{form}/imports"), Some("text/csv"));
    let csv = "Your life,Notes\ncv.pdf,old\n";
    id(&owner.send(Method::POST, &path, kind, csv.into()).await.expect(201))
}

/// Their ids; nobody listens at that address.
async fn a_webhook_with_a_delivery(owner: &Actor) -> (String, String) {
    let webhook =
        json!({"url": "http://127.0.0.1:9/hooks", "event_types": ["submission.received"]});
    let made = owner.post("/api/webhooks", &webhook).await.expect(201).json();
    let webhook = text(&made["webhook"]["id"]);
    let test = owner.post(&format!("/api/webhooks/{webhook}/test"), &json!({})).await.expect(202);
    (webhook, text(&test.json()["delivery_id"]))
}

/// A comment on the submission, and something done with many.
async fn work_on(owner: &Actor, form: &str, submission: &str) -> (String, String) {
    let comment = json!({"text": "Seen."});
    let comment = owner.post(&format!("/api/submissions/{submission}/comments"), &comment).await;
    let action = json!({"action": "restore", "filter": "tray=archived"});
    let action = owner.post(&format!("/api/forms/{form}/bulk_actions"), &action).await;
    (id(&comment.expect(201)), id(&action.expect(202)))
}

/// Its id; there is no server that takes it.
async fn a_mail(app: &TestApp, owner: &Actor) -> String {
    let (house, at) = (&app.house, app.house.clock.now());
    let mail = mails::NewMail {
        source: "test".into(),
        at,
        purpose: mails::purpose::ANSWER,
        about: "frm_01".into(),
        recipient: "grace@example.com".into(),
        recipient_name: "Grace".into(),
        reply_to: None,
        content: mails::template::Rendered {
            subject: "Hello".into(),
            text: "Hello".into(),
            html: "<p>Hello</p>".into(),
        },
        unsubscribe: None,
    };
    let mut tx = house.db.begin(owner.workspace().id).await.expect("a transaction");
    let ids = mails::write(&mut tx, vec![mail], at, &house.chance).await.expect("written");
    tx.commit().await.expect("a commit");
    ids[0].to_string()
}

async fn a_dead_letter(app: &TestApp, owner: &Actor) -> String {
    let house = &app.house;
    let job = NewJob::of(Some(owner.workspace().id), &Hopeless {}, When::Now);
    let mut tx = house.db.system("a test enqueues").await.expect("a transaction");
    jobs::enqueue_many(&mut tx, vec![job], house.clock.now(), &house.chance).await.expect("room");
    tx.commit().await.expect("a commit");
    app.drain_jobs().await;
    let dead = owner.get("/api/admin/jobs/dead").await.expect(200).json();
    text(&dead["data"][0]["id"])
}

fn id(reply: &Reply) -> String {
    text(&reply.json()["id"])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
