//! JSON lines as they come, and what stands in one.

use std::{collections::HashSet, fmt};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{
    columns::beginning,
    row::{Content, Fault, Row},
};
use crate::exports::envelope::is_envelope;

/// Bytes of one line: the answers of a submission, its metadata, and room.
const LONGEST: usize = 2 * 1024 * 1024;

/// Takes text in pieces, and gives lines; blank ones are none.
pub(super) struct Lines {
    line: String,
    number: u64,
    too_long: bool,
}

impl Lines {
    pub(super) fn new() -> Self {
        Lines { line: String::new(), number: 1, too_long: false }
    }

    pub(super) fn feed(&mut self, text: &str, rows: &mut Vec<Row>) {
        let mut rest = text;
        while let Some((line, more)) = rest.split_once('\n') {
            self.gather(line);
            self.finish(rows);
            self.number += 1;
            rest = more;
        }
        self.gather(rest);
    }

    fn gather(&mut self, piece: &str) {
        if self.line.len() + piece.len() > LONGEST {
            self.too_long = true;
            self.line.clear();
        }
        if !self.too_long {
            self.line.push_str(piece);
        }
    }

    pub(super) fn finish(&mut self, rows: &mut Vec<Row>) {
        let text = std::mem::take(&mut self.line);
        let overlong = self.overlong();
        self.too_long = false;
        if overlong.is_some() {
            rows.extend(overlong);
        } else if !text.trim().is_empty() {
            rows.push(Row { line: self.number, content: Content::Line(text) });
        }
    }

    /// The line that is being read, when it is too long already.
    pub(super) fn overlong(&self) -> Option<Row> {
        let message =
            "This line is longer than 2 MiB. Write one JSON object a line, none longer than that.";
        let fault = Fault { code: "too_large", message: message.to_owned() };
        let content = Content::Broken { cells: Vec::new(), fault };
        self.too_long.then_some(Row { line: self.number, content })
    }
}

/// A name and what stands under it, as it is written: numbers lose nothing so.
pub(super) type Named<'a> = (String, &'a RawValue);

/// The columns of a line. Answers that lie in an object of their own, as our exports have them, stand behind
/// the others; one whose key is a word of the envelope, or stands beside the answers as well, as `answers.KEY`.
pub(super) fn columns(text: &str) -> Result<Vec<Named<'_>>, Fault> {
    let mut columns = object(text)?;
    let is_answers = |(name, value): &Named<'_>| name == "answers" && value.get().starts_with('{');
    let answers = columns.iter().position(is_answers).map(|place| columns.remove(place).1);
    let mut names: HashSet<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    for (key, value) in answers.map_or(Ok(Vec::new()), |value| object(value.get()))? {
        let taken = is_envelope(&key) || names.contains(&key);
        let name = if taken { format!("answers.{key}") } else { key };
        names.insert(name.clone());
        columns.push((name, value));
    }
    Ok(columns)
}

/// The members of an object, each name once.
fn object(text: &str) -> Result<Vec<Named<'_>>, Fault> {
    let Members(members) = serde_json::from_str(text).map_err(|error| {
        let message = if error.is_data() {
            "This line is no JSON object. Write one object a line: {\"name\": \"Ada\", …}."
                .to_owned()
        } else {
            format!("This line is not JSON: {error}. Write one JSON object a line.")
        };
        Fault { code: "malformed", message }
    })?;
    let mut names = HashSet::with_capacity(members.len());
    match members.iter().find(|(name, _)| !names.insert(name.as_str())) {
        None => Ok(members),
        Some((name, _)) => {
            let message = format!(
                "The name “{}” stands in this line twice. Leave one of them out.",
                beginning(name, 60)
            );
            Err(Fault { code: "duplicate_column", message })
        }
    }
}

struct Members<'a>(Vec<Named<'a>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_whole_wherever_they_are_cut() {
        let text = "{\"a\":1}\n\n{\"é\":2}\r\n  \n{\"b\":3}";
        for (cut, _) in text.char_indices() {
            let (mut lines, mut rows) = (Lines::new(), Vec::new());
            lines.feed(&text[..cut], &mut rows);
            lines.feed(&text[cut..], &mut rows);
            lines.finish(&mut rows);
            assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 3, 5]);
        }
    }

    #[test]
    fn a_line_is_too_long_before_its_end_is_seen() {
        let (mut lines, mut rows) = (Lines::new(), Vec::new());
        lines.feed("\n", &mut rows);
        for _ in 0..3 {
            lines.feed(&"x".repeat(1024 * 1024), &mut rows);
        }
        assert!(rows.is_empty());
        assert_eq!(lines.overlong().map(|row| row.line), Some(2));
        lines.feed("\n{}\n", &mut rows);
        assert!(lines.overlong().is_none());
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn answers_stand_among_the_others() {
        let text = r#"{"id":"sub_1","number":4,"answers":{"number":7,"name":"Ada","tray":1},"tray":"open"}"#;
        let names: Vec<String> =
            columns(text).expect("JSON").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["id", "number", "tray", "answers.number", "name", "answers.tray"]);
        let twice = columns(r#"{"a":1,"answers":{"b":1,"b":2}}"#).expect_err("which of them");
        assert_eq!(twice.code, "duplicate_column");
        assert_eq!(columns("[1]").expect_err("a list").code, "malformed");
        assert!(columns("{\"a\":").expect_err("cut off").message.contains("not JSON"));
    }
}
