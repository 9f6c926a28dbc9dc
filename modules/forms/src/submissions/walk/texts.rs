//! Texts that a filter asks for, as words of the search: one e-mail address among ten million is then looked up, where
//! the bits of answers know only that there is one.

use db::Tx;
use kernel::Result;

use crate::{
    definition::{Definition, Kind},
    forms::{self, FormId},
    submissions::filter::{Condition, Filter},
};

/// Words that are in everything that is meant; none when no text is asked for, or it has no word.
pub(super) async fn query(tx: &mut Tx, form: FormId, filter: &Filter) -> Result<Option<String>> {
    for (key, condition) in &filter.answers {
        let query = match condition {
            // Whole words side by side; the value itself is compared afterwards.
            Condition::Is(values) if values.len() == 1 => {
                format!("\"{}\"", values[0].replace('"', " "))
            }
            Condition::Words(words) => words.clone(),
            _ => continue,
        };
        if search::has_words(&query) && is_text(tx, form, key).await? {
            return Ok(Some(query));
        }
    }
    Ok(None)
}

/// Whether every version that asks for it takes a text, which the index holds as it was sent: options are indexed by
/// their labels.
async fn is_text(tx: &mut Tx, form: FormId, key: &str) -> Result<bool> {
    let mut below = i64::MAX;
    while let Some((version, frozen)) = forms::store::find_version_below(tx, form, below).await? {
        let definition: Definition = frozen.read()?;
        let kind = definition.field(key).map(|field| &field.kind);
        if !kind.is_none_or(holds_text) {
            return Ok(false);
        }
        below = version;
    }
    Ok(true)
}

fn holds_text(kind: &Kind) -> bool {
    use Kind::{Email, Hidden, LongText, Phone, ShortText};
    matches!(kind, ShortText(_) | LongText(_) | Email(_) | Phone | Hidden(_))
}
