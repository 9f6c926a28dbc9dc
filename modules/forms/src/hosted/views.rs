//! The hosted form as HTML that needs nothing but a browser.

use files::FileId;
use maud::{Markup, PreEscaped, html};
use serde_json::json;
use ui::{Alert, Button};

use super::{calendar, frame::Frame, keeping::keeping, traps::Traps};

use crate::{
    answers::{Fate, Shown},
    controls::{Filled, asked, control},
    definition::{Condition, Definition, Field, Kind, other_name},
    paths,
    published::Published,
    renditions::views as pictures,
    steps::{Step, Steps},
    texts::{Texts, fill},
    visits::trail::VISIT,
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
    /// The whole address of the picture on cards of links to it.
    pub(crate) card: Option<&'a str>,
    /// What tells people from programs; none where nothing is sent.
    pub(crate) traps: Option<&'a Traps>,
    /// Nothing of it has been sent yet.
    pub(crate) fresh: bool,
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
    let (title, texts) = (&sheet.form.frozen.title, sheet.filled.texts);
    let wrong = !sheet.filled.problems.is_empty();
    let steps = sheet.steps();
    let shown = match (wrong, steps.count()) {
        (true, _) => fill(texts.please_check, &[("title", title)]),
        (false, 1) => title.clone(),
        (false, _) => texts.labelled(&page_of(sheet.here, &steps, texts), title),
    };
    let body = html! {
        (container(sheet))
        @if sheet.preview.is_none() { script type="module" src=(ui::url("hosted.js")) {} }
        @if sheet.form.frozen.definition.has_logic() {
            script type="module" src=(ui::url("logic.js")) {}
        }
        @if calendar::is_wanted(steps.get(sheet.here)) { (calendar::assets()) }
    };
    let frame = Frame {
        texts,
        form: Some(sheet.form),
        title: &shown,
        description: title,
        card: sheet.card,
    };
    frame.around(body)
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
    let texts = sheet.filled.texts;
    let multipart = fields.iter().any(|field| matches!(field.kind, Kind::File(_)));
    let hidden = fields.iter().filter(|field| matches!(field.kind, Kind::Hidden(_)));
    let hosted =
        format!("{}?{VERSION}={}", paths::hosted(&sheet.form.public_id), sheet.form.version);
    let (method, action) = match sheet.preview {
        Some(address) => ("get", address),
        None => ("post", hosted.as_str()),
    };
    let uploads = multipart.then(|| uploads_of(sheet));
    html! {
        form.paper method=(method) action=(action) novalidate
            data-asks=[sheet.preview.map(|_| keys_of(step))] enctype=[multipart.then_some("multipart/form-data")] {
            (head(sheet))
            @if steps.most() > 1 { (progress(sheet.here, &steps, texts)) }
            (complaints(definition, &sheet.filled))
            (ui::hidden(KEY, sheet.key))
            @if let Some(traps) = sheet.traps { (traps.inputs(&sheet.filled, sheet.fresh)) }
            @if let Some(invited) = sheet.filled.values(paths::INVITED).last() { (ui::hidden(paths::INVITED, invited)) }
            (told(sheet))
            @for field in hidden { (control(field, &sheet.filled)) }
            @if steps.most() > 1 { (elsewhere(sheet, &here)) }
            @if let Some(heading) = step.heading { (control(heading, &sheet.filled)) }
            @if definition.has_logic() {
                form-logic data-here=(sheet.here) {
                    (for_browser(definition, &steps, texts))
                    @for (field, fate) in &here {
                        (asked(definition, field, *fate, |key| stands_in(&here, key), &sheet.filled))
                    }
                }
            } @else { @for (field, _) in &here { (control(field, &sheet.filled)) } }
            @if calendar::is_wanted(step) { (calendar::calendar(texts)) }
            @if sheet.preview.is_none() { (keeping(sheet.form, texts, sheet.fresh, uploads)) }
            @if let Some(traps) = sheet.traps { (traps.work(texts)) }
            (buttons(sheet.here, &steps, texts))
            @if here.iter().any(|(field, _)| field.required || field.require_if.is_some()) {
                p.paper__foot { (texts.required_note) }
            }
        }
    }
}

/// What stands on a page, for the preview to know where it is.
fn keys_of(step: &Step<'_>) -> String {
    let all = step.heading.iter().chain(&step.fields);
    all.map(|field| field.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// Where files go before the form is sent: says which version it is, and who is invited, as the form itself does.
fn uploads_of(sheet: &Sheet<'_>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair(VERSION, &sheet.form.version.to_string());
    if let Some(invited) = sheet.filled.values(paths::INVITED).last() {
        query.append_pair(paths::INVITED, invited);
    }
    format!("{}?{}", paths::uploads(&sheet.form.public_id), query.finish())
}

/// What is told of the visit: by the form when it is sent, and by the browser when somebody begins.
fn told(sheet: &Sheet<'_>) -> Markup {
    let visit = sheet.filled.values(VISIT).last().filter(|_| sheet.preview.is_none());
    html! {
        @if let Some(visit) = visit {
            (ui::hidden(VISIT, visit))
            @if sheet.fresh { form-visit data-address=(paths::starts(&sheet.form.public_id)) {} }
        }
    }
}

/// Cover, logo and title. The cover belongs to the first page alone.
fn head(sheet: &Sheet<'_>) -> Markup {
    let (form, theme) = (sheet.form, &sheet.form.frozen.definition.settings.theme);
    let address = |file: FileId, name: &str| match sheet.preview {
        Some(preview) => {
            format!("{}/pictures/{file}/{name}", preview.trim_end_matches("/preview"))
        }
        None => paths::hosted_rendition(&form.public_id, file, name),
    };
    let cover = theme.cover.as_ref().filter(|_| sheet.here == sheet.steps().first());
    html! {
        @if let Some(cover) = cover { (pictures::cover(cover, |name| address(cover.file, name))) }
        div.paper__head {
            @if let Some(logo) = &theme.logo { (pictures::logo(logo, |name| address(logo.file, name))) }
            h1 { (form.frozen.title) }
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
fn for_browser(definition: &Definition, steps: &Steps<'_>, texts: &Texts) -> Markup {
    let keys = |step: &Step<'_>| step.fields.iter().map(|field| field.key.clone()).collect();
    let steps: Vec<Vec<String>> = steps.iter().map(keys).collect();
    let says = json!({"page": texts.page, "next": texts.next, "send": texts.send});
    let data = json!({"fields": definition.logic_for_browser(), "steps": steps, "says": says});
    // So that no text in it can end the element.
    let data = data.to_string().replace('<', "\\u003c");
    html! { script type="application/json" { (PreEscaped(data)) } }
}

/// One page is no walk, but it may become one.
fn progress(here: usize, steps: &Steps<'_>, texts: &Texts) -> Markup {
    let (place, count) = (steps.place(here), steps.count());
    html! {
        div.paper__progress data-steps data-off[count < 2] {
            (ui::steps(&page_of(here, steps, texts), place as u64, count as u64))
        }
    }
}

/// "Page 2 of 3"
fn page_of(here: usize, steps: &Steps<'_>, texts: &Texts) -> String {
    fill(texts.page, &[("here", &steps.place(here)), ("count", &steps.count())])
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
fn buttons(here: usize, steps: &Steps<'_>, texts: &Texts) -> Markup {
    let on = match (steps.after(here), steps.may_follow(here)) {
        (Some(_), _) => Button::primary(texts.next).forward(),
        (None, true) => Button::primary(texts.go_on).forward(),
        (None, false) => Button::primary(texts.send),
    };
    let on = on.submit().attr("data-on", "");
    html! {
        @if steps.before(here).is_none() { (on.wide()) } @else {
            div.paper__steps {
                (on)
                (Button::secondary(texts.back).submit().attr("name", BACK).attr("value", "1"))
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
            Some((filled.id(&field.key), filled.texts.labelled(label, message)))
        })
        .collect();
    let links: Vec<(&str, &str)> =
        beside.iter().map(|(id, message)| (id.as_str(), message.as_str())).collect();
    let elsewhere = filled.problems.iter().filter(|problem| {
        let key = problem.field.strip_prefix("answers.");
        key.is_none_or(|key| definition.field(key).is_none())
    });
    html! {
        (ui::error_summary_titled(&filled.texts.to_check(links.len()), &links))
        @for problem in elsewhere { (Alert::danger(filled.texts.nothing_sent).text(&problem.message)) }
    }
}
