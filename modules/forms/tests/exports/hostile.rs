//! Files that are no tables, and tables that mean harm: each is told by row, column and what to do.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{World, text};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const LINES: &str = "application/x-ndjson";

async fn world() -> World {
    World::with(json!([
        {"key": "name", "type": "short_text", "label": "Your name", "required": true},
        {"key": "email", "type": "email", "label": "E-mail"},
        {"key": "likes", "type": "choices", "label": "Likes", "options": ["Apples", "Bread"]},
    ]))
    .await
}

/// The answers that came in, and what was told of the rest: line, column, code, and a part of the sentence.
async fn outcome(world: &World, kind: &str, content: Vec<u8>) -> (Vec<String>, Vec<Value>) {
    let form = world.publish_form(&text_fields()).await;
    let sent = world.send_file(&form, kind, content).await.expect(201).json();
    let id = text(&sent["id"]);
    world.step(id, "run").await;
    let errors = world.program.get(&format!("/api/imports/{id}/errors?limit=100")).await;
    let names = world.lines_of(&form).await;
    let names = names.iter().map(|line| text(&line["answers"]["name"]).to_owned()).collect();
    (names, errors.expect(200).json()["data"].as_array().expect("errors").clone())
}

fn text_fields() -> Value {
    json!([
        {"key": "name", "type": "short_text", "label": "Your name", "required": true},
        {"key": "email", "type": "email", "label": "E-mail"},
        {"key": "likes", "type": "choices", "label": "Likes", "options": ["Apples", "Bread"]},
    ])
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[tokio::test]
async fn what_is_no_table_is_refused_and_leaves_nothing_behind() {
    let world = world().await;
    let header = |count: usize| (0..count).map(|it| format!("c{it}")).collect::<Vec<_>>().join(",");
    let (wide, tall) = (header(5_000) + "\n1", "x".repeat(10 * 1024 * 1024));
    let cell = format!("Your name,E-mail\nAda,\"{tall}\"\n");
    let list = format!("[{{\"Your name\":\"{tall}\"}}]\n{{}}\n");
    let never = format!("Your name,E-mail\nAda,\"{}", "never closed\n".repeat(500_000));
    for (content, code, told) in [
        (&b""[..], "empty", "Its first line names the columns"),
        (b"\xef\xbb\xbf", "empty", "Its first line names the columns"),
        (b"\r\n\r\n", "empty", "Its first line names the columns"),
        (b"Your name,E-mail\n", "no_rows", "no row below them"),
        (b"a,b,a\n1,2,3", "duplicate_column", "columns 1 and 3 are both called “a”"),
        (b"a\0b,Notes\nlong enough,to be text", "bad_header", "U+0000 out of the name of column 1"),
        (wide.as_bytes(), "too_many_columns", "5000 columns, and at most 1,000"),
        (
            cell.as_bytes(),
            "too_large",
            "begins in line 2 is longer than 4 MiB, and goes on in its cell 2",
        ),
        (never.as_bytes(), "too_large", "Close the quotation mark"),
        (b"PK\x03\x04 and so on", "not_text", "Save it as CSV"),
        (b"\0\0\0\0\x01\0\0\x02", "not_text", "Send CSV or JSON lines"),
        (
            b"a,\"b\"c\n1,2",
            "broken_quotes",
            "In line 1, text follows behind the closing quotation mark of cell 2",
        ),
    ] {
        let refused = world.send_file(&world.form, "text/csv", content.to_vec()).await.expect(422);
        assert_eq!(refused.complaints(), [format!("file:{code}")]);
        let message = refused.json()["errors"][0]["message"].to_string();
        assert!(message.contains(told), "{message}");
    }
    for (content, code, told) in [
        (&b"a,b\n1,2"[..], "malformed", "Line 1: This line is not JSON"),
        (b"[\n{\"name\":1}\n]", "malformed", "Write one JSON object a line"),
        (b"[{\"name\":1}]", "malformed", "Write one object a line"),
        (b"", "empty", "Write one JSON object a line"),
        (list.as_bytes(), "too_large", "Line 1: This line is longer than 2 MiB"),
    ] {
        let refused = world.send_file(&world.form, LINES, content.to_vec()).await;
        if code == "malformed" && content.starts_with(b"[\n") {
            // One of its lines is an object, and is taken; the others are told of row by row.
            refused.expect(201);
            continue;
        }
        let refused = refused.expect(422);
        assert_eq!(refused.complaints(), [format!("file:{code}")]);
        let message = refused.json()["errors"][0]["message"].to_string();
        assert!(message.contains(told), "{message}");
    }
    world.send_file(&world.form, "image/png", b"a,b\n1,2".to_vec()).await.expect(415);
    // The schedules begin with the first look at them.
    world.settle().await;
    world.app.clock.advance(10 * DAY);
    world.app.drain_jobs().await;
    assert_eq!(world.stored_files(), 0);
    let draft = json!({"title": "A draft", "fields": text_fields()});
    let draft = world.program.post("/api/forms", &draft).await.expect(201).json();
    let early = world.send_file(text(&draft["id"]), "text/csv", b"a\n1".to_vec()).await;
    assert!(early.expect(409).text().contains("not_published"));
}

#[tokio::test]
async fn what_is_wrong_with_a_row_is_told_by_line_and_column() {
    let world = world().await;
    let csv = "\u{feff}Your name,E-mail,Likes\r\n\
               Ada,ada@example.com,Apples\r\n\
               N\0l,nul@example.com,Apples\n\
               Bo\rGrace,grace@example.com\n\
               \"Hi\nro\",hiro@example.com,Bread,more\n\
               \"Mei\" x,mei@example.com,Bread\n\
               Noor,<script>alert(1)</script>,Stones\n\
               Zoë,,\"Apples; Bread\"\n\
               \"Lost,lost@example.com,\n";
    let (names, errors) = outcome(&world, "text/csv", csv.into()).await;
    assert_eq!(names, ["Ada", "Zoë"]);
    let told: Vec<Value> =
        errors.iter().map(|it| json!([it["row"], it["line"], it["column"], it["code"]])).collect();
    let wanted = [
        json!([2, 3, "Your name", "nul_character"]),
        json!([3, 4, null, "cell_count"]),
        json!([4, 5, null, "cell_count"]),
        json!([5, 6, null, "cell_count"]),
        json!([6, 8, null, "broken_quotes"]),
        json!([7, 9, "E-mail", "not_an_email"]),
        json!([7, 9, "Likes", "not_an_option"]),
        json!([9, 11, null, "broken_quotes"]),
    ];
    assert_eq!(told, wanted, "{errors:#?}");
    assert!(errors.iter().all(|it| text(&it["message"]).len() > 20), "{errors:#?}");
    assert_eq!(errors[5]["value"], "<script>alert(1)</script>");
}

#[tokio::test]
async fn letters_of_other_encodings_come_in_as_they_are() {
    let world = world().await;
    let csv = "Your name,E-mail\r\nZoë Größe,zoe@example.com\r\n";
    let latin: Vec<u8> =
        csv.chars().map(|it| u8::try_from(u32::from(it)).expect("Latin-1")).collect();
    for content in [csv.into(), latin, utf16(csv), utf16(&format!("\u{feff}{csv}"))] {
        let (names, errors) = outcome(&world, "text/csv", content).await;
        assert_eq!((names, errors), (vec!["Zoë Größe".to_owned()], vec![]));
    }
    // What is no UTF-8 only far behind is seen as well: all bytes are looked at.
    let mut late = format!("Your name\n{}", "Ada\n".repeat(20_000)).into_bytes();
    late.extend(b"Zo\xeb\n");
    let sent = world.send_file(&world.form, "text/csv", late.clone()).await.expect(201).json();
    assert_eq!(sent["options"]["encoding"], "windows-1252");
    // Whoever insists is told where it ends, and keeps what came before.
    let path = format!("/api/imports/{}", text(&sent["id"]));
    let utf8 = json!({"options": {"encoding": "utf-8"}});
    world.program.patch(&path, &utf8).await.expect(200);
    let checked = world.step(text(&sent["id"]), "check").await;
    assert_eq!(checked["status"], "failed");
    let error = text(&checked["error"]);
    assert!(error.contains("line 20001") && error.contains("Choose another encoding"), "{error}");
}

#[tokio::test]
async fn lines_of_junk_are_told_one_by_one() {
    let world = world().await;
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let lines = [
        r#"{"name":"Ada","email":"ada@example.com","likes":["Apples"]}"#.to_owned(),
        format!(r#"{{"name":{deep}}}"#),
        r#"{"name":{"first":"A"},"likes":{"a":1},"email":["x"]}"#.to_owned(),
        r#"{"name":"Bo","likes":["Apples",7]}"#.to_owned(),
        r#"{"name":"N\u0000l"}"#.to_owned(),
        r#"{"name":"Cy","name":"Di"}"#.to_owned(),
        "null".to_owned(),
        format!(r#"{{"name":"{}"}}"#, "x".repeat(3 * 1024 * 1024)),
        r#"{"name":"Zoë","metadata":"no object"}"#.to_owned(),
        r#"{"name":"Mei"}"#.to_owned(),
        r#"{"name":"half \ud83d"}"#.to_owned(),
        r#"{"name":"cut"#.to_owned(),
    ];
    let (names, errors) = outcome(&world, LINES, lines.join("\n").into()).await;
    assert_eq!(names, ["Ada", "Mei"], "{errors:#?}");
    let mut told: Vec<(i64, &str)> = errors
        .iter()
        .map(|it| (it["line"].as_i64().unwrap_or_default(), text(&it["code"])))
        .collect();
    told.dedup();
    let lines: Vec<i64> = told.iter().map(|(line, _)| *line).collect();
    assert!(
        [2, 3, 4, 5, 6, 7, 8, 9, 11, 12].iter().all(|line| lines.contains(line)),
        "{errors:#?}"
    );
    let code = |line| told.iter().find(|it| it.0 == line).map(|it| it.1);
    assert_eq!(
        [code(2), code(7), code(8), code(12)].map(|it| it.unwrap_or_default()),
        ["malformed", "malformed", "too_large", "malformed"]
    );
    assert!(errors.iter().all(|it| !text(&it["message"]).is_empty()));
    let told = |line: i64, word| {
        errors.iter().any(|it| it["line"] == line && text(&it["message"]).contains(word))
    };
    assert!(told(2, "nested too deeply") && told(11, "no text that can be read"), "{errors:#?}");
}

#[tokio::test]
async fn a_row_with_much_wrong_says_how_much_and_no_error_goes_untold() {
    let fields: Vec<Value> = (0..40)
        .map(|it| json!({"key": format!("n{it}"), "type": "number", "label": format!("N {it}")}))
        .collect();
    let world = World::with(json!(fields)).await;
    let header: Vec<String> = (0..40).map(|it| format!("N {it}")).collect();
    let wrong = vec!["x"; 40].join(",");
    let csv = format!("{}\n{}", header.join(","), format!("{wrong}\n").repeat(600));
    let sent = world.send_file(&world.form, "text/csv", csv.into()).await.expect(201).json();
    let id = text(&sent["id"]);
    let checked = world.step(id, "check").await;
    assert_eq!((&checked["rows_refused"], &checked["rows_stored"]), (&json!(600), &json!(0)));
    let first = world.program.get(&format!("/api/imports/{id}/errors?limit=20")).await.json();
    let last = &first["data"][19];
    assert_eq!((&last["line"], &last["code"]), (&json!(2), &json!("more")));
    assert!(text(&last["message"]).starts_with("21 more are wrong"), "{last}");
    // Ten thousand are kept; that they are not all is said.
    assert_eq!(checked["errors_kept"], 10_000);
    let page = world.owner.get(&world.owner.page(&format!("imports/{id}"))).await.expect(200);
    assert!(page.text().contains("The first 10,000 errors are kept"), "{}", page.text());
    let refused = world.program.get(&format!("/api/imports/{id}/refused_rows")).await.text();
    assert_eq!(refused.lines().count(), 501);
}
