//! Answers that must not get lost: sent again, sent late, sent by somebody else's key.

use axum::http::Method;
use serde_json::json;

use super::{Made, start, text};

#[tokio::test]
async fn the_public_page_uses_up_no_keys_of_programs() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Orders").await;
    let hosted = form.publish().await;
    let api = format!("/api/forms/{}/submissions", form.id);
    let answers = |message: &str| json!({"answers": {"your_message": message}});
    let key = |actor: &testing::Actor| actor.sending("idempotency-key", "order-1041");
    key(&anonymous).post(&hosted, &answers("squatter")).await.expect(201);
    let stored = key(&owner).post(&api, &answers("an order")).await.expect(201).json();
    let again = key(&owner).post(&api, &answers("an order")).await.expect(200).json();
    assert_eq!(stored["id"], again["id"]);
    // The right content under a program's key tells nothing to those without one.
    let guessed = key(&anonymous).post(&hosted, &answers("an order")).await.expect(409);
    assert!(!guessed.text().contains(text(&stored["id"])));
    assert_eq!(form.submissions().await.len(), 2);
}

#[tokio::test]
async fn a_repeat_gets_its_receipt_after_the_form_was_changed_and_closed() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Orders").await;
    form.publish().await;
    let api = format!("/api/forms/{}/submissions", form.id);
    let keyed = owner.sending("idempotency-key", "order-7");
    let (sent, other) =
        (json!({"answers": {"your_message": "a"}}), json!({"answers": {"your_message": "b"}}));
    let first = keyed.post(&api, &sent).await.expect(201).json();
    form.add("Name", "short_text", &[("required", "true")]).await;
    form.publish().await;
    let repeat = keyed.post(&api, &sent).await.expect(200);
    assert_eq!(repeat.header("idempotent-replayed"), "true");
    assert_eq!(repeat.json()["id"], first["id"]);
    keyed.post(&api, &other).await.expect(422);
    owner.post(&api, &sent).await.expect(422);
    owner.delete(&format!("/api/forms/{}/publication", form.id)).await;
    assert_eq!(keyed.post(&api, &sent).await.expect(200).json()["id"], first["id"]);
    keyed.post(&api, &other).await.expect(410);
    owner.post(&api, &sent).await.expect(410);
    assert_eq!(form.submissions().await.len(), 1);
}

/// Whatever was sent first is judged as it was then: the order of the questions and what they fill in by
/// themselves may have changed since.
#[tokio::test]
async fn a_repeat_is_the_same_content_after_questions_were_moved() {
    let (_app, anonymous, owner, _) = start().await;
    let made = json!({"title": "Orders", "fields": [
        {"key": "a", "type": "short_text", "label": "A"}, {"key": "b", "type": "short_text", "label": "B"},
    ]});
    let id = text(&owner.post("/api/forms", &made).await.expect(201).json()["id"]).to_owned();
    let (path, publication) = (format!("/api/forms/{id}"), format!("/api/forms/{id}/publication"));
    owner.post(&publication, &json!({})).await.expect(200);
    let hosted = owner.get(&path).await.expect(200).json()["path"].clone();
    let ways = [
        (owner.clone(), format!("{path}/submissions")),
        (owner.clone(), format!("{path}/submissions/bulk")),
        (anonymous.clone(), text(&hosted).to_owned()),
    ];
    let item = |key: &str| json!({"answers": {"a": "1", "b": "2"}, "idempotency_key": key});
    let send = async |number: usize, status: u16| {
        let (actor, path) = &ways[number];
        let item = item(&format!("order-{}", number.min(1)));
        if path.ends_with("/bulk") {
            let report = actor.post(path, &json!({"submissions": [item]})).await.expect(200).json();
            return (report["items"][0]["status"].clone(), report["items"][0]["id"].clone());
        }
        let reply = actor.post(path, &item).await.expect(status).json();
        (reply["status"].clone(), reply["id"].clone())
    };
    let first = [send(0, 201).await, send(1, 201).await, send(2, 201).await];
    let moved = json!({"fields": [
        {"key": "b", "type": "short_text", "label": "B"}, {"key": "a", "type": "short_text", "label": "A"},
        {"key": "c", "type": "hidden", "label": "C", "default": "new"},
    ]});
    owner.patch(&path, &moved).await.expect(200);
    owner.post(&publication, &json!({})).await.expect(200);
    for (number, (_, id)) in first.iter().enumerate() {
        assert_eq!(&send(number, 200).await.1, id, "{number}");
    }
    assert_eq!(send(1, 200).await.0, "duplicate");
    let other = json!({"answers": {"a": "1", "b": "3"}, "idempotency_key": "order-0"});
    owner.post(&ways[0].1, &other).await.expect(409);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_repeat_of_what_is_being_deleted_is_a_repeat_or_new() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Orders").await;
    form.publish().await;
    let api = format!("/api/forms/{}/submissions", form.id);
    let sent = json!({"answers": {"your_message": "a"}, "idempotency_key": "order-7"});
    let repeat = |()| {
        let (owner, api, sent) = (owner.clone(), api.clone(), sent.clone());
        tokio::spawn(async move {
            for _ in 0..40 {
                let reply = owner.post(&api, &sent).await;
                assert!(matches!(reply.status(), 200 | 201), "{}", reply.text());
                let path = format!("/api/submissions/{}", text(&reply.json()["id"]));
                owner.delete(&path).await;
            }
        })
    };
    for repeating in [(); 6].map(repeat) {
        repeating.await.expect("everybody was answered");
    }
    assert!(form.submissions().await.is_empty());
}

#[tokio::test]
async fn a_body_that_goes_on_is_refused_once_the_sender_is_turned_out() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    form.publish().await;
    let key = json!({"name": "A program", "scopes": ["submissions:write"]});
    let key = owner.post("/api/api-keys", &key).await.expect(201).json();
    let program = owner.with_bearer(text(&key["key"]));
    let bulk = format!("/api/forms/{}/submissions/bulk", form.id);
    let revoke = format!("/api/api-keys/{}", text(&key["id"]));
    let owner_too = owner.clone();
    let lines = futures::stream::unfold(0, move |part| {
        let (owner, revoke) = (owner_too.clone(), revoke.clone());
        async move {
            if part == 2 {
                owner.delete(&revoke).await.expect(204);
            }
            let lines = "{\"answers\": {}}\n".repeat(1_000);
            (part < 4).then_some((Ok::<_, std::io::Error>(lines), part + 1))
        }
    });
    let body = axum::body::Body::from_stream(lines);
    program.send(Method::POST, &bulk, Some("application/x-ndjson"), body).await.expect(401);
    let path = format!("/api/forms/{}/submissions?limit=1", form.id);
    let newest = owner.get(&path).await.expect(200).json()["data"][0]["number"].clone();
    assert_eq!(newest, 2_000);
}

#[tokio::test]
async fn who_goes_back_and_sends_another_file_is_not_thanked_for_nothing() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Apply").await;
    form.add("CV", "file", &[]).await;
    let hosted = form.publish().await;
    let send = async |message: &str, content: &str| {
        let texts = [("_key", "0123456789"), ("your_message", message)];
        anonymous.send_parts(&hosted, &texts, &[("cv", "cv.txt", content)]).await.expect(303);
        form.submissions().await.len()
    };
    assert_eq!(send("mine", "old").await, 1);
    assert_eq!(send("mine", "old").await, 1, "pressed twice");
    assert_eq!(send("mine", "new").await, 2, "another file");
    assert_eq!(send("yours", "new").await, 3, "another answer");
    assert_eq!(send("yours", "new").await, 3, "pressed twice");
}

#[tokio::test]
async fn a_file_whose_name_is_no_utf_8_is_kept() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Apply").await;
    form.add("CV", "file", &[]).await;
    let hosted = form.publish().await;
    let mut body =
        b"--XX\r\ncontent-disposition: form-data; name=\"cv\"; filename=\"r\xe9sum\xe9.pdf\""
            .to_vec();
    body.extend_from_slice(b"\r\ncontent-type: application/pdf\r\n\r\nborn\r\n--XX--\r\n");
    let kind = Some("multipart/form-data; boundary=XX");
    anonymous.send(Method::POST, &hosted, kind, body.into()).await.expect(303);
    let stored = form.submissions().await.remove(0);
    let page = owner.page(&format!("submissions/{}", text(&stored["id"])));
    let page = owner.get(&page).await.expect(200).text();
    assert!(page.contains("r\u{fffd}sum\u{fffd}.pdf"), "{page}");
}

#[tokio::test]
async fn a_page_that_was_opened_before_a_change_answers_what_it_asked() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    let hosted = form.publish().await;
    let page = anonymous.get(&hosted).await.expect(200).text();
    let (_, action) = page.split_once("action=\"").expect("a form leads somewhere");
    let action = action.split('"').next().unwrap_or_default().to_owned();
    let name = json!({"key": "name", "type": "short_text", "label": "Name", "required": true});
    let path = format!("/api/forms/{}", form.id);
    owner.patch(&path, &json!({"fields": [name]})).await.expect(200);
    form.publish().await;
    anonymous.submit(&action, &[("your_message", "precious")]).await.expect(303);
    let stored = form.submissions().await.remove(0);
    assert_eq!(stored["answers"]["your_message"], "precious");
    assert_eq!(stored["form_version"], 1);
    // A version that there never was is no way around today's questions.
    for none in ["9", "0", "-1", "x"] {
        let path = format!("{hosted}?_version={none}");
        anonymous.submit(&path, &[("your_message", "x")]).await.expect(422);
    }
}

#[tokio::test]
async fn a_long_list_is_lines_and_not_all_faults_of_all_items_are_told() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Contact us").await;
    for number in 0..25 {
        form.add(&format!("Field {number}"), "yes_no", &[("required", "true")]).await;
    }
    form.publish().await;
    let bulk = format!("/api/forms/{}/submissions/bulk", form.id);
    let json = Some("application/json");
    let list = format!("{{\"submissions\": [{}1]}}", "1,".repeat(100_000));
    let refused = owner.send(Method::POST, &bulk, json, list.into()).await.expect(422).json();
    assert!(text(&refused["errors"][0]["message"]).contains("x-ndjson"), "{refused}");
    let lines = Some("application/x-ndjson");
    let body = "{\"answers\": {}}\n".repeat(1_200);
    let report = owner.send(Method::POST, &bulk, lines, body.into()).await.expect(200).json();
    let told = |index: usize| report["items"][index]["errors"].as_array().map_or(0, Vec::len);
    assert_eq!((told(0), told(1_199)), (20, 1));
    assert_eq!(report["rejected"], 1_200);
}
