//! The hosted form as HTML that needs nothing but a browser.

use maud::{Markup, PreEscaped, html};
use serde_json::json;
use ui::{Alert, Bare, Button, Icon};

use crate::{
    answers::{Fate, Shown},
    controls::{Filled, asked, control},
    definition::{Condition, Definition, Field, Kind, other_name},
    paths,
    published::Published,
    steps::{Step, Steps, page_of},
};

/// One respondent's form.
pub(crate) struct Sheet<'a> {
    pub(crate) form: &'a Published,
    pub(crate) filled: Filled<'a>,
    /// Made anew for each page, so that pressing twice sends once.
    pub(crate) key: &'a str,
    /// The page of it that is shown, from 0.
    pub(crate) here: usize,
    /// Where its makers look at it, with answers that are asked for and never sent.
    pub(crate) preview: Option<&'a str>,
}

impl<'a> Sheet<'a> {
    /// What is shown to someone with these answers.
    fn shown(&self) -> Shown {
        self.form.frozen.compiled.shown(self.filled.pairs)
    }

    fn steps(&self) -> Steps<'a> {
        Steps::shown(&self.form.frozen.definition, &self.shown())
    }
}

/// The input that carries the key.
pub(crate) const KEY: &str = "_key";
/// The input that says which page was filled in, from 1.
pub(crate) const PAGE: &str = "_page";
/// The part of the address that says which version of the form was filled in.
pub(crate) const VERSION: &str = "_version";
/// The button that leads to the page before, whatever stands on this one.
pub(crate) const BACK: &str = "_back";

/// The whole page.
pub(crate) fn page(sheet: &Sheet<'_>) -> Markup {
    let title = &sheet.form.frozen.title;
    let wrong = !sheet.filled.problems.is_empty();
    let steps = sheet.steps();
    let shown = match (wrong, steps.count()) {
        (true, _) => format!("Please check: {title}"),
        (false, 1) => title.clone(),
        (false, count) => format!("{}: {title}", page_of(steps.place(sheet.here) - 1, count)),
    };
    let body = html! {
        (container(sheet))
        @if sheet.form.frozen.definition.has_logic() {
            script type="module" src=(ui::url("logic.js")) {}
        }
    };
    frame(&shown, title, body)
}

/// The sheet of paper with its questions. The browser is told not to judge them: our answers to what is
/// wrong stand beside the questions, and say more.
pub(crate) fn container(sheet: &Sheet<'_>) -> Markup {
    let definition = &sheet.form.frozen.definition;
    let fields = &definition.fields;
    let shown = sheet.shown();
    let steps = Steps::shown(definition, &shown);
    let step = steps.get(sheet.here);
    let here = seen_on(step, &shown);
    let multipart = fields.iter().any(|field| matches!(field.kind, Kind::File(_)));
    let hidden = fields.iter().filter(|field| matches!(field.kind, Kind::Hidden(_)));
    let hosted =
        format!("{}?{VERSION}={}", paths::hosted(&sheet.form.public_id), sheet.form.version);
    let (method, action) = match sheet.preview {
        Some(address) => ("get", address),
        None => ("post", hosted.as_str()),
    };
    html! {
        form.paper method=(method) action=(action) novalidate
            enctype=[multipart.then_some("multipart/form-data")] {
            div.paper__head { h1 { (sheet.form.frozen.title) } }
            @if steps.most() > 1 { (progress(sheet.here, &steps)) }
            (complaints(definition, &sheet.filled))
            (ui::hidden(KEY, sheet.key))
            @if let Some(invited) = sheet.filled.values(paths::INVITED).last() { (ui::hidden(paths::INVITED, invited)) }
            @for field in hidden { (control(field, &sheet.filled)) }
            @if steps.most() > 1 { (elsewhere(sheet, &here)) }
            @if let Some(heading) = step.heading { (control(heading, &sheet.filled)) }
            @if definition.has_logic() {
                form-logic data-here=(sheet.here) {
                    (for_browser(definition, &steps))
                    @for (field, fate) in &here {
                        (asked(definition, field, *fate, |key| stands_in(&here, key), &sheet.filled))
                    }
                }
            } @else { @for (field, _) in &here { (control(field, &sheet.filled)) } }
            (buttons(sheet.here, &steps))
            @if here.iter().any(|(field, _)| field.required || field.require_if.is_some()) {
                p.paper__foot { "Questions marked * must be answered." }
            }
        }
    }
}

/// What stands on a page: what is shown, and what may be once something on this page is answered.
fn seen_on<'a>(step: &Step<'a>, shown: &Shown) -> Vec<(&'a Field, Fate)> {
    let may_come = |field: &Field| {
        let tests = field.show_if.iter().flat_map(Condition::tests);
        tests.into_iter().any(|test| step.fields.iter().any(|it| it.key == test.field))
    };
    let fields = step.fields.iter().zip(&step.positions);
    let fields = fields.map(|(field, position)| (*field, shown.at(*position)));
    fields.filter(|(field, fate)| fate.shown || may_come(field)).collect()
}

fn stands_in(here: &[(&Field, Fate)], key: &str) -> bool {
    here.iter().any(|(field, _)| field.key == key)
}

/// What the browser decides by, as the server does: data, which no policy forbids.
fn for_browser(definition: &Definition, steps: &Steps<'_>) -> Markup {
    let keys = |step: &Step<'_>| step.fields.iter().map(|field| field.key.clone()).collect();
    let steps: Vec<Vec<String>> = steps.iter().map(keys).collect();
    let data = json!({"fields": definition.logic_for_browser(), "steps": steps});
    // So that no text in it can end the element.
    let data = data.to_string().replace('<', "\\u003c");
    html! { script type="application/json" { (PreEscaped(data)) } }
}

/// One page is no walk, but it may become one.
fn progress(here: usize, steps: &Steps<'_>) -> Markup {
    let (place, count) = (steps.place(here), steps.count());
    html! {
        div.paper__progress data-steps data-off[count < 2] {
            (ui::steps(&page_of(place - 1, count), place as u64, count as u64))
        }
    }
}

/// The page's number, and what was answered on all others.
fn elsewhere(sheet: &Sheet<'_>, here: &[(&Field, Fate)]) -> Markup {
    let definition = &sheet.form.frozen.definition;
    let questions = definition.fields.iter().filter(|field| {
        let shown_anyway = matches!(field.kind, Kind::Hidden(_) | Kind::File(_));
        field.kind.is_question() && !shown_anyway && !stands_in(here, &field.key)
    });
    let kept = sheet.filled.kept.iter().filter(|kept| !stands_in(here, &kept.key));
    html! {
        (ui::hidden(PAGE, &(sheet.here + 1).to_string()))
        @for field in questions {
            @for name in [field.key.clone(), other_name(&field.key)] {
                @for value in sheet.filled.values(&name) { (ui::hidden(&name, value)) }
            }
        }
        @for kept in kept { (ui::hidden(&kept.key, &kept.file.id.to_string())) }
    }
}

/// The way on comes first: it is the one that the Enter key presses. Where it leads may depend on this page.
fn buttons(here: usize, steps: &Steps<'_>) -> Markup {
    let on = match (steps.after(here), steps.may_follow(here)) {
        (Some(_), _) => Button::primary("Next").forward(),
        (None, true) => Button::primary("Continue").forward(),
        (None, false) => Button::primary("Send"),
    };
    let on = on.submit().attr("data-on", "");
    html! {
        @if steps.before(here).is_none() { (on.wide()) } @else {
            div.paper__steps {
                (on)
                (Button::secondary("Back").submit().attr("name", BACK).attr("value", "1"))
            }
        }
    }
}

/// Everything that is wrong, each linked to its field by the question it belongs to.
fn complaints(definition: &Definition, filled: &Filled<'_>) -> Markup {
    let beside: Vec<(String, String)> = definition
        .fields
        .iter()
        .filter_map(|field| {
            let message = filled.problem(&field.key)?;
            let label = if field.label.is_empty() { &field.key } else { &field.label };
            Some((filled.id(&field.key), told(label, message)))
        })
        .collect();
    let links: Vec<(&str, &str)> =
        beside.iter().map(|(id, message)| (id.as_str(), message.as_str())).collect();
    let elsewhere = filled.problems.iter().filter(|problem| {
        let key = problem.field.strip_prefix("answers.");
        key.is_none_or(|key| definition.field(key).is_none())
    });
    html! {
        (ui::error_summary(&links))
        @for problem in elsewhere { (Alert::danger("Nothing was sent").text(&problem.message)) }
    }
}

/// Question and complaint in one line; a question that ends with a mark of its own needs no colon.
fn told(label: &str, message: &str) -> String {
    let colon = if label.ends_with(['?', '!', '.', ':']) { "" } else { ":" };
    format!("{label}{colon} {message}")
}

/// The page of a form that takes nothing at the moment.
pub(crate) fn closed(title: &str) -> Markup {
    frame("This form is closed", title, closed_paper(title))
}

pub(crate) fn closed_paper(title: &str) -> Markup {
    let text = format!(
        "“{title}” takes no answers at the moment. If you were asked to fill it in, let whoever sent you \
         the link know."
    );
    notice(Icon::Lock, "This form is closed", &text)
}

/// The page of a form whose places are all taken.
pub(crate) fn full(form: &Published) -> Markup {
    frame("This form is full", &form.frozen.title, full_paper(form))
}

pub(crate) fn full_paper(form: &Published) -> Markup {
    let title = &form.frozen.title;
    let text = format!("“{title}” has all the answers that it takes. Nothing was sent.");
    notice(Icon::Lock, "This form is full", &text)
}

/// The page for someone who has answered before, where a person may answer once.
pub(crate) fn answered(form: &Published) -> Markup {
    frame("You have answered already", &form.frozen.title, answered_paper(form))
}

pub(crate) fn answered_paper(form: &Published) -> Markup {
    let title = &form.frozen.title;
    let text = format!("“{title}” takes one answer a person, and yours has arrived.");
    notice(Icon::Check, "You have answered already", &text)
}

/// The page for someone without a link of their own, where only those invited may answer.
pub(crate) fn not_invited(form: &Published) -> Markup {
    frame("This form is by invitation", &form.frozen.title, not_invited_paper(form))
}

pub(crate) fn not_invited_paper(form: &Published) -> Markup {
    let text = format!(
        "“{}” is for those who were invited, each by a link of their own. Open yours once more, whole, or \
         ask whoever sent it for a new one.",
        form.frozen.title
    );
    notice(Icon::Lock, "This form is by invitation", &text)
}

fn notice(icon: Icon, heading: &str, text: &str) -> Markup {
    html! {
        div.paper.paper--thanks {
            span.paper__tick data-tone="neutral" { (icon) }
            div.paper__head {
                h1 { (heading) }
                p { (text) }
            }
        }
    }
}

/// The page of an address that leads to no form.
pub(crate) fn missing() -> Markup {
    frame("This form is not here", "There is no form at this address.", missing_paper())
}

pub(crate) fn missing_paper() -> Markup {
    html! {
        div.paper.paper--thanks {
            span.paper__tick data-tone="neutral" { (Icon::Search) }
            div.paper__head {
                h1 { "This form is not here" }
                p {
                    "It may have been taken down, or the link may have lost a letter on its way. "
                    "Ask whoever sent it to you for a new one."
                }
            }
        }
    }
}

/// The page after a form was sent.
pub(crate) fn thanks(form: &Published, again: bool) -> Markup {
    frame("Thank you", &form.frozen.title, thanks_paper(form, again))
}

/// With a way to `again` send one, where that is welcome.
pub(crate) fn thanks_paper(form: &Published, again: bool) -> Markup {
    let hosted = paths::hosted(&form.public_id);
    let settings = &form.frozen.definition.settings;
    html! {
        div.paper.paper--thanks {
            span.paper__tick { (Icon::Check) }
            div.paper__head {
                h1 { (settings.thanks_title.as_deref().unwrap_or("Thank you")) }
                @match &settings.thanks_text {
                    Some(text) => p.paper__text { (text) },
                    None => p { "Your answers to “" (form.frozen.title) "” have arrived." },
                }
            }
            @match &settings.redirect_url {
                Some(address) => (Button::primary("Go on").href(address)),
                None if again => (Button::quiet("Send another").href(&hosted)),
                None => {}
            }
        }
    }
}

fn frame(title: &str, description: &str, body: Markup) -> Markup {
    let body = html! {
        (body)
        script src=(ui::url("embedded.js")) type="module" {}
    };
    Bare { title, description, lang: "en", owner: None }.render(body)
}
