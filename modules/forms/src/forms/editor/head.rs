//! The head of a form's pages: what state it is in, what can be done with it, its public link.

use maud::{Markup, Render, html};
use ui::{Button, Card, Dialog, Icon, PageHeader, Tab, Tone, badge, copy_button, status};

use super::Editor;
use crate::{
    forms::{Form, FormHead, FormId, refusal::Refusal},
    pages::{Viewer, ago, figure},
    paths,
};

/// Whether the form takes submissions, in a word or two.
pub(crate) fn state(viewer: &Viewer<'_>, form: &FormHead) -> Markup {
    let Some(refusal) = form.refusal(viewer.now) else { return status(Tone::Good, "Open") };
    match refusal {
        Refusal::Archived => status(Tone::Neutral, "Archived"),
        Refusal::Draft => status(Tone::Neutral, "Draft"),
        Refusal::Closed => status(Tone::Warning, "Closed"),
        Refusal::PastClosing => {
            let since =
                html! { "Closed " @if let Some(at) = form.acceptance.closes_at { (ago(at)) } };
            status(Tone::Warning, since)
        }
        Refusal::Full => status(Tone::Warning, "Full"),
    }
}

/// The state, and whether respondents see the form as it stands here.
pub(crate) fn standing(viewer: &Viewer<'_>, form: &FormHead) -> Markup {
    html! {
        (state(viewer, form))
        @if form.changed && form.version > 0 { (badge(Tone::Accent, "Unpublished changes")) }
    }
}

/// The way to what is published, and to publish from a page other than that of the questions, to which it leads back.
pub(crate) fn publish_from(viewer: &Viewer<'_>, form: &Form, view: View) -> Markup {
    let action = paths::form_part(viewer.slug, form.id, "publication");
    html! {
        @if form.published {
            (Button::secondary("Open form").icon(Icon::External).href(&paths::hosted(&form.public_id))
                .attr("target", "_blank").attr("rel", "noopener"))
        }
        @if viewer.writes && form.archived_at.is_none() && (!form.published || form.changed) {
            form method="post" action=(action) {
                (ui::hidden("csrf_token", viewer.csrf_token))
                (ui::hidden("revision", &form.revision.to_string()))
                (ui::hidden("from", view.word()))
                (Button::primary(publish_label(form)).submit())
            }
        }
    }
}

fn publish_label(form: &FormHead) -> &'static str {
    match (form.published, form.version) {
        (true, _) => "Publish changes",
        (false, 0) => "Publish",
        (false, _) => "Publish again",
    }
}

pub(super) fn header(editor: &Editor<'_>) -> Markup {
    let form = editor.form;
    let list = paths::forms(editor.viewer.slug);
    let header = PageHeader::new(&form.title)
        .trail(&[("Forms", &list)])
        .summary(html! {
            (standing(&editor.viewer, form))
            span { "Changed " (ago(form.updated_at)) }
        })
        .actions(actions(editor))
        .render();
    html! { div.form-editor__head id="form-head" { (header) } }
}

fn actions(editor: &Editor<'_>) -> Markup {
    let (form, viewer) = (editor.form, &editor.viewer);
    let at = |part: &str| paths::form_part(viewer.slug, form.id, part);
    let label = publish_label(form);
    html! {
        @if viewer.writes {
            (Button::icon_only(Icon::Trash, "Delete form…").opens_dialog(DELETION))
            @if form.published {
                (editor.change(None, &at("closure"), html! { (Button::secondary("Close form").submit()) }))
            }
            @if !form.published || form.changed {
                (editor.change(None, &at("publication"), html! { (Button::primary(label).submit()) }))
            }
        }
    }
}

/// The views of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    Questions,
    Logic,
    Submissions,
    Insights,
    Versions,
    Settings,
    Exports,
    Imports,
    Share,
    Mail,
    Theme,
}

impl View {
    /// Those from which one publishes, beside that of the questions.
    const PUBLISHING: [View; 3] = [View::Logic, View::Theme, View::Settings];

    /// The word by which a page says where one came from.
    fn word(self) -> &'static str {
        match self {
            View::Logic => "logic",
            View::Theme => "theme",
            View::Settings => "settings",
            _ => "questions",
        }
    }

    /// The address of the page with this word, if one publishes there.
    pub(crate) fn publishing(word: &str, slug: &str, form: FormId) -> Option<String> {
        let view = Self::PUBLISHING.into_iter().find(|view| view.word() == word)?;
        Some(match view {
            View::Theme => paths::theme(slug, form),
            View::Logic => paths::logic(slug, form),
            _ => paths::form_part(slug, form, "settings"),
        })
    }
}

/// The way from one view of a form to the others.
pub(crate) fn tabs(viewer: &Viewer<'_>, form: &Form, view: View) -> Markup {
    let at = |view| match view {
        View::Questions => paths::form(viewer.slug, form.id),
        View::Theme => paths::theme(viewer.slug, form.id),
        View::Logic => paths::logic(viewer.slug, form.id),
        View::Submissions => paths::submissions(viewer.slug, form.id),
        View::Insights => paths::insights(viewer.slug, form.id),
        View::Versions => paths::form_part(viewer.slug, form.id, "versions"),
        View::Settings => paths::form_part(viewer.slug, form.id, "settings"),
        View::Share => paths::form_part(viewer.slug, form.id, "share"),
        View::Exports => paths::exports(viewer.slug, form.id),
        View::Mail => paths::form_part(viewer.slug, form.id, "notices"),
        View::Imports => paths::imports(viewer.slug, form.id),
    };
    let (edit, list) = (at(View::Questions), at(View::Submissions));
    let (exports, versions, settings) = (at(View::Exports), at(View::Versions), at(View::Settings));
    let (logic, share, imports) = (at(View::Logic), at(View::Share), at(View::Imports));
    let (mail, theme, insights) = (at(View::Mail), at(View::Theme), at(View::Insights));
    let tab = |label, href, is| Tab { label, href, current: view == is, count: None };
    ui::tabs(
        "Form",
        &[
            tab("Questions", edit.as_str(), View::Questions),
            tab("Logic", &logic, View::Logic),
            tab("Look", &theme, View::Theme),
            Tab { count: Some(count(form)), ..tab("Submissions", &list, View::Submissions) },
            tab("Insights", &insights, View::Insights),
            tab("Exports", &exports, View::Exports),
            tab("Imports", &imports, View::Imports),
            tab("Share", &share, View::Share),
            tab("Mail", &mail, View::Mail),
            tab("Settings", &settings, View::Settings),
            tab("Versions", &versions, View::Versions),
        ],
    )
}

/// How many came in; on pages that listen it follows what is counted in the background.
pub(crate) fn count(form: &Form) -> Markup {
    html! {
        live-count data-subject=(form.id) data-hx-trigger="live:submissions.processed, live:submission.deleted" data-figure="submission_count" {
            span.figures { (figure(form.submission_count)) }
        }
    }
}

/// The public address of a published form, to be copied or opened.
pub(crate) fn share(viewer: &Viewer<'_>, form: &Form, origin: &str) -> Markup {
    let path = paths::hosted(&form.public_id);
    let told = match form.refusal(viewer.now) {
        None => form.acceptance.admits(),
        Some(_) => "The form takes no answers now, and says so to whoever has this link.",
    };
    let link = format!("{origin}{path}");
    let body = html! {
        div.share {
            span.share__icon { (Icon::Globe) }
            div.share__link {
                span.muted { (told) }
                a href=(path) target="_blank" rel="noopener" { (link) }
            }
            div.row {
                (copy_button(&link, "Copy link"))
                (Button::secondary("Open").icon(Icon::External).small().href(&path)
                    .attr("target", "_blank").attr("rel", "noopener"))
            }
        }
    };
    Card::new(body).render()
}

const DELETION: &str = "delete-form";

/// Asks for the title before everything is deleted. `typed` is what was refused, and it stays open.
pub(crate) fn deletion(viewer: &Viewer<'_>, form: &Form, typed: Option<&str>) -> Markup {
    let body = html! {
        div.stack {
            p {
                "The form, its link and all its submissions (" (figure(form.submission_count))
                ") will be gone for good."
            }
            (deletion_form(viewer, form, typed, None))
        }
    };
    Dialog::new(DELETION, "Delete this form?", body).render()
}

/// The form inside the dialog; a refusal replaces it, and so does a change of the title, out of band.
pub(crate) fn deletion_form(
    viewer: &Viewer<'_>,
    form: &Form,
    typed: Option<&str>,
    out_of_band: Option<&str>,
) -> Markup {
    let action = paths::form_part(viewer.slug, form.id, "deletion");
    let label = format!("Type “{}” to confirm", form.title);
    let field = ui::Field::text("confirmation", &label)
        .value(typed.unwrap_or_default())
        .required(true)
        .attr("autocomplete", "off")
        .attr("autofocus", "autofocus")
        .error(typed.map(|_| "This is not the title of the form. Nothing was deleted."));
    html! {
        form.stack id="deletion" method="post" action=(action) data-hx-post=(action)
            data-hx-swap="outerHTML" data-hx-swap-oob=[out_of_band] {
            (ui::hidden("csrf_token", viewer.csrf_token))
            (field)
            div.row.row--end {
                (Button::secondary("Keep it").closes_dialog(DELETION))
                (Button::danger("Delete form").submit())
            }
        }
    }
}
