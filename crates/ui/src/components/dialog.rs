//! Dialogs on the native element: they trap focus and close by Escape without our help.

use maud::{Markup, Render, html};

use crate::{Button, Field, Icon, sample::Sample};

/// A window above the page, opened by [`Button::opens_dialog`].
pub struct Dialog<'a> {
    id: &'a str,
    title: &'a str,
    body: Markup,
    foot: Option<Markup>,
}

impl<'a> Dialog<'a> {
    /// A dialog with its id, title and content.
    pub fn new(id: &'a str, title: &'a str, body: Markup) -> Self {
        Self { id, title, body, foot: None }
    }

    /// Buttons at the bottom.
    pub fn foot(mut self, foot: Markup) -> Self {
        self.foot = Some(foot);
        self
    }

    /// What stands inside the dialog element.
    fn inner(&self) -> Markup {
        html! {
            header.dialog__head {
                h2.dialog__title id={ (self.id) "-title" } { (self.title) }
                (Button::icon_only(Icon::Close, "Close").closes_dialog(self.id))
            }
            div.dialog__body { (self.body) }
            @if let Some(foot) = &self.foot { footer.dialog__foot { (foot) } }
        }
    }
}

impl Render for Dialog<'_> {
    fn render(&self) -> Markup {
        html! {
            dialog.dialog id=(self.id) aria-labelledby={ (self.id) "-title" } closedby="any" {
                (self.inner())
            }
        }
    }
}

/// Asks before something cannot be undone; the answer is a plain POST.
pub struct Confirm<'a> {
    /// Id of the dialog.
    pub id: &'a str,
    /// The question.
    pub title: &'a str,
    /// What exactly will be gone.
    pub text: &'a str,
    /// The verb on the button: "Delete form".
    pub action: &'a str,
    /// The button that changes nothing: "Keep it"; the focus begins there.
    pub decline: &'a str,
    /// Where the POST goes.
    pub href: &'a str,
    /// The session's token.
    pub csrf_token: &'a str,
}

impl Render for Confirm<'_> {
    fn render(&self) -> Markup {
        let form = html! {
            form method="post" action=(self.href) {
                (crate::hidden("csrf_token", self.csrf_token))
                (Button::secondary(self.decline).closes_dialog(self.id).attr("autofocus", "autofocus"))
                (Button::danger(self.action).submit())
            }
        };
        Dialog::new(self.id, self.title, html! { p { (self.text) } }).foot(form).render()
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let rename = Dialog::new(
        "rename-form",
        "Rename form",
        html! {
            (Field::text("title", "Title").value("Customer feedback"))
        },
    )
    .foot(html! {
        (Button::secondary("Cancel").closes_dialog("rename-form"))
        (Button::primary("Rename"))
    });
    let delete = Confirm {
        id: "delete-form",
        title: "Delete “Customer feedback”?",
        text: "Its 1,204 submissions go with it. This cannot be undone.",
        action: "Delete form and submissions",
        decline: "Keep it",
        href: "#delete",
        csrf_token: "sample",
    };
    vec![
        Sample::new(
            "dialogs",
            "Dialog, shown in place",
            html! {
                div.dialog.dialog--in-place id="rename-form" { (rename.inner()) }
            },
        ),
        Sample::new(
            "dialogs",
            "Opened by a button",
            html! {
                div.row {
                    (Button::secondary("Rename…").opens_dialog("rename-dialog"))
                    (Button::danger("Delete…").opens_dialog("delete-form"))
                }
                (Dialog::new("rename-dialog", "Rename form", html! { p { "…" } }))
                (delete)
            },
        ),
    ]
}
