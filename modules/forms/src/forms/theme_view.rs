//! The page on which a form gets its look.

use std::borrow::Cow;

use kernel::{Fields, Result};
use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, Choice, Field as Input, PageHeader, hidden};

use super::{
    Form,
    editor::{View, preview_of, publish_from, standing, tabs},
};
use crate::{
    pages::{Viewer, sent},
    paths,
    renditions::views::choice,
    theme::{Corners, Credit, Font, Palette, Picture, Scheme, Theme},
};

/// What the page shows.
pub(crate) struct Page<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    pub(crate) theme: &'a Theme,
    pub(crate) entered: &'a Entered<'a>,
}

/// What stands in the inputs, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Entered<'a> {
    accent: Cow<'a, str>,
    background: Cow<'a, str>,
    font: Cow<'a, str>,
    corners: Cow<'a, str>,
    scheme: Cow<'a, str>,
    credit: Cow<'a, str>,
    logo_text: Cow<'a, str>,
    pub(crate) problems: Fields,
    /// What went wrong beyond single inputs.
    pub(crate) told: Option<&'static str>,
    /// The place whose picture was refused.
    pub(crate) wrong_picture: Option<&'static str>,
}

impl<'a> Entered<'a> {
    /// As the form stands.
    pub(crate) fn of(form: &Form) -> Result<Self> {
        let theme = form.definition()?.settings.theme;
        let colour =
            |it: Option<crate::theme::Colour>| it.map(|it| it.to_string()).unwrap_or_default();
        Ok(Entered {
            accent: colour(theme.accent).into(),
            background: colour(theme.background).into(),
            font: theme.font.name().into(),
            corners: theme.corners.name().into(),
            scheme: theme.scheme.name().into(),
            credit: theme.credit.name().into(),
            logo_text: theme.logo.and_then(|logo| logo.text).unwrap_or_default().into(),
            ..Entered::default()
        })
    }

    /// As it was sent.
    pub(crate) fn sent(pairs: &'a [(String, String)]) -> Self {
        let text = |name| Cow::Borrowed(sent(pairs, name).unwrap_or_default());
        Entered {
            accent: text("accent"),
            background: text("background"),
            font: text("font"),
            corners: text("corners"),
            scheme: text("scheme"),
            credit: text("credit"),
            logo_text: text("logo_text"),
            ..Entered::default()
        }
    }
}

/// The whole page.
pub(crate) fn page(page: &Page<'_>) -> Markup {
    let (viewer, form) = (&page.viewer, page.form);
    let forms = paths::forms(viewer.slug);
    let preview = paths::form_part(viewer.slug, form.id, "preview");
    html! {
        (PageHeader::new(&form.title)
            .trail(&[("Forms", &forms)])
            .summary(standing(viewer, form))
            .actions(publish_from(viewer, form, View::Theme)))
        (tabs(viewer, form, View::Theme))
        div.form-editor__desk {
            div.stack {
                @if let Some(told) = page.entered.told { (Alert::danger("Nothing was saved").text(told)) }
                @if viewer.writes {
                    (choices(page))
                    (picture(page, ("logo", "Logo",
                        "Above the title, 64 pixels high at most; three times that is sharp on every screen."),
                        page.theme.logo.as_ref()))
                    (picture(page, ("cover", "Cover",
                        "Across the top, and on cards of links to the form. Best three times as wide as high."),
                        page.theme.cover.as_ref()))
                } @else { p.muted { "You may look at this form and not change it." } }
            }
            (preview_of(form, &preview))
        }
    }
}

fn choices(page: &Page<'_>) -> Markup {
    let (entered, theme) = (page.entered, page.theme);
    let action = paths::theme(page.viewer.slug, page.form.id);
    let note = theme.accent.and_then(|accent| Palette::of(theme).told(accent));
    let body = html! {
        form.stack method="post" action=(action) data-theme-choices {
            (hidden("csrf_token", page.viewer.csrf_token))
            (hidden("revision", &page.form.revision.to_string()))
            div.field-pair {
                (colour(entered, ("accent", "Colour", &entered.accent), note.as_deref().unwrap_or("Of buttons and marks, such as #1d5fd0.")))
                (colour(entered, ("background", "Background", &entered.background), "Behind the sheet."))
            }
            (few(entered, ("font", "Font", &entered.font), Font::ALL.iter().map(|it| (it.name(), match it {
                Font::Sans => "Plain",
                Font::Serif => "Serif",
                Font::Rounded => "Rounded",
                Font::Mono => "Typewriter",
            }))))
            (few(entered, ("corners", "Corners", &entered.corners), Corners::ALL.iter().map(|it| (it.name(), match it {
                Corners::Soft => "Soft",
                Corners::Square => "Square",
                Corners::Round => "Round",
            }))))
            (few(entered, ("scheme", "Light or dark", &entered.scheme), Scheme::ALL.iter().map(|it| (it.name(), match it {
                Scheme::Automatic => "As the device has it",
                Scheme::Light => "Light",
                Scheme::Dark => "Dark",
            }))))
            (few(entered, ("credit", "“Made with Mewayz”", &entered.credit), Credit::ALL.iter().map(|it| (it.name(), match it {
                Credit::Shown => "At the foot of the page",
                Credit::Hidden => "Not shown",
            }))))
            @if theme.logo.is_some() {
                (Input::text("logo_text", "Alternative text of the logo").value(&entered.logo_text)
                    .error(entered.problems.of("settings.theme.logo.text"))
                    .hint(Some("For those who do not see it, such as the name of your house.")))
            }
            div.row { (Button::primary("Save look").submit()) }
        }
    };
    Card::new(body)
        .title("Look")
        .summary("It is published with the questions. Text upon a colour is always made readable.")
        .render()
}

fn colour(entered: &Entered<'_>, (name, label, value): (&str, &str, &str), hint: &str) -> Markup {
    Input::text(name, label)
        .value(value)
        .attr("pattern", "#[0-9a-fA-F]{6}")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "As usual")
        .hint(Some(hint))
        .error(entered.problems.of(&format!("settings.theme.{name}")))
        .render()
}

fn few<'a>(
    entered: &Entered<'_>,
    (name, label, value): (&str, &str, &str),
    choices: impl Iterator<Item = (&'a str, &'a str)>,
) -> Markup {
    let choices: Vec<Choice<'_>> = choices.map(|(value, label)| Choice { value, label }).collect();
    Input::radios(name, label, &choices)
        .value(value)
        .error(entered.problems.of(&format!("settings.theme.{name}")))
        .render()
}

fn picture(
    page: &Page<'_>,
    (place, label, summary): (&'static str, &str, &str),
    picture: Option<&Picture>,
) -> Markup {
    let (slug, form) = (page.viewer.slug, page.form.id);
    let wrong = page.entered.problems.of("file");
    let wrong = wrong.filter(|_| page.entered.wrong_picture == Some(place));
    let body = html! {
        @if let Some(picture) = picture {
            div.row {
                (choice(picture, |name| paths::form_rendition(slug, form, picture.file, name)))
                form method="post" action=(paths::theme_picture_removal(slug, form, place)) {
                    (hidden("csrf_token", page.viewer.csrf_token))
                    (Button::secondary(&format!("Take the {place} away")).submit())
                }
            }
        }
        form.beside-field method="post" enctype="multipart/form-data" data-upload-at-once action=(paths::theme_picture(slug, form, place)) {
            (hidden("csrf_token", page.viewer.csrf_token))
            (Input::file("file", &format!("{label} as a picture")).id(format!("picture-{place}"))
                .required(true).attr("accept", "image/png,image/jpeg,image/webp,image/gif")
                .hint(Some("PNG, JPEG, WebP or GIF, up to 4 MB.")).error(wrong))
            (Button::secondary("Upload").submit())
        }
    };
    Card::new(html! { div.stack { (body) } }).title(label).summary(summary).render()
}
