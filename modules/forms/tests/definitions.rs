//! Which form documents are taken, and how the faulty place of the others is named.

use forms::definition::{Definition, Kind};
use serde_json::{Value, json};

/// The problems as `place code`.
fn problems(fields: Value) -> Vec<String> {
    match Definition::from_fields(fields) {
        Ok(_) => Vec::new(),
        Err(problems) => {
            assert!(problems.iter().all(|problem| problem.message.len() > 8));
            problems.iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
        }
    }
}

/// The problems of one field beside a sound one; its place is `fields[1]`.
fn problems_of(field: Value) -> Vec<String> {
    problems(json!([{"type": "yes_no", "label": "First?"}, field]))
}

fn text(settings: Value) -> Value {
    let mut field = json!({"key": "text", "type": "short_text", "label": "Text"});
    field.as_object_mut().expect("an object").extend(settings.as_object().expect("too").clone());
    field
}

fn with_options(options: Value) -> Value {
    json!({"type": "choices", "label": "Pick", "options": options})
}

#[test]
fn every_type_is_known_by_its_name_and_comes_back_from_storage() {
    let fields = Kind::NAMES.map(|name| {
        let mut field = json!({"key": format!("a_{name}"), "type": name, "label": "Label"});
        if matches!(name, "choice" | "choices" | "dropdown") {
            field["options"] = json!(["A", {"value": "b", "label": "B"}]);
        }
        field
    });
    let definition = Definition::from_fields(json!(fields)).expect("sound");
    let names: Vec<_> = definition.fields.iter().map(|field| field.kind.name()).collect();
    assert_eq!(names, Kind::NAMES);
    let stored = serde_json::to_value(&definition).expect("serialises");
    assert_eq!(serde_json::from_value::<Definition>(stored).expect("reads back"), definition);
}

#[test]
fn every_setting_comes_back_as_it_was_given() {
    let given = json!({"fields": [
        {"key": "name", "label": "Name", "help": "Full", "placeholder": "Ada", "required": true,
         "type": "short_text", "min_length": 2, "max_length": 80, "pattern": "[A-Z].*",
         "pattern_hint": "Begin with a capital."},
        {"key": "mail", "label": "Mail", "required": false, "type": "email", "max_length": 200},
        {"key": "age", "label": "Age", "required": false, "type": "number", "min": 18, "max": 99.5,
         "integer": true},
        {"key": "day", "label": "Day", "required": false, "type": "date", "min": "2026-01-01",
         "max": "2026-12-31"},
        {"key": "size", "label": "Size", "required": false, "type": "choice",
         "options": [{"value": "s", "label": "Small"}], "other": true},
        {"key": "extras", "label": "Extras", "required": false, "type": "choices",
         "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}], "min_picks": 1,
         "max_picks": 2},
        {"key": "mood", "label": "Mood", "required": false, "type": "scale", "min": 0, "max": 10,
         "min_label": "Bad", "max_label": "Good"},
        {"key": "stars", "label": "Stars", "required": false, "type": "rating", "max": 10},
        {"key": "proof", "label": "Proof", "required": false, "type": "file", "max_files": 3,
         "max_bytes": 1000, "accept": ["image/*", ".pdf", "text/plain"]},
        {"key": "terms", "label": "Terms", "required": true, "type": "consent", "text": "All."},
        {"key": "source", "label": "", "required": false, "type": "hidden", "default": "web"},
    ]});
    let definition = Definition::from_json(given.clone()).expect("sound");
    assert_eq!(serde_json::to_value(&definition).expect("serialises"), given);
}

#[test]
fn a_missing_key_is_read_off_the_label_and_never_collides() {
    let fields = json!([
        {"type": "email", "label": "Your e-mail"},
        {"type": "email", "label": "Your E-Mail!"},
        {"key": "your_e_mail_2", "type": "email", "label": "Another"},
        {"type": "short_text", "label": "お名前"},
        {"type": "page"},
        {"type": "page"},
    ]);
    let definition = Definition::from_fields(fields).expect("sound");
    let keys: Vec<_> = definition.fields.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(
        keys,
        ["your_e_mail", "your_e_mail_3", "your_e_mail_2", "short_text", "page", "page_2"]
    );
}

#[test]
fn a_form_asks_1_to_300_fields_and_something_at_all() {
    assert_eq!(problems(json!([])), ["fields too_few"]);
    assert_eq!(problems(json!([{"type": "section", "label": "Hello"}])), ["fields too_few"]);
    assert_eq!(problems(json!({})), ["fields wrong_type"]);
    let many = |count| json!(vec![json!({"type": "phone", "label": "Phone"}); count]);
    assert_eq!(problems(many(300)), Vec::<String>::new());
    assert_eq!(problems(many(301)), ["fields too_many"]);
}

#[test]
fn unknown_properties_are_refused_by_name() {
    assert_eq!(
        problems_of(text(json!({"requierd": true}))),
        ["fields[1].requierd unknown_property"]
    );
    // Known to another type, but not to this one.
    assert_eq!(
        problems_of(text(json!({"options": ["A"]}))),
        ["fields[1].options unknown_property"]
    );
    let options = json!([{"value": "a", "label": "A", "colour": "red"}]);
    assert_eq!(
        problems_of(with_options(options)),
        ["fields[1].options[0].colour unknown_property"]
    );
    let document = json!({"fields": [{"type": "phone", "label": "Phone"}], "title": "No"});
    let problems = Definition::from_json(document).expect_err("refused");
    assert_eq!(problems.iter().next().expect("one").field, "title");
}

#[test]
fn wrong_types_are_named_all_at_once() {
    let field = json!({"key": 5, "type": "short_text", "label": ["x"], "required": "yes",
                       "min_length": -1, "max_length": 1.5});
    let expected = [
        "fields[1].min_length wrong_type",
        "fields[1].max_length wrong_type",
        "fields[1].key wrong_type",
        "fields[1].label wrong_type",
        "fields[1].required wrong_type",
    ];
    assert_eq!(problems_of(field), expected);
    assert_eq!(problems_of(json!("short_text")), ["fields[1] wrong_type"]);
    assert_eq!(problems_of(json!({"label": "No type"})), ["fields[1].type required"]);
    let unheard = json!({"type": "colour", "label": "Colour"});
    assert_eq!(problems_of(unheard), ["fields[1].type not_an_option"]);
    assert_eq!(problems_of(with_options(json!("A"))), ["fields[1].options wrong_type"]);
    assert_eq!(problems_of(with_options(json!(["A", 5]))), ["fields[1].options[1] wrong_type"]);
}

#[test]
fn keys_are_plain_and_unique() {
    for key in ["Name", "1st", "_x", "a-b", "näme", "a b", &"k".repeat(65)] {
        assert_eq!(problems_of(text(json!({"key": key}))), ["fields[1].key pattern"], "{key}");
    }
    assert_eq!(problems_of(text(json!({"key": "k".repeat(64)}))), Vec::<String>::new());
    let twice = json!([text(json!({"key": "name"})), text(json!({"key": "name"}))]);
    assert_eq!(problems(twice), ["fields[1].key duplicate_key"]);
}

#[test]
fn labels_are_there_and_short() {
    assert_eq!(problems_of(text(json!({"label": " "}))), ["fields[1].label required"]);
    assert_eq!(problems_of(text(json!({"label": "ä".repeat(500)}))), Vec::<String>::new());
    assert_eq!(problems_of(text(json!({"label": "ä".repeat(501)}))), ["fields[1].label too_long"]);
    assert_eq!(problems_of(text(json!({"label": "a\0"}))), ["fields[1].label nul_character"]);
    assert_eq!(problems_of(json!({"type": "section"})), ["fields[1].label required"]);
    assert_eq!(
        problems_of(text(json!({"label": "\u{200b}\u{200d}"}))),
        ["fields[1].label required"]
    );
    assert_eq!(problems_of(text(json!({"label": "می\u{200c}خواهم"}))), Vec::<String>::new());
    for property in ["label", "help", "placeholder"] {
        let turned = problems_of(text(json!({property: "a\u{202e}b"})));
        assert_eq!(turned, [format!("fields[1].{property} direction_control")]);
    }
    assert_eq!(problems_of(json!({"type": "hidden"})), Vec::<String>::new());
}

#[test]
fn limits_must_make_sense() {
    let cases = [
        (text(json!({"min_length": 9, "max_length": 3})), "min_length inconsistent"),
        (text(json!({"min_length": 600})), "min_length inconsistent"),
        (text(json!({"max_length": 0})), "max_length out_of_range"),
        (text(json!({"max_length": 2001})), "max_length out_of_range"),
        (
            json!({"type": "long_text", "label": "L", "max_length": 50_001}),
            "max_length out_of_range",
        ),
        (json!({"type": "email", "label": "L", "max_length": 255}), "max_length out_of_range"),
        (json!({"type": "number", "label": "L", "min": 2, "max": 1}), "min inconsistent"),
        (json!({"type": "number", "label": "L", "max": 1e16}), "max out_of_range"),
        (json!({"type": "date", "label": "L", "min": "2026-02-30"}), "min not_a_date"),
        (
            json!({"type": "date", "label": "L", "min": "2026-02-02", "max": "2026-02-01"}),
            "min inconsistent",
        ),
        (json!({"type": "scale", "label": "L", "min": 5, "max": 5}), "max out_of_range"),
        (json!({"type": "scale", "label": "L", "min": 0, "max": 21}), "max out_of_range"),
        (json!({"type": "scale", "label": "L", "min": i32::MIN}), "min out_of_range"),
        (json!({"type": "scale", "label": "L", "max": i32::MAX}), "max out_of_range"),
        (json!({"type": "rating", "label": "L", "max": 2}), "max out_of_range"),
        (json!({"type": "rating", "label": "L", "max": 11}), "max out_of_range"),
        (json!({"type": "file", "label": "L", "max_files": 0}), "max_files out_of_range"),
        (json!({"type": "file", "label": "L", "max_bytes": 0}), "max_bytes out_of_range"),
        (json!({"type": "file", "label": "L", "accept": ["pictures"]}), "accept[0] pattern"),
        (json!({"type": "file", "label": "L", "accept": [1]}), "accept[0] wrong_type"),
        (json!({"type": "section", "label": "L", "required": true}), "required inconsistent"),
        (json!({"type": "consent", "label": "L", "text": "x".repeat(5001)}), "text too_long"),
        (json!({"type": "hidden", "default": "x".repeat(2001)}), "default too_long"),
    ];
    for (field, expected) in cases {
        assert_eq!(problems_of(field.clone()), [format!("fields[1].{expected}")], "{field}");
    }
}

#[test]
fn options_are_present_unique_and_named() {
    assert_eq!(
        problems_of(json!({"type": "choice", "label": "L"})),
        ["fields[1].options required"]
    );
    assert_eq!(problems_of(with_options(json!([]))), ["fields[1].options required"]);
    let many: Vec<_> = (0..501).map(|number| number.to_string()).collect();
    assert_eq!(problems_of(with_options(json!(many[..500]))), Vec::<String>::new());
    assert_eq!(problems_of(with_options(json!(many))), ["fields[1].options too_many"]);
    let cases = [
        (json!(["A", "A"]), "options[1].value duplicate"),
        (json!(["A", {"value": "b", "label": "A"}]), "options[1].label duplicate"),
        (json!(["A", {"value": "b", "label": ""}]), "options[1].label required"),
        (json!(["A", {"value": "b", "label": "x".repeat(501)}]), "options[1].label too_long"),
        (json!([{"value": "x".repeat(201), "label": "X"}]), "options[0].value too_long"),
        (json!([{"value": "_other", "label": "X"}]), "options[0].value reserved"),
    ];
    for (options, expected) in cases {
        assert_eq!(problems_of(with_options(options)), [format!("fields[1].{expected}")]);
    }
}

#[test]
fn picks_cannot_be_more_than_the_options() {
    let picks = |min: u32, max: u32| {
        json!({"type": "choices", "label": "L", "options": ["A", "B"], "min_picks": min,
               "max_picks": max})
    };
    assert_eq!(problems_of(picks(1, 2)), Vec::<String>::new());
    assert_eq!(problems_of(picks(2, 1)), ["fields[1].min_picks inconsistent"]);
    assert_eq!(problems_of(picks(1, 3)), ["fields[1].max_picks out_of_range"]);
    assert_eq!(problems_of(picks(0, 2)), ["fields[1].min_picks out_of_range"]);
}

#[test]
fn patterns_are_regular_expressions_of_a_sensible_size() {
    let pattern = |pattern: &str| problems_of(text(json!({"pattern": pattern})));
    for fine in ["[0-9]{5}", r"\w{3,20}", r"\p{L}+", "(?i)ab|cd"] {
        assert_eq!(pattern(fine), Vec::<String>::new(), "{fine}");
    }
    for wrong in ["(", "a)(b", r"(a)\1", "(?=a)", r"(\w{500}){500}", "[", &"(".repeat(200)] {
        assert_eq!(pattern(wrong), ["fields[1].pattern pattern"], "{wrong}");
    }
    assert_eq!(pattern(&"a".repeat(501)), ["fields[1].pattern too_long"]);
    assert_eq!(
        problems_of(text(json!({"pattern_hint": "x"}))),
        ["fields[1].pattern_hint inconsistent"]
    );
    let field = |number| json!({"key": format!("k{number}"), "type": "short_text", "label": "L", "pattern": "a"});
    assert_eq!(problems(json!((0..30).map(field).collect::<Vec<_>>())), Vec::<String>::new());
    assert_eq!(problems(json!((0..31).map(field).collect::<Vec<_>>())), ["fields too_many"]);
    let together = |patterns: &[&str]| {
        let keyed =
            |(index, pattern)| text(json!({"key": format!("k{index}"), "pattern": pattern}));
        problems(patterns.iter().enumerate().map(keyed).collect::<Vec<_>>().into())
    };
    assert_eq!(together(&[r"\w{3,20}", "[A-Z]{2}-[0-9]{6}", r"\w+"]), Vec::<String>::new());
    let many = together(&[r"(?:[^\x{1F600}]\w){15}"; 30]);
    assert_eq!(many.len(), 28, "two of them are as much as a form may hold");
    assert_eq!(
        together(&[r"\w{3,20}", r"\w{3,20}", "[0-9]{5}"]),
        ["fields[2].pattern pattern"],
        "what is left after two large ones is nothing"
    );
}

#[test]
fn a_pattern_and_its_text_are_not_too_much_work_together() {
    let slow = r"(?:[ab]*a[ab]{4000})";
    let long = |pattern: &str, max: u32| {
        let field =
            json!({"type": "long_text", "label": "L", "max_length": max, "pattern": pattern});
        problems_of(field)
    };
    assert_eq!(long(slow, 50_000), ["fields[1].pattern too_much_work"]);
    assert_eq!(long(slow, 500), Vec::<String>::new());
    assert_eq!(long(r"[A-Z]{2}-[0-9]{6}(, [A-Z]{2}-[0-9]{6})*", 50_000), Vec::<String>::new());
}

#[test]
fn a_form_says_how_it_presents_itself() {
    let document = |settings: Value| json!({"fields": [{"type": "email", "label": "E-mail"}], "settings": settings});
    let settings = json!({"thanks_title": "Done", "redirect_url": "https://example.com/ok"});
    let definition = Definition::from_json(document(settings.clone())).expect("sound");
    assert_eq!(serde_json::to_value(&definition).expect("JSON")["settings"], settings);
    let usual = Definition::from_json(document(json!({}))).expect("sound");
    assert!(serde_json::to_value(&usual).expect("JSON").get("settings").is_none());
    for (settings, place, code) in [
        (json!({"redirect_url": "javascript:alert(1)"}), "settings.redirect_url", "invalid_url"),
        (json!({"redirect_url": "/thanks"}), "settings.redirect_url", "invalid_url"),
        (json!({"thanks_title": "a".repeat(501)}), "settings.thanks_title", "too_long"),
        (json!({"colour": "red"}), "settings.colour", "unknown_property"),
        (json!("red"), "settings", "wrong_type"),
    ] {
        let problems = Definition::from_json(document(settings)).expect_err("refused");
        let found: Vec<_> =
            problems.iter().map(|it| (it.field.as_str(), it.code.as_ref())).collect();
        assert_eq!(found, [(place, code)]);
    }
}
