//! What can be set on a form and on its fields, in the words of the pages on which it is set.

use serde_json::Value;

use crate::{
    calendar::calendar_date,
    definition::{Definition, Field, changes::as_object},
    forms::{
        settings::{self, Input, Setting},
        types::type_label,
    },
    texts::{Language, Spoken, Texts},
};

/// How a property of a field is called.
pub(crate) fn property_name(name: &str, fields: [&Field; 2]) -> String {
    match name {
        "type" => "Type".to_owned(),
        "show_if" => "Shown only if".to_owned(),
        "require_if" => "Must be answered if".to_owned(),
        _ => {
            let known = fields.iter().find_map(|field| setting(field, name));
            known.map_or_else(|| name.replace('_', " "), |setting| setting.label.to_owned())
        }
    }
}

/// What a property of a field says; none where it is not set.
pub(crate) fn property_value(name: &str, field: &Field, definition: &Definition) -> Option<String> {
    match name {
        "type" => Some(type_label(field.kind.name()).to_owned()),
        "show_if" => field.show_if.as_ref().map(|condition| condition.in_words(definition)),
        "require_if" => field.require_if.as_ref().map(|condition| condition.in_words(definition)),
        _ => setting(field, name).and_then(|setting| said(&setting, field)),
    }
}

/// All that is set on a field besides its label and its options, by name.
pub(crate) fn facts(field: &Field, definition: &Definition) -> Vec<(String, String)> {
    const TOLD_ELSEWHERE: [&str; 3] = ["label", "options", "required"];
    let own = settings::settings(field.kind.name());
    let own = own.iter().map(|setting| setting.name).filter(|name| !TOLD_ELSEWHERE.contains(name));
    let all = own.chain(["show_if", "require_if"]);
    let told = all.filter_map(|name| {
        let value = property_value(name, field, definition).filter(|value| value != NO)?;
        Some((property_name(name, [field, field]), value))
    });
    told.collect()
}

fn setting(field: &Field, name: &str) -> Option<Setting> {
    settings::settings(field.kind.name()).into_iter().find(|setting| setting.name == name)
}

const NO: &str = "No";

fn yes_or_no(yes: bool) -> String {
    if yes { "Yes" } else { NO }.to_owned()
}

fn said(setting: &Setting, field: &Field) -> Option<String> {
    let json = Value::Object(as_object(field));
    let value = &json[setting.name];
    if setting.input == Input::Flag {
        return Some(yes_or_no(value.as_bool().unwrap_or_default()));
    }
    let written = settings::written(setting, &json);
    let said = match (setting.input, value) {
        (_, Value::Null) => return None,
        (Input::YesNo, _) => yes_or_no(value.as_bool().unwrap_or_default()),
        (Input::Megabytes, _) => format!("{written} MB"),
        (Input::Picks, _) => written.replace('\n', ", "),
        (Input::Pick, _) => {
            let mut options = field.kind.options().iter();
            let picked = options.find(|option| option.value == written);
            picked.map_or(written, |option| option.label.clone())
        }
        (Input::Date, _) => {
            calendar_date(&written).map_or(written, |day| Texts::english().date(day))
        }
        _ => written,
    };
    Some(said).filter(|said| !said.is_empty())
}

/// How a setting of the form is called.
pub(crate) fn setting_name(name: &str) -> &str {
    match name {
        "title" => "Title",
        "thanks_title" => "Heading after sending",
        "thanks_text" => "Text after sending",
        "redirect_url" => "Goes to another address after sending",
        "language" => "The form speaks",
        "forget_drafts" => "Keeps nothing in the browser",
        "accent" => "Colour",
        "background" => "Background",
        "font" => "Font",
        "corners" => "Corners",
        "scheme" => "Light or dark",
        "logo" => "Logo",
        "cover" => "Cover",
        other => other,
    }
}

/// What a setting of the form says; none where it is as usual.
pub(crate) fn setting_value(name: &str, value: &Value) -> Option<String> {
    let said = match value {
        Value::Null => return None,
        Value::Bool(flag) => yes_or_no(*flag),
        Value::String(text) if name == "language" => language(text),
        Value::String(text) => look(name, text).map_or_else(|| text.clone(), str::to_owned),
        Value::Object(picture) => {
            let text = picture.get("text").and_then(Value::as_str);
            let size = format!("a picture of {} × {}", picture["width"], picture["height"]);
            text.map_or(size.clone(), |text| format!("{size}, “{text}”"))
        }
        other => other.to_string(),
    };
    Some(said)
}

fn language(tag: &str) -> String {
    match Spoken::named(tag) {
        Some(Spoken::AsAsked) => "the respondent’s language".to_owned(),
        _ => Language::tagged(tag).map_or_else(|| tag.to_owned(), |it| it.name().to_owned()),
    }
}

fn look(name: &str, value: &str) -> Option<&'static str> {
    let said = match (name, value) {
        ("font", "serif") => "Serif",
        ("font", "rounded") => "Rounded",
        ("font", "mono") => "Typewriter",
        ("corners", "square") => "Square",
        ("corners", "round") => "Round",
        ("scheme", "light") => "Light",
        ("scheme", "dark") => "Dark",
        _ => return None,
    };
    Some(said)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form(fields: Value) -> Definition {
        Definition::from_fields(fields).expect("sound")
    }

    #[test]
    fn what_is_set_is_said_as_where_it_is_set() {
        let form = form(json!([
            {"key": "size", "type": "choice", "label": "Size", "options": [{"value": "s", "label": "Small"}],
             "default": "s", "shuffle": true},
            {"key": "day", "type": "date", "label": "Day", "min": "2026-01-31", "required": true,
             "show_if": {"field": "size", "is": "equals", "value": "s"}},
            {"key": "cv", "type": "file", "label": "CV", "max_bytes": 1_048_576, "accept": [".pdf"]},
        ]));
        let told = |index: usize| -> Vec<String> {
            let facts = facts(&form.fields[index], &form).into_iter();
            facts.map(|(name, value)| format!("{name}: {value}")).collect()
        };
        assert_eq!(
            told(0),
            ["Another order of the options for each person: Yes", "Filled in at first: Small"]
        );
        assert_eq!(
            told(1)[0],
            format!("First day: {}", Texts::english().date(jiff::civil::date(2026, 1, 31)))
        );
        assert_eq!(told(1)[1], "Shown only if: “Size” is Small");
        assert!(told(2).contains(&"Largest file in MB: 1 MB".to_owned()));
        assert!(told(2).contains(&"Types: .pdf".to_owned()));
    }
}
