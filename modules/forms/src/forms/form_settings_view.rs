//! The page of a form's settings.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use kernel::{Fields, Result, Timestamp};
use maud::{Markup, Render, html};
use ui::{
    Alert, Button, Card, Choice, Field as Input, PageHeader, code_block, error_summary, hidden,
};

use super::{
    FolderId, Form,
    acceptance::Once,
    editor::{View, publish_from, standing, tabs},
    links::Link,
};
use crate::{
    definition::{Definition, Language, Spoken},
    folders::Folder,
    pages::{Viewer, sent},
    paths,
    protection::inputs::Inputs,
};

/// What the page shows.
pub(crate) struct Page<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    /// What is asked of people now.
    pub(crate) asked: &'a Definition,
    pub(crate) folders: &'a [Folder],
    pub(crate) entered: &'a Entered<'a>,
    /// Links just made.
    pub(crate) links: &'a [Link],
}

/// What stands in the inputs, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Entered<'a> {
    thanks_title: Cow<'a, str>,
    thanks_text: Cow<'a, str>,
    redirect_url: Cow<'a, str>,
    language: Cow<'a, str>,
    forget_drafts: Cow<'a, str>,
    closes_at: Cow<'a, str>,
    zone: Cow<'a, str>,
    /// Whether nobody has said in which zone: then it may be that of whoever looks.
    zone_unknown: bool,
    submission_limit: Cow<'a, str>,
    once_by: Cow<'a, str>,
    protection: Inputs<'a>,
    /// Those to be invited.
    pub(crate) names: &'a str,
    pub(crate) problems: Fields,
    /// What went wrong beyond single inputs.
    pub(crate) told: Option<&'static str>,
}

impl<'a> Entered<'a> {
    /// As the form stands.
    pub(crate) fn of(form: &Form) -> Result<Self> {
        let settings = form.definition()?.settings;
        let text = |text: Option<String>| Cow::Owned(text.unwrap_or_default());
        let accepts = &form.acceptance;
        Ok(Entered {
            thanks_title: text(settings.thanks_title),
            thanks_text: text(settings.thanks_text),
            redirect_url: text(settings.redirect_url),
            forget_drafts: if settings.forget_drafts { "true" } else { "" }.into(),
            language: settings.language.map_or_else(Cow::default, |it| it.name().into()),
            closes_at: text(accepts.closes_at.map(|at| local(at, accepts.closes_zone.as_deref()))),
            zone: accepts.closes_zone.clone().unwrap_or_else(|| "UTC".to_owned()).into(),
            zone_unknown: accepts.closes_zone.is_none(),
            submission_limit: text(accepts.submission_limit.map(|limit| limit.to_string())),
            once_by: text(accepts.once_by.clone()),
            protection: Inputs::of(&form.protection),
            ..Entered::default()
        })
    }

    /// As it was sent.
    pub(crate) fn sent(pairs: &'a [(String, String)]) -> Self {
        let text = |name| Cow::Borrowed(sent(pairs, name).unwrap_or_default());
        Entered {
            thanks_title: text("thanks_title"),
            thanks_text: text("thanks_text"),
            redirect_url: text("redirect_url"),
            language: text("language"),
            forget_drafts: text("forget_drafts"),
            closes_at: text("closes_at"),
            zone: text("zone"),
            submission_limit: text("submission_limit"),
            once_by: text("once_by"),
            protection: Inputs::sent(pairs),
            ..Entered::default()
        }
    }
}

/// As an input of a local day and time takes it (WHATWG HTML, 2.3.5.4).
fn local(at: Timestamp, zone: Option<&str>) -> String {
    let zone = zone.and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
    at.to_jiff().to_zoned(zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The whole page.
pub(crate) fn page(page: &Page<'_>) -> Markup {
    let (viewer, form) = (&page.viewer, page.form);
    let forms = paths::forms(viewer.slug);
    html! {
        (PageHeader::new(&form.title)
            .trail(&[("Forms", &forms)])
            .summary(standing(viewer, form))
            .actions(publish_from(viewer, form, View::Settings)))
        (tabs(viewer, form, View::Settings))
        div.stack.narrow {
            (complaints(page.entered))
            @if let Some(why) = form.refusal(viewer.now).filter(|_| form.published) {
                (Alert::warning("This form takes no answers now").text(why.told()))
            }
            @if viewer.writes {
                (settings(page))
                @if form.acceptance.once() == Some(Once::Link) { (invitations(page)) }
                (folder(page))
            } @else {
                (Alert::info("You may look at this form, and not change it"))
            }
            (document(page))
            @if viewer.writes { (archival(page)) }
        }
    }
}

fn complaints(entered: &Entered<'_>) -> Markup {
    let links: Vec<(String, &str)> = entered
        .problems
        .iter()
        .map(|problem| (input_of(&problem.field).to_owned(), problem.message.as_str()))
        .collect();
    let links: Vec<(&str, &str)> = links.iter().map(|(id, told)| (id.as_str(), *told)).collect();
    html! {
        (error_summary(&links))
        @if let Some(told) = entered.told { (Alert::danger("That was not saved").text(told)) }
    }
}

/// `acceptance.closes_at` stands in the input `closes_at`.
fn input_of(place: &str) -> &str {
    place.rsplit('.').next().unwrap_or(place).split('[').next().unwrap_or(place)
}

fn settings(page: &Page<'_>) -> Markup {
    let action = paths::form_part(page.viewer.slug, page.form.id, "settings");
    html! {
        form.stack method="post" action=(action) {
            (hidden("csrf_token", page.viewer.csrf_token))
            (hidden("revision", &page.form.revision.to_string()))
            (Card::new(language(page.entered)).title("Language")
                .summary("Buttons, hints and all that can go wrong. What you wrote yourself stays as it is."))
            (Card::new(drafts(page.entered)).title("While it is filled in")
                .summary("What was written is there again after a reload or a lost connection, until it is sent."))
            (Card::new(afterwards(page.entered)).title("After sending")
                .summary("What respondents see next. It is published with the questions."))
            (Card::new(accepted(page)).title("What it accepts")
                .summary("This holds from the moment it is saved, for all versions."))
            (page.entered.protection.card(&page.entered.problems))
            div.row { (Button::primary("Save settings").submit()) }
        }
    }
}

fn input<'a>(field: Input<'a>, entered: &'a Entered<'_>, place: &'a str) -> Input<'a> {
    field.id(input_of(place)).error(entered.problems.of(place))
}

fn language(entered: &Entered<'_>) -> Markup {
    let ours = Language::ALL.into_iter();
    let mut choices: Vec<Choice<'_>> =
        ours.map(|it| Choice { value: it.tag(), label: it.name() }).collect();
    choices[0].value = "";
    choices.push(Choice {
        value: Spoken::AsAsked.name(),
        label: "The respondent’s, as their browser asks for it",
    });
    let shown = if entered.language == "en" { "" } else { &entered.language };
    input(Input::select("language", "The form speaks", &choices), entered, "settings.language")
        .value(shown)
        .render()
}

fn drafts(entered: &Entered<'_>) -> Markup {
    Input::switch("forget_drafts", "Keep nothing in the browser")
        .value(&entered.forget_drafts)
        .hint(Some("For computers that many share. Files are never kept."))
        .render()
}

fn afterwards(entered: &Entered<'_>) -> Markup {
    html! {
        div.stack {
            (input(Input::text("thanks_title", "Heading"), entered, "settings.thanks_title")
                .value(&entered.thanks_title).attr("placeholder", "Thank you"))
            (input(Input::long_text("thanks_text", "Text"), entered, "settings.thanks_text")
                .value(&entered.thanks_text).attr("placeholder", "Your answers have arrived."))
            (input(Input::text("redirect_url", "Go to another address instead"), entered, "settings.redirect_url")
                .value(&entered.redirect_url).attr("inputmode", "url").attr("placeholder", "https://…")
                .hint(Some("A page of yours, such as https://example.com/welcome.")))
        }
    }
}

fn accepted(page: &Page<'_>) -> Markup {
    let entered = page.entered;
    let persons = persons(page.asked);
    let choices: Vec<Choice<'_>> =
        persons.iter().map(|(value, label)| Choice { value, label }).collect();
    html! {
        div.stack {
            local-moment.field-pair data-guess[entered.zone_unknown] {
                (input(Input::moment("closes_at", "Takes answers until"), entered, "acceptance.closes_at")
                    .value(&entered.closes_at)
                    .hint(Some("Leave it empty to take answers without end.")))
                (input(Input::text("zone", "Time zone"), entered, "zone").value(&entered.zone)
                    .attr("autocomplete", "off"))
            }
            (input(Input::text("submission_limit", "Submission limit"), entered, "acceptance.submission_limit")
                .value(&entered.submission_limit).attr("inputmode", "numeric")
                .hint(Some("It holds exactly, however many send at once. What lies in spam or bin holds its place until it is gone.")))
            (input(Input::select("once_by", "One answer a person", &choices), entered, "acceptance.once_by")
                .value(&entered.once_by)
                .hint(Some("By cookie is easy to get around; by link nobody else gets in.")))
        }
    }
}

/// The ways to tell people apart, the required questions that do so among them.
fn persons(definition: &Definition) -> Vec<(String, String)> {
    let mut ways = vec![
        (String::new(), "Anybody may answer again".to_owned()),
        ("browser".to_owned(), "Known by a cookie: one a browser".to_owned()),
        ("link".to_owned(), "Known by a signed link of their own".to_owned()),
    ];
    ways.extend(definition.telling_apart().map(|field| {
        (format!("field:{}", field.key), format!("Known by the answer to “{}”", field.label))
    }));
    ways
}

fn invitations(page: &Page<'_>) -> Markup {
    let action = paths::form_part(page.viewer.slug, page.form.id, "links");
    let made: String =
        page.links.iter().map(|link| format!("{}\t{}\n", link.respondent, link.url)).collect();
    let body = html! {
        form.stack method="post" action=(action) {
            (hidden("csrf_token", page.viewer.csrf_token))
            (input(Input::long_text("respondents", "Whom to invite"), page.entered, "respondents")
                .value(page.entered.names)
                .hint(Some("One a line: an address, a customer number, any name that you know them by."))
                .required(true))
            div.row { (Button::secondary("Make links").submit()) }
        }
        @if !made.is_empty() { (code_block("Links, one a line", made.trim_end())) }
    };
    Card::new(body)
        .id("links")
        .title("Links")
        .summary("Each lets one person answer, once. The same name always gets the same link.")
        .render()
}

fn folder(page: &Page<'_>) -> Markup {
    let action = paths::form_part(page.viewer.slug, page.form.id, "filing");
    let ids: Vec<String> = page.folders.iter().map(|folder| folder.id.to_string()).collect();
    let mut choices = vec![Choice { value: "", label: "No folder" }];
    let folders = page.folders.iter().zip(&ids);
    choices.extend(folders.map(|(folder, id)| Choice { value: id, label: &folder.name }));
    let here = page.form.folder_id.map(|id: FolderId| id.to_string()).unwrap_or_default();
    let body = html! {
        @if page.folders.is_empty() {
            p.muted { "There is no folder yet. Make one in the " a href=(paths::forms(page.viewer.slug)) { "list of forms" } "." }
        } @else {
            form.beside-field method="post" action=(action) {
                (hidden("csrf_token", page.viewer.csrf_token))
                (Input::select("folder_id", "Folder", &choices).value(&here))
                (Button::secondary("Move").submit())
            }
        }
    };
    Card::new(body).title("Folder").render()
}

fn document(page: &Page<'_>) -> Markup {
    let at = |part| paths::form_part(page.viewer.slug, page.form.id, part);
    let body = html! {
        div.row {
            @if page.viewer.writes {
                form method="post" action=(at("copies")) {
                    (hidden("csrf_token", page.viewer.csrf_token))
                    (Button::secondary("Make a copy").submit())
                }
            }
            (Button::secondary("Download as JSON").href(&at("document")).attr("download", ""))
        }
    };
    Card::new(body)
        .title("Copy and document")
        .summary("What it asks and accepts, without what came in. The file makes the same form anywhere.")
        .render()
}

fn archival(page: &Page<'_>) -> Markup {
    let at = |part| paths::form_part(page.viewer.slug, page.form.id, part);
    let (action, label, text) = match page.form.archived_at {
        None => (
            "archival",
            "Archive form",
            "It goes out of sight and takes nothing more. Everything it has is kept.",
        ),
        Some(_) => (
            "unarchival",
            "Bring it back",
            "It is archived. Back again, it stays closed until you publish it.",
        ),
    };
    let body = html! {
        form method="post" action=(at(action)) {
            (hidden("csrf_token", page.viewer.csrf_token))
            (Button::secondary(label).submit())
        }
    };
    Card::new(body).title("Archive").summary(text).render()
}
