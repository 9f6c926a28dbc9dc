//! A mail as HTML: one sheet, light or dark as its reader's screen, wide or on a phone.

use maud::{Markup, PreEscaped, html};

use super::{Block, Colours, Foot, Inline, Look, Values, inline};

/// Looks are told in its head, because mails carry everything with them.
const FRAME: &str = include_str!("../../assets/frame.html");

/// What is written with: what variables hold, and in which colours.
struct Pen<'a> {
    values: &'a Values,
    /// On light screens; dark ones have theirs in the head, which not every program reads.
    colours: Option<&'a Colours>,
}

pub(super) fn render(
    subject: &str,
    body: &[Block],
    look: &Look,
    values: &Values,
    foot: &Foot,
) -> String {
    let pen = Pen { values, colours: look.colours.as_ref().map(|[light, _]| light) };
    let title = html! { (subject) };
    let body = html! { @for one in body { (block(one, &pen)) } };
    let foot = html! {
        (foot.reason)
        @if let Some((label, address)) = &foot.link { " " a href=(address) { (label) } }
    };
    let mut page = String::with_capacity(FRAME.len() + body.0.len() + 500);
    let mut rest = FRAME;
    // One pass, so that what was put in is not looked at again.
    let parts = [
        ("{title}", title),
        ("{look}", dark(look)),
        ("{sheet}", edge(pen.colours)),
        ("{logo}", logo(look)),
        ("{body}", body),
        ("{foot}", foot),
    ];
    for (mark, part) in parts {
        let (before, after) = rest.split_once(mark).unwrap_or((rest, ""));
        page.push_str(before);
        page.push_str(&part.0);
        rest = after;
    }
    page.push_str(rest);
    page
}

/// The colours of dark screens; what stands in an element itself gives way to nothing less.
fn dark(look: &Look) -> Markup {
    let Some([_, Colours { button, on_button, link }]) = &look.colours else { return html! {} };
    PreEscaped(format!(
        "@media (prefers-color-scheme: dark) {{\n\
         \x20 .sheet {{ border-top-color: {button} !important; }}\n\
         \x20 .body a {{ color: {link} !important; }}\n\
         \x20 .body a.button {{ background: {button} !important; color: {on_button} !important; }}\n\
         }}\n"
    ))
}

/// The upper edge of the sheet.
fn edge(colours: Option<&Colours>) -> Markup {
    let style =
        colours.map(|colours| format!(" style=\"border-top:4px solid {}\"", colours.button));
    PreEscaped(style.unwrap_or_default())
}

fn logo(look: &Look) -> Markup {
    html! {
        @if let Some(logo) = &look.logo {
            tr { td.logo {
                img src=(logo.address) width=(logo.width) height=(logo.height) alt=(logo.text);
            } }
        }
    }
}

fn block(block: &Block, pen: &Pen<'_>) -> Markup {
    match block {
        Block::Heading(heading) => html! { h2 { (line(heading, pen)) } },
        Block::Paragraph(lines) => html! {
            p { @for (index, one) in lines.iter().enumerate() {
                @if index > 0 { br; }
                (line(one, pen))
            } }
        },
        Block::List(items) => html! { ul { @for item in items { li { (line(item, pen)) } } } },
        Block::Rule => html! { hr; },
        Block::Button(label, target) => html! {
            p {
                @match target.address(pen.values) {
                    Some(address) => a.button href=(address) style=[pen.button()] { (line(label, pen)) },
                    None => (line(label, pen)),
                }
            }
        },
        Block::Table(name) => table(pen.values.table(name)),
    }
}

impl Pen<'_> {
    fn button(&self) -> Option<String> {
        let style = |it: &Colours| format!("background:{};color:{}", it.button, it.on_button);
        self.colours.map(style)
    }

    fn link(&self) -> Option<String> {
        self.colours.map(|colours| format!("color:{}", colours.link))
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

fn line(pieces: &[Inline], pen: &Pen<'_>) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Inline::Text(text) => (text),
                Inline::Variable { name, otherwise } => (lines(inline::value(pen.values, name, otherwise))),
                Inline::Strong(inner) => strong { (line(inner, pen)) },
                Inline::Emphasis(inner) => em { (line(inner, pen)) },
                Inline::Link(label, target) => @match target.address(pen.values) {
                    Some(address) => a href=(address) style=[pen.link()] { (line(label, pen)) },
                    None => (line(label, pen)),
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
