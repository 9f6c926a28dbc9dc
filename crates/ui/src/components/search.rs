//! The search box above a list.

use maud::{Markup, Render, html};

use crate::{Element, Icon, kbd, sample::Sample};

/// A GET form with one box; with scripts the list narrows while one types.
pub struct SearchBox<'a> {
    action: &'a str,
    label: &'a str,
    value: &'a str,
    target: Option<&'a str>,
    kept: &'a [(&'a str, &'a str)],
}

impl<'a> SearchBox<'a> {
    /// A box that asks `action` with `q`; the label is also the placeholder.
    pub fn new(action: &'a str, label: &'a str, value: &'a str) -> Self {
        Self { action, label, value, target: None, kept: &[] }
    }

    /// Selector of the region to replace while one types.
    pub fn target(mut self, target: &'a str) -> Self {
        self.target = Some(target);
        self
    }

    /// Further parameters to keep, such as the filters that are on.
    pub fn keep(mut self, kept: &'a [(&'a str, &'a str)]) -> Self {
        self.kept = kept;
        self
    }

    fn input(&self) -> Markup {
        let input = Element::new("input")
            .attr("type", "search")
            .attr("name", "q")
            .attr("class", "search__input")
            .attr("value", self.value)
            .attr("placeholder", self.label)
            .attr("aria-label", self.label)
            .attr("autocomplete", "off")
            .attr("data-hotkey", "/");
        let Some(target) = self.target else { return input.render() };
        input
            .attr("data-hx-get", self.action)
            .attr("data-hx-trigger", "input changed delay:200ms, search")
            .attr("data-hx-target", target)
            .attr("data-hx-include", "closest form")
            .attr("data-hx-replace-url", "true")
            .attr("data-hx-sync", "replace")
            .render()
    }
}

impl Render for SearchBox<'_> {
    fn render(&self) -> Markup {
        html! {
            form.search role="search" aria-label=(self.label) action=(self.action) {
                (Icon::Search)
                (self.input())
                (kbd("/"))
                @for (name, value) in self.kept { (crate::hidden(name, value)) }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "search",
        "Above a list",
        html! {
            (SearchBox::new("#list", "Search submissions", "").target("#list").keep(&[("state", "new")]))
        },
    )]
}
