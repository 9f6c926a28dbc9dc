//! Files of a respondent, in every state of their way.

use maud::{Markup, html};

use crate::{
    hosted::keeping::{FileRow, file_row},
    texts::Texts,
};

pub(super) fn on_their_way() -> Markup {
    let texts = Texts::english();
    let row = |name, state, says, share| FileRow { name, state, says, share };
    let rows = [
        row("Engine 2.mp4", "going", "41% · 98.4 MB", "0.41"),
        row("Engine 3.mp4", "paused", texts.file_paused, "0.7"),
        row("Report.pdf", "half", texts.file_half, "0.2"),
        row("Engine 1.jpg", "sent", texts.file_sent, ""),
        row("notes.exe", "refused", "“notes.exe” is not of a type that is taken here.", ""),
    ];
    html! { ul.uploads { @for row in &rows { (file_row(texts, row)) } } }
}
