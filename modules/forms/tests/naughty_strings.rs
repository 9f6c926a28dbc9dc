//! The Big List of Naughty Strings there and back, byte for byte.

use forms::answers::{Answers, Compiled, Value};
use forms::definition::Definition;
use serde_json::json;

fn naughty_strings() -> Vec<String> {
    let list = include_str!("../../../seeds/naughty_strings.json");
    let list: Vec<String> = serde_json::from_str(list).expect("a list of texts");
    assert_eq!(list.len(), 485);
    list
}

fn form(kind: &str) -> Compiled {
    let fields = json!([{"key": "text", "type": kind, "label": "Text"}]);
    Compiled::new(&Definition::from_fields(fields).expect("sound")).expect("compiles")
}

fn stored(answers: &Answers) -> Option<String> {
    let read = Answers::parse_stored(&answers.to_json()).expect("reads back");
    assert_eq!(&read, answers);
    match read.get("text") {
        Some(Value::Text(text)) => Some(text.clone()),
        None => None,
        other => panic!("text became {other:?}"),
    }
}

#[test]
fn the_api_keeps_every_string_unchanged() {
    for kind in ["short_text", "long_text", "hidden"] {
        let compiled = form(kind);
        for text in naughty_strings() {
            let answers = compiled.from_json(&json!({"text": text}).to_string()).expect(&text);
            assert_eq!(stored(&answers).unwrap_or_default(), text);
        }
    }
}

#[test]
fn the_page_keeps_every_string_unchanged_but_for_the_edges_of_a_single_line() {
    let (short, long) = (form("short_text"), form("long_text"));
    for text in naughty_strings() {
        let pairs = [("text".to_owned(), text.clone())];
        let answers = long.from_form(&pairs).expect(&text);
        assert_eq!(stored(&answers).unwrap_or_default(), text);
        let answers = short.from_form(&pairs).expect(&text);
        assert_eq!(stored(&answers).unwrap_or_default(), text.trim());
    }
}

#[test]
fn no_naughty_key_or_answer_of_any_type_does_harm() {
    for kind in forms::definition::Kind::NAMES {
        let mut field = json!({"key": "text", "type": kind, "label": "Text"});
        if matches!(kind, "choice" | "choices" | "dropdown") {
            field["options"] = json!(["A", "B"]);
            field["other"] = json!(true);
        }
        let question = json!({"key": "question", "type": "yes_no", "label": "Really?"});
        let definition = Definition::from_fields(json!([field, question])).expect("sound");
        let compiled = Compiled::new(&definition).expect("compiles");
        for text in naughty_strings() {
            for sent in [json!({"text": text}), json!({"text": [text]}), json!({text: "text"})] {
                if let Ok(answers) = compiled.from_json(&sent.to_string()) {
                    answers.summary(&definition);
                    answers.searchable_text(&definition);
                    assert_eq!(Answers::parse_stored(&answers.to_json()).expect("reads"), answers);
                }
            }
        }
    }
}
