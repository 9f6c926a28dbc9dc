//! The log of events: a few say an address, such as what a mail server answered.

use db::Json;
use kernel::{Error, Result};
use serde_json::Value;
use web::{Change, Cx};

use super::len;
use crate::{
    erasures::{counts::Counts, person::Person},
    json_texts,
};

/// Events read at a time, and looked through before it is noted how far it is.
const PIECE: i64 = 500;
const MOST: i64 = 20_000;
const ENOUGH: usize = 100;

/// What stands in place of an address.
const ERASED: &str = "erased";

#[derive(Default)]
pub(super) struct Found {
    /// By their numbers, as they are to be.
    events: Vec<(i64, Json)>,
}

pub(super) async fn look(cx: &Cx, person: &Person, place: &str) -> Result<(Option<String>, Found)> {
    let mut tx = cx.read().await?;
    let mut seq: i64 = if place.is_empty() { 0 } else { place.parse().map_err(Error::internal)? };
    let (mut found, mut looked) = (Found::default(), 0);
    while looked < MOST && found.events.len() < ENOUGH {
        let some = ::events::after(&mut tx, cx.workspace(), seq, PIECE).await?;
        let Some(last) = some.last() else { return Ok((None, found)) };
        seq = last.seq;
        looked += len(&some);
        for event in some.iter().filter(|event| person.mentioned_in_json(&event.payload.0)) {
            let mut payload: Value = event.payload.read()?;
            json_texts::replace(&mut payload, &|text| person.mentioned_in(text), ERASED);
            found.events.push((event.seq, Json(payload.to_string())));
        }
    }
    Ok((Some(seq.to_string()), found))
}

impl Found {
    pub(super) fn count(&self, counts: &mut Counts) {
        counts.events += len(&self.events);
    }

    pub(super) async fn erase(&self, tx: &mut Change, counts: &mut Counts) -> Result<()> {
        let workspace = tx.workspace();
        for (seq, payload) in &self.events {
            ::events::rewrite(tx, workspace, *seq, payload.clone()).await?;
        }
        counts.events += len(&self.events);
        Ok(())
    }
}
