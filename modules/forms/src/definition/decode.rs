//! From JSON to a definition: every mistake is named by its place, all of them at once.

mod condition;
mod theme;

use kernel::Fields;
use serde_json::{Map, Value};

use super::properties::Properties;
use super::{
    Choice, Consent, Dates, Definition, Email, Field, File, Hidden, Kind, Numbers, Pick, Picks,
    Points, Rating, Settings, Spoken, Text, keys,
};

/// The most fields a form may have.
pub(super) const MOST_FIELDS: usize = 300;
/// The most options a field may have.
pub(super) const MOST_OPTIONS: usize = 500;

const DEFAULT_FILE_BYTES: u64 = 10 * 1024 * 1024;

/// Reads `{"fields": […], "settings": {…}}`.
pub(super) fn document(document: Value) -> Result<Definition, Fields> {
    let mut problems = Fields::new();
    let mut list = Value::Array(Vec::new());
    let mut settings = Value::Object(Map::new());
    if let Some(mut properties) = Properties::open(String::new(), document, &mut problems) {
        list = properties.value("fields").unwrap_or(list);
        settings = properties.value("settings").unwrap_or(settings);
        properties.refuse_rest("A form");
    }
    problems.into_result()?;
    let definition = fields(list)?;
    let mut problems = Fields::new();
    let settings = Properties::open("settings".into(), settings, &mut problems).map(self::settings);
    problems.into_result()?;
    Ok(Definition { settings: settings.unwrap_or_default(), ..definition })
}

fn settings(mut properties: Properties) -> Settings {
    let theme = properties.value("theme");
    let theme = theme.and_then(|theme| theme::theme(theme, properties.problems()));
    let settings = Settings {
        thanks_title: properties.text("thanks_title"),
        thanks_text: properties.text("thanks_text"),
        redirect_url: properties.text("redirect_url"),
        language: language(&mut properties),
        forget_drafts: properties.flag("forget_drafts"),
        theme: theme.unwrap_or_default(),
    };
    properties.refuse_rest("The settings of a form");
    settings
}

fn language(properties: &mut Properties) -> Option<Spoken> {
    let name = properties.text("language")?;
    let spoken = Spoken::named(&name);
    if spoken.is_none() {
        let names = Spoken::names().collect::<Vec<_>>().join(", ");
        let message = format!("There is no such language. Use one of {names}.");
        properties.complain("language", "not_an_option", message);
    }
    spoken
}

/// Reads the list of fields and gives a key to those without.
pub(super) fn fields(list: Value) -> Result<Definition, Fields> {
    let Value::Array(list) = list else {
        return Err(Fields::one("fields", "wrong_type", "Send a list of fields in brackets."));
    };
    if list.len() > MOST_FIELDS {
        return Err(too_many_fields(list.len()));
    }
    let mut problems = Fields::new();
    let fields = list.into_iter().enumerate().filter_map(|(index, value)| {
        let properties = Properties::open(format!("fields[{index}]"), value, &mut problems)?;
        field(properties)
    });
    let mut fields: Vec<Field> = fields.collect();
    problems.into_result()?;
    keys::derive_missing(&mut fields);
    Ok(Definition { fields, settings: Settings::default() })
}

pub(super) fn too_many_fields(count: usize) -> Fields {
    let message = format!("A form may have {MOST_FIELDS} fields; this has {count}.");
    Fields::one("fields", "too_many", message)
}

fn field(mut properties: Properties) -> Option<Field> {
    let kind = kind(&mut properties);
    let field = Field {
        key: properties.text("key").unwrap_or_default(),
        label: properties.text("label").unwrap_or_default(),
        help: properties.text("help"),
        placeholder: properties.text("placeholder"),
        required: properties.flag("required"),
        show_if: condition::condition(&mut properties, "show_if"),
        require_if: condition::condition(&mut properties, "require_if"),
        // That of a hidden field has been taken with its type.
        default: properties.value("default"),
        kind: kind?,
    };
    properties.refuse_rest(&format!("A field of type {}", field.kind.name()));
    Some(field)
}

fn kind(properties: &mut Properties) -> Option<Kind> {
    let Some(name) = properties.text("type") else {
        let message = format!("Say which type the field has: {}.", Kind::NAMES.join(", "));
        properties.complain("type", "required", message);
        return None;
    };
    Some(match name.as_str() {
        "short_text" => Kind::ShortText(text(properties)),
        "long_text" => Kind::LongText(text(properties)),
        "email" => Kind::Email(Email { max_length: properties.whole("max_length") }),
        "phone" => Kind::Phone,
        "number" => Kind::Number(numbers(properties)),
        "date" => Kind::Date(dates(properties)),
        "time" => Kind::Time,
        "choice" => Kind::Choice(pick(properties)),
        "choices" => Kind::Choices(picks(properties)),
        "dropdown" => Kind::Dropdown(pick(properties)),
        "scale" => Kind::Scale(points(properties)),
        "rating" => Kind::Rating(Rating { max: properties.whole("max").unwrap_or(5) }),
        "nps" => Kind::Nps,
        "yes_no" => Kind::YesNo,
        "file" => Kind::File(file(properties)),
        "consent" => Kind::Consent(Consent { text: properties.text("text") }),
        "hidden" => Kind::Hidden(Hidden { default: properties.text("default") }),
        "section" => Kind::Section,
        "page" => Kind::Page,
        _ => {
            let message = format!("There is no such type. Use one of {}.", Kind::NAMES.join(", "));
            properties.complain("type", "not_an_option", message);
            return None;
        }
    })
}

fn text(properties: &mut Properties) -> Text {
    Text {
        min_length: properties.whole("min_length"),
        max_length: properties.whole("max_length"),
        pattern: properties.text("pattern"),
        pattern_hint: properties.text("pattern_hint"),
    }
}

fn numbers(properties: &mut Properties) -> Numbers {
    Numbers {
        min: properties.number("min"),
        max: properties.number("max"),
        integer: properties.flag("integer"),
    }
}

fn dates(properties: &mut Properties) -> Dates {
    Dates { min: properties.date("min"), max: properties.date("max") }
}

fn pick(properties: &mut Properties) -> Pick {
    Pick {
        options: options(properties),
        other: properties.flag("other"),
        shuffle: properties.flag("shuffle"),
    }
}

fn picks(properties: &mut Properties) -> Picks {
    Picks {
        options: options(properties),
        other: properties.flag("other"),
        shuffle: properties.flag("shuffle"),
        min_picks: properties.whole("min_picks"),
        max_picks: properties.whole("max_picks"),
    }
}

fn points(properties: &mut Properties) -> Points {
    Points {
        min: properties.whole("min").unwrap_or(1),
        max: properties.whole("max").unwrap_or(5),
        min_label: properties.text("min_label"),
        max_label: properties.text("max_label"),
    }
}

fn file(properties: &mut Properties) -> File {
    let accept = properties.list("accept");
    let mut kept = Vec::with_capacity(accept.len());
    for (index, value) in accept.into_iter().enumerate() {
        match value {
            Value::String(text) => kept.push(text),
            _ => properties.complain(
                &format!("accept[{index}]"),
                "wrong_type",
                "Send text in quotes here, such as \"image/*\" or \".pdf\".",
            ),
        }
    }
    File {
        max_files: properties.whole("max_files").unwrap_or(1),
        max_bytes: properties.whole("max_bytes").unwrap_or(DEFAULT_FILE_BYTES),
        accept: kept,
    }
}

fn options(properties: &mut Properties) -> Vec<Choice> {
    let list = properties.list("options");
    if list.len() > MOST_OPTIONS {
        let message = format!("Offer at most {MOST_OPTIONS} options; these are {}.", list.len());
        properties.complain("options", "too_many", message);
        return Vec::new();
    }
    let base = properties.name("options");
    let problems = properties.problems();
    let read = |(index, value)| option(format!("{base}[{index}]"), value, problems);
    list.into_iter().enumerate().filter_map(read).collect()
}

/// `"A"`, or `{"value": "a", "label": "A"}` where either may be left out.
fn option(path: String, value: Value, problems: &mut Fields) -> Option<Choice> {
    if let Value::String(text) = value {
        return Some(Choice { value: text.clone(), label: text });
    }
    let mut properties = Properties::open(path, value, problems)?;
    let (value, label) = (properties.text("value"), properties.text("label"));
    properties.refuse_rest("An option");
    let value = value.or_else(|| label.clone()).unwrap_or_default();
    Some(Choice { label: label.unwrap_or_else(|| value.clone()), value })
}
