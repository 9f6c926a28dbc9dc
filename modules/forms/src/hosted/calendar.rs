//! The calendar beside a date: loaded only by a page that asks for one, and unseen without scripts.

use maud::{Markup, html};
use serde_json::json;

use crate::{definition::Kind, steps::Step, texts::Texts};

/// Whether a page asks for a date.
pub(super) fn is_wanted(step: &Step<'_>) -> bool {
    step.fields.iter().any(|field| matches!(field.kind, Kind::Date(_)))
}

/// In the form whose dates get it: all that it says.
pub(super) fn calendar(texts: &Texts) -> Markup {
    let says = json!({
        "choose": texts.choose_day,
        "previous_year": texts.previous_year,
        "previous_month": texts.previous_month,
        "next_month": texts.next_month,
        "next_year": texts.next_year,
        "keys": texts.arrow_keys,
        "close": texts.close,
    });
    html! { date-picker data-says=(says) {} }
}

/// Below everything that is seen at once, which therefore waits for neither.
pub(super) fn assets() -> Markup {
    html! {
        link rel="stylesheet" href=(ui::url("calendar.css"));
        script type="module" src=(ui::url("date_picker.js")) {}
    }
}
