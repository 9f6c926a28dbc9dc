//! Files among the answers.

use files::Files;
use serde_json::json;

use super::{Made, look_as_viewer, start, text};

#[tokio::test]
async fn a_file_is_held_to_the_limits_of_its_field_and_can_be_fetched() {
    let (app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Apply").await;
    form.add("CV", "file", &[]).await;
    let limits = [("label", "CV"), ("max_files", "1"), ("max_bytes", "0.001"), ("accept", ".txt")];
    form.submit("fields/cv", &limits).await.expect(303);
    let hosted = form.publish().await;
    let send = async |texts: &[(&str, &str)], files: &[(&str, &str, &str)]| {
        anonymous.send_parts(&hosted, texts, files).await
    };
    let large = "x".repeat(2_000);
    let refusals = [
        (vec![("cv", "cv.txt", large.as_str())], "larger than"),
        (vec![("cv", "cv.exe", "x")], "not of a type"),
        (vec![("cv", "a.txt", "x"), ("cv", "b.txt", "y")], "at most 1"),
    ];
    for (files, told) in refusals {
        let refused = send(&[("your_message", "kept")], &files).await.expect(422).text();
        assert!(refused.contains(told) && refused.contains("kept"), "{told}");
    }
    assert!(form.submissions().await.is_empty());
    send(&[("_key", "0123456789")], &[("cv", "Ma vie.txt", "born")]).await.expect(303);
    send(&[("_key", "0123456789")], &[("cv", "Ma vie.txt", "born")]).await.expect(303);
    send(&[("your_message", "none")], &[("cv", "", "")]).await.expect(303);
    let stored = form.submissions().await;
    assert_eq!(stored.len(), 2, "the same page sent twice is stored once");
    let (submission, file) = (text(&stored[1]["id"]), text(&stored[1]["answers"]["cv"][0]));
    let page = owner.page(&format!("submissions/{submission}"));
    assert!(owner.get(&page).await.expect(200).text().contains("Ma vie.txt"));
    let fetched = owner.get(&format!("{page}/files/{file}")).await.expect(200);
    assert_eq!(fetched.text(), "born");
    assert_eq!(fetched.header("content-disposition"), "attachment; filename*=UTF-8''Ma%20vie.txt");
    let other =
        format!("{}/files/{file}", owner.page(&format!("submissions/{}", text(&stored[0]["id"]))));
    owner.get(&other).await.expect(404);
    // A text cannot name a file, neither one's own nor that of someone else, and neither can JSON.
    let taken = anonymous.post(&hosted, &json!({"answers": {"cv": [file]}})).await.expect(422);
    assert_eq!(taken.json()["errors"][0]["field"], "answers.cv");
    anonymous.submit(&hosted, &[("your_message", "guess"), ("cv", file)]).await.expect(303);
    assert!(form.submissions().await[0]["answers"].get("cv").is_none());

    look_as_viewer(&app, &owner, &form.id).await;
}

#[tokio::test]
async fn what_was_taken_back_is_repeated_by_nothing() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Apply").await;
    form.add("CV", "file", &[]).await;
    form.publish().await;
    let unknown = "fil_01jd3v8m2nf0q8zjt5x9y7k6ab";
    let item = json!({"idempotency_key": "one", "answers": {"cv": [unknown]}});
    let bulk = format!("/api/forms/{}/submissions/bulk", form.id);
    let report = owner.post(&bulk, &json!({"submissions": [item, item]})).await.expect(200).json();
    for item in report["items"].as_array().expect("items") {
        assert_eq!(item["status"], "rejected", "{report}");
        assert_eq!(item["errors"][0]["code"], "unknown_file");
    }
    assert!(form.submissions().await.is_empty());
}

#[tokio::test]
async fn a_file_is_part_of_one_submission_and_of_no_other() {
    let (app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Apply").await;
    form.add("CV", "file", &[]).await;
    let hosted = form.publish().await;
    let cv = [("cv", "cv.txt", "born")];
    anonymous.send_parts::<&str>(&hosted, &[], &cv).await.expect(303);
    let first = form.submissions().await.remove(0);
    let file = text(&first["answers"]["cv"][0]).to_owned();
    let api = format!("/api/forms/{}/submissions", form.id);
    let unknown = "fil_01jd3v8m2nf0q8zjt5x9y7k6ab";
    for id in [file.as_str(), unknown] {
        let refused = owner.post(&api, &json!({"answers": {"cv": [id]}})).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "answers.cv");
        assert_eq!(refused["errors"][0]["code"], "unknown_file");
    }
    let items = json!({"submissions": [
        {"answers": {"your_message": "mine"}},
        {"answers": {"cv": [file]}},
        {"answers": {"your_message": "also mine"}},
    ]});
    let report = owner.post(&format!("{api}/bulk"), &items).await.expect(200).json();
    assert_eq!((&report["accepted"], &report["rejected"]), (&json!(2), &json!(1)));
    assert_eq!(report["items"][1]["errors"][0]["field"], "answers.cv");
    assert_eq!(form.submissions().await.len(), 3);
    let page = owner.page(&format!("submissions/{}", text(&first["id"])));
    let fetch = async || owner.get(&format!("{page}/files/{file}")).await.status();
    assert_eq!(fetch().await, 200);

    // An upload that nothing has claimed yet can be named by whoever knows its id.
    let new = files::NewFile {
        collection: form.id.clone(),
        place: None,
        name: "later.txt".into(),
        content_type: None,
        limit_bytes: 10,
        bytes: futures::stream::iter([Ok("later".into())]),
    };
    let (house, workspace) = (&app.house, owner.workspace().id);
    let store = Files::local(&app.database.folder().join("files")).expect("a folder");
    let fresh = store.put(&house.db, workspace, new, &house.clock, &house.chance).await;
    let fresh = fresh.expect("stored").id.to_string();
    let body = json!({"answers": {"cv": [fresh]}, "idempotency_key": "one"});
    let claimed = owner.post(&api, &body).await.expect(201).json();
    owner.post(&api, &body).await.expect(200);
    let page = owner.page(&format!("submissions/{}", text(&claimed["id"])));
    assert_eq!(owner.get(&format!("{page}/files/{fresh}")).await.expect(200).text(), "later");
    owner.post(&api, &json!({"answers": {"cv": [fresh]}})).await.expect(422);
    owner.get(&format!("{page}/files/{file}")).await.expect(404);
    owner.delete(&format!("/api/submissions/{}", text(&claimed["id"]))).await.expect(204);
    assert_eq!(fetch().await, 200);
}
