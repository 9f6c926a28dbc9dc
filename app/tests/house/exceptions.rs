//! The files that may be longer than the rules say, each with the reason.

use crate::sources::root;

const EXCUSED: [(&str, &str); 0] = [];

/// Whether the length of this file is excused.
pub(crate) fn is_excused(path: &str) -> bool {
    EXCUSED.iter().any(|(excused, _)| *excused == path)
}

#[test]
fn every_exception_exists_and_has_a_reason() {
    for (path, reason) in EXCUSED {
        assert!(root().join(path).exists(), "{path} is gone: remove its exception");
        assert!(reason.len() > 20, "{path}: say why it may be longer");
    }
}
