//! Moments: readable without scripts, in the reader's own zone and words with them.

use maud::{Markup, html};

use crate::sample::Sample;

/// A moment as date and time; `readable` is what the server can say, in UTC.
pub fn moment(rfc3339: &str, readable: &str) -> Markup {
    html! { local-time { time datetime=(rfc3339) { (readable) } } }
}

/// A moment as distance from now, kept fresh: "3 minutes ago".
pub fn relative_time(rfc3339: &str, readable: &str) -> Markup {
    html! { local-time data-relative { time datetime=(rfc3339) { (readable) } } }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "time",
        "A moment, and its distance",
        html! {
            p { (moment("2026-08-03T09:12:00Z", "3 Aug 2026, 09:12 UTC")) }
            p { (relative_time("2026-08-03T09:12:00Z", "3 Aug 2026, 09:12 UTC")) }
        },
    )]
}
