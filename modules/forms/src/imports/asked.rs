//! What the form of the page sends, made into what the API takes.

use kernel::{Fields, Result};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{Format, Import, Mapping, change::ImportChange, options::OptionsChange};
use crate::pages::sent;

/// What was asked for on the page.
pub(super) struct Asked {
    pub(super) change: ImportChange,
    /// Whether all rows are to be checked now.
    pub(super) checks: bool,
}

/// The name of the select of a column, by its place: names of columns may be anything.
pub(super) fn column_name(place: usize) -> String {
    format!("column-{place}")
}

/// Reads the form. One that was made for other columns sends their count, and is not taken for these.
pub(super) fn asked(import: &Import, pairs: &[(String, String)]) -> Result<Asked> {
    let columns = import.columns()?;
    let checks = sent(pairs, "then") == Some("check");
    let mut options = options(import.format(), pairs)?;
    let there = import.options()?;
    let same = sent(pairs, "columns").and_then(|it| it.parse().ok()) == Some(columns.len());
    if !same {
        let message = "The columns have changed meanwhile. Look at them once more.";
        return Err(Fields::one("mapping", "outdated", message).into());
    }
    let mut mapping = Mapping::new();
    // With another delimiter or encoding these columns are no more; what nobody touched is suggested anew.
    if options.changes_columns(&there) {
        options.dates = options.dates.filter(|dates| *dates != there.dates);
        options.decimal = options.decimal.filter(|decimal| *decimal != there.decimal);
    } else {
        for (column, place) in columns.into_iter().zip(0..) {
            if let Some(word) = sent(pairs, &column_name(place)) {
                let word = Some(word.to_owned()).filter(|word| !word.is_empty());
                mapping.insert(column.name, word);
            }
        }
    }
    Ok(Asked { change: ImportChange { mapping, options }, checks })
}

fn options(format: Format, pairs: &[(String, String)]) -> Result<OptionsChange, Fields> {
    let csv = format == Format::Csv;
    Ok(OptionsChange {
        encoding: word(pairs, "encoding")?,
        delimiter: if csv { word(pairs, "delimiter")? } else { None },
        values: word(pairs, "values")?,
        formulas: word(pairs, "formulas")?,
        dates: word(pairs, "dates")?,
        decimal: word(pairs, "decimal")?,
    })
}

fn word<T: DeserializeOwned>(
    pairs: &[(String, String)],
    name: &'static str,
) -> Result<Option<T>, Fields> {
    let Some(text) = sent(pairs, name).filter(|text| !text.is_empty()) else { return Ok(None) };
    let read = serde_json::from_value(json!(text));
    read.map(Some).map_err(|_| Fields::one(name, "invalid", "Choose one of these."))
}
