//! Regular expressions of form authors: linear in time, bounded in memory.

use regex::{Error, Regex, RegexBuilder};

use crate::limits;

/// The longest pattern, in characters.
pub(super) const LONGEST_PATTERN: usize = 500;
/// What one compiled pattern may take: `\w{3,20}` needs most of it, since `\w` knows the letters of all
/// scripts. It compiles in ten milliseconds.
pub(super) const PATTERN_BYTES: usize = 1024 * 1024;
/// What all patterns of a form may take together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Of memory, compiled.
    pub(super) bytes: usize,
    /// Of work: bytes of a compiled pattern times characters of text, for at the worst each character
    /// visits all of the pattern.
    pub(super) work: usize,
}

impl Default for Budget {
    fn default() -> Self {
        let bytes = 2 * PATTERN_BYTES;
        // Whatever fits is fine for short texts. At the worst this takes about 130 ms.
        Budget { bytes, work: bytes * limits::SHORT_TEXT }
    }
}

const SMALLEST_BYTES: usize = 1024;
const CACHE_BYTES: usize = 256 * 1024;

/// Compiles a pattern that the whole text must match, as the `pattern` attribute of HTML does.
pub(crate) fn whole_text(pattern: &str) -> Result<Regex, Error> {
    build(pattern, PATTERN_BYTES)
}

/// The bytes that a compiled pattern takes, rounded up to a power of two; an error when it is none, or
/// takes more than `most`.
pub(super) fn room(pattern: &str, most: usize) -> Result<usize, Error> {
    // By itself first, or `a)(b` would be made whole by the brackets around it. No room is given, so
    // that it is read and not compiled.
    match RegexBuilder::new(pattern).size_limit(0).nest_limit(NESTED).build() {
        Ok(_) | Err(Error::CompiledTooBig(_)) => {}
        Err(error) => return Err(error),
    }
    let mut room = SMALLEST_BYTES.min(most);
    loop {
        match build(pattern, room) {
            Ok(_) => return Ok(room),
            Err(Error::CompiledTooBig(_)) if room < most => room = (room * 2).min(most),
            Err(error) => return Err(error),
        }
    }
}

const NESTED: u32 = 50;

fn build(pattern: &str, most: usize) -> Result<Regex, Error> {
    RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(most)
        .dfa_size_limit(CACHE_BYTES)
        .nest_limit(NESTED)
        .build()
}
