//! What all pages of this module need: who looks, what was sent, and figures as people read them.

use axum::http::HeaderMap;
use kernel::{Permission, Timestamp};
use maud::Markup;
use web::Visit;

/// For whom a page is made.
#[derive(Clone, Copy)]
pub(crate) struct Viewer<'a> {
    /// The workspace in the address.
    pub(crate) slug: &'a str,
    /// The session's token.
    pub(crate) csrf_token: &'a str,
    /// Whether what can be changed is shown as such.
    pub(crate) writes: bool,
    /// When they look.
    pub(crate) now: Timestamp,
}

impl<'a> Viewer<'a> {
    pub(crate) fn of(visit: &'a Visit, to_write: Permission) -> Self {
        Viewer {
            slug: visit.slug(),
            csrf_token: visit.visitor.csrf_token(),
            writes: visit.actor().may(to_write),
            now: visit.now(),
        }
    }
}

/// Whether a part of the page is wanted rather than the whole.
pub(crate) fn wants_part(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

/// The value sent under a name, the last one when there are several.
pub(crate) fn sent<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

pub(crate) use web::origin;

/// `1,204`
pub(crate) fn figure(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut figure = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            figure.push(',');
        }
        figure.push(digit);
    }
    if number < 0 { format!("-{figure}") } else { figure }
}

/// "3 minutes ago", kept fresh by the browser.
pub(crate) fn ago(at: Timestamp) -> Markup {
    ui::relative_time(&machine(at), &readable(at))
}

/// Day and time, in the reader's own zone.
pub(crate) fn moment(at: Timestamp) -> Markup {
    ui::moment(&machine(at), &readable(at))
}

/// To the second: HTML allows no more than three digits of it (WHATWG HTML, 2.3.5).
fn machine(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn readable(at: Timestamp) -> String {
    at.to_jiff().strftime("%-d %b %Y, %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn figures_are_grouped_by_thousands() {
        let figures = [0, 7, 999, 1_000, 48_210, 2_000_000, -1_234].map(figure);
        assert_eq!(figures, ["0", "7", "999", "1,000", "48,210", "2,000,000", "-1,234"]);
    }
}
