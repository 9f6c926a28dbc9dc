//! One value of a row, and how text formats write it.

use std::{borrow::Cow, fmt::Write};

use kernel::Timestamp;

use super::request::Values;

/// What stands in one column of one row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Integer(i64),
    Decimal(f64),
    Flag(bool),
    Moment(Timestamp),
    List(Vec<String>),
    /// A document, as it is stored.
    Json(String),
}

impl Cell {
    /// Bytes that it takes in memory, roughly.
    pub(crate) fn size(&self) -> usize {
        let held = match self {
            Cell::Text(text) | Cell::Json(text) => text.len(),
            Cell::List(items) => items.iter().map(|item| item.len() + size_of::<String>()).sum(),
            _ => 0,
        };
        held + size_of::<Cell>()
    }

    /// As text formats write it; nothing for an empty one. Numbers read back as the same numbers.
    pub(crate) fn text(&self, values: Values) -> Cow<'_, str> {
        match self {
            Cell::Empty => "".into(),
            Cell::Text(text) | Cell::Json(text) => text.as_str().into(),
            Cell::Integer(number) => number.to_string().into(),
            Cell::Decimal(number) => number.to_string().into(),
            Cell::Flag(flag) => truth(*flag, values).into(),
            Cell::Moment(moment) => moment.to_string().into(),
            Cell::List(items) => match values {
                Values::Labels => items.join(SEPARATOR).into(),
                Values::Stored => json_list(items).into(),
            },
        }
    }
}

/// Between the items of one cell.
pub(crate) const SEPARATOR: &str = "; ";

fn truth(flag: bool, values: Values) -> &'static str {
    match (values, flag) {
        (Values::Labels, true) => "Yes",
        (Values::Labels, false) => "No",
        (Values::Stored, true) => "true",
        (Values::Stored, false) => "false",
    }
}

fn json_list(items: &[String]) -> String {
    // Cannot fail: they are texts.
    serde_json::to_string(items).unwrap_or_default()
}

/// Whether a text can stand among others in a cell as it is: what can be mistaken for a mark of ours is
/// put in quotes.
pub(crate) fn is_plain_item(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(['"', '[']) && !text.contains(';') && text.trim() == text
}

/// In quotes, each quote inside doubled: a text that stands for itself, whatever labels there are.
pub(crate) fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    // Writing to a String cannot fail.
    let _ = write!(written, "\"{}\"", text.replace('"', "\"\""));
    written
}

/// One item read back: the text, and whether it stood in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) text: String,
    pub(crate) quoted: bool,
}

/// The items of a cell that [`SEPARATOR`] divides; the reverse of what was written.
pub(crate) fn items(cell: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut rest = cell.trim_start();
    while !rest.is_empty() {
        let (item, after) = match rest.strip_prefix('"').and_then(unquoted) {
            Some((text, after)) => (Item { text, quoted: true }, after),
            None => {
                let (text, after) = rest.split_once(';').unwrap_or((rest, ""));
                (Item { text: text.trim().to_owned(), quoted: false }, after)
            }
        };
        if item.quoted || !item.text.is_empty() {
            items.push(item);
        }
        rest = after.trim_start();
    }
    items
}

/// What stands before the closing quote, and what comes after the separator behind it.
pub(crate) fn unquoted(rest: &str) -> Option<(String, &str)> {
    let (mut text, mut rest) = (String::new(), rest);
    loop {
        let (before, after) = rest.split_once('"')?;
        text.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                text.push('"');
                rest = more;
            }
            None => {
                let after = after.trim_start();
                let further = after.strip_prefix(';').or(after.is_empty().then_some(after))?;
                return Some((text, further));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_lists_are_written_so_that_they_read_back() {
        let written = |cell: Cell| cell.text(Values::Labels).into_owned();
        assert_eq!(written(Cell::Decimal(0.1 + 0.2)), "0.30000000000000004");
        assert_eq!(written(Cell::Decimal(1e-7)), "0.0000001");
        assert_eq!(written(Cell::Flag(true)), "Yes");
        let list = Cell::List(vec!["a".into(), "b c".into()]);
        assert_eq!(list.text(Values::Labels), "a; b c");
        assert_eq!(list.text(Values::Stored), "[\"a\",\"b c\"]");
    }

    #[test]
    fn items_read_back_whatever_they_are_made_of() {
        for texts in [
            vec!["a", "b"],
            vec!["semi;colon", " edges ", "\"", "\"\"; \"", ""],
            vec!["[\"json\"]", "last"],
            vec!["=1+1; x"],
        ] {
            let write = |text: &&str| {
                if is_plain_item(text) { (*text).to_owned() } else { quoted(text) }
            };
            let cell = texts.iter().map(write).collect::<Vec<_>>().join(SEPARATOR);
            let read: Vec<String> = items(&cell).into_iter().map(|item| item.text).collect();
            assert_eq!(read, texts, "{cell}");
        }
        assert_eq!(items(" ; a ;; b;").len(), 2, "as people write it");
    }
}
