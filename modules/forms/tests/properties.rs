//! What holds for every form and every input, whatever people and programs send.

use std::sync::LazyLock;

use forms::answers::{Answers, Compiled};
use forms::definition::{Definition, Kind, OTHER};
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

static EVERYTHING: LazyLock<Definition> = LazyLock::new(everything);
static COMPILED: LazyLock<Compiled> =
    LazyLock::new(|| Compiled::new(&EVERYTHING).expect("compiles"));

/// One field of each kind that people answer, none required.
fn everything() -> Definition {
    let options = json!(["A", {"value": "b", "label": "Beta"}, "C d"]);
    Definition::from_fields(json!([
        {"key": "short_text", "type": "short_text", "label": "L"},
        {"key": "long_text", "type": "long_text", "label": "L"},
        {"key": "email", "type": "email", "label": "L"},
        {"key": "phone", "type": "phone", "label": "L"},
        {"key": "number", "type": "number", "label": "L"},
        {"key": "date", "type": "date", "label": "L"},
        {"key": "time", "type": "time", "label": "L"},
        {"key": "choice", "type": "choice", "label": "L", "options": options, "other": true},
        {"key": "choices", "type": "choices", "label": "L", "options": options, "max_picks": 2},
        {"key": "dropdown", "type": "dropdown", "label": "L", "options": options},
        {"key": "scale", "type": "scale", "label": "L"},
        {"key": "rating", "type": "rating", "label": "L"},
        {"key": "nps", "type": "nps", "label": "L"},
        {"key": "yes_no", "type": "yes_no", "label": "L"},
        {"key": "file", "type": "file", "label": "L"},
        {"key": "consent", "type": "consent", "label": "L"},
        {"key": "hidden", "type": "hidden", "label": "L"},
        {"key": "section", "type": "section", "label": "L"},
    ]))
    .expect("a sound form")
}

fn key() -> impl Strategy<Value = String> {
    let keys: Vec<String> = EVERYTHING.fields.iter().map(|field| field.key.clone()).collect();
    prop_oneof![40 => select(keys), 1 => "[a-z_.]{0,12}"]
}

/// A text that the field of that key may well take.
fn fitting(key: &str) -> BoxedStrategy<String> {
    match key {
        "email" => "[a-z]{1,6}@[a-z]{1,6}\\.[a-z]{2,3}".boxed(),
        "phone" => "\\+?[0-9 ()/.-]{5,18}".boxed(),
        "number" => "-?[0-9]{1,16}(\\.[0-9]{1,9})?(e-?[0-9]{1,3})?".boxed(),
        "scale" | "rating" | "nps" => "[0-9]{1,2}".boxed(),
        "date" => "[0-9]{4}-[01][0-9]-[0-3][0-9]".boxed(),
        "time" => "[0-2][0-9]:[0-6][0-9](:[0-6][0-9])?".boxed(),
        "file" => "fil_[0-8][0-9a-hjkmnp-tv-z]{25}".boxed(),
        "choice" | "choices" | "dropdown" => {
            select(vec!["A", "b", "C d", OTHER]).prop_map(str::to_owned).boxed()
        }
        "yes_no" | "consent" => {
            select(vec!["yes", "no", "true", "false", "on"]).prop_map(str::to_owned).boxed()
        }
        _ => any::<String>().boxed(),
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => any::<String>(), 1 => "[ \t\n]{0,3}", 1 => key().prop_flat_map(|key| fitting(&key))]
}

/// A key with a text that mostly fits it.
fn pair() -> impl Strategy<Value = (String, String)> {
    key().prop_flat_map(|key| {
        let text = prop_oneof![9 => fitting(&key), 1 => text()];
        (Just(key), text)
    })
}

/// A key with a JSON value that mostly fits it.
fn entry() -> impl Strategy<Value = (String, Value)> {
    let fits = pair().prop_map(|(key, text)| {
        let listed = matches!(key.as_str(), "choices" | "file");
        let value = if listed { json!([text]) } else { as_number(&text).unwrap_or(json!(text)) };
        (key, value)
    });
    prop_oneof![9 => fits, 1 => (key(), json_value())]
}

/// Sends what looks like a number without quotes, as most programs do.
fn as_number(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_number)
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => text().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => (-20_i64..20).prop_map(Value::from),
        1 => any::<i32>().prop_map(|cents| Value::from(f64::from(cents) / 100.0)),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            hash_map(text(), inner, 0..3).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The JSON object that says the same as a page's pairs, each name sent once.
fn as_object(pairs: &[(String, String)]) -> Map<String, Value> {
    let entry = |(key, text): &(String, String)| {
        let kind = EVERYTHING.field(key).expect("known").kind.name();
        let value = match kind {
            "choices" | "file" if text.is_empty() => json!([]),
            "choices" | "file" => json!([text]),
            "long_text" | "hidden" | "choice" | "dropdown" => json!(text),
            _ => json!(text.trim()),
        };
        (key.clone(), value)
    };
    pairs.iter().map(entry).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_accepted_comes_back_unchanged(sent in vec(entry(), 0..4)) {
        let object = Value::Object(sent.into_iter().collect());
        if let Ok(answers) = COMPILED.from_json(&object.to_string()) {
            let read = Answers::parse_stored(&answers.to_json()).expect("reads back");
            prop_assert_eq!(&read, &answers);
            prop_assert_eq!(read.to_json(), answers.to_json());
            // What is stored is itself a valid submission with the same answers.
            prop_assert_eq!(COMPILED.from_json(&answers.to_json()), Ok(answers.clone()));
            prop_assert_eq!(answers.summary(&EVERYTHING).len(), answers.iter().count());
            answers.searchable_text(&EVERYTHING);
        }
    }

    #[test]
    fn accepted_text_is_the_text_that_was_sent(text in any::<String>()) {
        let sent = json!({"long_text": text});
        match COMPILED.from_json(&sent.to_string()) {
            Ok(answers) if text.is_empty() => prop_assert_eq!(answers.to_json(), "{}"),
            Ok(answers) => {
                let stored: Value = serde_json::from_str(&answers.to_json()).expect("JSON");
                prop_assert_eq!(stored, sent);
            }
            Err(problems) => {
                prop_assert!(text.contains('\0'));
                prop_assert_eq!(problems.iter().next().expect("one").code.as_ref(), "nul_character");
            }
        }
    }

    #[test]
    fn every_finite_number_in_range_is_kept_exactly(number in -1e15..1e15_f64) {
        let answers = COMPILED.from_json(&format!("{{\"number\":{number:e}}}")).expect("in range");
        let stored = answers.to_json();
        let stored = stored.trim_start_matches("{\"number\":").trim_end_matches('}');
        prop_assert_eq!(stored.parse::<f64>().expect("a number"), number);
    }

    #[test]
    fn page_and_api_agree(sent in vec(pair(), 0..6)) {
        let known = |(key, text): &(String, String)| {
            // A page leaves these to themselves; the API refuses them.
            EVERYTHING.field(key).is_some_and(|field| field.kind.is_question()) && text != OTHER
        };
        let mut pairs: Vec<(String, String)> = sent.into_iter().filter(known).collect();
        pairs.sort();
        pairs.dedup_by(|one, other| one.0 == other.0);
        let object = Value::Object(as_object(&pairs));
        prop_assert_eq!(COMPILED.from_form(&pairs), COMPILED.from_json(&object.to_string()));
    }

    #[test]
    fn no_page_does_harm(pairs in vec(pair(), 0..12)) {
        if let Ok(answers) = COMPILED.from_form(&pairs) {
            prop_assert_eq!(&Answers::parse_stored(&answers.to_json()).expect("reads"), &answers);
        }
    }

    #[test]
    fn no_text_does_harm(text in any::<String>(), json in "[\\[\\]{}\":,0-9a-z\\\\ ]{0,40}") {
        let _ = COMPILED.from_json(&text);
        let _ = COMPILED.from_json(&json);
        let _ = COMPILED.from_json(&format!("{{\"number\":{json}}}"));
        let _ = Answers::parse_stored(&json);
    }

    #[test]
    fn no_document_does_harm(
        document in json_value(),
        kind in select(Kind::NAMES.to_vec()),
        settings in hash_map(property(), json_value(), 0..3),
    ) {
        let _ = Definition::from_json(document.clone());
        let _ = Definition::from_fields(json!([document]));
        let mut field = json!({"type": kind, "label": "L"});
        if matches!(kind, "choice" | "choices" | "dropdown") {
            field["options"] = json!(["A"]);
        }
        field.as_object_mut().expect("an object").extend(settings);
        if let Ok(definition) = Definition::from_fields(json!([field])) {
            let stored = serde_json::to_string(&definition).expect("serialises");
            prop_assert_eq!(serde_json::from_str::<Definition>(&stored).expect("reads"), definition);
        }
    }
}

fn property() -> impl Strategy<Value = String> {
    select(vec![
        "key",
        "label",
        "type",
        "help",
        "required",
        "options",
        "min",
        "max",
        "min_length",
        "other",
        "pattern",
        "accept",
        "max_files",
        "default",
        "text",
    ])
    .prop_map(str::to_owned)
}

/// Strategies above that can only ever produce refusals would prove nothing.
#[test]
fn the_inputs_above_are_often_accepted() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let strategy = vec(entry(), 0..4);
    let accepted = (0..1_000).filter(|_| {
        let sent = strategy.new_tree(&mut runner).expect("a tree").current();
        let object = Value::Object(sent.into_iter().collect());
        COMPILED.from_json(&object.to_string()).is_ok_and(|answers| answers.iter().next().is_some())
    });
    let accepted = accepted.count();
    assert!(accepted > 200, "{accepted}");
}

#[test]
fn shuffled_picks_are_kept_in_the_order_of_the_sender() {
    proptest!(|(picks in subsequence(vec!["A", "b", "C d"], 1..=2).prop_shuffle())| {
        let sent = json!({"choices": picks}).to_string();
        let answers = COMPILED.from_json(&sent).expect("valid");
        prop_assert_eq!(answers.to_json(), sent);
    });
}
