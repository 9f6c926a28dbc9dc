//! From what is written to blocks and the pieces of their lines.

use kernel::Fields;

use super::{Block, Holds, Inline, LONGEST_BODY, LONGEST_SUBJECT, Target, Variable};

const NUL: &str = "Leave the character U+0000 out; it cannot be stored.";

/// Where a link of a mail may lead.
pub(super) fn is_address(text: &str) -> bool {
    let scheme = ["https://", "http://", "mailto:"].iter().any(|known| text.starts_with(known));
    scheme && !text.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}

pub(super) fn subject(text: &str, known: &[Variable], problems: &mut Fields) -> Vec<Inline> {
    problems.check(!text.is_empty(), "subject", "required", "Write a subject.");
    let short = text.chars().count() <= LONGEST_SUBJECT;
    problems.check(short, "subject", "too_long", "Use at most 200 characters.");
    problems.check(!text.contains('\0'), "subject", "nul_character", NUL);
    // What is too long is not read: reading takes more than twice as long for a text twice as long.
    if !short {
        return Vec::new();
    }
    Reader { rest: text, known, field: "subject", problems, bare: true }.until("")
}

pub(super) fn body(text: &str, known: &[Variable], problems: &mut Fields) -> Vec<Block> {
    let empty = text.trim().is_empty();
    problems.check(!empty, "body", "required", "Write what the mail says.");
    let short = text.chars().count() <= LONGEST_BODY;
    problems.check(short, "body", "too_long", "Use at most 10,000 characters.");
    problems.check(!text.contains('\0'), "body", "nul_character", NUL);
    if !short {
        return Vec::new();
    }
    let text = text.replace("\r\n", "\n");
    let mut blocks = Vec::new();
    for part in text.split("\n\n") {
        let lines: Vec<&str> =
            part.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        block(&lines, known, problems, &mut blocks);
    }
    blocks
}

fn block(lines: &[&str], known: &[Variable], problems: &mut Fields, blocks: &mut Vec<Block>) {
    let mut line =
        |text: &str| Reader { rest: text, known, field: "body", problems, bare: false }.until("");
    let mut paragraph: Vec<Vec<Inline>> = Vec::new();
    let mut items: Vec<Vec<Inline>> = Vec::new();
    for text in lines {
        let item = text.strip_prefix("- ");
        if item.is_none() {
            flush(&mut items, blocks, Block::List);
        }
        if let Some(item) = item {
            flush(&mut paragraph, blocks, Block::Paragraph);
            items.push(line(item));
        } else if let Some(table) = table(text, known) {
            flush(&mut paragraph, blocks, Block::Paragraph);
            blocks.push(Block::Table(table));
        } else if let Some(heading) = text.strip_prefix("# ") {
            flush(&mut paragraph, blocks, Block::Paragraph);
            blocks.push(Block::Heading(line(heading)));
        } else if *text == "---" {
            flush(&mut paragraph, blocks, Block::Paragraph);
            blocks.push(Block::Rule);
        } else {
            paragraph.push(line(text));
        }
    }
    flush(&mut items, blocks, Block::List);
    if lines.len() == 1
        && matches!(paragraph.as_slice(), [only] if matches!(only.as_slice(), [Inline::Link(..)]))
        && let Some(Inline::Link(label, target)) = paragraph.pop().and_then(|mut line| line.pop())
    {
        blocks.push(Block::Button(label, target));
    }
    flush(&mut paragraph, blocks, Block::Paragraph);
}

fn flush(
    lines: &mut Vec<Vec<Inline>>,
    blocks: &mut Vec<Block>,
    make: fn(Vec<Vec<Inline>>) -> Block,
) {
    if !lines.is_empty() {
        blocks.push(make(std::mem::take(lines)));
    }
}

/// The table that stands alone on this line.
fn table(line: &str, known: &[Variable]) -> Option<String> {
    let name = line.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let found = known.iter().find(|variable| variable.name == name)?;
    (found.holds == Holds::Table).then(|| name.to_owned())
}

/// Reads the pieces of one line.
struct Reader<'a, 'p> {
    rest: &'a str,
    known: &'a [Variable],
    field: &'static str,
    problems: &'p mut Fields,
    /// Nothing but variables means anything here.
    bare: bool,
}

impl Reader<'_, '_> {
    /// All pieces up to a mark that ends them; to the end of the line without one.
    fn until(&mut self, end: &str) -> Vec<Inline> {
        let (mut pieces, mut plain) = (Vec::new(), String::new());
        while !self.rest.is_empty() {
            if !end.is_empty() && self.rest.starts_with(end) {
                self.rest = &self.rest[end.len()..];
                break;
            }
            match self.piece() {
                Some(piece) => {
                    keep(&mut plain, &mut pieces);
                    pieces.push(piece);
                }
                None => plain.extend(self.letter()),
            }
        }
        keep(&mut plain, &mut pieces);
        pieces
    }

    /// The next letter as it is meant.
    fn letter(&mut self) -> Vec<char> {
        if let Some(rest) = self.rest.strip_prefix("\\{{").filter(|_| !self.bare) {
            self.rest = rest;
            return vec!['{', '{'];
        }
        let mut letters = self.rest.chars();
        let first = letters.next();
        let escaped = (first == Some('\\') && !self.bare)
            .then(|| letters.clone().next())
            .flatten()
            .filter(|next| "*[]#-\\".contains(*next));
        if escaped.is_some() {
            letters.next();
        }
        self.rest = letters.as_str();
        escaped.or(first).into_iter().collect()
    }

    fn piece(&mut self) -> Option<Inline> {
        if self.rest.starts_with("{{") {
            return self.variable();
        }
        if self.bare {
            return None;
        }
        if let Some(inner) = self.marked("**") {
            return Some(Inline::Strong(self.inner(inner)));
        }
        if !self.rest.starts_with("**")
            && let Some(inner) = self.marked("*")
        {
            return Some(Inline::Emphasis(self.inner(inner)));
        }
        self.link()
    }

    /// What stands between two marks that touch it, as in `*this*`.
    fn marked(&mut self, mark: &str) -> Option<String> {
        let inside = self.rest.strip_prefix(mark)?;
        let end = inside.find(mark)?;
        let (inner, rest) = (&inside[..end], &inside[end + mark.len()..]);
        let touches = !inner.is_empty() && inner.trim() == inner && !inner.ends_with('\\');
        touches.then(|| {
            let inner = inner.to_owned();
            self.rest = rest;
            inner
        })
    }

    fn inner(&mut self, text: String) -> Vec<Inline> {
        let (known, field) = (self.known, self.field);
        Reader { rest: &text, known, field, problems: self.problems, bare: false }.until("")
    }

    /// `[label](address)`
    fn link(&mut self) -> Option<Inline> {
        let (label, behind) = self.rest.strip_prefix('[')?.split_once("](")?;
        let (address, rest) = behind.split_once(')')?;
        if label.contains('[') || label.is_empty() {
            return None;
        }
        let (label, address) = (label.to_owned(), address.trim().to_owned());
        self.rest = rest;
        let target = self.target(&address);
        Some(Inline::Link(self.inner(label), target))
    }

    fn target(&mut self, address: &str) -> Target {
        let name = address.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        if let Some(name) = name.map(str::trim)
            && self.known.iter().any(|one| one.name == name && one.holds == Holds::Link)
        {
            return Target::Variable(name.to_owned());
        }
        if address.contains("{{") || !is_address(address) {
            let ours = self.known.iter().filter(|one| one.holds == Holds::Link);
            let ours: Vec<String> = ours.map(|one| format!(", {{{{{}}}}}", one.name)).collect();
            let message = format!("A link leads to https://…, mailto:…{}.", ours.concat());
            self.problems.push(self.field, "link", message);
        }
        Target::Fixed(address.to_owned())
    }

    fn variable(&mut self) -> Option<Inline> {
        let inside = &self.rest[2..];
        let Some((content, rest)) = inside.split_once("}}") else {
            self.problems.push(self.field, "unclosed", "A {{ has no }} behind it.");
            self.rest = "";
            return None;
        };
        let (name, otherwise) = content.split_once('|').unwrap_or((content, ""));
        let (name, otherwise) = (name.trim().to_owned(), otherwise.trim().to_owned());
        self.rest = rest;
        let found = self.known.iter().find(|variable| variable.name == name);
        match found.map(|variable| variable.holds) {
            None => self.unknown(&name),
            Some(Holds::Table) if self.bare => {
                let message = format!("A subject has no room for {{{{{name}}}}}.");
                self.problems.push(self.field, "table", message);
            }
            Some(Holds::Table) => {
                let message = format!(
                    "Put {{{{{name}}}}} on a line of its own, with an empty line before and after it."
                );
                self.problems.push(self.field, "table", message);
            }
            Some(Holds::Text | Holds::Link) => {}
        }
        Some(Inline::Variable { name, otherwise })
    }

    fn unknown(&mut self, name: &str) {
        let names: Vec<&str> = self.known.iter().map(|one| one.name.as_str()).collect();
        let names = names.join(", ");
        let message = format!("There is no variable {{{{{name}}}}}. Use one of: {names}.");
        self.problems.push(self.field, "unknown_variable", message);
    }
}

fn keep(plain: &mut String, pieces: &mut Vec<Inline>) {
    if !plain.is_empty() {
        pieces.push(Inline::Text(std::mem::take(plain)));
    }
}
