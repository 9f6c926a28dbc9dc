//! Which fields stand elsewhere among the others, and where.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::Named;
use crate::definition::{Definition, Kind};

/// A field that stands elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FieldMove)]
pub(crate) struct Moved {
    #[serde(flatten)]
    #[schema(inline)]
    pub(crate) field: Named,
    /// The key of the field that it now follows; none when it is the first.
    pub(crate) follows: Option<String>,
    /// The page it stood on, from 1.
    pub(crate) page_before: usize,
    /// The page it stands on.
    pub(crate) page_after: usize,
}

/// All common fields but for the most that still stand in the old order.
pub(super) fn moved(older: &Definition, newer: &Definition) -> Vec<Moved> {
    let places: HashMap<&str, usize> =
        older.fields.iter().enumerate().map(|(place, field)| (field.key.as_str(), place)).collect();
    let (pages_before, pages_after) = (pages(older), pages(newer));
    let common: Vec<(usize, usize)> = newer
        .fields
        .iter()
        .enumerate()
        .filter_map(|(now, field)| Some((now, *places.get(field.key.as_str())?)))
        .collect();
    let still = longest_rising(&common.iter().map(|(_, before)| *before).collect::<Vec<_>>());
    let elsewhere = common.iter().enumerate().filter(|(index, _)| !still.contains(index));
    elsewhere
        .map(|(_, &(now, before))| Moved {
            field: Named::of(&newer.fields[now]),
            follows: now.checked_sub(1).map(|place| newer.fields[place].key.clone()),
            page_before: pages_before[before],
            page_after: pages_after[now],
        })
        .collect()
}

/// The page each field stands on, from 1; a page break stands on the page that it begins.
fn pages(definition: &Definition) -> Vec<usize> {
    let on = |page: &mut usize, kind: &Kind| {
        *page += usize::from(matches!(kind, Kind::Page));
        Some(*page)
    };
    definition.fields.iter().scan(1, |page, field| on(page, &field.kind)).collect()
}

/// The positions of a longest rising subsequence; a form has few enough fields for the plain way.
pub(super) fn longest_rising(places: &[usize]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (index, place) in places.iter().enumerate() {
        let before = (0..index).filter(|&it| places[it] < *place).max_by_key(|&it| best[it].0);
        best.push((1 + before.map_or(0, |it| best[it].0), before));
    }
    let mut at = (0..places.len()).max_by_key(|&index| best[index].0);
    let mut rising = Vec::new();
    while let Some(index) = at {
        rising.push(index);
        at = best[index].1;
    }
    rising
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::changes::tests::form;

    #[test]
    fn the_fewest_that_explain_the_new_order_have_moved() {
        let (old, new) = (form(&["a", "b", "c", "d", "e"]), form(&["a", "d", "b", "c", "f"]));
        let told = moved(&old, &new);
        let keys: Vec<&str> = told.iter().map(|it| it.field.key.as_str()).collect();
        assert_eq!(keys, ["d"]);
        assert_eq!(told[0].follows.as_deref(), Some("a"));
        assert!(moved(&old, &old).is_empty());
    }

    #[test]
    fn a_move_to_another_page_says_so() {
        let (old, new) =
            (form(&["a", "b", "c", "page_2", "d"]), form(&["b", "c", "page_2", "d", "a"]));
        let told = moved(&old, &new);
        assert_eq!((told[0].page_before, told[0].page_after), (1, 2));
        let first = moved(&form(&["a", "b", "c"]), &form(&["c", "a", "b"]));
        assert_eq!(first[0].follows, None);
    }
}
