//! What stands in the files.

use std::io::Read;

use serde_json::{Value, json};

use crate::world::{World, text};

fn records(csv: &str) -> Vec<Vec<String>> {
    divided(csv, b',')
}

fn divided(csv: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).delimiter(delimiter).from_reader(csv.as_bytes());
    let rows = reader.records().map(|row| row.expect("a record"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

fn answers() -> Value {
    let options =
        json!([{"value": "a", "label": "First"}, {"value": "b", "label": "Second; best"}]);
    json!([
        {"key": "name", "type": "short_text", "label": "Your name"},
        {"key": "age", "type": "number", "label": "Age"},
        {"key": "born", "type": "date", "label": "Born"},
        {"key": "likes", "type": "choices", "label": "Likes", "options": options, "other": true},
        {"key": "stars", "type": "rating", "label": "Stars"},
        {"key": "again", "type": "yes_no", "label": "Again?"},
        {"key": "story", "type": "long_text", "label": "Story", "max_length": 50_000},
    ])
}

#[tokio::test]
async fn versions_are_united_under_the_newest_questions() {
    let world = World::with(json!([
        {"key": "mail", "type": "email", "label": "E-mail"},
        {"key": "fax", "type": "phone", "label": "Fax"},
    ]))
    .await;
    world.submit(json!({"mail": "old@example.com", "fax": "+49 30 1234567"})).await;
    world
        .republish(json!([
            {"key": "topic", "type": "short_text", "label": "Topic"},
            {"key": "mail", "type": "email", "label": "Where do we write to?"},
        ]))
        .await;
    world.submit(json!({"mail": "new@example.com", "topic": "Bread, \"rye\""})).await;
    let columns = json!(["number", "version", "topic", "mail", "fax"]);
    let csv = world.export(&json!({"format": "csv", "columns": columns})).await.text();
    assert_eq!(
        csv,
        "Number,Version,Topic,Where do we write to?,Fax\r\n\
         1,1,,old@example.com,'+49 30 1234567\r\n\
         2,2,\"Bread, \"\"rye\"\"\",new@example.com,\r\n"
    );
    let all = world.export(&json!({"format": "csv", "headers": "keys"})).await.text();
    let header = "number,id,received_at,submitted_at,version,source,topic,mail,fax,status,assignee,tags,metadata\r\n";
    assert!(all.starts_with(header), "{all}");
    let raw =
        json!({"format": "csv", "columns": ["fax"], "formulas": "raw", "byte_order_mark": true});
    assert!(world.export(&raw).await.text().starts_with("\u{feff}Fax\r\n+49 30 1234567\r\n"));
}

/// Whatever a list or a view shows can stand in a file, and the page of exports offers just that.
#[tokio::test]
async fn a_file_has_the_columns_of_the_list_from_which_one_comes() {
    let world = World::with(json!([
        {"key": "name", "type": "short_text", "label": "Your name"},
        {"key": "comments", "type": "short_text", "label": "Anything else?"},
    ]))
    .await;
    world.submit(json!({"name": "Ada", "comments": "Bread"})).await;
    let listed = "name,tray,comments,answers.comments,number";
    let columns: Vec<&str> = listed.split(',').collect();
    let wanted = json!({"format": "csv", "columns": columns});
    let csv = world.export(&wanted).await.text();
    assert_eq!(csv, "Your name,Lies in,Comments,Anything else?,Number\r\nAda,Open,0,Bread,1\r\n");
    let keys = json!({"format": "csv", "columns": columns, "headers": "keys", "values": "stored"});
    let csv = world.export(&keys).await.text();
    assert_eq!(csv, "name,tray,comments,answers.comments,number\r\nAda,open,0,Bread,1\r\n");

    let list = world.owner.page(&format!("forms/{}/submissions?columns={listed}", world.form));
    let list = world.owner.get(&list).await.expect(200).text();
    let encoded = listed.replace(',', "%2C");
    assert!(list.contains(&format!("/exports?columns={encoded}")), "{list}");
    let exports = world.owner.page(&format!("forms/{}/exports", world.form));
    let page = world.owner.get(&format!("{exports}?columns={encoded}")).await.expect(200).text();
    let option = format!("<option value=\"{listed}\" selected>The 5 columns of the list</option>");
    assert!(page.contains(&option), "{page}");
    assert!(page.contains("The list shows: Your name, Lies in, Comments, Anything else?, No."));
    assert!(!world.owner.get(&exports).await.expect(200).text().contains("All columns"));

    // What was chosen is still chosen when something else is refused.
    let pairs =
        [("format", "csv"), ("columns", "all"), ("listed_columns", listed), ("from", "soon")];
    let again = world.owner.submit(&exports, &pairs).await.expect(422).text();
    assert!(again.contains("<option value=\"all\" selected>All columns</option>"), "{again}");
    let pairs = [("format", "csv"), ("columns", listed), ("listed_columns", listed)];
    world.owner.submit(&exports, &pairs).await.expect(303);
    let all = world.program.get(&format!("/api/forms/{}/exports", world.form)).await.json();
    assert_eq!(all["data"][0]["request"]["columns"], json!(columns));
}

#[tokio::test]
async fn formulas_are_neutralised_in_csv_alone() {
    let world = World::with(answers()).await;
    for name in ["=HYPERLINK(\"http://x\")", "-5", "'=1", "@x", "\ttab", "plain"] {
        world.submit(json!({"name": name, "age": -5})).await;
    }
    let csv = world.export(&json!({"format": "csv", "columns": ["name", "age"]})).await.text();
    let names: Vec<String> = records(&csv).into_iter().skip(1).map(|row| row[0].clone()).collect();
    let wanted = ["'=HYPERLINK(\"http://x\")", "-5", "''=1", "'@x", "'\ttab", "plain"];
    assert_eq!(names, wanted);
    assert!(csv.contains(",-5\r\n"));
    let lines = world.export(&json!({"format": "jsonl"})).await.text();
    assert!(lines.contains("\"=HYPERLINK") && !lines.contains("'@x"), "{lines}");
}

/// A spreadsheet of another country opens it, runs nothing in it, and what it saves comes in again.
#[tokio::test]
async fn cells_are_parted_as_one_asks_and_formulas_are_neutralised_all_the_same() {
    let world = World::with(answers()).await;
    let names = ["=1", "\t=1", "a;=1", "b,=1", "c\t=1", "d|=1", "-1,5", "\"=1\";", "+1;2", "; =1"];
    for name in names {
        world.submit(json!({"name": name, "likes": ["a", "x, y"], "age": -2.5})).await;
    }
    let wanted = world.lines_of(&world.form).await;
    let guarded =
        ["'=1", "'\t=1", "a;=1", "b,=1", "c\t=1", "d|=1", "-1,5", "\"=1\";", "'+1;2", "; =1"];
    let comma = world.export(&json!({"format": "csv", "columns": ["name", "age"]})).await.text();
    assert!(comma.starts_with("Your name,Age\r\n"), "as before");
    for (word, sign, ending, kind) in [
        ("comma", b',', ".csv", "text/csv"),
        ("semicolon", b';', ".csv", "text/csv"),
        ("tab", b'\t', ".tsv", "text/tab-separated-values"),
        ("pipe", b'|', ".csv", "text/csv"),
    ] {
        let columns = ["name", "age", "likes"];
        let request = json!({"format": "csv", "delimiter": word, "columns": columns});
        let file = world.export(&request).await;
        assert!(file.header("content-disposition").contains(ending), "{word}");
        assert!(file.header("content-type").starts_with(kind), "{word}");
        let rows = divided(&file.text(), sign);
        assert_eq!(rows[0], ["Your name", "Age", "Likes"], "{word}");
        let found: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(found, guarded, "{word}");
        assert!(rows[1..].iter().all(|row| row[1] == "-2.5" && row[2] == "First; x, y"), "{word}");
        let target = world.publish_form(&answers()).await;
        let sent = world.send_file(&target, kind, file.bytes().to_vec()).await.expect(201).json();
        assert_eq!(sent["options"]["delimiter"], word);
        assert_eq!(world.step(text(&sent["id"]), "run").await["rows_stored"], names.len());
        let back = world.lines_of(&target).await;
        let same = back.iter().zip(&wanted).all(|(back, it)| back["answers"] == it["answers"]);
        assert!(same && back.len() == names.len(), "{word}: {back:?}");
    }
    let exports = format!("/api/forms/{}/exports", world.form);
    let wrong = json!({"format": "csv", "delimiter": "dot"});
    let refused = world.program.post(&exports, &wrong).await.expect(422);
    assert_eq!(refused.complaints(), ["delimiter:invalid"]);
    let usual = world.show(&world.ask(&json!({"format": "csv"})).await).await;
    assert_eq!(usual["request"]["delimiter"], "comma");

    let page = world.owner.page(&format!("forms/{}/exports", world.form));
    let dot = [("format", "csv"), ("delimiter", "dot")];
    let again = world.owner.submit(&page, &dot).await.expect(422).text();
    assert!(again.contains("Choose one of these."));
    world.owner.submit(&page, &[("format", "csv"), ("delimiter", "semicolon")]).await.expect(303);
    let shown = world.owner.get(&page).await.expect(200).text();
    assert!(shown.contains("export-delimiter") && shown.contains("semicolon between the cells"));
}

/// A spreadsheet that awaits a comma would take `3.5` for a day in May.
#[tokio::test]
async fn numbers_have_the_sign_that_one_asks_for_and_come_in_again() {
    let world = World::with(answers()).await;
    let numbers = [json!(-2.5), json!(1.234), json!(7), json!(1e-7), json!(123_456.75)];
    for age in &numbers {
        world.submit(json!({"name": "v1.5", "age": age})).await;
    }
    let columns = json!(["id", "received_at", "name", "age"]);
    let request =
        json!({"format": "csv", "delimiter": "semicolon", "decimal": "comma", "columns": columns});
    let file = world.export(&request).await;
    let rows = divided(&file.text(), b';');
    let ages: Vec<&str> = rows[1..].iter().map(|row| row[3].as_str()).collect();
    assert_eq!(ages, ["-2,5", "1,234", "7", "0,0000001", "123456,75"]);
    assert!(rows[1..].iter().all(|row| row[2] == "v1.5"), "texts stay as they are");
    let target = world.publish_form(&answers()).await;
    let sent = world.send_file(&target, "text/csv", file.bytes().to_vec()).await.expect(201).json();
    assert_eq!(sent["options"]["decimal"], "comma");
    assert_eq!(world.step(text(&sent["id"]), "run").await["rows_stored"], numbers.len());
    let back = world.lines_of(&target).await;
    assert_eq!(back.iter().map(|it| it["answers"]["age"].clone()).collect::<Vec<_>>(), numbers);

    let exports = format!("/api/forms/{}/exports", world.form);
    let wrong = json!({"format": "csv", "decimal": "dot"});
    assert_eq!(
        world.program.post(&exports, &wrong).await.expect(422).complaints(),
        ["decimal:invalid"]
    );
    let wrong = json!({"format": "csv", "since": "yesterday"});
    let refused = world.program.post(&exports, &wrong).await.expect(422);
    assert!(refused.text().contains("Send the last_number of the export before"));
    let page = world.owner.page(&format!("forms/{}/exports", world.form));
    let dot = [("format", "csv"), ("decimal", "dot")];
    let again = world.owner.submit(&page, &dot).await.expect(422).text();
    assert!(again.contains("Choose one of these."));
    world.owner.submit(&page, &[("format", "csv"), ("decimal", "comma")]).await.expect(303);
    let shown = world.owner.get(&page).await.expect(200).text();
    assert!(shown.contains("export-decimal") && shown.contains("a comma in numbers"));
}

#[tokio::test]
async fn json_lines_are_what_the_api_says() {
    let world = World::with(answers()).await;
    world
        .submit(json!({"name": "Zoë\n😀", "age": 0.1, "likes": ["a", "own"], "again": true}))
        .await;
    world.submit(json!({"born": "2000-02-29", "stars": 4})).await;
    let file = world.export(&json!({"format": "jsonl"})).await;
    assert_eq!(file.header("content-type"), "application/x-ndjson");
    let lines: Vec<Value> =
        file.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let list = format!("/api/forms/{}/submissions", world.form);
    let mut listed =
        world.program.get(&list).await.json()["data"].as_array().cloned().expect("rows");
    listed.reverse();
    assert_eq!(lines, listed);
}

#[tokio::test]
async fn labels_are_for_people_and_stored_values_for_programs() {
    let world = World::with(answers()).await;
    let likes = json!(["a", "b", "x; y"]);
    world.submit(json!({"likes": likes, "again": false, "age": 1e-7})).await;
    let columns = json!(["likes", "again", "age"]);
    let csv = world.export(&json!({"format": "csv", "columns": columns})).await.text();
    let shown = "First; b; \"x; y\"";
    assert_eq!(records(&csv)[1], [shown, "No", "0.0000001"]);
    let stored = json!({"format": "csv", "columns": columns, "values": "stored"});
    let stored = records(&world.export(&stored).await.text());
    assert_eq!(stored[1], [&likes.to_string(), "false", "0.0000001"]);
}

fn entry(xlsx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).expect("a workbook");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

#[tokio::test]
async fn a_workbook_has_typed_cells_and_cuts_nothing_off() {
    let world = World::with(answers()).await;
    let columns = json!(["name", "age", "born", "again"]);
    let born = json!({"name": "=1+1 <&> \u{7}", "age": 2.5, "born": "2026-08-03", "again": true});
    world.submit(born).await;
    let asked = json!({"format": "xlsx", "columns": columns});
    let file = world.export(&asked).await;
    let sheet = entry(file.bytes(), "xl/worksheets/sheet1.xml");
    for wanted in [
        "<c r=\"A2\" t=\"inlineStr\" s=\"3\"><is><t>=1+1 &lt;&amp;&gt; _x0007_</t></is></c>",
        "<c r=\"B2\"><v>2.5</v></c>",
        "<c r=\"C2\" s=\"2\"><v>46237</v></c>",
        "<c r=\"D2\" t=\"b\"><v>1</v></c>",
    ] {
        assert!(sheet.contains(wanted), "{wanted} in {sheet}");
    }
    assert!(entry(file.bytes(), "xl/workbook.xml").contains("Submissions"));
    world.submit(json!({"story": "é".repeat(32_768)})).await;
    let id = world.ask(&json!({"format": "xlsx"})).await;
    world.settle().await;
    let failed = world.show(&id).await;
    assert_eq!(failed["status"], "failed");
    assert!(text(&failed["error"]).contains("“Story” of submission #2 has 32768 characters"));
    world.file(&id).await.expect(409);
    assert!(world.export(&json!({"format": "csv"})).await.text().contains(&"é".repeat(32_768)));
}

#[tokio::test]
async fn parquet_has_typed_columns() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let world = World::with(answers()).await;
    let first = json!({"name": "Ada", "age": 36.5, "born": "1815-12-10", "likes": ["a", "own"], "again": true, "stars": 5});
    world.submit(first).await;
    world.submit(json!({"name": "Zoë"})).await;
    let file = world.export(&json!({"format": "parquet"})).await;
    let bytes = bytes::Bytes::copy_from_slice(file.bytes());
    let reader = SerializedFileReader::new(bytes).expect("a Parquet file");
    let rows = reader.get_row_iter(None).expect("rows");
    let rows: Vec<String> = rows.map(|row| row.expect("a row").to_string()).collect();
    assert_eq!(rows.len(), 2);
    for wanted in [
        "name: \"Ada\", age: 36.5, born: 1815-12-10, ",
        "likes: [\"a\", \"own\"], stars: 5, again: true",
    ] {
        assert!(rows[0].contains(wanted), "{wanted} in {}", rows[0]);
    }
    assert!(rows[1].contains("name: \"Zoë\", age: null, born: null"), "{}", rows[1]);
}

#[tokio::test]
async fn only_what_is_asked_for_is_in_it() {
    let world = World::with(answers()).await;
    world.fill(300, |number| json!({"name": format!("number {number}"), "age": number})).await;
    world.app.clock.advance(std::time::Duration::from_secs(3_600));
    let later = world.app.clock.now().to_string();
    world.fill(20, |number| json!({"name": format!("late {number}")})).await;
    let count = async |asked: Value| {
        let mut request = json!({"format": "csv", "columns": ["number", "name"]});
        request.as_object_mut().expect("object").extend(asked.as_object().expect("object").clone());
        records(&world.export(&request).await.text()).len() - 1
    };
    assert_eq!(count(json!({})).await, 320);
    assert_eq!(count(json!({"since": 310})).await, 10);
    assert_eq!(count(json!({"since": later})).await, 20);
    assert_eq!(count(json!({"to": later})).await, 300);
    assert_eq!(count(json!({"from": later, "q": "late 1"})).await, 11);
    let id = world.ask(&json!({"format": "jsonl", "since": 300})).await;
    world.settle().await;
    let export = world.show(&id).await;
    assert_eq!((&export["rows_done"], &export["last_number"]), (&json!(20), &json!(320)));
}

#[tokio::test]
async fn the_archive_is_in_it_and_spam_and_the_bin_are_not() {
    let world = World::with(answers()).await;
    world.fill(5, |number| json!({"name": format!("number {number}")})).await;
    let list = format!("/api/forms/{}/submissions", world.form);
    let page = world.program.get(&list).await.expect(200).json();
    // The newest comes first.
    for (place, to) in [(0, "spam"), (1, "deletion"), (2, "archival")] {
        let id = text(&page["data"][place]["id"]).to_owned();
        let path = format!("/api/submissions/{id}/{to}");
        world.program.post(&path, &json!({})).await.expect(200);
    }
    let lines = world.export(&json!({"format": "jsonl"})).await.text();
    let rows: Vec<Value> =
        lines.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    let trays: Vec<&str> = rows.iter().map(|row| text(&row["tray"])).collect();
    assert_eq!(trays, ["open", "open", "archived"]);
    let request = json!({"format": "csv", "columns": ["name"], "q": "number"});
    let csv = world.export(&request).await.text();
    assert_eq!(records(&csv).concat(), ["Your name", "number 1", "number 2", "number 3"]);
}

#[tokio::test]
async fn what_a_list_shows_is_exported_with_what_the_desk_says_of_it() {
    let world = World::with(answers()).await;
    world.fill(6, |number| json!({"name": format!("number {number}"), "age": number})).await;
    let page = world.program.get(&format!("/api/forms/{}/submissions", world.form)).await;
    let page = page.expect(200).json();
    let change = async |place: usize, change: Value| {
        let path = format!("/api/submissions/{}", text(&page["data"][place]["id"]));
        world.program.patch(&path, &change).await.expect(200);
    };
    change(0, json!({"status": "done", "tags": ["VIP", "two; parts"]})).await;
    change(3, json!({"status": "done"})).await;
    world
        .program
        .post(&format!("/api/submissions/{}/spam", text(&page["data"][1]["id"])), &json!({}))
        .await
        .expect(200);
    let columns = json!(["name", "status", "tags"]);
    let asked = async |more: Value| {
        let mut request = json!({"format": "csv", "columns": columns});
        request.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
        records(&world.export(&request).await.text())[1..].to_vec()
    };
    let rows = asked(json!({"filter": "status=done&answers.age.min=2"})).await;
    assert_eq!(rows, [["number 3", "Done", ""], ["number 6", "Done", "\"two; parts\"; VIP"]]);
    let rows = asked(json!({"filter": "tag=vip", "values": "stored", "q": "number"})).await;
    assert_eq!(rows, [["number 6", "done", "[\"two; parts\",\"vip\"]"]]);
    assert_eq!(asked(json!({"filter": "tray=spam"})).await, [["number 5", "New", ""]]);
    let exports = world.owner.page(&format!("forms/{}/exports?status=done&q=number", world.form));
    let form = world.owner.get(&exports).await.expect(200).text();
    assert!(form.contains("Status: Done") && form.contains("value=\"status=done\""), "{form}");
}

#[tokio::test]
async fn what_cannot_be_exported_is_told_by_name() {
    let world = World::with(answers()).await;
    let exports = format!("/api/forms/{}/exports", world.form);
    for (request, complaint) in [
        (json!({"format": "csv", "columns": ["name", "colour"]}), "columns:unknown_column"),
        (json!({"format": "csv", "columns": []}), "columns:out_of_range"),
        (json!({"format": "pdf"}), "format:invalid"),
        (json!({"format": "csv", "since": -1}), "since:out_of_range"),
        (json!({"format": "csv", "filter": "colour=red"}), "filter:unknown_filter"),
        (json!({"format": "csv", "filter": "version=first"}), "version:invalid"),
        (json!({"format": "csv", "filter": "q=one", "q": "two"}), "q:inconsistent"),
        (
            json!({"format": "csv", "from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}),
            "to:before_from",
        ),
    ] {
        let refused = world.program.post(&exports, &request).await.expect(422);
        assert_eq!(refused.complaints(), [complaint]);
    }
}

/// Excel has real times, which say no zone: the head of their column does.
#[tokio::test]
async fn times_are_in_the_zone_that_their_column_or_their_offset_names() {
    let world = World::with(answers()).await;
    world.submit(json!({"name": "Ada"})).await;
    let columns = json!(["received_at", "name"]);
    let sheet = async |request: Value| {
        let file = world.export(&request).await;
        entry(file.bytes(), "xl/worksheets/sheet1.xml")
    };
    // 2026-08-03 is day 46,237; the clock begins at 09:12 UTC.
    let excel = json!({"format": "xlsx", "columns": columns});
    let utc = sheet(excel.clone()).await;
    assert!(utc.contains("<t>Received at (UTC)</t>"), "{utc}");
    assert!(utc.contains("<c r=\"A2\" s=\"1\"><v>46237.38"), "{utc}");

    let zone = json!({"time_zone": "Asia/Tokyo"});
    world
        .program
        .send(
            axum::http::Method::PUT,
            "/api/insight_settings",
            Some("application/json"),
            zone.to_string().into(),
        )
        .await
        .expect(200);
    let tokyo = sheet(excel).await;
    assert!(tokyo.contains("<t>Received at (Asia/Tokyo)</t>"), "{tokyo}");
    assert!(tokyo.contains("<c r=\"A2\" s=\"1\"><v>46237.75"), "{tokyo}");
    // For programs it is UTC, unless they ask for something else.
    let csv = world.export(&json!({"format": "csv", "columns": columns})).await.text();
    assert!(
        csv.contains("Received at,Your name\r\n2026-08-03T09:1") && csv.contains("Z,Ada"),
        "{csv}"
    );
    let rome = json!({"format": "csv", "columns": columns, "time_zone": "Europe/Rome"});
    let csv = world.export(&rome).await.text();
    assert!(csv.contains("\r\n2026-08-03T11:1") && csv.contains("+02:00,Ada"), "{csv}");
    let wrong = json!({"format": "csv", "time_zone": "Mars"});
    let exports = format!("/api/forms/{}/exports", world.form);
    let refused = world.program.post(&exports, &wrong).await.expect(422);
    assert_eq!(refused.complaints(), ["time_zone:unknown_zone"]);
    let pairs = [("format", "xlsx"), ("times_in", "Mars")];
    let page = world.owner.page(&format!("forms/{}/exports", world.form));
    let again = world.owner.submit(&page, &pairs).await.expect(422).text();
    assert!(again.contains("Choose a time zone by its name") && again.contains("value=\"Mars\""));
}
