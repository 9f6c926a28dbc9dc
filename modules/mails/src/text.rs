//! Moments and figures as people read them.

use kernel::Timestamp;
use maud::Markup;

/// How long ago, or how soon; kept fresh by the page.
pub(crate) fn ago(at: Timestamp) -> Markup {
    ui::relative_time(&machine(at), &readable(at))
}

/// To the second: HTML allows no more than three digits of it (WHATWG HTML, 2.3.5).
fn machine(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn readable(at: Timestamp) -> String {
    at.to_jiff().strftime("%-d %b %Y, %H:%M UTC").to_string()
}

/// `12 ms`, from microseconds.
pub(crate) fn milliseconds(micros: i64) -> String {
    format!("{} ms", (micros + 500) / 1_000)
}
