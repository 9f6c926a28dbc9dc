//! Pictures that somebody sent: unpacked within bounds, set upright, drawn smaller.
//!
//! All of it is work for a thread of its own: unpacking takes up to [`MOST_MEMORY`] and some hundred milliseconds.

mod drawing;
mod sides;
mod unpack;

pub use drawing::Drawing;
pub use sides::Sides;
pub use unpack::{LONGEST_SIDE, MOST_MEMORY, MOST_PIXELS, Picture, Refusal, unpack};
