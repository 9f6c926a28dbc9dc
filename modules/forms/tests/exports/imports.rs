//! How old answers come in: looked at, checked, stored once, and taken back.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::world::{World, text};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) fn fields() -> Value {
    json!([
        {"key": "name", "type": "short_text", "label": "Your name", "required": true},
        {"key": "email", "type": "email", "label": "E-mail"},
        {"key": "born", "type": "date", "label": "Born"},
        {"key": "paid", "type": "number", "label": "Paid"},
        {"key": "likes", "type": "choices", "label": "Likes", "options": [{"value": "a", "label": "Apples"}, "Bread"]},
        {"key": "again", "type": "yes_no", "label": "Again?"},
    ])
}

pub(crate) async fn sent(world: &World, csv: impl Into<Vec<u8>>) -> Value {
    world.send_file(&world.form, "text/csv", csv.into()).await.expect(201).json()
}

async fn errors(world: &World, import: &str) -> Vec<(i64, String, String)> {
    let page = world.program.get(&format!("/api/imports/{import}/errors")).await.expect(200).json();
    let told = |it: &Value| {
        let line = it["line"].as_i64().unwrap_or(0);
        (line, text(&it["field"]).to_owned(), text(&it["code"]).to_owned())
    };
    page["data"].as_array().expect("errors").iter().map(told).collect()
}

async fn answers(world: &World) -> Vec<Value> {
    world.lines_of(&world.form).await.into_iter().map(|line| line["answers"].clone()).collect()
}

#[tokio::test]
async fn a_file_of_others_is_mapped_checked_mended_and_imported() {
    let world = World::with(fields()).await;
    let csv = "YOUR NAME;E-Mail;Geburtstag;Paid;Likes;Again?;Notes\n\
               Zoë;zoe@example.com;21.11.1999;1.234,5;apples; Ja;x\n\
               ;nobody;31.02.2000;;;;\n\
               Hiro;;;;Apples; Bread;no;\n\
               Mei;mei@example.com;01.02.2003;7;Bread;nein;\n";
    // Windows-1252, as spreadsheets write it.
    let csv: Vec<u8> =
        csv.chars().map(|it| u8::try_from(u32::from(it)).expect("Latin-1")).collect();
    let import = sent(&world, csv).await;
    assert_eq!(import["options"]["encoding"], "windows-1252");
    assert_eq!(import["options"]["delimiter"], "semicolon");
    assert_eq!(import["columns"][0]["samples"], json!(["Zoë", "Hiro", "Mei"]));
    let mapping = json!({"YOUR NAME": "name", "E-Mail": "email", "Geburtstag": null, "Paid": "paid",
                         "Likes": "likes", "Again?": "again", "Notes": null});
    assert_eq!(import["mapping"], mapping);
    let id = text(&import["id"]);
    let change =
        json!({"mapping": {"Geburtstag": "born"}, "options": {"dates": "dmy", "decimal": "comma"}});
    world.program.patch(&format!("/api/imports/{id}"), &change).await.expect(200);
    let checked = world.step(id, "check").await;
    let counts =
        |it: &Value| [&it["rows_done"], &it["rows_stored"], &it["rows_refused"]].map(Value::clone);
    assert_eq!(counts(&checked), [4, 2, 2].map(|it| json!(it)), "{checked}");
    let found = errors(&world, id).await;
    let wanted = [
        (3, "answers.name", "required"),
        (3, "answers.email", "not_an_email"),
        (3, "answers.born", "not_a_date"),
        (4, "row", "cell_count"),
    ];
    assert_eq!(found, wanted.map(|(line, field, code)| (line, field.to_owned(), code.to_owned())));
    assert!(answers(&world).await.is_empty());
    let run = world.step(id, "run").await;
    assert_eq!(counts(&run), [4, 2, 2].map(|it| json!(it)));
    let wanted = [
        json!({"name": "Zoë", "email": "zoe@example.com", "born": "1999-11-21", "paid": 1234.5, "likes": ["a"], "again": true}),
        json!({"name": "Mei", "email": "mei@example.com", "born": "2003-02-01", "paid": 7, "likes": ["Bread"], "again": false}),
    ];
    assert_eq!(answers(&world).await, wanted);
    world.program.post(&format!("/api/imports/{id}/run"), &json!({})).await.expect(409);
    let refused =
        world.program.get(&format!("/api/imports/{id}/refused_rows")).await.expect(200).text();
    assert!(refused.starts_with("\u{feff}Line;Reason;YOUR NAME;"), "{refused}");
    assert_eq!(refused.lines().count(), 3, "{refused}");
    // Mended, it comes in alone.
    let mended = refused
        .replace(";nobody;31.02.2000;", "Ada;ada@example.com;10.12.1815;")
        .replace("Apples; Bread", "\"Apples; Bread\"");
    let again = sent(&world, mended).await;
    let again = text(&again["id"]);
    let change =
        json!({"mapping": {"Geburtstag": "born"}, "options": {"dates": "dmy", "decimal": "comma"}});
    world.program.patch(&format!("/api/imports/{again}"), &change).await.expect(200);
    assert_eq!(world.step(again, "run").await["rows_stored"], 2);
    let all = world.lines_of(&world.form).await;
    assert_eq!(all[3]["answers"]["likes"], json!(["a", "Bread"]));
    assert!(all.iter().all(|line| line["source"] == "import"));
    called_imports(&world).await;
}

#[tokio::test]
async fn an_unknown_option_is_answered_by_those_there_are_as_the_file_writes_them() {
    let world = World::with(fields()).await;
    let import = sent(&world, "Your name,Likes\nAda,Cheese\n").await;
    let id = text(&import["id"]);
    for (values, named) in [("labels", "Apples, Bread"), ("stored", "a, Bread")] {
        let change = json!({"options": {"values": values}});
        world.program.patch(&format!("/api/imports/{id}"), &change).await.expect(200);
        world.step(id, "check").await;
        let found =
            world.program.get(&format!("/api/imports/{id}/errors")).await.expect(200).json();
        let told = format!("Choose one of the options: {named}.");
        assert_eq!(found["data"][0]["message"], told, "{values}");
    }
}

/// On the page of the list, where they may be asked for.
async fn called_imports(world: &World) {
    let list = world.owner.page(&format!("forms/{}/submissions?source=import", world.form));
    let list = world.owner.get(&list).await.expect(200).text();
    let chosen = "<option value=\"import\" selected>Import</option>";
    assert!(
        list.contains("Source: Import") && list.contains(chosen) && !list.contains("Source: API")
    );
}

#[tokio::test]
async fn a_day_that_could_be_two_is_never_read_before_one_has_chosen() {
    let world = World::with(fields()).await;
    let csv = "Your name,Born,Timestamp\nAda,03/11/2025,\nMei,2025/11/04,05/11/2025 10:00\n";
    let import = sent(&world, csv).await;
    assert_eq!(import["options"]["dates"], "ymd");
    let id = text(&import["id"]);
    let checked = world.step(id, "check").await;
    assert_eq!((&checked["rows_stored"], &checked["rows_refused"]), (&json!(0), &json!(2)));
    let told = world.program.get(&format!("/api/imports/{id}/errors")).await.expect(200).json();
    for (place, field) in [(0, "answers.born"), (1, "submitted_at")] {
        let error = &told["data"][place];
        assert_eq!(error["field"], field);
        let message = text(&error["message"]);
        assert!(message.contains("21.11.2026 (dmy) or 11/21/2026 (mdy)"), "{message}");
    }
    let page = world.owner.page(&format!("imports/{id}"));
    assert!(
        world.owner.get(&page).await.expect(200).text().contains("Choose how dates are written")
    );
    let chosen = json!({"options": {"dates": "mdy"}});
    world.program.patch(&format!("/api/imports/{id}"), &chosen).await.expect(200);
    assert_eq!(world.step(id, "run").await["rows_stored"], 2);
    let lines = world.lines_of(&world.form).await;
    assert_eq!(lines[0]["answers"]["born"], "2025-03-11");
    assert_eq!(lines[1]["answers"]["born"], "2025-11-04");
    assert_eq!(lines[1]["submitted_at"], "2025-05-11T10:00:00Z");
}

#[tokio::test]
async fn a_mapping_is_held_to_the_form() {
    let mut with_file = fields();
    with_file
        .as_array_mut()
        .expect("fields")
        .push(json!({"key": "cv", "type": "file", "label": "CV"}));
    let world = World::with(with_file).await;
    let import = sent(&world, "Your name,CV,x\nAda,cv.pdf,1\n").await;
    assert_eq!(import["mapping"], json!({"Your name": "name", "CV": null, "x": null}));
    let path = format!("/api/imports/{}", text(&import["id"]));
    for (mapping, complaint) in [
        (json!({"CV": "cv"}), "mapping.CV:file"),
        (json!({"x": "name"}), "mapping.x:duplicate"),
        (json!({"x": "colour"}), "mapping.x:unknown_field"),
        (json!({"y": "email"}), "mapping.y:unknown_column"),
    ] {
        let refused = world.program.patch(&path, &json!({"mapping": mapping})).await.expect(422);
        assert_eq!(refused.complaints(), [complaint]);
    }
    let none = json!({"mapping": {"Your name": null}});
    world.program.patch(&path, &none).await.expect(200);
    let refused = world.program.post(&format!("{path}/check"), &json!({})).await.expect(422);
    assert_eq!(refused.complaints(), ["mapping:required"]);
    let other = json!({"options": {"delimiter": "semicolon"}});
    let changed = world.program.patch(&path, &other).await.expect(200).json();
    assert_eq!(changed["columns"][0]["name"], "Your name,CV,x");
}

fn large() -> String {
    let mut csv = String::from("Your name,E-mail\n");
    for number in 1..=12_000 {
        csv += &format!("Person {number},p{number}@example.com\n");
    }
    csv
}

/// Looks until it holds, while the jobs are worked beside.
async fn until(world: &World, import: &str, holds: impl Fn(&Value) -> bool) {
    for _ in 0..4_000 {
        if holds(&world.import(import).await) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came so far: {}", world.import(import).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_import_goes_on_and_stores_nothing_twice() {
    let world = Arc::new(World::with(fields()).await);
    let import = sent(&world, large()).await;
    let id = text(&import["id"]);
    world.program.post(&format!("/api/imports/{id}/run"), &json!({})).await.expect(202);
    let beside = world.clone();
    let worker = tokio::spawn(async move { beside.app.drain_jobs().await });
    until(&world, id, |import| import["rows_done"].as_i64() >= Some(2_000)).await;
    worker.abort();
    let _ = worker.await;
    assert_eq!(world.import(id).await["status"], "running", "killed in the middle");
    // The lease of the killed worker runs out, and another takes over.
    world.app.clock.advance(Duration::from_secs(2 * 3_600));
    world.app.drain_jobs().await;
    let done = world.import(id).await;
    assert_eq!((&done["status"], &done["rows_stored"]), (&json!("done"), &json!(12_000)), "{done}");
    let all = world.lines_of(&world.form).await;
    let mut names: Vec<&str> = all.iter().map(|line| text(&line["answers"]["name"])).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!((all.len(), names.len()), (12_000, 12_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_import_goes_on_or_is_taken_back() {
    let world = Arc::new(World::with(fields()).await);
    world.submit(json!({"name": "Somebody else"})).await;
    let import = sent(&world, large()).await;
    let id = text(&import["id"]);
    world.program.post(&format!("/api/imports/{id}/run"), &json!({})).await.expect(202);
    let beside = world.clone();
    let worker = tokio::spawn(async move { beside.app.drain_jobs().await });
    until(&world, id, |import| import["rows_done"].as_i64() >= Some(1_000)).await;
    let path = format!("/api/imports/{id}/cancellation");
    let stopped = world.program.post(&path, &json!({})).await.expect(200).json();
    assert_eq!(stopped["status"], "cancelled");
    worker.await.expect("the worker goes on");
    let count = world.lines_of(&world.form).await.len();
    assert!(count < 12_000, "{count}");
    world.program.post(&path, &json!({})).await.expect(409);
    let changed = json!({"options": {"dates": "dmy"}});
    world.program.patch(&format!("/api/imports/{id}"), &changed).await.expect(409);
    let run = world.step(id, "run").await;
    assert_eq!((&run["status"], &run["rows_stored"]), (&json!("done"), &json!(12_000)), "{run}");
    assert_eq!(world.lines_of(&world.form).await.len(), 12_001);
    // Taken back, only what came otherwise is left.
    let back = world.step(id, "removal").await;
    assert_eq!(
        (&back["rows_removed"], &back["removable"]),
        (&json!(12_000), &json!(false)),
        "{back}"
    );
    let left = world.lines_of(&world.form).await;
    assert_eq!(
        left.iter().map(|it| text(&it["answers"]["name"])).collect::<Vec<_>>(),
        ["Somebody else"]
    );
    world.program.post(&format!("/api/imports/{id}/removal"), &json!({})).await.expect(409);
    assert_eq!(world.step(id, "check").await["rows_stored"], 12_000, "and it can be run again");
}

#[tokio::test]
async fn old_answers_take_no_place_and_keep_nobody_from_answering() {
    let world = World::with(fields()).await;
    let form = format!("/api/forms/{}", world.form);
    let limits = json!({"acceptance": {"submission_limit": 2, "once_by": "field:email"}});
    let with = json!({"fields": [
        {"key": "name", "type": "short_text", "label": "Your name"},
        {"key": "email", "type": "email", "label": "E-mail", "required": true},
    ]});
    world.program.patch(&form, &with).await.expect(200);
    world.program.post(&format!("{form}/publication"), &json!({})).await.expect(200);
    world.program.patch(&form, &limits).await.expect(200);
    let submissions = format!("{form}/submissions");
    let answer = async |email: &str| {
        let answers = json!({"answers": {"name": "New", "email": email}});
        world.program.post(&submissions, &answers).await
    };
    answer("a@example.com").await.expect(201);
    let csv = "Your name,E-mail\nA,a@example.com\nB,b@example.com\nB,b@example.com\nC,c@example.com\nD,d@example.com\n";
    let import = sent(&world, csv).await;
    let id = text(&import["id"]);
    assert_eq!(world.step(id, "check").await["rows_stored"], 5);
    assert_eq!(world.step(id, "run").await["rows_stored"], 5);
    // Whoever has answered has, whoever stands in the file has not, and one place is left.
    assert!(answer("a@example.com").await.expect(422).text().contains("answered_before"));
    answer("b@example.com").await.expect(201);
    assert!(answer("e@example.com").await.expect(410).text().contains("all the submissions"));
    // What was imported gives no place back either.
    assert_eq!(world.step(id, "removal").await["rows_removed"], 5);
    answer("e@example.com").await.expect(410);
    let other = sent(&world, csv).await;
    assert_eq!(world.step(text(&other["id"]), "run").await["rows_stored"], 5, "a full form");
    let all = world.program.get(&submissions).await.expect(200).json();
    let mut new = all["data"].as_array().expect("rows").clone();
    new.retain(|it| it["source"] == "api");
    let deleted = format!("/api/submissions/{}", text(&new[0]["id"]));
    world.program.delete(&deleted).await.expect(204);
    answer("e@example.com").await.expect(201);
    answer("f@example.com").await.expect(410);
    // Closed: only its people may bring in old answers.
    world.program.delete(&format!("{form}/publication")).await.expect(200);
    let closed = sent(&world, csv).await;
    assert_eq!(world.step(text(&closed["id"]), "run").await["rows_stored"], 5);
}

#[tokio::test]
async fn the_desk_works_on_imported_rows_and_nothing_is_left_of_those_taken_back() {
    let world = World::with(fields()).await;
    let submissions = format!("/api/forms/{}/submissions", world.form);
    let found = async |query: &str| {
        let page = world.program.get(&format!("{submissions}?{query}")).await.expect(200).json();
        page["data"].as_array().expect("rows").clone()
    };
    world.submit(json!({"name": "Somebody else", "likes": ["a"]})).await;
    let csv = "Your name,Likes,Timestamp\nAda Quill,Apples,2020-01-01T10:00:00Z\nBo Quill,Apples,\nCy Quill,Bread,\n";
    for round in 0..2 {
        let import = sent(&world, csv).await;
        let id = text(&import["id"]);
        assert_eq!(world.step(id, "run").await["rows_stored"], 3);
        // A moment later they are counted, searched and filtered as all others are.
        world.settle().await;
        assert_eq!(found("source=import").await.len(), 3, "{round}");
        assert_eq!(found("answers.likes=a").await.len(), 3, "{round}");
        let quills = found("q=quill").await;
        assert_eq!(quills.len(), 3, "{round}");
        assert_eq!(quills[2]["submitted_at"], "2020-01-01T10:00:00Z");
        let form = world.program.get(&format!("/api/forms/{}", world.form)).await.json();
        assert_eq!(form["submission_count"], 4);
        // One is put into the bin, one archived with a tag, and one deleted for good.
        let path = |row: &Value| format!("/api/submissions/{}", text(&row["id"]));
        world.program.post(&format!("{}/deletion", path(&quills[0])), &json!({})).await.expect(200);
        world.program.patch(&path(&quills[1]), &json!({"tags": ["vip"]})).await.expect(200);
        world.program.post(&format!("{}/archival", path(&quills[1])), &json!({})).await.expect(200);
        world.program.delete(&path(&quills[2])).await.expect(204);
        let back = world.step(id, "removal").await;
        assert_eq!((&back["status"], &back["rows_removed"]), (&json!("done"), &json!(2)), "{back}");
        for query in ["source=import", "q=quill", "tag=vip", "tray=bin", "tray=archived"] {
            assert!(found(query).await.is_empty(), "{query}, {round}");
        }
        assert_eq!(found("answers.likes=a").await.len(), 1, "{round}");
        let form = world.program.get(&format!("/api/forms/{}", world.form)).await.json();
        assert_eq!(form["submission_count"], 1);
    }
    // What a form keeps no longer goes however it came, and taking it back then finds nothing.
    let import = sent(&world, csv).await;
    let id = text(&import["id"]);
    world.step(id, "run").await;
    world.settle().await;
    let retention = format!("/api/forms/{}/retention", world.form);
    let days = json!({"days": 2}).to_string();
    let kind = Some("application/json");
    let kept = world.program.send(axum::http::Method::PUT, &retention, kind, days.into()).await;
    kept.expect(200);
    world.app.clock.advance(4 * DAY);
    world.app.drain_jobs().await;
    assert!(found("tray=kept").await.is_empty());
    let back = world.step(id, "removal").await;
    assert_eq!((&back["status"], &back["rows_removed"]), (&json!("done"), &json!(0)), "{back}");
}

#[tokio::test]
async fn json_lines_of_any_kind_come_in() {
    let world = World::with(fields()).await;
    let lines = "{\"Your name\":\"Ada\",\"likes\":[\"a\"],\"x\":1}\n\
                 {\"name\":3,\"again\":\"yes\"}\n\
                 not json\n\
                 {\"Your name\":\"Hiro\",\"answers\":{\"paid\":2.5},\"later\":true}\n";
    let kind = "application/x-ndjson";
    let import = world.send_file(&world.form, kind, lines.into()).await.expect(201).json();
    let id = text(&import["id"]);
    let nul = json!({"mapping": {"a\0b": "email"}});
    let refused = world.program.patch(&format!("/api/imports/{id}"), &nul).await.expect(422);
    assert_eq!(refused.complaints(), ["mapping.a\0b:nul_character"]);
    let run = world.step(id, "run").await;
    assert_eq!(run["status"], "done", "{run}");
    let found = errors(&world, id).await;
    assert_eq!(
        found,
        [(2, "answers.name".into(), "required".into()), (3, "row".into(), "malformed".into())]
    );
    let wanted = [json!({"name": "Ada", "likes": ["a"]}), json!({"name": "Hiro", "paid": 2.5})];
    assert_eq!(answers(&world).await, wanted);
    let refused =
        world.program.get(&format!("/api/imports/{id}/refused_rows")).await.expect(200).text();
    assert!(refused.lines().count() == 2 && refused.contains("import_error"), "{refused}");
}

#[tokio::test]
async fn files_go_after_a_week_and_what_is_stored_can_still_be_taken_back() {
    let world = World::with(fields()).await;
    let (used, unused) =
        (sent(&world, "Your name\nAda\n").await, sent(&world, "Your name\nHiro\n").await);
    let (used, unused) = (text(&used["id"]), text(&unused["id"]));
    assert_eq!(world.step(used, "run").await["rows_stored"], 1);
    world.app.clock.advance(8 * DAY);
    world.app.drain_jobs().await;
    world.program.get(&format!("/api/imports/{unused}")).await.expect(404);
    assert_eq!(world.import(used).await["expires_at"], Value::Null);
    world.program.get(&format!("/api/imports/{used}/refused_rows")).await.expect(410);
    assert_eq!(world.step(used, "removal").await["rows_removed"], 1);
    assert!(answers(&world).await.is_empty());
    world.app.clock.advance(2 * DAY);
    world.app.drain_jobs().await;
    assert_eq!(world.stored_files(), 1, "only the file of the last export");
}

#[tokio::test]
async fn who_reads_does_not_import_and_who_sends_does_not_read() {
    let world = World::with(fields()).await;
    let path = format!("/api/forms/{}/imports", world.form);
    let import = sent(&world, "Your name\nAda\n").await;
    let id = text(&import["id"]);
    let here = format!("/api/imports/{id}");
    let check = format!("{here}/check");
    let reading = world.owner.with_key(&["forms:read", "submissions:read"]).await;
    reading.get(&path).await.expect(200);
    reading.get(&here).await.expect(200);
    reading.post(&check, &json!({})).await.expect(403);
    // What a file holds is as little for those who only send as what others have sent.
    let sending = world.owner.with_key(&["forms:read", "submissions:write"]).await;
    for seen in [&path, &here, &format!("{here}/errors"), &format!("{here}/refused_rows")] {
        sending.get(seen).await.expect(403);
    }
    let samples = |told: Value| told["columns"][0]["samples"].clone();
    let left = json!({"mapping": {}});
    assert_eq!(samples(sending.patch(&here, &left).await.expect(200).json()), json!([]));
    assert_eq!(samples(sending.post(&check, &json!({})).await.expect(202).json()), json!([]));
    let stop = format!("{here}/cancellation");
    assert_eq!(samples(sending.post(&stop, &json!({})).await.expect(200).json()), json!([]));
    assert_eq!(samples(reading.get(&here).await.expect(200).json()), json!(["Ada"]));
    sending.post(&format!("/api/imports/{id}/removal"), &json!({})).await.expect(403);
    let stranger = world.app.register("Mallory Stranger", "Elsewhere").await;
    stranger.get(&format!("/api/imports/{id}")).await.expect(404);
}

#[tokio::test]
async fn on_the_page_one_sends_a_file_chooses_checks_and_imports() {
    let world = World::with(fields()).await;
    let page = world.owner.page(&format!("forms/{}/imports", world.form));
    assert!(world.owner.get(&page).await.expect(200).text().contains("No import yet"));
    let token = world.owner.csrf_token().await.expect("a session");
    let file = [("file", "old answers.csv", "Your name,Rest\nAda,x\n,y\n")];
    world.owner.send_parts(&page, &[("csrf_token", "forged")], &file).await.expect(403);
    let wrong = [("file", "old.csv", "a,a\n1,2\n")];
    let refused = world.owner.send_parts(&page, &[("csrf_token", token.as_str())], &wrong).await;
    assert!(refused.expect(422).text().contains("are both called “a”"));
    let taken = world.owner.send_parts(&page, &[("csrf_token", token.as_str())], &file).await;
    let here = taken.expect(303).header("location").to_owned();
    let shown = async || world.owner.get(&here).await.expect(200).text();
    assert!(shown().await.contains("Such as Ada"));
    let chosen = [("columns", "2"), ("column-0", "name"), ("column-1", ""), ("then", "check")];
    let mapping = format!("{here}/mapping");
    let outdated = [("columns", "3"), ("then", "check")];
    world.owner.submit(&mapping, &outdated).await.expect(422);
    world.owner.submit(&mapping, &chosen).await.expect(303);
    assert!(shown().await.contains("live:import.progressed"), "it follows by itself");
    world.settle().await;
    let checked = shown().await;
    assert!(checked.contains("Import 1 row") && checked.contains("What is wrong"), "{checked}");
    world.owner.submit::<[(&str, &str)]>(&format!("{here}/run"), &[]).await.expect(303);
    world.settle().await;
    let done = shown().await;
    for part in ["deletion", "removal"] {
        let asked = format!("<form method=\"post\" action=\"{here}/{part}\">");
        let (before, _) = done.split_once(&asked).expect("it can be done");
        assert!(before.rfind("<dialog") > before.rfind("</dialog>"), "{part} asks before");
    }
    assert!(
        done.contains("Take this import back") && done.contains("Delete 1 imported submission?")
    );
    assert_eq!(answers(&world).await, [json!({"name": "Ada"})]);
    world.owner.submit::<[(&str, &str)]>(&format!("{here}/deletion"), &[]).await.expect(303);
    world.owner.get(&here).await.expect(404);
    assert_eq!(answers(&world).await.len(), 1);
}
