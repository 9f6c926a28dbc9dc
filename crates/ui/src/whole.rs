//! A text that may be cut where it stands, and is whole when pointed at.

/// Letters that fit wherever a name stands.
const FITS: usize = 40;

/// What to show of it when pointed at: all of it where it may be cut.
pub fn whole(text: &str) -> Option<&str> {
    (text.chars().nth(FITS).is_some()).then_some(text)
}
