//! Items of a request, some at a time.

use std::fmt;

use futures::{Stream, StreamExt, stream::Fuse};
use kernel::{Error, Result};
use serde::{
    Deserializer,
    de::{Error as _, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use super::Item;

/// Items of a JSON list: each takes memory of its own, however short it is.
const MOST_ITEMS: usize = 100_000;

/// Items as they come.
pub(super) struct Items<S> {
    stream: Fuse<S>,
    /// How the request broke off; told after what came before.
    broken: Option<Error>,
}

impl<S: Stream<Item = Result<Item>> + Unpin> Items<S> {
    pub(super) fn of(stream: S) -> Self {
        Items { stream: stream.fuse(), broken: None }
    }

    /// The next ones: at most `most`, and no further once they have `bytes` together; nothing at the end.
    pub(super) async fn chunk(&mut self, most: usize, bytes: usize) -> Option<Result<Vec<Item>>> {
        let (mut chunk, mut gathered) = (Vec::new(), 0);
        while chunk.len() < most && gathered < bytes && self.broken.is_none() {
            match self.stream.next().await {
                Some(Ok(item)) => {
                    gathered += item.as_ref().map_or(0, Vec::len);
                    chunk.push(item);
                }
                Some(Err(error)) => self.broken = Some(error),
                None => break,
            }
        }
        if chunk.is_empty() { self.broken.take().map(Err) } else { Some(Ok(chunk)) }
    }
}

/// Reads the items of a list, and gives up on one that is too long.
pub(super) fn few_items<'de, D: Deserializer<'de>>(
    reader: D,
) -> Result<Vec<Box<RawValue>>, D::Error> {
    struct List;

    impl<'de> Visitor<'de> for List {
        type Value = Vec<Box<RawValue>>;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("a list of submissions")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = list.next_element()? {
                if items.len() == MOST_ITEMS {
                    return Err(A::Error::custom(format!(
                        "send at most {MOST_ITEMS} in a list; application/x-ndjson takes any number"
                    )));
                }
                items.push(item);
            }
            Ok(items)
        }
    }

    reader.deserialize_seq(List)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_chunk_ends_with_its_count_and_with_its_bytes() {
        let sizes = [10, 10, 10, 100, 1];
        let stream = futures::stream::iter(sizes.map(|size| Ok(Ok(vec![b' '; size]))));
        let mut items = Items::of(stream);
        let mut counts = Vec::new();
        while let Some(chunk) = items.chunk(2, 100).await {
            counts.push(chunk.expect("nothing broke off").len());
        }
        assert_eq!(counts, [2, 2, 1]);
    }

    #[tokio::test]
    async fn what_came_before_a_break_is_not_lost() {
        let item = || Ok(Ok(vec![b' ']));
        let broken = Err(Error::Malformed("broken off".into()));
        let mut items = Items::of(futures::stream::iter([item(), item(), item(), broken]));
        assert_eq!(items.chunk(2, 100).await.expect("some").expect("items").len(), 2);
        assert_eq!(items.chunk(2, 100).await.expect("some").expect("items").len(), 1);
        assert!(items.chunk(2, 100).await.expect("the break").is_err());
        assert!(items.chunk(2, 100).await.is_none());
    }
}
