//! A mail as HTML: one sheet, light or dark as its reader's screen, wide or on a phone.

use maud::{Markup, PreEscaped, html};

use super::{Block, Foot, Inline, Values, inline};

/// Looks are told in its head, because mails carry everything with them.
const FRAME: &str = include_str!("../../assets/frame.html");

pub(super) fn render(subject: &str, body: &[Block], values: &Values, foot: &Foot) -> String {
    let title = html! { (subject) };
    let body = html! { @for one in body { (block(one, values)) } };
    let foot = html! {
        (foot.reason)
        @if let Some((label, address)) = &foot.link { " " a href=(address) { (label) } }
    };
    let mut page = String::with_capacity(FRAME.len() + body.0.len() + 500);
    let mut rest = FRAME;
    // One pass, so that what was put in is not looked at again.
    for (mark, part) in [("{title}", title), ("{body}", body), ("{foot}", foot)] {
        let (before, after) = rest.split_once(mark).unwrap_or((rest, ""));
        page.push_str(before);
        page.push_str(&part.0);
        rest = after;
    }
    page.push_str(rest);
    page
}

fn block(block: &Block, values: &Values) -> Markup {
    match block {
        Block::Heading(heading) => html! { h2 { (line(heading, values)) } },
        Block::Paragraph(lines) => html! {
            p { @for (index, one) in lines.iter().enumerate() {
                @if index > 0 { br; }
                (line(one, values))
            } }
        },
        Block::List(items) => html! { ul { @for item in items { li { (line(item, values)) } } } },
        Block::Rule => html! { hr; },
        Block::Button(label, target) => html! {
            p {
                @match target.address(values) {
                    Some(address) => a.button href=(address) { (line(label, values)) },
                    None => (line(label, values)),
                }
            }
        },
        Block::Table(name) => table(values.table(name)),
    }
}

fn table(rows: &[(String, String)]) -> Markup {
    html! {
        @if !rows.is_empty() {
            table.answers {
                tbody { @for (label, value) in rows {
                    tr { th scope="row" { (label) } td { (lines(value)) } }
                } }
            }
        }
    }
}

fn line(pieces: &[Inline], values: &Values) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Inline::Text(text) => (text),
                Inline::Variable { name, otherwise } => (lines(inline::value(values, name, otherwise))),
                Inline::Strong(inner) => strong { (line(inner, values)) },
                Inline::Emphasis(inner) => em { (line(inner, values)) },
                Inline::Link(label, target) => @match target.address(values) {
                    Some(address) => a href=(address) { (line(label, values)) },
                    None => (line(label, values)),
                },
            }
        }
    }
}

/// What was written over several lines stays so; what cannot be seen goes.
fn lines(text: &str) -> Markup {
    let visible: String =
        text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    let each: Vec<String> =
        visible.trim().split('\n').map(|one| html! { (one) }.into_string()).collect();
    PreEscaped(each.join("<br>"))
}
