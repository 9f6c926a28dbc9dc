//! Rust source taken apart far enough for the rules: code without comments and texts, and texts.

/// A string literal and the line it begins on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// A file's code with comments and the insides of literals blanked, line for line, and its
/// string literals.
pub(crate) struct RustText {
    pub(crate) code: String,
    pub(crate) literals: Vec<Literal>,
}

impl RustText {
    pub(crate) fn new(text: &str) -> Self {
        let mut reader = Reader { rest: text, line: 1, code: String::new(), literals: Vec::new() };
        while reader.step() {}
        Self { code: reader.code, literals: reader.literals }
    }

    /// The code before its inline test module, where different rules hold.
    pub(crate) fn code_without_tests(&self) -> &str {
        let end = self.code.find("#[cfg(test)]\nmod ").unwrap_or(self.code.len());
        &self.code[..end]
    }
}

/// Lines of `text` counted from 1.
pub(crate) fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// The line, counted from 1, on which the byte `at` lies.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl<'a> Reader<'a> {
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        if self.rest.starts_with("//") {
            let length = self.rest.find('\n').unwrap_or(self.rest.len());
            self.blank(length);
        } else if self.rest.starts_with("/*") {
            let length = block_comment(self.rest);
            self.blank(length);
        } else if first == '"' {
            self.literal(1, '"', "", true);
        } else if let Some(hashes) = self.raw_string() {
            self.literal(hashes.len() + 2, '"', hashes, false);
        } else if let Some(length) = character(self.rest) {
            self.copy(1);
            self.blank(length - 2);
            self.copy(1);
        } else if first.is_alphanumeric() || first == '_' {
            // Whole words, so that the `r` of `for` is never taken for a raw string's.
            let word = |c: char| !(c.is_alphanumeric() || c == '_');
            self.copy(self.rest.find(word).unwrap_or(self.rest.len()));
        } else {
            self.copy(first.len_utf8());
        }
        true
    }

    fn raw_string(&self) -> Option<&'a str> {
        let after = self.rest.strip_prefix('r').or_else(|| self.rest.strip_prefix("br"))?;
        let length = after.find(|c| c != '#')?;
        let prefix = self.rest.starts_with('r') && after[length..].starts_with('"');
        prefix.then_some(&after[..length])
    }

    fn literal(&mut self, opening: usize, quote: char, hashes: &str, escapes: bool) {
        let line = self.line;
        self.copy(opening);
        let closing = format!("{quote}{hashes}");
        let mut length = 0;
        while length < self.rest.len() && !self.rest[length..].starts_with(&closing) {
            let step = |at: usize| self.rest[at..].chars().next().map_or(0, char::len_utf8);
            let escaped = escapes && self.rest[length..].starts_with('\\');
            length += step(length);
            if escaped {
                length += step(length);
            }
        }
        let text = self.rest[..length].to_owned();
        self.literals.push(Literal { line, text });
        self.blank(length);
        self.copy(closing.len().min(self.rest.len()));
    }

    fn copy(&mut self, length: usize) {
        self.take(length, |c| c);
    }

    fn blank(&mut self, length: usize) {
        self.take(length, |c| if c == '\n' { '\n' } else { ' ' });
    }

    fn take(&mut self, length: usize, shown: impl Fn(char) -> char) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.code.extend(taken.chars().map(shown));
        self.rest = rest;
    }
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            let Some(next) = text[at..].chars().next() else { return at };
            at += next.len_utf8();
        }
        if depth == 0 {
            return at;
        }
    }
}

/// The length of a character literal at the front; a lifetime has none.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    if first == '\\' {
        return Some(inside[2..].find('\'')? + 4);
    }
    let length = first.len_utf8();
    inside[length..].starts_with('\'').then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        RustText::new(source).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn literals_of_every_kind_are_found() {
        let source = r####"let a = "one \" quote"; let b = r#"raw "text""#; let c = b"bytes";"####;
        assert_eq!(texts(source), [r#"one \" quote"#, r#"raw "text""#, "bytes"]);
    }

    #[test]
    fn characters_and_lifetimes_open_no_text() {
        assert_eq!(texts(r#"let q = '"'; fn f<'a>(x: &'a str) { '\''; '\u{41}'; "in" }"#), ["in"]);
    }

    #[test]
    fn comments_hide_what_they_hold_and_lines_stay() {
        let source = "/* \"no\" /* nested */ */\n// \"no\"\nlet x = \"yes\"; // crate::a\n";
        let text = RustText::new(source);
        assert_eq!(text.literals, [Literal { line: 3, text: "yes".to_owned() }]);
        assert_eq!(text.code.lines().count(), 3);
        assert!(!text.code.contains("crate::a"));
        assert!(!text.code.contains("yes"));
    }
}
