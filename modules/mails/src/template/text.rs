//! A mail as bare text.

use super::{Block, Foot, Inline, Values, inline};

pub(super) fn render(body: &[Block], values: &Values, foot: &Foot) -> String {
    let mut blocks: Vec<String> = body.iter().map(|one| block(one, values)).collect();
    blocks.retain(|block| !block.is_empty());
    let mut text = blocks.join("\n\n");
    // The line by which mail programs know a signature (RFC 3676, section 4.3).
    text.push_str(&format!("\n\n-- \n{}\n", foot.reason));
    if let Some((label, address)) = &foot.link {
        text.push_str(&format!("{label}: {address}\n"));
    }
    visible(&text)
}

fn block(block: &Block, values: &Values) -> String {
    let joined = |lines: &[Vec<Inline>], before: &str| {
        let each: Vec<String> =
            lines.iter().map(|one| format!("{before}{}", line(one, values))).collect();
        each.join("\n")
    };
    match block {
        Block::Heading(heading) => line(heading, values),
        Block::Paragraph(lines) => joined(lines, ""),
        Block::List(items) => joined(items, "- "),
        Block::Rule => "----".to_owned(),
        Block::Button(label, target) => match target.address(values) {
            Some(address) => format!("{}:\n{address}", inline::plain(label, values)),
            None => inline::plain(label, values),
        },
        Block::Table(name) => {
            let rows = values.table(name).iter();
            let each: Vec<String> = rows
                .map(|(label, value)| {
                    // A question has its own mark already.
                    let mark =
                        if label.ends_with(['?', '？', '؟', ':', '：']) { "" } else { ":" };
                    format!("{label}{mark}\n  {}", value.trim().replace('\n', "\n  "))
                })
                .collect();
            each.join("\n")
        }
    }
}

fn line(pieces: &[Inline], values: &Values) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Inline::Strong(inner) | Inline::Emphasis(inner) => text.push_str(&line(inner, values)),
            Inline::Link(label, target) => {
                text.push_str(&inline::plain(label, values));
                if let Some(address) = target.address(values) {
                    text.push_str(&format!(" ({address})"));
                }
            }
            other => text.push_str(&inline::plain(std::slice::from_ref(other), values)),
        }
    }
    text
}

/// Without control characters, which no mail may hold, but for the ends of lines.
fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}
