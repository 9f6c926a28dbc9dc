//! What each type of field takes and refuses.

use super::*;

#[test]
fn short_text_is_kept_and_counted_in_characters() {
    let form = asking("short_text", json!({"min_length": 2, "max_length": 5}));
    takes(&form, [json!("ab"), json!("äöüßé"), json!(" ab "), json!("👩‍💻ab"), json!("\u{202e}ab")]);
    refuses(
        &form,
        [
            (json!("a"), "too_short"),
            (json!("abcdef"), "too_long"),
            (json!("a\0b"), "nul_character"),
            (json!(5), "wrong_type"),
            (json!(true), "wrong_type"),
            (json!(["ab"]), "wrong_type"),
            (json!({"a": 1}), "wrong_type"),
        ],
    );
    assert_eq!(
        message(form.from_json(r#"{"it": "abcdefg"}"#)),
        "Use at most 5 characters; this has 7."
    );
}

#[test]
fn texts_without_limits_have_the_house_limits() {
    let short = asking("short_text", json!({}));
    takes(&short, [json!("ä".repeat(500))]);
    refuses(&short, [(json!("a".repeat(501)), "too_long")]);
    let long = asking("long_text", json!({}));
    takes(&long, [json!("a".repeat(20_000)), json!("line\r\nline\n")]);
    refuses(&long, [(json!("a".repeat(20_001)), "too_long")]);
    // 16,500 characters, but 66,000 bytes.
    refuses(&long, [(json!("👻".repeat(16_500)), "too_long")]);
    takes(&asking("long_text", json!({"max_length": 50_000})), [json!("👻".repeat(50_000))]);
}

#[test]
fn a_line_break_counts_once_as_in_the_browser() {
    let form = asking("long_text", json!({"max_length": 3}));
    assert_eq!(on_page(&form, &[("it", "a\r\nb")]), r#"{"it":"a\r\nb"}"#);
    assert_eq!(on_page(&form, &[("it", "a\r\nbc")]), "answers.it too_long");
}

#[test]
fn a_pattern_must_match_the_whole_text() {
    let settings = json!({"pattern": "[0-9]{5}|none", "pattern_hint": "Five digits, please."});
    let form = asking("short_text", settings);
    takes(&form, [json!("12345"), json!("none")]);
    refuses(&form, [json!("123456"), json!("a12345"), json!("none\n")].map(|it| (it, "pattern")));
    assert_eq!(message(form.from_json(r#"{"it": "x"}"#)), "Five digits, please.");
}

#[test]
fn a_pattern_made_to_explode_stays_quick() {
    let form = asking("long_text", json!({"pattern": "(a+)+b", "max_length": 50_000}));
    refuses(&form, [(json!("a".repeat(50_000)), "pattern")]);
}

#[test]
fn email_and_phone_have_their_shape() {
    let email = asking("email", json!({"max_length": 20}));
    takes(&email, [json!("ada@example.com")]);
    refuses(
        &email,
        [
            (json!("ada@example"), "not_an_email"),
            (json!("ada"), "not_an_email"),
            (json!("ada.lovelace@example.com"), "too_long"),
            (json!(1), "wrong_type"),
        ],
    );
    let phone = asking("phone", json!({}));
    takes(&phone, [json!("+1 (202) 555-0143")]);
    refuses(&phone, [(json!("12345"), "not_a_phone"), (json!(1_234_567), "wrong_type")]);
    refuses(&phone, [(json!(format!("{}123456", " ".repeat(60))), "not_a_phone")]);
}

#[test]
fn numbers_are_kept_as_they_were_written() {
    let form = asking("number", json!({}));
    takes(&form, [json!(0), json!(-7), json!(12.5), json!(1_000_000_000_000_000_i64), json!(0.1)]);
    for (json, stored) in [
        (r#""12""#, "12"),
        (r#""12.50""#, "12.5"),
        ("5.0", "5"),
        ("1e3", "1000"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("123456789.123456789", "123456789.12345679"),
        ("2.2250738585072011e-308", "2.225073858507201e-308"),
    ] {
        // As text: serde_json's own reading of a fraction may be off by the last digit.
        let judged = form.from_json(&format!("{{\"it\":{json}}}"));
        assert_eq!(outcome(judged), format!("{{\"it\":{stored}}}"));
    }
    refuses(
        &form,
        [
            (json!("five"), "not_a_number"),
            (json!("1,5"), "not_a_number"),
            (json!("NaN"), "not_a_number"),
            (json!("Infinity"), "not_a_number"),
            (json!("1e999"), "too_large"),
            (json!(-1_000_000_000_000_001_i64), "too_small"),
            (json!(true), "wrong_type"),
            (json!([1]), "wrong_type"),
        ],
    );
    // Beyond any f64, written without quotes.
    assert_eq!(outcome(form.from_json(r#"{"it": 1e999}"#)), "answers.it too_large");
    assert_eq!(
        outcome(form.from_json(&format!("{{\"it\": {}}}", "9".repeat(400)))),
        "answers.it too_large"
    );
}

#[test]
fn numbers_keep_their_bounds() {
    let form = asking("number", json!({"min": 1, "max": 10.5, "integer": true}));
    takes(&form, [json!(1), json!(10)]);
    refuses(
        &form,
        [
            (json!(0), "too_small"),
            (json!(11), "too_large"),
            (json!(2.5), "not_an_integer"),
            (json!("2.5"), "not_an_integer"),
        ],
    );
    assert_eq!(message(form.from_json(r#"{"it": 11}"#)), "Use a number of 10.5 or less.");
}

#[test]
fn dates_and_times_exist() {
    let date = asking("date", json!({"min": "2026-01-01", "max": "2026-12-31"}));
    takes(&date, [json!("2026-01-01"), json!("2026-12-31")]);
    refuses(
        &date,
        [
            (json!("2025-12-31"), "too_small"),
            (json!("2027-01-01"), "too_large"),
            (json!("2026-02-29"), "not_a_date"),
            (json!("21.11.2026"), "not_a_date"),
            (json!(20_261_121), "wrong_type"),
        ],
    );
    let time = asking("time", json!({}));
    takes(&time, [json!("00:00"), json!("23:59:59")]);
    refuses(&time, [(json!("24:00"), "not_a_time"), (json!("2 pm"), "not_a_time")]);
}

#[test]
fn a_choice_is_one_of_the_options() {
    for kind in ["choice", "dropdown"] {
        let form = asking(kind, json!({"options": [{"value": "a", "label": "Alpha"}, "B"]}));
        takes(&form, [json!("a"), json!("B")]);
        refuses(&form, [(json!("Alpha"), "not_an_option"), (json!("_other"), "not_an_option")]);
        refuses(&form, [(json!(["a"]), "wrong_type"), (json!(1), "wrong_type")]);
        assert_eq!(message(form.from_json(r#"{"it": "c"}"#)), "Choose one of the options: a, B.");
        assert_eq!(on_page(&form, &[("it", ""), ("it.other", "mine")]), "{}");
    }
}

#[test]
fn an_own_answer_is_taken_where_it_is_offered() {
    let form = asking("choice", json!({"options": ["A", "B"], "other": true, "required": true}));
    takes(&form, [json!("A"), json!("Something else")]);
    refuses(&form, [(json!("x".repeat(501)), "too_long"), (json!("  "), "required")]);
    refuses(&form, [(json!("_other"), "not_an_option")]);
    assert_eq!(on_page(&form, &[("it", "_other"), ("it.other", " mine ")]), r#"{"it":"mine"}"#);
    assert_eq!(on_page(&form, &[("it.other", "left over")]), "answers.it required");
    assert_eq!(on_page(&form, &[("it", "A"), ("it.other", "left over")]), r#"{"it":"A"}"#);
    assert_eq!(on_page(&form, &[("it", "_other"), ("it.other", "")]), "answers.it required");
}

#[test]
fn choices_are_some_of_the_options() {
    let settings = json!({"options": ["A", "B", "C", "D"], "min_picks": 2, "max_picks": 3});
    let form = asking("choices", settings);
    takes(&form, [json!(["A", "B"]), json!(["D", "A", "C"])]);
    refuses(
        &form,
        [
            (json!(["A"]), "too_few"),
            (json!(["A", "B", "C", "D"]), "too_many"),
            (json!(["A", "A"]), "duplicate"),
            (json!(["A", "E"]), "not_an_option"),
            (json!(["A", 1]), "wrong_type"),
            (json!(["A", ["B"]]), "wrong_type"),
            (json!(["A", "\0"]), "nul_character"),
            (json!("A"), "wrong_type"),
        ],
    );
    assert_eq!(on_page(&form, &[("it", "A"), ("it", "C")]), r#"{"it":["A","C"]}"#);
    assert_eq!(on_page(&form, &[]), "{}");
}

#[test]
fn choices_take_one_own_answer_beside_the_options() {
    let form = asking("choices", json!({"options": ["A", "B"], "other": true}));
    takes(&form, [json!(["A", "mine"])]);
    refuses(&form, [(json!(["mine", "yours"]), "too_many")]);
    let ticked = [("it", "A"), ("it", "_other"), ("it.other", "mine")];
    assert_eq!(on_page(&form, &ticked), r#"{"it":["A","mine"]}"#);
    assert_eq!(on_page(&form, &[("it", "A"), ("it.other", "left over")]), r#"{"it":["A"]}"#);
    assert_eq!(on_page(&form, &[("it.other", "left over")]), "{}");
    assert_eq!(on_page(&form, &[("it", "_other"), ("it.other", " ")]), "answers.it required");
}

#[test]
fn points_are_whole_numbers_of_the_scale() {
    let cases = [
        ("scale", json!({"min": 0, "max": 7}), 0, 7),
        ("scale", json!({}), 1, 5),
        ("rating", json!({"max": 10}), 1, 10),
        ("nps", json!({}), 0, 10),
    ];
    for (kind, settings, min, max) in cases {
        let form = asking(kind, settings);
        takes(&form, [json!(min), json!(max)]);
        assert_eq!(sent(&form, &json!(max.to_string())), max.to_string());
        refuses(&form, [(json!(min - 1), "too_small"), (json!(max + 1), "too_large")]);
        refuses(&form, [(json!(1.5), "not_an_integer"), (json!("many"), "not_a_number")]);
    }
}

#[test]
fn yes_and_no_come_as_words_too() {
    let form = asking("yes_no", json!({"required": true}));
    takes(&form, [json!(true), json!(false)]);
    assert_eq!(sent(&form, &json!("yes")), "true");
    assert_eq!(sent(&form, &json!("no")), "false");
    refuses(&form, [(json!("maybe"), "not_an_option"), (json!(1), "wrong_type")]);
    assert_eq!(on_page(&form, &[("it", "no"), ("it", "on")]), r#"{"it":true}"#);
}

#[test]
fn a_required_consent_must_be_given() {
    let form = asking("consent", json!({"required": true}));
    takes(&form, [json!(true)]);
    refuses(&form, [(json!(false), "must_be_accepted"), (json!("no"), "must_be_accepted")]);
    refuses(&form, [(json!(null), "must_be_accepted")]);
    assert_eq!(on_page(&form, &[]), "answers.it must_be_accepted");
    let free = asking("consent", json!({}));
    takes(&free, [json!(false), json!(true)]);
    assert_eq!(on_page(&free, &[]), "{}");
}

#[test]
fn files_are_named_by_their_ids() {
    let form = asking("file", json!({"max_files": 2}));
    let id = "fil_01jd3v8m2nf0q8zjt5x9y7k6ab";
    let other = "fil_01jd3v8m2nf0q8zjt5x9y7k6ac";
    takes(&form, [json!([id]), json!([id, other])]);
    assert_eq!(sent(&form, &json!(id)), json!([id]).to_string());
    assert_eq!(on_page(&form, &[("it", id), ("it", "")]), json!({"it": [id]}).to_string());
    refuses(
        &form,
        [
            (json!("photo.jpg"), "not_a_file"),
            (json!("frm_01jd3v8m2nf0q8zjt5x9y7k6ab"), "not_a_file"),
            (json!([id, other, id]), "too_many"),
            (json!({"id": id}), "wrong_type"),
        ],
    );
}

#[test]
fn a_hidden_value_falls_back_on_its_default() {
    let form = asking("hidden", json!({"default": "direct"}));
    takes(&form, [json!("newsletter"), json!(" kept ")]);
    assert_eq!(outcome(form.from_json("{}")), r#"{"it":"direct"}"#);
    assert_eq!(on_page(&form, &[("it", "")]), r#"{"it":"direct"}"#);
    refuses(&form, [(json!("x".repeat(2001)), "too_long")]);
}

#[test]
fn sections_and_pages_take_no_answer() {
    for kind in ["section", "page"] {
        let form = form(json!([
            {"key": "it", "type": kind, "label": "It"},
            {"key": "name", "type": "short_text", "label": "Name"},
        ]));
        refuses(&form, [(json!("text"), "unknown_field")]);
        assert_eq!(on_page(&form, &[("it", "text"), ("name", "Ada")]), r#"{"name":"Ada"}"#);
    }
}
