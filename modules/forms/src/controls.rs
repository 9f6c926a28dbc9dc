//! One control for each type of field, on the hosted page and in the editor's preview.

use std::borrow::Cow;

use kernel::Fields;
use maud::{Markup, html};
use ui::Choice;

use crate::definition::{
    Consent, Dates, Field, File, Kind, Numbers, OTHER, Picks, Text, other_name,
};

/// What stands in the controls, and what is wrong with it.
#[derive(Clone, Copy)]
pub(crate) struct Filled<'a> {
    /// Names and texts as a browser sends them.
    pub(crate) pairs: &'a [(String, String)],
    /// Complaints by `answers.KEY`.
    pub(crate) problems: &'a Fields,
    /// Stands before every name and id, so that a preview can share a page with other inputs.
    pub(crate) prefix: &'static str,
}

impl<'a> Filled<'a> {
    fn values(&self, key: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let key = key.to_owned();
        self.pairs.iter().filter(move |(name, _)| *name == key).map(|(_, text)| text.as_str())
    }

    /// The complaint about a field.
    pub(crate) fn problem(&self, key: &str) -> Option<&'a str> {
        self.problems.of(&format!("answers.{key}"))
    }

    /// The id of a field's control.
    pub(crate) fn id(&self, key: &str) -> String {
        format!("{}field-{key}", self.prefix)
    }
}

/// A field as its respondents see it.
pub(crate) fn control(field: &Field, filled: &Filled<'_>) -> Markup {
    match &field.kind {
        Kind::Section | Kind::Page => heading(field),
        Kind::Hidden(hidden) => {
            let name = format!("{}{}", filled.prefix, field.key);
            let default = hidden.default.as_deref().unwrap_or_default();
            let value = filled.values(&field.key).last().unwrap_or(default);
            ui::hidden(&name, value)
        }
        _ => question(field, filled),
    }
}

fn heading(field: &Field) -> Markup {
    html! {
        div.paper__section {
            @if !field.label.is_empty() { h2 { (field.label) } }
            @if let Some(help) = &field.help { p { (help) } }
        }
    }
}

fn question(field: &Field, filled: &Filled<'_>) -> Markup {
    let name = format!("{}{}", filled.prefix, field.key);
    let choices = choices(&field.kind);
    let (low, high) = ends(&field.kind);
    let hint = hint(field);
    let values = values(field, filled);
    let control = plain(field, &name, &choices, (low, high))
        .id(filled.id(&field.key))
        .required(field.required)
        .hint(Some(&hint))
        .error(filled.problem(&field.key))
        .values(values);
    html! {
        (with_placeholder(control, field))
        @if takes_other(&field.kind) { (own_answer(field, filled)) }
    }
}

/// A question that offers an answer of one's own keeps the mark of it chosen while there is one.
fn values<'a>(field: &Field, filled: &Filled<'a>) -> Vec<&'a str> {
    let mut values: Vec<&str> = filled.values(&field.key).filter(|text| !text.is_empty()).collect();
    let own = filled.values(&other_name(&field.key)).any(|text| !text.trim().is_empty());
    let several = matches!(field.kind, Kind::Choices(_));
    if takes_other(&field.kind) && own && (several || values.is_empty()) {
        values.push(OTHER);
    }
    values
}

fn plain<'a>(
    field: &'a Field,
    name: &'a str,
    choices: &'a [Choice<'a>],
    ends: (&'a str, &'a str),
) -> ui::Field<'a> {
    let label = field.label.as_str();
    match &field.kind {
        Kind::LongText(_) => ui::Field::long_text(name, label),
        Kind::Email(_) => ui::Field::email(name, label),
        Kind::Phone => ui::Field::tel(name, label),
        Kind::Number(numbers) => number(ui::Field::number(name, label), numbers),
        Kind::Date(dates) => date(ui::Field::date(name, label), dates),
        Kind::Time => ui::Field::time(name, label),
        Kind::Choice(_) => ui::Field::radios(name, label, choices),
        Kind::Choices(_) => ui::Field::checkboxes(name, label, choices),
        Kind::Dropdown(_) => ui::Field::select(name, label, choices),
        Kind::Scale(points) => {
            ui::Field::scale(name, label, (points.min.into(), points.max.into()), ends)
        }
        Kind::Rating(rating) => {
            ui::Field::rating(name, label, u8::try_from(rating.max).unwrap_or(u8::MAX))
        }
        Kind::Nps => ui::Field::nps(name, label),
        Kind::YesNo => ui::Field::yes_no(name, label),
        Kind::File(file) => upload(ui::Field::file(name, label), file),
        Kind::Consent(_) => ui::Field::consent(name, label),
        Kind::ShortText(_) | Kind::Hidden(_) | Kind::Section | Kind::Page => {
            ui::Field::text(name, label)
        }
    }
}

fn number<'a>(control: ui::Field<'a>, numbers: &Numbers) -> ui::Field<'a> {
    // Browsers count steps from the smallest number, so a fraction there would forbid whole ones.
    let whole_start = numbers.min.as_ref().is_none_or(|min| min.as_i64().is_some());
    let step = if numbers.integer && whole_start { "1" } else { "any" };
    let control = control.attr("step", step);
    let control = match &numbers.min {
        Some(min) => control.attr("min", min.to_string()),
        None => control,
    };
    match &numbers.max {
        Some(max) => control.attr("max", max.to_string()),
        None => control,
    }
}

fn date<'a>(control: ui::Field<'a>, dates: &Dates) -> ui::Field<'a> {
    let control = match dates.min {
        Some(min) => control.attr("min", min.to_string()),
        None => control,
    };
    match dates.max {
        Some(max) => control.attr("max", max.to_string()),
        None => control,
    }
}

fn upload<'a>(control: ui::Field<'a>, file: &File) -> ui::Field<'a> {
    let control = if file.accept.is_empty() {
        control
    } else {
        control.attr("accept", file.accept.join(","))
    };
    if file.max_files > 1 { control.attr("multiple", "multiple") } else { control }
}

fn with_placeholder<'a>(control: ui::Field<'a>, field: &Field) -> ui::Field<'a> {
    let typed = matches!(
        field.kind,
        Kind::ShortText(_) | Kind::LongText(_) | Kind::Email(_) | Kind::Phone | Kind::Number(_)
    );
    match &field.placeholder {
        Some(placeholder) if typed => control.attr("placeholder", placeholder.as_str()),
        _ => control,
    }
}

fn choices(kind: &Kind) -> Vec<Choice<'_>> {
    let offered = kind.options().iter();
    let mut choices: Vec<Choice<'_>> =
        offered.map(|option| Choice { value: &option.value, label: &option.label }).collect();
    if takes_other(kind) {
        choices.push(Choice { value: OTHER, label: "Other" });
    }
    choices
}

fn ends(kind: &Kind) -> (&str, &str) {
    match kind {
        Kind::Scale(points) => (
            points.min_label.as_deref().unwrap_or_default(),
            points.max_label.as_deref().unwrap_or_default(),
        ),
        _ => ("", ""),
    }
}

fn takes_other(kind: &Kind) -> bool {
    match kind {
        Kind::Choice(pick) | Kind::Dropdown(pick) => pick.other,
        Kind::Choices(picks) => picks.other,
        _ => false,
    }
}

fn own_answer(field: &Field, filled: &Filled<'_>) -> Markup {
    let beside = other_name(&field.key);
    let name = format!("{}{beside}", filled.prefix);
    let value = filled.values(&beside).last().unwrap_or_default();
    let label = format!("{}: other", field.label);
    html! { div.paper__other { (ui::Field::text(&name, &label).id(filled.id(&beside)).value(value)) } }
}

/// Help, and what the field takes, before anything is wrong.
fn hint(field: &Field) -> String {
    let help = field.help.as_deref().map(Cow::Borrowed);
    let limits = match &field.kind {
        Kind::ShortText(text) | Kind::LongText(text) => text_limits(text),
        Kind::Choices(picks) => pick_limits(picks),
        Kind::File(file) => Some(file_limits(file).into()),
        Kind::Consent(Consent { text: Some(text) }) => Some(text.as_str().into()),
        _ => None,
    };
    help.into_iter().chain(limits).collect::<Vec<_>>().join(" ")
}

fn text_limits(text: &Text) -> Option<Cow<'_, str>> {
    match (text.pattern_hint.as_deref(), text.min_length, text.max_length) {
        (Some(hint), ..) => Some(hint.into()),
        (None, Some(min), Some(max)) => Some(format!("{min} to {max} characters.").into()),
        (None, Some(min), None) => Some(format!("At least {min} characters.").into()),
        (None, None, Some(max)) => Some(format!("At most {max} characters.").into()),
        (None, None, None) => None,
    }
}

fn pick_limits(picks: &Picks) -> Option<Cow<'_, str>> {
    match (picks.min_picks, picks.max_picks) {
        (Some(min), Some(max)) if min == max => Some(format!("Choose {min}.").into()),
        (Some(min), Some(max)) => Some(format!("Choose {min} to {max}.").into()),
        (Some(min), None) => Some(format!("Choose at least {min}.").into()),
        (None, Some(max)) => Some(format!("Choose at most {max}.").into()),
        (None, None) => None,
    }
}

fn file_limits(file: &File) -> String {
    let size = size(file.max_bytes);
    let types = if file.accept.is_empty() {
        String::new()
    } else {
        format!(" ({})", file.accept.join(", "))
    };
    match file.max_files {
        1 => format!("One file of at most {size}{types}."),
        most => format!("Up to {most} files of at most {size} each{types}."),
    }
}

/// `10 MB`, `1.5 MB`, `300 KB`
pub(crate) fn size(bytes: u64) -> String {
    const STEP: u64 = 1024;
    let (unit, name) = match bytes {
        0..STEP => return format!("{bytes} bytes"),
        STEP..1_048_576 => (STEP, "KB"),
        _ => (STEP * STEP, "MB"),
    };
    match (bytes / unit, bytes % unit * 10 / unit) {
        (whole, 0) => format!("{whole} {name}"),
        (whole, tenth) => format!("{whole}.{tenth} {name}"),
    }
}
