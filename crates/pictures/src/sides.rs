//! How large pictures are, and how large they become; they are never enlarged.

/// Pixels across and down, at least one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    pub width: u32,
    pub height: u32,
}

impl Sides {
    pub fn new(width: u32, height: u32) -> Sides {
        Sides { width: width.max(1), height: height.max(1) }
    }

    /// As large as it is, or as a room of this size takes it; its shape stays.
    #[must_use]
    pub fn within(self, room: Sides) -> Sides {
        if self.width <= room.width && self.height <= room.height {
            return self;
        }
        // Whichever side is the tighter one; no picture has so many pixels that this runs over.
        let [width, height, wide, high] =
            [self.width, self.height, room.width, room.height].map(u64::from);
        if width * high > height * wide {
            Sides::new(room.width, rounded(height * wide, width))
        } else {
            Sides::new(rounded(width * high, height), room.height)
        }
    }

    /// The most of it that is so many times as wide as high.
    #[must_use]
    pub fn cut_to(self, times: u32) -> Sides {
        let width = self.width.min(self.height.saturating_mul(times));
        Sides::new(width, rounded(width.into(), times.into()).min(self.height))
    }
}

fn rounded(dividend: u64, divisor: u64) -> u32 {
    u32::try_from((dividend + divisor / 2) / divisor).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_and_is_never_enlarged() {
        let room = Sides::new(320, 64);
        let sizes = [(100, 40), (640, 128), (64, 640), (6_400, 10), (0, 0), (u32::MAX, u32::MAX)];
        let fitted = sizes.map(|(width, height)| Sides::new(width, height).within(room));
        let expected = [(100, 40), (320, 64), (6, 64), (320, 1), (1, 1), (64, 64)];
        assert_eq!(fitted, expected.map(|(width, height)| Sides { width, height }));
    }

    #[test]
    fn what_is_cut_off_is_as_little_as_can_be() {
        let sizes = [(1200, 400), (1200, 900), (1200, 100), (2, 2), (1, 1), (100, u32::MAX)];
        let cut = sizes.map(|(width, height)| Sides::new(width, height).cut_to(3));
        let expected = [(1200, 400), (1200, 400), (300, 100), (2, 1), (1, 1), (100, 33)];
        assert_eq!(cut, expected.map(|(width, height)| Sides { width, height }));
    }
}
