//! A component in one state, fit to be shown.

use maud::Markup;

/// One state of one component, fit to be shown and photographed.
#[derive(Clone)]
pub struct Sample {
    /// Unique, from group and title.
    pub id: String,
    /// The component or the module it belongs to.
    pub group: &'static str,
    /// The state shown.
    pub title: &'static str,
    /// The component itself.
    pub markup: Markup,
}

impl Sample {
    /// A sample whose id follows from its group and title.
    pub fn new(group: &'static str, title: &'static str, markup: Markup) -> Self {
        let id = format!("{}-{}", slug(group), slug(title));
        Self { id, group, title, markup }
    }
}

pub(crate) fn slug(text: &str) -> String {
    let words =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
