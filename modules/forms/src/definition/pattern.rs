//! Regular expressions of form authors: linear in time, bounded in memory.

use regex::{Regex, RegexBuilder};

/// The longest pattern, in characters.
pub(super) const LONGEST_PATTERN: usize = 500;

const COMPILED_BYTES: usize = 1024 * 1024;
const CACHE_BYTES: usize = 256 * 1024;

/// Compiles a pattern that the whole text must match, as the `pattern` attribute of HTML does.
pub(crate) fn whole_text(pattern: &str) -> Result<Regex, regex::Error> {
    // By itself first, or `a)(b` would be made whole by the brackets around it.
    build(pattern)?;
    build(&format!("^(?:{pattern})$"))
}

fn build(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern)
        .size_limit(COMPILED_BYTES)
        .dfa_size_limit(CACHE_BYTES)
        .nest_limit(50)
        .build()
}
