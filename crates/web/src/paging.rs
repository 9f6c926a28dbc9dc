//! Lists by keyset: a page, and a cursor to the next one.

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};

/// What a list is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Paging {
    /// Rows on a page, 1 to 200.
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

const DEFAULT_LIMIT: i64 = 50;
const LARGEST_LIMIT: i64 = 200;

impl Paging {
    /// The number of rows, checked.
    pub fn limit(&self) -> Result<i64> {
        match self.limit {
            None => Ok(DEFAULT_LIMIT),
            Some(limit) if (1..=LARGEST_LIMIT).contains(&limit) => Ok(limit),
            Some(_) => Err(Error::invalid("limit", "out_of_range", "Ask for 1 to 200 rows.")),
        }
    }

    /// The cursor as the place it stands for.
    pub fn place<T: std::str::FromStr>(&self) -> Result<Option<T>> {
        let parse = |text: &String| {
            text.parse().map_err(|_| {
                Error::invalid("cursor", "invalid", "Use next_cursor of the page before, as it is.")
            })
        };
        self.cursor.as_ref().filter(|text| !text.is_empty()).map(parse).transpose()
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Page<T> {
    pub data: Vec<T>,
    /// Null on the last page.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Made of one row more than fits, which tells whether there is a next page.
    pub fn of(mut rows: Vec<T>, limit: i64, place: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(place);
        Page { data: rows, next_cursor }
    }

    /// The same page of other things.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { data: self.data.into_iter().map(turn).collect(), next_cursor: self.next_cursor }
    }
}
