//! How much of everything an answer may be.

/// Of all answers of one submission together, as stored JSON.
pub const ALL_ANSWERS_BYTES: usize = 256 * 1024;
/// Of the JSON that is looked at at all: room for white space and escapes around the answers.
pub const RECEIVED_BYTES: usize = 4 * ALL_ANSWERS_BYTES;
/// Of a text whose field sets no `max_length`, beside its limit in characters.
pub const TEXT_BYTES: usize = 64 * 1024;

/// Characters of a short text: without `max_length`, and the most that it may say.
pub const SHORT_TEXT: usize = 500;
/// See [`SHORT_TEXT`].
pub const SHORT_TEXT_MOST: usize = 2_000;
/// Characters of a long text: without `max_length`, and the most that it may say.
pub const LONG_TEXT: usize = 20_000;
/// See [`LONG_TEXT`].
pub const LONG_TEXT_MOST: usize = 50_000;
/// Characters of an own answer beside the options.
pub const OTHER_TEXT: usize = 500;
/// Characters of a hidden value.
pub const HIDDEN: usize = 2_000;
/// Bytes of an e-mail address (RFC 5321 4.5.3.1.3, less the angle brackets).
pub const EMAIL: usize = 254;
/// The largest number either way: whole numbers up to here are exact in an `f64`.
pub const NUMBER: f64 = 1e15;

/// How many unknown keys of one submission are named before we stop counting.
pub const UNKNOWN_NAMED: usize = 50;

pub(crate) const NUL_MESSAGE: &str =
    "This contains the invisible character U+0000, which cannot be stored. Remove it.";
