//! Points in time as pages show them.

use kernel::Timestamp;
use maud::Markup;

/// Day and time, in the reader's own zone where scripts run. To the second, since HTML allows no more
/// than three digits of it (WHATWG HTML, 2.3.5).
pub fn moment(at: Timestamp) -> Markup {
    let at = at.to_jiff();
    let machine = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    ui::moment(&machine, &at.strftime("%-d %b %Y, %H:%M UTC").to_string())
}
