//! Small drawings for empty states: line, paper and one warm shape, in the colours of the theme.

use maud::{Markup, PreEscaped, Render, html};

/// A drawing of 160 by 112.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Illustration {
    /// Sheets of paper with a pencil.
    Forms,
    /// A tray with a letter above it.
    Inbox,
    /// A glass over an empty page.
    Search,
    /// A seat beside an occupied one.
    People,
    /// A key on its hook.
    Key,
    /// A cup beside a finished list.
    Done,
    /// A signpost on a hill.
    Lost,
}

impl Illustration {
    fn shapes(self) -> &'static str {
        match self {
            Self::Forms => {
                r#"<circle class="warm" cx="112" cy="36" r="24"/>
<rect class="paper" x="38" y="24" width="58" height="74" rx="8" transform="rotate(-8 67 61)"/>
<rect class="paper" x="58" y="20" width="60" height="78" rx="8" transform="rotate(4 88 59)"/>
<path class="line" d="m71 38 20 1.5M70 50l36 2.5M69 64l36 2.5M68 78l22 1.5"/>
<path class="tint" d="m112 92 20-34 8 5-20 34-9 4z"/><path class="line" d="m112 92 20-34 8 5-20 34-9 4zM128 65l8 5"/>"#
            }
            Self::Inbox => {
                r#"<circle class="warm" cx="80" cy="44" r="30"/>
<rect class="paper" x="54" y="16" width="52" height="38" rx="6" transform="rotate(-6 80 35)"/>
<path class="line" d="m56 22 27 15 20-21"/>
<path class="paper" d="M34 66h26c3 0 4 2 5 5 2 6 7 9 15 9s13-3 15-9c1-3 2-5 5-5h26v24a8 8 0 0 1-8 8H42a8 8 0 0 1-8-8z"/>
<path class="line" d="m34 66 10-14M126 66l-10-14"/>"#
            }
            Self::Search => {
                r#"<rect class="paper" x="36" y="18" width="62" height="80" rx="8" transform="rotate(-5 67 58)"/>
<path class="line dashed" d="m48 40 34-3M50 54l26-2M51 68l34-3M52 82l16-1.5"/>
<circle class="warm" cx="98" cy="54" r="24"/><circle class="line" cx="98" cy="54" r="24"/>
<path class="line thick" d="m116 72 18 18"/><path class="line" d="M86 50c2-5 6-8 11-8"/>"#
            }
            Self::People => {
                r#"<circle class="warm" cx="58" cy="42" r="17"/><path class="warm" d="M28 98c2-20 13-31 30-31s28 11 30 31z"/>
<circle class="line" cx="58" cy="42" r="17"/><path class="line" d="M28 98c2-20 13-31 30-31s28 11 30 31z"/>
<circle class="line dashed" cx="108" cy="48" r="14"/><path class="line dashed" d="M96 74c3-2 7-3 12-3 14 0 23 9 25 27h-31"/>
<path class="line" d="M108 42v12M102 48h12"/>"#
            }
            Self::Key => {
                r#"<circle class="warm" cx="96" cy="52" r="32"/>
<path class="line" d="M80 14v10a5 5 0 1 0 5-5"/><circle class="paper" cx="80" cy="44" r="15"/><circle class="line" cx="80" cy="44" r="5"/>
<path class="line thick" d="M80 59v37M80 84h11M80 94h8"/>"#
            }
            Self::Done => {
                r#"<circle class="warm" cx="60" cy="42" r="28"/>
<rect class="paper" x="32" y="18" width="54" height="80" rx="8" transform="rotate(-4 59 58)"/>
<path class="line" d="m42 42 4 4 8-9M62 40l14-1M44 60l4 4 8-9M64 58l14-1M45 78l4 4 8-9M65 76l10-1"/>
<path class="tint" d="M98 70h28v14a12 12 0 0 1-12 12h-4a12 12 0 0 1-12-12z"/><path class="line" d="M98 70h28v14a12 12 0 0 1-12 12h-4a12 12 0 0 1-12-12zM126 74h4a6 6 0 0 1 0 12h-5M107 60c-3-4 3-6 0-11M117 60c-3-4 3-6 0-11"/>"#
            }
            Self::Lost => {
                r#"<circle class="warm" cx="112" cy="34" r="18"/>
<path class="paper" d="M14 98c18-24 40-32 64-26 22 5 44 2 68 26z"/>
<path class="line thick" d="M76 98V24"/><path class="paper" d="M52 30h44l9 9-9 9H52z"/><path class="paper" d="M100 54H60l-9 8 9 8h40z"/>
<path class="line" d="M62 39h24M66 62h24"/>"#
            }
        }
    }
}

impl Render for Illustration {
    fn render(&self) -> Markup {
        html! {
            svg.illustration viewBox="0 0 160 112" width="160" height="112" aria-hidden="true" {
                (PreEscaped(self.shapes()))
            }
        }
    }
}
