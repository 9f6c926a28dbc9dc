//! What can be set for each type of field: one table for the inputs of the editor and for reading
//! them back into the form document.

use serde_json::{Map, Number, Value, json};

use crate::pages::sent;

/// How a setting is written on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    Line,
    Lines,
    Whole,
    Number,
    Date,
    Time,
    Flag,
    /// Yes, no, or neither.
    YesNo,
    /// One of the field's own options.
    Pick,
    /// Some of the field's own options, one a line.
    Picks,
    /// One option a line.
    Options,
    /// Endings and media types with commas between them.
    Accept,
    /// Bytes, written in MB.
    Megabytes,
}

/// One setting: its name in the document, and how the page asks for it.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) input: Input,
}

const fn setting(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    input: Input,
) -> Setting {
    Setting { name, label, hint, input }
}

const LABEL: Setting = setting("label", "Label", "The question as people read it.", Input::Line);
const HELP: Setting = setting("help", "Help", "A line under the label.", Input::Lines);
const PLACEHOLDER: Setting =
    setting("placeholder", "Placeholder", "Shown while nothing is written yet.", Input::Line);
const REQUIRED: Setting = setting("required", "Must be answered", "", Input::Flag);
pub(crate) const OPTIONS: Setting = setting("options", "Options", "One per line.", Input::Options);
const OTHER: Setting = setting("other", "Also take an answer of one's own", "", Input::Flag);
const SHUFFLE: Setting =
    setting("shuffle", "Another order of the options for each person", "", Input::Flag);

const fn default(input: Input) -> Setting {
    setting(
        "default",
        "Filled in at first",
        "A link may say otherwise, by the key below: Share shows how.",
        input,
    )
}

const TEXT: &[Setting] = &[
    setting("min_length", "Fewest characters", "", Input::Whole),
    setting("max_length", "Most characters", "", Input::Whole),
    setting("pattern", "Pattern", "A regular expression for the whole answer.", Input::Line),
    setting("pattern_hint", "What to say when it does not match", "", Input::Line),
];
const NUMBER: &[Setting] = &[
    setting("min", "Smallest number", "", Input::Number),
    setting("max", "Largest number", "", Input::Number),
    setting("integer", "Whole numbers only", "", Input::Flag),
];
const DATE: &[Setting] =
    &[setting("min", "First day", "", Input::Date), setting("max", "Last day", "", Input::Date)];
const CHOICES: &[Setting] = &[
    OPTIONS,
    OTHER,
    SHUFFLE,
    setting("min_picks", "Fewest picks", "", Input::Whole),
    setting("max_picks", "Most picks", "", Input::Whole),
];
const SCALE: &[Setting] = &[
    setting("min", "From", "", Input::Whole),
    setting("max", "To", "", Input::Whole),
    setting("min_label", "Words at the low end", "", Input::Line),
    setting("max_label", "Words at the high end", "", Input::Line),
];
const FILE: &[Setting] = &[
    setting("max_files", "Most files", "", Input::Whole),
    setting("max_bytes", "Largest file in MB", "", Input::Megabytes),
    setting("accept", "Types", "Such as .pdf, image/*; empty takes all.", Input::Accept),
];

/// What a field of this type lets one set, in the order of the page.
pub(crate) fn settings(kind: &str) -> Vec<Setting> {
    let own: &[Setting] = match kind {
        "short_text" | "long_text" => TEXT,
        "email" => &[setting("max_length", "Most characters", "", Input::Whole)],
        "number" => NUMBER,
        "date" => DATE,
        "choice" | "dropdown" => &[OPTIONS, OTHER, SHUFFLE],
        "choices" => CHOICES,
        "scale" => SCALE,
        "rating" => &[setting("max", "Stars", "3 to 10.", Input::Whole)],
        "file" => FILE,
        "consent" => &[setting("text", "The full statement", "", Input::Lines)],
        "hidden" => &[setting(
            "default",
            "Value when the address gives none",
            "The address gives one as ?key=value, by the key below.",
            Input::Line,
        )],
        _ => &[],
    };
    let mut all = vec![LABEL];
    match kind {
        "page" | "hidden" => {}
        _ => all.push(HELP),
    }
    if has_placeholder(kind) {
        all.push(PLACEHOLDER);
    }
    all.extend_from_slice(own);
    all.extend(default_input(kind).map(default));
    if !matches!(kind, "section" | "page" | "hidden") {
        all.push(REQUIRED);
    }
    all
}

/// How the page asks for what a question is filled in with at first.
fn default_input(kind: &str) -> Option<Input> {
    match kind {
        "short_text" | "email" | "phone" => Some(Input::Line),
        "long_text" => Some(Input::Lines),
        "number" => Some(Input::Number),
        "scale" | "rating" | "nps" => Some(Input::Whole),
        "date" => Some(Input::Date),
        "time" => Some(Input::Time),
        "choice" | "dropdown" => Some(Input::Pick),
        "choices" => Some(Input::Picks),
        "yes_no" => Some(Input::YesNo),
        _ => None,
    }
}

fn has_placeholder(kind: &str) -> bool {
    matches!(kind, "short_text" | "long_text" | "email" | "phone" | "number")
}

/// Whether the type offers options to choose from.
pub(crate) fn has_options(kind: &str) -> bool {
    settings(kind).iter().any(|setting| setting.name == OPTIONS.name)
}

/// The field as it would be after this was sent: key, type and what the page does not show stay.
pub(crate) fn changed(field: &Value, pairs: &[(String, String)]) -> Value {
    let mut changed: Map<String, Value> = field.as_object().cloned().unwrap_or_default();
    let kind = field["type"].as_str().unwrap_or_default().to_owned();
    for setting in settings(&kind) {
        let text = sent(pairs, setting.name).unwrap_or_default();
        match read(&setting, text, field) {
            Some(value) => changed.insert(setting.name.to_owned(), value),
            None => changed.shift_remove(setting.name),
        };
    }
    if has_options(&kind) {
        follow_options(&mut changed, &field["options"]);
    }
    Value::Object(changed)
}

/// What is filled in at first goes with its option: called as the option is, gone when that is gone.
fn follow_options(field: &mut Map<String, Value>, old: &Value) {
    let Some(default) = field.shift_remove("default") else { return };
    let now = field.get("options").cloned().unwrap_or_default();
    let value = |written: &Value| {
        let called = |options: &Value| {
            let options = options.as_array().into_iter().flatten();
            let mut called =
                options.filter(|it| it["label"] == *written || it["value"] == *written);
            called.next().map(|it| it["value"].clone())
        };
        match called(&now).or_else(|| called(old)) {
            Some(value) => called_so(&now, &value).then_some(value),
            None => Some(written.clone()),
        }
    };
    let default = match &default {
        Value::Array(several) => Some(several.iter().filter_map(value).collect::<Value>()),
        one => value(one),
    };
    if let Some(default) = default.filter(|default| *default != json!([])) {
        field.insert("default".into(), default);
    }
}

fn called_so(options: &Value, value: &Value) -> bool {
    options.as_array().into_iter().flatten().any(|option| option["value"] == *value)
}

/// A text that is no number is passed on as text: the document's own rules refuse it by name.
fn read(setting: &Setting, text: &str, field: &Value) -> Option<Value> {
    let trimmed = text.trim();
    let present = || (!trimmed.is_empty()).then_some(trimmed);
    match setting.input {
        Input::Line if setting.name == "label" => Some(json!(trimmed)),
        Input::Line | Input::Date | Input::Time | Input::Pick => present().map(Value::from),
        Input::YesNo => present().map(|text| json!(text == "true")),
        Input::Picks => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Some(lines.collect()).filter(|picks| *picks != json!([]))
        }
        Input::Lines => present().map(|text| text.replace("\r\n", "\n").into()),
        Input::Whole | Input::Number => present().map(number),
        Input::Flag => Some(json!(text == "true")),
        Input::Options => Some(options(text, &field["options"])),
        Input::Accept => {
            Some(text.split([',', '\n']).map(str::trim).filter(|x| !x.is_empty()).collect())
        }
        Input::Megabytes => present().map(bytes),
    }
}

fn number(text: &str) -> Value {
    let whole = text.parse::<i64>().ok().map(Number::from);
    let number = whole.or_else(|| text.parse().ok().and_then(Number::from_f64));
    number.map_or_else(|| text.into(), Value::Number)
}

const MEGABYTE: f64 = 1024.0 * 1024.0;

fn bytes(text: &str) -> Value {
    match text.parse::<f64>() {
        // Saturates; a size out of range is refused by the document's own rules.
        Ok(megabytes) => json!((megabytes * MEGABYTE).round() as i64),
        Err(_) => text.into(),
    }
}

/// One option a line. An option keeps its value when it is moved or only called otherwise, so that
/// earlier answers still mean the same.
fn options(text: &str, old: &Value) -> Value {
    let old: &[Value] = old.as_array().map_or(&[], Vec::as_slice);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let labelled = |label: &str| old.iter().find(|option| option["label"] == label);
    // Of an option that is called otherwise by now, and keeps its value.
    let is_taken = |value: &str| old.iter().any(|option| option["value"] == value);
    let fresh = |line: &str| {
        let numbered = (2..).map(|number| format!("{line} {number}"));
        let mut values = std::iter::once(line.to_owned()).chain(numbered);
        values.find(|value| !is_taken(value)).unwrap_or_default()
    };
    let option = |(index, line): (usize, &&str)| {
        let renamed = || {
            let same_place = old.get(index).filter(|_| old.len() == lines.len())?;
            let gone = !lines.iter().any(|line| same_place["label"] == **line);
            gone.then_some(same_place)
        };
        let kept = labelled(line).or_else(renamed).map(|option| option["value"].clone());
        json!({"value": kept.unwrap_or_else(|| json!(fresh(line))), "label": line})
    };
    lines.iter().enumerate().map(option).collect()
}

/// A setting's value as the page writes it.
pub(crate) fn written(setting: &Setting, field: &Value) -> String {
    let value = &field[setting.name];
    match (setting.input, value) {
        (Input::Megabytes, Value::Number(bytes)) => {
            (bytes.as_f64().unwrap_or_default() / MEGABYTE).to_string()
        }
        (Input::Options, Value::Array(options)) => {
            let label = |option: &Value| option["label"].as_str().unwrap_or_default().to_owned();
            options.iter().map(label).collect::<Vec<_>>().join("\n")
        }
        (Input::Picks, Value::Array(picks)) => {
            let options = field["options"].as_array().map_or(&[][..], Vec::as_slice);
            let called = |value: &&Value| options.iter().find(|option| option["value"] == **value);
            let labels = picks.iter().filter_map(|value| called(&value)?["label"].as_str());
            labels.collect::<Vec<_>>().join("\n")
        }
        (_, Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Bool(flag)) => flag.to_string(),
        (_, Value::Null | Value::Object(_)) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{Definition, Kind};

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn full(kind: &str) -> Value {
        let mut field = json!({"key": "a", "type": kind, "label": "A", "required": false});
        if has_options(kind) {
            field["options"] = json!([{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}]);
        }
        serde_json::to_value(
            &Definition::from_fields(json!([field, {"type": "nps", "label": "N"}])).unwrap().fields
                [0],
        )
        .unwrap()
    }

    #[test]
    fn sending_a_page_back_as_it_is_changes_nothing() {
        for kind in Kind::NAMES {
            let field = full(kind);
            let sent: Vec<(String, String)> = settings(kind)
                .iter()
                .map(|setting| (setting.name.to_owned(), written(setting, &field)))
                .collect();
            let mut back = changed(&field, &sent);
            // What is false or empty may be left out of a document or not.
            back.as_object_mut().unwrap().retain(|name, value| {
                !field[name.as_str()].is_null() || *value != json!(false) && *value != json!([])
            });
            assert_eq!(back, field, "{kind}");
        }
    }

    #[test]
    fn every_setting_of_a_type_can_be_sent() {
        let sent = pairs(&[
            ("label", " How much? "),
            ("help", "Net"),
            ("placeholder", "12"),
            ("required", "true"),
            ("min", "1.5"),
            ("max", "10"),
            ("integer", "true"),
        ]);
        let field = changed(&full("number"), &sent);
        assert_eq!(
            field,
            json!({"key": "a", "type": "number", "label": "How much?", "required": true,
                   "help": "Net", "placeholder": "12", "min": 1.5, "max": 10, "integer": true})
        );
    }

    #[test]
    fn an_option_that_is_renamed_or_moved_keeps_its_value() {
        let old = full("choice")["options"].clone();
        assert_eq!(
            options("X\nZett\n", &old),
            json!([{"value": "x", "label": "X"}, {"value": "y", "label": "Zett"}])
        );
        assert_eq!(
            options("Y\nX", &old),
            json!([{"value": "y", "label": "Y"}, {"value": "x", "label": "X"}])
        );
        assert_eq!(options("X\nY\nZ", &old)[2], json!({"value": "Z", "label": "Z"}));
        assert_eq!(options("Y", &old), json!([{"value": "y", "label": "Y"}]));
    }

    #[test]
    fn a_new_option_takes_no_value_of_a_renamed_one() {
        let renamed = options(
            "Scarlet\nY",
            &json!([{"value": "Red", "label": "Red"}, {"value": "y", "label": "Y"}]),
        );
        assert_eq!(renamed[0], json!({"value": "Red", "label": "Scarlet"}));
        let added = options("Scarlet\nY\nRed", &renamed);
        assert_eq!(added[2], json!({"value": "Red 2", "label": "Red"}));
    }

    #[test]
    fn what_is_filled_in_at_first_goes_with_its_option() {
        let mut field = full("choices");
        field["default"] = json!(["y", "x"]);
        assert_eq!(written(&default(Input::Picks), &field), "Y\nX");
        let change = |options: &str, default: &str| {
            let sent = pairs(&[("label", "A"), ("options", options), ("default", default)]);
            changed(&field, &sent)["default"].clone()
        };
        assert_eq!(change("X\nZett", "Y\nX"), json!(["y", "x"]), "called otherwise");
        assert_eq!(change("X\nY\nZ", "Z"), json!(["Z"]), "a new one");
        assert_eq!(change("X", "Y\nX"), json!(["x"]), "gone");
        assert_eq!(change("X\nY", "Nobody"), json!(["Nobody"]), "for the rules to refuse");
        assert_eq!(change("X\nY", ""), Value::Null);
    }

    #[test]
    fn what_is_no_number_is_left_for_the_rules_to_refuse() {
        let field = changed(&full("number"), &pairs(&[("label", "A"), ("min", "many")]));
        assert_eq!(field["min"], json!("many"));
    }
}
