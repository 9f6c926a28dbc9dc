//! The sample company's forms are sound, and its data answers them.

use std::fs;
use std::path::PathBuf;

use forms::answers::{Answers, Compiled};
use forms::definition::Definition;
use serde_json::{Map, Value};

fn seeds() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../seeds")
}

fn seeded_form(name: &str) -> Definition {
    let text = fs::read_to_string(seeds().join("forms").join(name)).expect("the form is there");
    let mut document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert!(document["title"].as_str().is_some_and(|title| !title.is_empty()), "{name}");
    Definition::from_fields(document["fields"].take()).expect(name)
}

#[test]
fn every_seeded_form_is_sound_and_survives_being_stored() {
    let names = fs::read_dir(seeds().join("forms")).expect("the folder is there");
    let names: Vec<_> = names.map(|entry| entry.expect("readable").file_name()).collect();
    assert_eq!(names.len(), 5);
    for name in names {
        let definition = seeded_form(name.to_str().expect("a plain name"));
        definition.check().expect("sound");
        let stored = serde_json::to_string(&definition).expect("serialises");
        let read: Definition = serde_json::from_str(&stored).expect("reads back");
        assert_eq!(read, definition);
    }
}

#[test]
fn all_wildlife_strikes_answer_the_wildlife_form() {
    let definition = seeded_form("wildlife_strike_report.json");
    let compiled = Compiled::new(&definition).expect("compiles");
    let mut reader = csv::Reader::from_path(seeds().join("birdstrikes.csv")).expect("is there");
    let header = reader.headers().expect("has a header").clone();
    let text = fs::read_to_string(seeds().join("birdstrikes.columns.json")).expect("is there");
    let columns: Map<String, Value> = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(header.iter().collect::<Vec<_>>(), columns.keys().collect::<Vec<_>>());
    let keys: Vec<&str> = columns.values().map(|key| key.as_str().expect("a key")).collect();
    let mut count = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        let pairs: Vec<(String, String)> = keys
            .iter()
            .zip(&row)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(key, cell)| ((*key).to_owned(), cell.to_owned()))
            .collect();
        let from_page = compiled.from_form(&pairs).expect("a valid report");
        let object: Map<String, Value> =
            pairs.into_iter().map(|(key, cell)| (key, Value::String(cell))).collect();
        let from_api = compiled.from_json(&Value::Object(object).to_string()).expect("valid");
        assert_eq!(from_api, from_page);
        assert_eq!(Answers::parse_stored(&from_api.to_json()).expect("reads back"), from_api);
        count += 1;
    }
    assert_eq!(count, 10_000);
}
