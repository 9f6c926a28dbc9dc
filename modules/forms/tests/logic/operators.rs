//! Each test with answers for which it holds and for which it does not, on both sides.

use serde_json::{Value, json};

use super::{Answered, Case, agreed, definition};

/// A form that asks `it` and shows a second question where the test holds.
fn case(field: &Value, test: &Value, answer: Option<&Value>) -> Case {
    let mut it = json!({"key": "it", "label": "It"});
    it.as_object_mut().expect("object").extend(field.as_object().expect("object").clone());
    let mut test = test.clone();
    test["field"] = "it".into();
    let definition = definition(
        json!([it, {"key": "then", "type": "yes_no", "label": "Then", "show_if": test}]),
    );
    let answers = answer.map_or(json!({}), |answer| json!({"it": answer}));
    Case { definition, answered: Answered::Json(answers) }
}

/// Cases with what is expected of them, tried all at once.
#[derive(Default)]
struct Table(Vec<(Case, bool)>);

impl Table {
    /// Where it holds, and where it does not; without an answer it holds only if it says the opposite of
    /// something.
    fn holds(&mut self, field: Value, test: Value, yes: &[Value], no: &[Value]) {
        let is = test["is"].as_str().expect("a name");
        let negative = is.starts_with("not_") || is == "none_of";
        self.0.push((case(&field, &test, None), negative));
        let yes = yes.iter().map(|answer| (answer, true));
        for (answer, expected) in yes.chain(no.iter().map(|answer| (answer, false))) {
            self.0.push((case(&field, &test, Some(answer)), expected));
        }
    }
}

impl Table {
    fn hold(self) {
        let (cases, expected): (Vec<_>, Vec<_>) = self.0.into_iter().unzip();
        for ((case, fates), expected) in cases.iter().zip(agreed(&cases)).zip(expected) {
            assert_eq!(
                fates[1].0, expected,
                "{:?} for {:?}",
                case.definition.fields[1], case.answered
            );
        }
    }
}

#[test]
fn texts_are_compared_without_capitals_and_edges() {
    let mut table = Table::default();
    let text = || json!({"type": "short_text"});
    let is = |is: &str, value: Value| json!({"is": is, "value": value});
    table.holds(
        text(),
        is("equals", json!(" berlin")),
        &[json!("Berlin"), json!("BERLIN "), json!("\u{85}berlin\u{2003}")],
        &[
            json!("Berlin Mitte"),
            json!(""),
            json!("   "),
            json!(7),
            json!(["berlin"]),
            json!("\u{feff}berlin"),
        ],
    );
    table.holds(text(), is("equals", json!("STRASSE")), &[json!("Straße")], &[json!("Strase")]);
    table.holds(text(), is("equals", json!("οδος")), &[json!("ΟΔΟΣ")], &[json!("οδο")]);
    table.holds(text(), is("not_equals", json!("a")), &[json!("b"), json!(" ")], &[json!("A")]);
    table.holds(text(), is("one_of", json!(["a", "b"])), &[json!("B")], &[json!("c"), json!("ab")]);
    table.holds(text(), is("none_of", json!(["a", "b"])), &[json!("c"), json!("")], &[json!("A ")]);
    table.holds(text(), is("contains", json!("ERL")), &[json!("Berlin")], &[json!("Bern")]);
    table.holds(text(), is("not_contains", json!("erl")), &[json!("Bern")], &[json!("Perle")]);
    table.holds(text(), is("starts_with", json!("be")), &[json!(" Berlin")], &[json!("Auber")]);
    table.holds(text(), is("ends_with", json!("IN")), &[json!("Berlin\n")], &[json!("Inn")]);
    table.holds(
        text(),
        json!({"is": "answered"}),
        &[json!("a")],
        &[json!(" "), json!(1), json!([])],
    );
    table.holds(text(), json!({"is": "not_answered"}), &[json!("\t")], &[json!("a")]);
    let long = json!({"type": "long_text"});
    table.holds(long, is("contains", json!("a\nb")), &[json!("A\r\nB")], &[json!("a b")]);
    let email = json!({"type": "email"});
    table.holds(
        email,
        is("ends_with", json!("@acme.com")),
        &[json!("Ada@ACME.com")],
        &[json!("a@b.com")],
    );
    table.hold();
}

#[test]
fn numbers_are_compared_as_they_are_read() {
    let mut table = Table::default();
    for kind in ["number", "rating", "scale", "nps"] {
        let number = || json!({"type": kind});
        let is = |is: &str, value: Value| json!({"is": is, "value": value});
        table.holds(
            number(),
            is("equals", json!(3)),
            &[json!(3), json!("3.0"), json!(" +3 "), json!("3e0")],
            &[json!("3,0"), json!("three"), json!(3.1), json!(true)],
        );
        table.holds(
            number(),
            is("not_equals", json!(0)),
            &[json!(1), json!("")],
            &[json!(0), json!("-0")],
        );
        table.holds(number(), is("one_of", json!([1, 2.5])), &[json!(2.5)], &[json!(2)]);
        table.holds(number(), is("none_of", json!([1, 2.5])), &[json!(2)], &[json!(1)]);
        table.holds(number(), is("less", json!(2)), &[json!(1.9), json!(-5)], &[json!(2)]);
        table.holds(
            number(),
            is("at_most", json!(0.3)),
            &[json!(0.3)],
            &[json!(0.300_000_000_000_000_04)],
        );
        table.holds(
            number(),
            is("more", json!(2)),
            &[json!("2.01")],
            &[json!(2), json!("1e999"), json!("0x9")],
        );
        table.holds(
            number(),
            is("at_least", json!(2)),
            &[json!(2), json!("2.")],
            &[json!(".5"), json!(1)],
        );
        table.holds(
            number(),
            json!({"is": "answered"}),
            &[json!(0)],
            &[json!("e1"), json!("."), json!("")],
        );
    }
    table.hold();
}

#[test]
fn days_and_times_are_compared_when_they_are_some() {
    let mut table = Table::default();
    let is = |is: &str, value: &str| json!({"is": is, "value": value});
    let day = || json!({"type": "date"});
    table.holds(
        day(),
        is("equals", "2024-02-29"),
        &[json!(" 2024-02-29")],
        &[json!("2024-03-01"), json!("2024-2-29")],
    );
    table.holds(
        day(),
        is("not_equals", "2024-02-29"),
        &[json!("2023-02-29")],
        &[json!("2024-02-29")],
    );
    table.holds(
        day(),
        is("before", "2024-03-01"),
        &[json!("2024-02-29"), json!("0001-01-01")],
        &[json!("2024-03-01"), json!("1900-02-29")],
    );
    table.holds(
        day(),
        is("on_or_before", "2024-03-01"),
        &[json!("2024-03-01")],
        &[json!("2024-03-02")],
    );
    table.holds(
        day(),
        is("after", "1999-12-31"),
        &[json!("2000-01-01")],
        &[json!("1999-12-31"), json!("2024-13-01")],
    );
    table.holds(
        day(),
        is("on_or_after", "2000-01-01"),
        &[json!("2000-01-01")],
        &[json!("1999-12-31")],
    );
    let time = || json!({"type": "time"});
    table.holds(
        time(),
        is("equals", "08:30"),
        &[json!("08:30:00")],
        &[json!("08:30:01"), json!("8:30")],
    );
    table.holds(
        time(),
        is("before", "08:30:01"),
        &[json!("08:30")],
        &[json!("08:30:01"), json!("24:00")],
    );
    table.holds(
        time(),
        is("on_or_after", "08:30"),
        &[json!("08:30"), json!("23:59:59")],
        &[json!("08:29:59")],
    );
    table.hold();
}

#[test]
fn options_are_compared_by_their_values_and_other_is_all_else() {
    let mut table = Table::default();
    let is = |is: &str, value: Value| json!({"is": is, "value": value});
    let options = json!(["A", {"value": "b", "label": "Beta"}]);
    for kind in ["choice", "dropdown"] {
        let one = || json!({"type": kind, "options": options, "other": true});
        table.holds(
            one(),
            is("equals", json!("b")),
            &[json!("b")],
            &[json!("B"), json!("Beta"), json!(["b"])],
        );
        table.holds(
            one(),
            is("equals", json!("_other")),
            &[json!("Own"), json!("beta")],
            &[json!("A"), json!(" ")],
        );
        table.holds(one(), is("not_equals", json!("_other")), &[json!("A")], &[json!("Own")]);
        table.holds(
            one(),
            is("one_of", json!(["A", "_other"])),
            &[json!("A"), json!("Z")],
            &[json!("b")],
        );
        table.holds(one(), is("none_of", json!(["A", "b"])), &[json!("Z")], &[json!("b")]);
    }
    let some = || json!({"type": "choices", "options": options, "other": true});
    table.holds(
        some(),
        is("contains", json!("A")),
        &[json!(["A"]), json!(["b", "A"])],
        &[json!(["b"]), json!([]), json!("A"), json!(["A", 1])],
    );
    table.holds(
        some(),
        is("contains", json!("_other")),
        &[json!(["Own"])],
        &[json!(["A", "b"]), json!([" "])],
    );
    table.holds(
        some(),
        is("not_contains", json!("A")),
        &[json!(["b"]), json!([])],
        &[json!(["A"])],
    );
    table.holds(
        some(),
        is("any_of", json!(["A", "_other"])),
        &[json!(["Z"]), json!(["A"])],
        &[json!(["b"])],
    );
    table.holds(
        some(),
        is("all_of", json!(["A", "_other"])),
        &[json!(["Z", "A"])],
        &[json!(["A"]), json!(["Z"])],
    );
    table.holds(some(), is("none_of", json!(["A", "b"])), &[json!(["Z"])], &[json!(["Z", "b"])]);
    table.hold();
}

#[test]
fn flags_files_and_what_is_hidden() {
    let mut table = Table::default();
    let is = |is: &str, value: Value| json!({"is": is, "value": value});
    let flag = || json!({"type": "yes_no"});
    table.holds(
        flag(),
        is("equals", json!(true)),
        &[json!(true), json!("yes"), json!("on")],
        &[json!(false), json!("constructor"), json!(1)],
    );
    table.holds(flag(), is("equals", json!(false)), &[json!(false), json!("no")], &[json!(true)]);
    table.holds(flag(), is("not_equals", json!(true)), &[json!(false), json!("")], &[json!(true)]);
    let consent = || json!({"type": "consent"});
    table.holds(consent(), json!({"is": "accepted"}), &[json!(true)], &[json!(false)]);
    table.holds(consent(), json!({"is": "not_accepted"}), &[json!(false)], &[json!("on")]);
    let file = || json!({"type": "file"});
    table.holds(
        file(),
        json!({"is": "answered"}),
        &[json!(["fil_1"]), json!("fil_1")],
        &[json!([""]), json!([]), json!([["a"]]), json!(["a", 1])],
    );
    let hidden = || json!({"type": "hidden"});
    table.holds(hidden(), is("equals", json!("ad")), &[json!("AD")], &[json!("")]);
    let with_default = json!({"type": "hidden", "default": "ad"});
    let cases = [None, Some(json!("")), Some(json!("x"))];
    let cases: Vec<Case> = cases
        .iter()
        .map(|answer| case(&with_default, &is("equals", json!("ad")), answer.as_ref()))
        .collect();
    let shown: Vec<bool> = agreed(&cases).iter().map(|fates| fates[1].0).collect();
    assert_eq!(shown, [true, true, false]);
    table.hold();
}

#[test]
fn what_is_not_shown_is_unanswered_for_all_that_follows() {
    let definition = definition(json!([
        {"key": "a", "type": "yes_no", "label": "A"},
        {"key": "b", "type": "yes_no", "label": "B", "show_if": {"field": "a", "is": "equals", "value": true}},
        {"key": "c", "type": "yes_no", "label": "C", "required": true,
         "show_if": {"field": "b", "is": "equals", "value": true}},
        {"key": "p", "type": "page", "show_if": {"not": {"field": "b", "is": "equals", "value": true}}},
        {"key": "s", "type": "section", "label": "S"},
        {"key": "d", "type": "yes_no", "label": "D",
         "require_if": {"any": [{"field": "a", "is": "equals", "value": false}, {"field": "c", "is": "answered"}]}},
        {"key": "h", "type": "hidden", "label": "H"},
        {"key": "q", "type": "page"},
        {"key": "e", "type": "yes_no", "label": "E", "show_if": {"field": "d", "is": "not_answered"}},
    ]));
    let case =
        |answers: Value| Case { definition: definition.clone(), answered: Answered::Json(answers) };
    let cases = [
        case(json!({})),
        case(json!({"b": true, "c": true, "d": true})),
        case(json!({"a": true, "b": true, "d": true})),
        case(json!({"a": false, "d": true})),
    ];
    let told: Vec<String> = agreed(&cases)
        .iter()
        .map(|fates| {
            let keys = definition.fields.iter().zip(fates).filter(|(_, fate)| fate.0);
            keys.map(|(field, fate)| format!("{}{}", field.key, if fate.1 { "!" } else { "" }))
                .collect()
        })
        .collect();
    // The answer to B is dropped with B, and so C and the page follow as if it had never been given.
    assert_eq!(told, ["apsdhqe", "apsdhq", "abc!hqe", "apsd!hq"]);
}
