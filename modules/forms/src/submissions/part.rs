//! A part of the list: so many submissions from a place on, and the ways on from there.

use kernel::Result;
use web::Cx;

use super::{
    place::Place,
    store,
    walk::{Entry, Stop, Walk},
};
use crate::forms::FormId;

/// A part of the list in its order.
pub(crate) struct Part {
    pub(crate) entries: Vec<Entry>,
    /// The number that the next part goes on from; nothing on the last.
    pub(crate) next: Option<i64>,
    /// The number that the part before ends at; nothing on the first.
    pub(crate) back: Option<i64>,
    /// How many numbers were looked through and how many there are, when the work was cut short.
    pub(crate) looked: Option<(i64, i64)>,
}

impl Part {
    /// Where nothing can be listed.
    pub(crate) fn empty() -> Self {
        Part { entries: Vec::new(), next: None, back: None, looked: None }
    }
}

/// A part of a form's submissions.
pub(crate) async fn list(cx: &Cx, form: FormId, place: &Place) -> Result<Part> {
    let (limit, cursor) = place.paging()?;
    let mut tx = cx.read().await?;
    let mut walk = Walk::of(&mut tx, form, &place.filter).await?;
    if let Some(after) = place.after {
        let (mut entries, stop) = walk.page(&mut tx, place.order.back(after), limit).await?;
        entries.reverse();
        // Fewer than a page lie that way: the first part shows them, and with them what arrives.
        if stop == Stop::Full {
            let number = |entry: Option<&Entry>| entry.map(|entry| entry.submission.number);
            let (back, next) = (number(entries.first()), number(entries.last()));
            return Ok(Part { entries, next, back, looked: None });
        }
    }
    let cursor = cursor.filter(|_| place.after.is_none());
    let from = cursor.map_or(place.order.start(), |number| place.order.on(number));
    let (entries, stop) = walk.page(&mut tx, from, limit).await?;
    let (mut next, mut looked) = (None, None);
    match stop {
        Stop::End => {}
        Stop::Full => next = entries.last().map(|entry| entry.submission.number),
        Stop::Tired(number) => {
            let all = store::find_last_number(&mut tx, form).await?;
            let older = if from.is_older() { all - number + 1 } else { number };
            (next, looked) = (Some(number), Some((older.clamp(0, all), all)));
        }
    }
    let first = entries.first().map(|entry| entry.submission.number);
    let back = cursor.map(|cursor| {
        let nearest =
            if from.is_older() { cursor.saturating_sub(1) } else { cursor.saturating_add(1) };
        first.unwrap_or(nearest)
    });
    Ok(Part { entries, next, back, looked })
}
