//! Words of the document as people read them: what stands between backticks is code.

use maud::{Markup, html};

/// A description; an odd backtick at the end opens nothing that matters.
pub(super) fn prose(text: &str) -> Markup {
    html! {
        @for (index, piece) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (piece) } } @else { (piece) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn backticks_become_code_and_markup_stays_text() {
        assert_eq!(prose("Send `a<b>` once.").0, "Send <code>a&lt;b&gt;</code> once.");
    }
}
