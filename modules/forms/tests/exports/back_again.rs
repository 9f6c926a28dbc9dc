//! What is exported and imported again is the same, whatever the form asks and people answer.

use std::collections::BTreeMap;

use proptest::{
    collection::vec, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner,
};
use serde_json::{Map, Value, json, value::RawValue};

use crate::world::{World, text};

const FORMS: usize = 8;
const ROWS: usize = 40;

fn naughty_strings() -> Vec<String> {
    let list = include_str!("../../../../seeds/naughty_strings.json");
    serde_json::from_str(list).expect("a list of texts")
}

/// Texts that are hard on files: signs of CSV, of formulas, of lists, and what others have found.
fn any_text() -> BoxedStrategy<String> {
    let hard = [
        "=1+1", "'=1", "''=1", "+49 30", "-5", "'-5", "@x", "\t", "a;b", "a; b", "\"", "\"\"",
        "[\"x\"]", " edge ", "a\r\nb", "\r", "Yes", "true", "1", "＝1", "Red", "red",
    ];
    let text = prop_oneof![
        3 => select(hard.map(str::to_owned).to_vec()),
        3 => select(naughty_strings()),
        2 => any::<String>(),
        1 => "[\",;\r\n'=+ a-]{1,8}",
    ];
    text.prop_filter("NUL cannot be stored", |text| !text.contains('\0')).boxed()
}

fn label() -> BoxedStrategy<String> {
    let plain =
        ["Name", "Name", "Number", "Id", "Received at", "Metadata", "=1", "Age (b)", "A, \"b\""];
    prop_oneof![select(plain.map(str::to_owned).to_vec()), "[a-zA-Z \"',;=]{1,12}"]
        .prop_filter("a label is not blank", |text| !text.trim().is_empty())
        .boxed()
}

fn option() -> BoxedStrategy<Value> {
    let words = ["Red", "Red; green", "\"q\"", "=x", "[1]", "b", "1", "No", "a, b"];
    (select(vec!["a", "b", "c", "d", "Red", "it; em"]), select(words.to_vec()))
        .prop_map(|(value, label)| json!({"value": value, "label": label}))
        .boxed()
}

/// A question of each kind but files, some twice, in any order; keys that are words of exports among them.
fn form() -> BoxedStrategy<Value> {
    let kinds = vec![
        "short_text",
        "long_text",
        "hidden",
        "email",
        "phone",
        "number",
        "date",
        "time",
        "choice",
        "choices",
        "dropdown",
        "scale",
        "rating",
        "nps",
        "yes_no",
        "consent",
    ];
    let keys = ["number", "id", "status", "answers", "metadata", "submitted_at", "tray"];
    let field = (select(kinds), label(), vec(option(), 2..5), any::<bool>());
    vec(field, 8..20)
        .prop_map(move |fields| {
            let one = |(place, (kind, label, mut options, other)): (
                usize,
                (&str, String, Vec<Value>, bool),
            )| {
                let key =
                    keys.get(place).map_or_else(|| format!("field_{place}"), |it| (*it).to_owned());
                let mut field = json!({"key": key, "type": kind, "label": label});
                if matches!(kind, "choice" | "choices" | "dropdown") {
                    options.sort_by_key(|option| text(&option["value"]).to_owned());
                    options.dedup_by_key(|option| option["value"].clone());
                    // Two of a form may not be called alike.
                    let mut labels = std::collections::HashSet::new();
                    options.retain(|option| labels.insert(option["label"].clone()));
                    field["options"] = Value::Array(options);
                    field["other"] = json!(other);
                }
                field
            };
            fields.into_iter().enumerate().map(one).collect()
        })
        .boxed()
}

/// An answer that the question takes.
fn answer(field: &Value) -> BoxedStrategy<Value> {
    let options = field["options"].as_array().cloned().unwrap_or_default();
    let values: Vec<String> = options.iter().map(|it| text(&it["value"]).to_owned()).collect();
    let own = any_text().prop_filter("it says something", |text| {
        !text.trim().is_empty() && text != "_other" && text.chars().count() <= 500
    });
    match text(&field["type"]) {
        "long_text" => any_text().prop_map(Value::from).boxed(),
        "short_text" | "hidden" => any_text()
            .prop_filter("it is short", |text| text.chars().count() <= 500)
            .prop_map(Value::from)
            .boxed(),
        "email" => "[a-z]{1,6}@[a-z]{1,6}\\.[a-z]{2,3}".prop_map(Value::from).boxed(),
        "phone" => "[+ ]?[0-9]{3,5}[ ()/.-][0-9]{3,6}".prop_map(Value::from).boxed(),
        "number" => prop_oneof![
            any::<i32>().prop_map(Value::from),
            (-1e15..1e15_f64).prop_map(Value::from),
            (-1.0..1.0_f64).prop_map(Value::from),
        ]
        .boxed(),
        "date" => "20[0-9]{2}-0[1-9]-[12][0-8]".prop_map(Value::from).boxed(),
        "time" => "[01][0-9]:[0-5][0-9](:[0-5][0-9])?".prop_map(Value::from).boxed(),
        "scale" | "rating" => (1_i64..=5).prop_map(Value::from).boxed(),
        "nps" => (0_i64..=10).prop_map(Value::from).boxed(),
        "yes_no" | "consent" => any::<bool>().prop_map(Value::from).boxed(),
        kind => {
            let picked = select(values.clone()).boxed();
            let one =
                if field["other"] == true { prop_oneof![picked, own].boxed() } else { picked };
            if kind != "choices" {
                return one.prop_map(Value::from).boxed();
            }
            let known = move |text: &String| values.contains(text);
            vec(one, 1..4)
                .prop_map(move |mut texts| {
                    texts.sort();
                    texts.dedup();
                    let (mut texts, own): (Vec<String>, Vec<String>) =
                        texts.into_iter().partition(&known);
                    texts.extend(own.into_iter().take(1));
                    json!(texts)
                })
                .boxed()
        }
    }
}

fn generated<T: std::fmt::Debug>(runner: &mut TestRunner, strategy: BoxedStrategy<T>) -> T {
    strategy.new_tree(runner).expect("a tree").current()
}

fn submission(runner: &mut TestRunner, fields: &[Value]) -> Value {
    let mut answers = Map::new();
    for field in fields {
        if generated(runner, any::<bool>().boxed()) {
            answers.insert(text(&field["key"]).to_owned(), generated(runner, answer(field)));
        }
    }
    json!({
        "answers": answers,
        "metadata": {"note": generated(runner, any_text())},
        "submitted_at": format!("2024-05-0{}T10:00:00.123456Z", generated(runner, (1..=9_i32).boxed())),
    })
}

/// What must be the same, to the last digit: not the numbers and ids, which are new.
async fn essence(world: &World, form: &str) -> Vec<BTreeMap<String, String>> {
    let text = world.export_of(form, &json!({"format": "jsonl"})).await.text();
    let members = |json: &str| -> BTreeMap<String, Box<RawValue>> {
        serde_json::from_str(json).expect("an object")
    };
    let of = |line: &str| {
        let line = members(line);
        let mut all: BTreeMap<String, String> = ["answers", "metadata"]
            .into_iter()
            .flat_map(|part| members(line[part].get()).into_iter().map(move |it| (part, it)))
            .map(|(part, (name, value))| (format!("{part}.{name}"), value.get().to_owned()))
            .collect();
        all.insert("submitted_at".to_owned(), line["submitted_at"].get().to_owned());
        all
    };
    text.lines().map(of).collect()
}

async fn send(world: &World, form: &str, rows: &[Value]) {
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let bulk = format!("/api/forms/{form}/submissions/bulk");
    let kind = Some("application/x-ndjson");
    let sent = world.program.send(axum::http::Method::POST, &bulk, kind, lines.join("\n").into());
    let sent = sent.await.expect(200).json();
    assert_eq!(sent["rejected"], 0, "{sent}");
    world.settle().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn export_and_import_give_the_same_rows() {
    let world = World::with(json!([{"key": "it", "type": "short_text", "label": "It"}])).await;
    let mut runner = TestRunner::deterministic();
    for _ in 0..FORMS {
        let fields = generated(&mut runner, form());
        let list = fields.as_array().expect("fields").clone();
        let source = world.publish_form(&fields).await;
        let rows: Vec<Value> = (0..ROWS).map(|_| submission(&mut runner, &list)).collect();
        send(&world, &source, &rows).await;
        let wanted = essence(&world, &source).await;
        assert_eq!(wanted.len(), ROWS);
        for (kind, request) in [
            ("text/csv", json!({"format": "csv", "byte_order_mark": true})),
            (
                "text/csv",
                json!({"format": "csv", "headers": "keys", "values": "stored", "formulas": "raw"}),
            ),
            ("text/csv", json!({"format": "csv", "delimiter": "semicolon", "decimal": "comma"})),
            (
                "text/csv",
                json!({"format": "csv", "headers": "keys", "values": "stored", "delimiter": "tab"}),
            ),
            ("application/x-ndjson", json!({"format": "jsonl"})),
        ] {
            let file = world.export_of(&source, &request).await;
            let target = world.publish_form(&fields).await;
            let sent =
                world.send_file(&target, kind, file.bytes().to_vec()).await.expect(201).json();
            let import = text(&sent["id"]);
            // How a file was written can be told where it cannot be seen.
            let formulas = if request["formulas"] == "raw" || kind != "text/csv" {
                "raw"
            } else {
                "neutralised"
            };
            let options = json!({"options": {"formulas": formulas}});
            world.program.patch(&format!("/api/imports/{import}"), &options).await.expect(200);
            let checked = world.step(import, "check").await;
            let errors = world.program.get(&format!("/api/imports/{import}/errors")).await.text();
            assert_eq!(checked["rows_stored"], ROWS, "{request}\n{fields}\n{checked}\n{errors}");
            assert!(essence(&world, &target).await.is_empty(), "a check stores nothing");
            let run = world.step(import, "run").await;
            assert_eq!((&run["status"], &run["rows_stored"]), (&json!("done"), &json!(ROWS)));
            let found = essence(&world, &target).await;
            for (found, wanted) in found.iter().zip(&wanted) {
                assert_eq!(found, wanted, "{request}\n{fields}");
            }
            assert_eq!(found.len(), ROWS);
        }
    }
}
