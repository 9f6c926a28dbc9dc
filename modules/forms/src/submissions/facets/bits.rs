//! 4,096 bits, written as text: few as a list of two letters each, many as a map of six a letter.

/// Numbers of one block.
pub(crate) const BLOCK: i64 = 4096;
const WORDS: usize = 64;
const LETTERS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
/// Letters of a map.
const MAP: usize = 4096_usize.div_ceil(6);

/// Which numbers of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bits(Box<[u64; WORDS]>);

impl Default for Bits {
    fn default() -> Self {
        Bits(Box::new([0; WORDS]))
    }
}

impl Bits {
    pub(crate) fn full() -> Self {
        Bits(Box::new([u64::MAX; WORDS]))
    }

    /// Sets the bit of an offset below [`BLOCK`].
    pub(crate) fn set(&mut self, offset: i64) {
        let offset = usize::try_from(offset).unwrap_or_default() % 4096;
        self.0[offset / 64] |= 1 << (offset % 64);
    }

    pub(crate) fn has(&self, offset: i64) -> bool {
        let offset = usize::try_from(offset).unwrap_or_default() % 4096;
        self.0[offset / 64] >> (offset % 64) & 1 == 1
    }

    pub(crate) fn unite(&mut self, other: &Bits) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(word, more)| *word |= more);
    }

    pub(crate) fn intersect(&mut self, other: &Bits) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(word, more)| *word &= more);
    }

    pub(crate) fn invert(&mut self) {
        self.0.iter_mut().for_each(|word| *word = !*word);
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The offsets that are set, in order.
    pub(crate) fn offsets(&self) -> impl Iterator<Item = i64> {
        (0..BLOCK).filter(|offset| self.has(*offset))
    }

    /// As it is stored.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        let mut put = |six: usize| text.push(char::from(LETTERS[six & 63]));
        if self.count() * 2 < MAP {
            for offset in self.offsets().filter_map(|offset| usize::try_from(offset).ok()) {
                put(offset >> 6);
                put(offset);
            }
        } else {
            for first in (0..BLOCK).step_by(6) {
                let held = (0..6).filter(|bit| first + bit < BLOCK && self.has(first + bit));
                put(held.map(|bit| 1_usize << bit).sum());
            }
        }
        text
    }

    /// As it was stored; letters that nobody wrote are no bits.
    pub(crate) fn from_text(text: &str) -> Self {
        let mut bits = Bits::default();
        let six: Vec<i64> = text.bytes().map(value).collect();
        if six.len() == MAP {
            for (index, six) in six.into_iter().enumerate() {
                let first = i64::try_from(index * 6).unwrap_or_default();
                (0..6).filter(|bit| six >> bit & 1 == 1).for_each(|bit| bits.set(first + bit));
            }
        } else {
            six.chunks_exact(2).for_each(|pair| bits.set(pair[0] << 6 | pair[1]));
        }
        bits
    }
}

fn value(letter: u8) -> i64 {
    let value = match letter {
        b'0'..=b'9' => letter - b'0',
        b'A'..=b'Z' => letter - b'A' + 10,
        b'a'..=b'z' => letter - b'a' + 36,
        b'-' => 62,
        _ => 63,
    };
    i64::from(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_are_read_as_they_were_written() {
        for step in [1, 2, 3, 5, 7, 11, 12, 13, 64, 4095, 5000] {
            let mut bits = Bits::default();
            (0..BLOCK).step_by(step).for_each(|offset| bits.set(offset));
            let text = bits.to_text();
            assert_eq!(Bits::from_text(&text), bits, "every {step}th");
            assert!(text.len() <= MAP, "{}", text.len());
            assert_eq!(bits.offsets().count(), BLOCK.unsigned_abs().div_ceil(step as u64) as usize);
        }
        assert_eq!(Bits::from_text(""), Bits::default());
    }

    /// A list must never be as long as a map, by which the two are told apart.
    #[test]
    fn a_list_is_never_taken_for_a_map() {
        for count in 335..350 {
            let mut bits = Bits::default();
            (0..count).for_each(|offset| bits.set(offset * 7));
            assert_eq!(Bits::from_text(&bits.to_text()), bits, "{count}");
        }
    }
}
