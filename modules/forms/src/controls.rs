//! One control for each type of field, on the hosted page and in the editor's preview.

use files::StoredFile;
use kernel::Fields;
use maud::{Markup, html};
use ui::{Choice, FieldWords};

mod asked;
mod files_taken;
mod hints;

pub(crate) use asked::asked;
use hints::hint;

use crate::{
    definition::{Dates, Field, File, Kind, Numbers, OTHER, other_name},
    texts::Texts,
};

/// A file that was chosen before and is kept while the form is filled in.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Of its field.
    pub(crate) key: String,
    pub(crate) file: StoredFile,
}

/// What stands in the controls, and what is wrong with it.
#[derive(Clone, Copy)]
pub(crate) struct Filled<'a> {
    /// Names and texts as a browser sends them.
    pub(crate) pairs: &'a [(String, String)],
    /// Complaints by `answers.KEY`.
    pub(crate) problems: &'a Fields,
    pub(crate) kept: &'a [Kept],
    /// Stands before every name and id, so that a preview can share a page with other inputs.
    pub(crate) prefix: &'static str,
    /// What is said beside what the form's maker wrote.
    pub(crate) texts: &'static Texts,
}

impl<'a> Filled<'a> {
    /// What was sent under a name.
    pub(crate) fn values(&self, key: &str) -> impl Iterator<Item = &'a str> + use<'a> {
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

/// `1.5 MB`, for those who work here.
pub(crate) fn size(bytes: u64) -> String {
    Texts::english().size(bytes)
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
    let choices = choices(field, filled);
    let (low, high) = ends(&field.kind, filled.texts);
    let values = values(field, filled);
    let hint = hint(field, values.first().copied().unwrap_or_default(), filled.texts);
    let words = FieldWords {
        required: filled.texts.required,
        choose: filled.texts.choose,
        star: filled.texts.star,
    };
    let control = plain(field, &name, &choices, (low, high))
        .id(filled.id(&field.key))
        .required(field.required)
        .words(words)
        .hint(Some(&hint))
        .error(filled.problem(&field.key))
        .values(values);
    html! {
        (with_placeholder(control, field))
        @if takes_other(&field.kind) { (own_answer(field, filled)) }
        @if matches!(field.kind, Kind::File(_)) { (kept(field, filled)) }
    }
}

/// A question that offers an answer of one's own has its mark chosen where there is nothing but one.
fn values<'a>(field: &Field, filled: &Filled<'a>) -> Vec<&'a str> {
    let mut values: Vec<&str> = filled.values(&field.key).filter(|text| !text.is_empty()).collect();
    let own = filled.values(&other_name(&field.key)).any(|text| !text.trim().is_empty());
    if takes_other(&field.kind) && own && values.is_empty() {
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
        Kind::Choice(_) | Kind::YesNo => ui::Field::radios(name, label, choices),
        Kind::Choices(_) => ui::Field::checkboxes(name, label, choices),
        Kind::Dropdown(_) => ui::Field::select(name, label, choices),
        Kind::Scale(points) => {
            ui::Field::scale(name, label, (points.min.into(), points.max.into()), ends)
        }
        Kind::Nps => ui::Field::scale(name, label, (0, 10), ends),
        Kind::Rating(rating) => {
            ui::Field::rating(name, label, u8::try_from(rating.max).unwrap_or(u8::MAX))
        }
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

fn choices<'a>(field: &'a Field, filled: &Filled<'_>) -> Vec<Choice<'a>> {
    if field.kind == Kind::YesNo {
        let (yes, no) = (filled.texts.yes, filled.texts.no);
        return vec![Choice { value: "true", label: yes }, Choice { value: "false", label: no }];
    }
    let offered = field.kind.options().iter();
    let mut choices: Vec<Choice<'_>> =
        offered.map(|option| Choice { value: &option.value, label: &option.label }).collect();
    if field.kind.shuffles() {
        shuffle(&mut choices, filled.values("_key").last().unwrap_or_default());
    }
    if takes_other(&field.kind) {
        choices.push(Choice { value: OTHER, label: filled.texts.other });
    }
    choices
}

/// An order of each respondent's own, which stays while they answer: it follows from their page's key.
fn shuffle(choices: &mut [Choice<'_>], key: &str) {
    choices.sort_by_cached_key(|choice| kernel::fingerprint(format!("{key} {}", choice.value)));
}

fn ends<'a>(kind: &'a Kind, texts: &Texts) -> (&'a str, &'a str) {
    match kind {
        Kind::Nps => (texts.unlikely, texts.likely),
        Kind::Scale(points) => (
            points.min_label.as_deref().unwrap_or_default(),
            points.max_label.as_deref().unwrap_or_default(),
        ),
        _ => ("", ""),
    }
}

/// Whether an answer beside the options is taken.
pub(crate) fn takes_other(kind: &Kind) -> bool {
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
    let label = filled.texts.own_answer;
    let control = ui::Field::text(&name, label)
        .id(filled.id(&beside))
        .value(value)
        .attr("aria-label", filled.texts.labelled(label, &field.label));
    html! { div.paper__other { (control) } }
}

/// The files that were chosen before: each stays unless its mark is taken away.
fn kept(field: &Field, filled: &Filled<'_>) -> Markup {
    let files = filled.kept.iter().filter(|kept| kept.key == field.key);
    let files: Vec<(String, &str)> =
        files.map(|kept| (kept.file.id.to_string(), kept.file.name.as_str())).collect();
    let choices: Vec<Choice<'_>> =
        files.iter().map(|(id, name)| Choice { value: id, label: name }).collect();
    let name = format!("{}{}", filled.prefix, field.key);
    html! {
        @if !choices.is_empty() {
            (ui::Field::checkboxes(&name, filled.texts.chosen_already, &choices)
                .id(format!("{}-kept", filled.id(&field.key)))
                .values(choices.iter().map(|choice| choice.value)))
        }
    }
}
