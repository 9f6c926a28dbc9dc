//! JSON lines as they come, and what stands in one.

use serde_json::{Map, Value};

use super::row::{Content, Fault, Row};
use crate::exports::layout::is_envelope;

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
        let line = self.number;
        if std::mem::take(&mut self.too_long) {
            let message = format!("Line {line} is longer than 2 MiB.");
            let fault = Fault { code: "too_large", message };
            rows.push(Row { line, content: Content::Broken { cells: Vec::new(), fault } });
        } else if !text.trim().is_empty() {
            rows.push(Row { line, content: Content::Line(text) });
        }
    }
}

/// The columns of a line. Answers that lie in an object of their own, as our exports have them, stand behind
/// the others; one whose key is a word of the envelope, or stands beside the answers as well, as `answers.KEY`.
pub(super) fn columns(text: &str) -> Result<Vec<(String, Value)>, Fault> {
    let object: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        let message = if error.is_data() {
            "This line is no JSON object. Write one object a line: {\"name\": \"Ada\", …}."
                .to_owned()
        } else {
            format!("This line is not JSON: {error}.")
        };
        Fault { code: "malformed", message }
    })?;
    let mut columns = Vec::with_capacity(object.len() + 8);
    let mut answers = None;
    for (name, value) in object {
        match value {
            Value::Object(object) if name == "answers" => answers = Some(object),
            value => columns.push((name, value)),
        }
    }
    let beside = columns.len();
    for (key, value) in answers.into_iter().flatten() {
        let taken = is_envelope(&key) || columns[..beside].iter().any(|(name, _)| *name == key);
        columns.push((if taken { format!("answers.{key}") } else { key }, value));
    }
    Ok(columns)
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
    fn answers_stand_among_the_others() {
        let text = r#"{"id":"sub_1","number":4,"answers":{"number":7,"name":"Ada","tray":1},"tray":"open"}"#;
        let names: Vec<String> =
            columns(text).expect("JSON").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["id", "number", "tray", "answers.number", "name", "answers.tray"]);
        assert_eq!(columns("[1]").expect_err("a list").code, "malformed");
        assert!(columns("{\"a\":").expect_err("cut off").message.contains("not JSON"));
    }
}
