//! What holds for a submission as a whole.

use super::*;

#[test]
fn nothing_empty_and_null_are_no_answer() {
    for kind in
        ["short_text", "long_text", "email", "phone", "number", "date", "time", "yes_no", "file"]
    {
        let (free, required) = (asking(kind, json!({})), asking(kind, json!({"required": true})));
        for nothing in [r#"{}"#, r#"{"it": null}"#, r#"{"it": ""}"#, r#"{"it": []}"#] {
            assert_eq!(outcome(free.from_json(nothing)), "{}", "{kind} {nothing}");
            assert_eq!(outcome(required.from_json(nothing)), "answers.it required", "{kind}");
        }
        assert_eq!(on_page(&free, &[("it", "")]), "{}");
        assert_eq!(on_page(&required, &[("it", "")]), "answers.it required");
    }
}

#[test]
fn a_required_text_of_blanks_is_no_answer() {
    let form = asking("long_text", json!({"required": true}));
    refuses(&form, [(json!(" \n\u{3000}"), "required")]);
    takes(&asking("long_text", json!({})), [json!(" \n\u{3000}")]);
}

#[test]
fn a_page_trims_single_lines_only() {
    let form = form(json!([
        {"key": "name", "type": "short_text", "label": "Name"},
        {"key": "email", "type": "email", "label": "E-mail"},
        {"key": "age", "type": "number", "label": "Age"},
        {"key": "story", "type": "long_text", "label": "Story"},
    ]));
    let pairs = [("story", " Once\n "), ("name", "\tAda "), ("email", " a@b.de\n"), ("age", " 7 ")];
    let stored = r#"{"name":"Ada","email":"a@b.de","age":7,"story":" Once\n "}"#;
    assert_eq!(on_page(&form, &pairs), stored);
}

#[test]
fn answers_are_stored_in_the_order_of_the_form() {
    let form = form(json!([
        {"key": "a", "type": "short_text", "label": "A"},
        {"key": "b", "type": "short_text", "label": "B"},
        {"key": "c", "type": "short_text", "label": "C"},
    ]));
    let sent = r#" { "c" : "3", "a" : "1" , "\u0062" : "2" } "#;
    assert_eq!(outcome(form.from_json(sent)), r#"{"a":"1","b":"2","c":"3"}"#);
}

#[test]
fn unknown_keys_are_refused_by_the_api_and_left_alone_by_the_page() {
    let form = asking("short_text", json!({}));
    assert_eq!(outcome(form.from_json(r#"{"nmae": "x"}"#)), "answers.nmae unknown_field");
    assert_eq!(on_page(&form, &[("_token", "x"), ("nmae", "y"), ("it", "z")]), r#"{"it":"z"}"#);
    let many: String = (0..1000).map(|number| format!("\"k{number}\":1,")).collect();
    let problems = form.from_json(&format!("{{{many}\"it\":\"x\"}}")).expect_err("refused");
    assert_eq!(problems.iter().count(), limits::UNKNOWN_NAMED);
}

#[test]
fn a_key_may_be_sent_once() {
    let form = asking("short_text", json!({}));
    let twice = r#"{"it": "a", "it": "b", "i\u0074": "c"}"#;
    assert_eq!(
        outcome(form.from_json(twice)),
        "answers.it duplicate_key, answers.it duplicate_key"
    );
}

#[test]
fn every_problem_is_told_in_the_order_of_the_form() {
    let form = form(json!([
        {"key": "name", "type": "short_text", "label": "Name", "required": true},
        {"key": "email", "type": "email", "label": "E-mail"},
        {"key": "stars", "type": "rating", "label": "Stars"},
    ]));
    assert_eq!(
        outcome(form.from_json(r#"{"stars": 9, "email": "ada"}"#)),
        "answers.name required, answers.email not_an_email, answers.stars too_large"
    );
}

#[test]
fn what_is_not_an_object_is_refused_whole() {
    let form = asking("short_text", json!({}));
    for json in ["[]", "null", "5", "\"it\"", "true"] {
        assert_eq!(outcome(form.from_json(json)), "answers wrong_type", "{json}");
    }
    for json in ["", "{", "{\"it\": }", "{it: 1}", "{} {}", "{\"it\": \"\u{1}\"}", "{\"it\": nul}"]
    {
        assert_eq!(outcome(form.from_json(json)), "answers invalid_json", "{json}");
    }
}

#[test]
fn a_broken_escape_is_named_at_its_field() {
    let form = asking("short_text", json!({}));
    assert_eq!(outcome(form.from_json(r#"{"it": "\ud800"}"#)), "answers.it invalid_text");
    assert_eq!(outcome(form.from_json(r#"{"it": "\u0000"}"#)), "answers.it nul_character");
    assert_eq!(outcome(form.from_json(r#"{"it": "\ud83d\ude00"}"#)), r#"{"it":"😀"}"#);
}

#[test]
fn deep_nesting_is_an_error_and_no_danger() {
    let form = asking("choices", json!({"options": ["A"]}));
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(
            outcome(form.from_json(&format!("{{\"it\": {deep}}}"))),
            "answers.it wrong_type"
        );
        assert_eq!(
            outcome(form.from_json(&format!("{{\"x\": {deep}}}"))),
            "answers.x unknown_field"
        );
        let cut = open.repeat(100_000);
        assert_eq!(outcome(form.from_json(&format!("{{\"it\": {cut}"))), "answers invalid_json");
    }
}

#[test]
fn all_answers_together_have_a_limit() {
    let field = |number: usize| json!({"key": format!("t{number}"), "type": "long_text", "label": "L", "max_length": 50_000});
    let form = form(json!((0..6).map(field).collect::<Vec<_>>()));
    let pairs = |count: usize| {
        (0..count).map(|number| (format!("t{number}"), "a".repeat(50_000))).collect::<Vec<_>>()
    };
    assert!(form.from_form(&pairs(5)).is_ok());
    assert_eq!(outcome(form.from_form(&pairs(6))), "answers too_large");
    let object: serde_json::Map<_, _> =
        pairs(6).into_iter().map(|(key, text)| (key, json!(text))).collect();
    assert_eq!(outcome(form.from_json(&Value::Object(object).to_string())), "answers too_large");
    let padded = format!("{{}}{}", " ".repeat(limits::RECEIVED_BYTES));
    assert_eq!(outcome(form.from_json(&padded)), "answers too_large");
}

fn feedback() -> Definition {
    definition(json!([
        {"key": "name", "type": "short_text", "label": "Your name"},
        {"key": "size", "type": "choice", "label": "Size", "options": [{"value": "s", "label": "Small"}]},
        {"key": "extras", "type": "choices", "label": "Extras", "other": true,
         "options": [{"value": "a", "label": "Alpha"}, {"value": "b", "label": "Beta"}]},
        {"key": "stars", "type": "rating", "label": "Stars"},
        {"key": "again", "type": "yes_no", "label": "Again?"},
        {"key": "terms", "type": "consent", "label": "Terms"},
        {"key": "photo", "type": "file", "label": "Photo"},
        {"key": "source", "type": "hidden", "default": "web"},
    ]))
}

#[test]
fn answers_are_shown_with_labels() {
    let definition = feedback();
    let sent = json!({"name": "Ada", "size": "s", "extras": ["b", "Gamma"], "stars": 4, "again": false,
                      "terms": true, "photo": "fil_01jd3v8m2nf0q8zjt5x9y7k6ab"});
    let answers =
        Compiled::new(&definition).expect("compiles").from_json(&sent.to_string()).expect("fine");
    let summary: Vec<_> = answers.summary(&definition);
    let expected = [
        ("Your name", "Ada"),
        ("Size", "Small"),
        ("Extras", "Beta, Gamma"),
        ("Stars", "4 of 5"),
        ("Again?", "No"),
        ("Terms", "Accepted"),
        ("Photo", "fil_01jd3v8m2nf0q8zjt5x9y7k6ab"),
        ("source", "web"),
    ];
    assert_eq!(summary, expected.map(|(label, text)| (label, text.into())));
    assert_eq!(answers.searchable_text(&definition), "Ada\nSmall\nBeta, Gamma\n4\nweb");
}

#[test]
fn stored_answers_are_read_in_any_order_and_shown_in_that_of_the_form() {
    let definition = feedback();
    let stored = r#"{"gone": "old", "stars": 4.0, "name": "Ada"}"#;
    let answers = Answers::parse_stored(stored).expect("reads");
    let expected = [("Your name", "Ada"), ("Stars", "4 of 5"), ("gone", "old")];
    assert_eq!(answers.summary(&definition), expected.map(|(label, text)| (label, text.into())));
    assert!(Answers::parse_stored("[]").is_err());
    assert!(Answers::parse_stored(r#"{"name": {}}"#).is_err());
}
