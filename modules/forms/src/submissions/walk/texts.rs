//! Texts that a filter asks for, as words of the search: one e-mail address among ten million is then looked up, where
//! the bits of answers know only that there is one.

use db::Tx;
use kernel::Result;

use super::Walk;
use crate::{
    definition::{Definition, Kind},
    submissions::filter::Condition,
};

impl Walk<'_> {
    /// Words that are in everything that is meant; none when no text is asked for, or it has no word.
    pub(super) async fn text(&mut self, tx: &mut Tx) -> Result<Option<String>> {
        for (key, condition) in &self.filter.answers {
            let query = match condition {
                // Whole words side by side; the value itself is compared afterwards.
                Condition::Is(values) if values.len() == 1 => {
                    format!("\"{}\"", values[0].replace('"', " "))
                }
                Condition::Words(words) => words.clone(),
                _ => continue,
            };
            if search::has_words(&query) && self.versions.all(tx, |it| takes_text(it, key)).await? {
                return Ok(Some(query));
            }
        }
        Ok(None)
    }
}

/// Whether a version that asks for it takes a text, which the index holds as it was sent: options are indexed by
/// their labels.
fn takes_text(definition: &Definition, key: &str) -> bool {
    use Kind::{Email, Hidden, LongText, Phone, ShortText};
    definition.field(key).is_none_or(|field| {
        matches!(field.kind, ShortText(_) | LongText(_) | Email(_) | Phone | Hidden(_))
    })
}
