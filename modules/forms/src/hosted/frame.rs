//! The page around what respondents see: its language, its look, and the card of a link to it.

use maud::{Markup, html};
use ui::{Bare, Look};

use crate::{published::Published, texts::Texts, theme::Credit};

/// One page.
pub(super) struct Frame<'a> {
    pub(super) texts: &'a Texts,
    /// Whose look it has.
    pub(super) form: Option<&'a Published>,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// The whole address of the picture on cards of links to it.
    pub(super) card: Option<&'a str>,
}

impl Frame<'_> {
    pub(super) fn around(&self, body: Markup) -> Markup {
        let body = html! {
            (body)
            script src=(ui::url("embedded.js")) type="module" {}
        };
        let language = self.texts.language;
        let bare = Bare {
            title: self.title,
            description: self.description,
            lang: language.tag(),
            dir: language.direction(),
            owner: None,
            made_with: Some(self.texts.made_with).filter(|_| self.says_with_what()),
            look: self.form.map(look).unwrap_or_default(),
            card: self.card,
        };
        bare.render(body)
    }
}

impl Frame<'_> {
    /// Unless the look of the form says otherwise.
    fn says_with_what(&self) -> bool {
        let theme = |form: &Published| form.frozen.definition.settings.theme.credit;
        self.form.is_none_or(|form| theme(form) == Credit::Shown)
    }
}

fn look(form: &Published) -> Look<'_> {
    let theme = &form.frozen.definition.settings.theme;
    Look {
        font: if theme.font.is_usual() { "" } else { theme.font.name() },
        corners: if theme.corners.is_usual() { "" } else { theme.corners.name() },
        scheme: theme.scheme.name(),
        plain: theme.background.is_some(),
        style: form.style().map(|style| style.element()),
    }
}
