//! What a document may ask in its conditions, and how a mistake is named.

use forms::definition::Definition;
use serde_json::{Value, json};

fn with(test: Value) -> Value {
    json!([
        {"key": "age", "type": "number", "label": "Age"},
        {"key": "topic", "type": "choice", "label": "Topic", "options": ["Order"]},
        {"key": "head", "type": "section", "label": "Head"},
        {"key": "it", "type": "short_text", "label": "It", "show_if": test},
        {"key": "late", "type": "yes_no", "label": "Late"},
    ])
}

fn refused(fields: Value) -> Vec<String> {
    let problems = Definition::from_fields(fields).expect_err("refused");
    problems.iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
}

#[test]
fn a_condition_comes_back_as_it_was_sent() {
    let condition = json!({"any": [
        {"field": "age", "is": "at_least", "value": 18},
        {"not": {"all": [{"field": "topic", "is": "one_of", "value": ["Order"]}, {"field": "age", "is": "answered"}]}},
    ]});
    let definition = Definition::from_fields(with(condition.clone())).expect("sound");
    let document = serde_json::to_value(&definition).expect("JSON");
    assert_eq!(document["fields"][3]["show_if"], condition);
    assert_eq!(Definition::from_json(document).expect("again"), definition);
    let words = definition.fields[3].show_if.as_ref().map(|it| it.in_words(&definition));
    assert_eq!(
        words.as_deref(),
        Some("“Age” is at least 18 or not (“Topic” is one of Order and “Age” is answered)")
    );
    let plain = Definition::from_fields(json!([{"type": "nps", "label": "N"}])).expect("sound");
    let json = serde_json::to_string(&plain).expect("JSON");
    assert!(!json.contains("_if"), "{json}");
}

#[test]
fn mistakes_are_named_by_their_place() {
    let leaf = |field: &str, is: &str, value: Value| json!({"all": [{"field": field, "is": is, "value": value}]});
    let place = "fields[3].show_if.all[0]";
    for (test, expected) in [
        (leaf("nobody", "equals", json!("x")), format!("{place}.field unknown_field")),
        (leaf("it", "equals", json!("x")), format!("{place}.field not_earlier")),
        (leaf("late", "equals", json!(true)), format!("{place}.field not_earlier")),
        (leaf("head", "answered", Value::Null), format!("{place}.field inconsistent")),
        (leaf("age", "contains", json!("1")), format!("{place}.is not_an_option")),
        (leaf("age", "like", json!("1")), format!("{place}.is not_an_option")),
        (leaf("age", "less", json!("1")), format!("{place}.value wrong_type")),
        (leaf("age", "less", json!(1e16)), format!("{place}.value wrong_type")),
        (leaf("age", "less", Value::Null), format!("{place}.value required")),
        (leaf("age", "answered", json!(1)), format!("{place}.value inconsistent")),
        (leaf("age", "one_of", json!(1)), format!("{place}.value wrong_type")),
        (leaf("age", "one_of", json!([])), format!("{place}.value wrong_type")),
        (leaf("age", "one_of", json!([1, "2"])), format!("{place}.value[1] wrong_type")),
        (leaf("topic", "equals", json!("Invoice")), format!("{place}.value not_an_option")),
        (leaf("topic", "equals", json!("_other")), format!("{place}.value not_an_option")),
        (json!({"all": []}), "fields[3].show_if.all required".into()),
        (json!({"all": [{"field": "age"}]}), format!("{place}.is required")),
        (json!({"all": [{"is": "answered"}]}), format!("{place}.field required")),
        (
            json!({"all": [{"field": "age", "is": "answered", "then": 1}]}),
            format!("{place}.then unknown_property"),
        ),
        (json!({"all": [], "any": []}), "fields[3].show_if.any unknown_property".into()),
        (json!([]), "fields[3].show_if wrong_type".into()),
    ] {
        assert_eq!(refused(with(test.clone())), [expected], "{test}");
    }
    let section = json!([
        {"key": "a", "type": "nps", "label": "A"},
        {"type": "section", "label": "S", "require_if": {"field": "a", "is": "answered"}},
    ]);
    assert_eq!(refused(section), ["fields[1].require_if inconsistent"]);
}

#[test]
fn conditions_are_bounded() {
    let leaf = || json!({"field": "age", "is": "answered"});
    let nested = |deep: usize| (1..deep).fold(leaf(), |inner, _| json!({"not": inner}));
    assert!(Definition::from_fields(with(nested(8))).is_ok());
    let told = refused(with(nested(9)));
    assert_eq!(told, [format!("fields[3].show_if{} too_deep", ".not".repeat(8))]);
    let wide = |count: usize| json!({"any": vec![leaf(); count]});
    assert!(Definition::from_fields(with(wide(50))).is_ok());
    assert_eq!(refused(with(wide(51))), ["fields[3].show_if.any too_many"]);
    let halves = json!({"all": [wide(30), wide(30)]});
    assert_eq!(refused(with(halves)), ["fields[3].show_if too_many"]);
    let mut many = vec![json!({"key": "age", "type": "number", "label": "Age"})];
    let field = |index: usize| json!({"key": format!("f{index}"), "type": "nps", "label": "N", "show_if": wide(50)});
    many.extend((0..21).map(field));
    assert_eq!(refused(many.into()), ["fields too_many_tests"]);
}
