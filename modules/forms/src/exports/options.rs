//! How picked options are written for people, and read again.

use std::collections::HashMap;

use super::cells::{Item, is_plain_item, items, quoted, unquoted};
use crate::definition::Field;

/// The options of a question in all versions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// By value, the newest label.
    labels: HashMap<String, String>,
    /// Labels by how many values have them.
    known: HashMap<String, usize>,
    /// Labels that stand for one value alone.
    values: HashMap<String, String>,
}

impl Options {
    /// Adds those of an older version.
    pub(crate) fn add(&mut self, field: &Field) {
        for option in field.kind.options() {
            if self.labels.contains_key(&option.value) {
                continue;
            }
            let count = self.known.entry(option.label.clone()).or_default();
            *count += 1;
            if *count == 1 {
                self.values.insert(option.label.clone(), option.value.clone());
            } else {
                self.values.remove(&option.label);
            }
            self.labels.insert(option.value.clone(), option.label.clone());
        }
    }

    /// The label of a value; a text of one's own in quotes where it could be taken for a label or a mark.
    pub(super) fn written(&self, value: &str, quoting: bool, several: bool) -> String {
        let label = self.labels.get(value).filter(|label| {
            self.known.get(*label) == Some(&1) && (!quoting || fits(label, several))
        });
        match label {
            Some(label) => label.clone(),
            None if !quoting => value.to_owned(),
            None if self.known.contains_key(value) || !fits(value, several) => quoted(value),
            None => value.to_owned(),
        }
    }

    /// The value that a cell means: the reverse of what was written.
    pub(crate) fn one(&self, cell: &str) -> String {
        match cell.strip_prefix('"').and_then(unquoted) {
            Some((text, "")) => text,
            _ => self.value(cell).to_owned(),
        }
    }

    /// The values that a cell of several means.
    pub(crate) fn several(&self, cell: &str) -> Vec<String> {
        let read = |item: Item| {
            if item.quoted { item.text } else { self.value(&item.text).to_owned() }
        };
        items(cell).into_iter().map(read).collect()
    }

    fn value<'a>(&'a self, text: &'a str) -> &'a str {
        self.values.get(text).map_or(text, String::as_str)
    }

    /// The value of a text that is a label or a value but for case and space at its ends.
    pub(crate) fn alike(&self, text: &str) -> Option<&str> {
        let wanted = text.trim().to_lowercase();
        let same = |known: &str| known.trim().to_lowercase() == wanted;
        let mut found = self.labels.iter().filter(|(value, label)| same(value) || same(label));
        match (found.next(), found.next()) {
            (Some((value, _)), None) => Some(value),
            _ => None,
        }
    }
}

fn fits(text: &str, several: bool) -> bool {
    if several { is_plain_item(text) } else { !text.is_empty() && !text.starts_with('"') }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{definition::Definition, exports::cells::SEPARATOR};

    /// Of the versions of a form, the newest first: in one version no two labels are alike, in two they may be.
    fn options(versions: &[serde_json::Value]) -> Options {
        let mut options = Options::default();
        for labels in versions {
            let fields =
                json!([{"key": "it", "type": "choices", "label": "It", "options": labels}]);
            let form = Definition::from_fields(fields).expect("a sound form");
            options.add(&form.fields[0]);
        }
        options
    }

    #[test]
    fn what_is_written_is_read_whatever_the_labels_are() {
        let newest = json!([
            {"value": "a", "label": "b"},
            {"value": "b", "label": "Two; three"},
            {"value": "c", "label": "same"},
            {"value": "e", "label": "\"q\""},
            {"value": "f", "label": "Plain"},
        ]);
        let options = options(&[newest, json!([{"value": "d", "label": "same"}])]);
        let own = ["Plain", "b", "same", "x; y", "\"", "[1]", "plain", "it's", "=1"];
        for value in ["a", "b", "c", "d", "e", "f"].iter().chain(&own) {
            let cell = options.written(value, true, false);
            assert_eq!(options.one(&cell), *value, "{cell}");
            for other in own {
                let cell = [value, other].map(|it| options.written(it, true, true)).join(SEPARATOR);
                assert_eq!(options.several(&cell), [*value, other], "{cell}");
            }
        }
    }

    #[test]
    fn people_need_not_mind_case() {
        let options = options(&[json!([{"value": "a", "label": "Very good"}, "Bad"])]);
        assert_eq!(options.alike(" very GOOD "), Some("a"));
        assert_eq!(options.alike("bad"), Some("Bad"));
        assert_eq!(options.alike("worse"), None);
    }
}
