//! Form fields that work without scripts: label, hint, control and error in one frame.

mod control;
mod frame;
mod samples;

use maud::{Markup, html};

use crate::Icon;

pub(crate) use samples::samples;

/// One of several answers.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What is read.
    pub label: &'a str,
}

/// Both answers of a yes-or-no question.
const YES_NO: [Choice<'static>; 2] =
    [Choice { value: "true", label: "Yes" }, Choice { value: "false", label: "No" }];

/// What fields say by themselves, in the page's language.
#[derive(Debug, Clone, Copy)]
pub struct FieldWords {
    /// Of a field that must be answered.
    pub required: &'static str,
    /// Where nothing is chosen yet.
    pub choose: &'static str,
    /// Of a star, with `{star}` and `{stars}`.
    pub star: &'static str,
}

impl Default for FieldWords {
    fn default() -> Self {
        FieldWords { required: "Required", choose: "Choose…", star: "{star} of {stars}" }
    }
}

/// How a person answers; the attributes of plain inputs are kept in [`Field`].
#[derive(Clone)]
enum Control<'a> {
    Input(&'static str),
    LongText,
    Select(&'a [Choice<'a>]),
    Radios(&'a [Choice<'a>]),
    Checkboxes(&'a [Choice<'a>]),
    Scale { from: i64, to: i64, low: &'a str, high: &'a str },
    Stars(u8),
    Tick { switch: bool },
}

/// A field under construction; it keeps the person's value and says what is wrong with it.
#[derive(Clone)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    control: Control<'a>,
    required: bool,
    values: Vec<&'a str>,
    attributes: Vec<(&'static str, String)>,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    id: String,
    words: FieldWords,
}

impl<'a> Field<'a> {
    fn new(name: &'a str, label: &'a str, control: Control<'a>) -> Self {
        Self {
            name,
            label,
            control,
            required: false,
            values: Vec::new(),
            attributes: Vec::new(),
            hint: None,
            error: None,
            id: format!("field-{name}"),
            words: FieldWords::default(),
        }
    }

    /// One line of text.
    pub fn text(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Input("text"))
    }

    /// An e-mail address.
    pub fn email(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Input("email")).attr("autocomplete", "email")
    }

    /// A telephone number.
    pub fn tel(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Input("tel")).attr("autocomplete", "tel")
    }

    /// A password; `autocomplete` is `current-password` or `new-password`.
    pub fn password(name: &'a str, label: &'a str, autocomplete: &str) -> Self {
        Self::new(name, label, Control::Input("password")).attr("autocomplete", autocomplete)
    }

    /// A number; limits by `attr("min", …)`, `attr("max", …)`, `attr("step", "any")`.
    pub fn number(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Input("number")).attr("inputmode", "decimal")
    }

    /// A date, `2026-08-03`.
    pub fn date(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Input("date"))
    }

    /// A time of day, `09:30`.
    pub fn time(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Input("time"))
    }

    /// A day and a time of day, `2026-08-03T09:30`.
    pub fn moment(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Input("datetime-local"))
    }

    /// A file; its form must be `multipart/form-data`.
    pub fn file(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Input("file"))
    }

    /// Several lines of text.
    pub fn long_text(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::LongText).attr("rows", "4")
    }

    /// One of many, in a list that opens.
    pub fn select(name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Self {
        Self::new(name, label, Control::Select(choices))
    }

    /// One of a few, all in view.
    pub fn radios(name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Self {
        Self::new(name, label, Control::Radios(choices))
    }

    /// Any of a few.
    pub fn checkboxes(name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Self {
        Self::new(name, label, Control::Checkboxes(choices))
    }

    /// A step from `from` to `to`, with words for both ends.
    pub fn scale(
        name: &'a str,
        label: &'a str,
        (from, to): (i64, i64),
        (low, high): (&'a str, &'a str),
    ) -> Self {
        Self::new(name, label, Control::Scale { from, to, low, high })
    }

    /// How likely one would recommend, 0 to 10.
    pub fn nps(name: &'a str, label: &'a str) -> Self {
        Self::scale(name, label, (0, 10), ("Not at all likely", "Extremely likely"))
    }

    /// Stars, at most ten.
    pub fn rating(name: &'a str, label: &'a str, stars: u8) -> Self {
        Self::new(name, label, Control::Stars(stars.clamp(1, 10)))
    }

    /// Yes or no, sent as `true` or `false`.
    pub fn yes_no(name: &'a str, label: &'a str) -> Self {
        Self::radios(name, label, &YES_NO)
    }

    /// A box to tick; the label is the sentence agreed to. Sends `true`.
    pub fn consent(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Tick { switch: false })
    }

    /// A setting that is on or off. Sends `true`.
    pub fn switch(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Tick { switch: true })
    }

    /// What the person has entered; nothing for the empty text.
    pub fn value(mut self, value: &'a str) -> Self {
        self.values = if value.is_empty() { Vec::new() } else { vec![value] };
        self
    }

    /// All that the person has ticked.
    pub fn values(mut self, values: impl IntoIterator<Item = &'a str>) -> Self {
        self.values = values.into_iter().collect();
        self
    }

    /// Must be answered.
    pub fn required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    /// A sentence that helps before anything is wrong.
    pub fn hint(mut self, hint: Option<&'a str>) -> Self {
        self.hint = hint.filter(|hint| !hint.is_empty());
        self
    }

    /// What is wrong with the value.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// Another id than `field-{name}`, where two forms share a page.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// What it says by itself, where the page is not English.
    pub fn words(mut self, words: FieldWords) -> Self {
        self.words = words;
        self
    }

    /// Any further attribute of the control, such as `maxlength`; said again, the last one counts.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.retain(|(known, _)| *known != name);
        self.attributes.push((name, value.into()));
        self
    }

    /// Id of the control; an error summary links to it.
    pub fn control_id(&self) -> &str {
        &self.id
    }

    fn holds(&self, value: &str) -> bool {
        self.values.contains(&value)
    }

    /// Ids of hint and error, so that assistive technology reads them with the control.
    fn described_by(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.id));
        let error = self.error.map(|_| format!("{}-error", self.id));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.map(|_| "true")
    }
}

/// A value that is sent but not shown.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// All that is wrong with a form, each linked to its field (`control_id`, message).
pub fn error_summary(errors: &[(&str, &str)]) -> Markup {
    let title = match errors.len() {
        1 => "One answer needs another look".to_owned(),
        count => format!("{count} answers need another look"),
    };
    error_summary_titled(&title, errors)
}

/// The same, under a title of the page's own.
pub fn error_summary_titled(title: &str, errors: &[(&str, &str)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.error-summary role="alert" tabindex="-1" autofocus {
                (Icon::Warning)
                div {
                    h2.error-summary__title { (title) }
                    ul { @for (id, message) in errors { li { a href={ "#" (id) } { (message) } } } }
                }
            }
        }
    }
}
