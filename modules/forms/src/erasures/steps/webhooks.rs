//! The log of webhooks: messages that told of the person's answers.

use ::webhooks::{MessageId, erase_messages, kept_messages};
use kernel::Result;
use serde_json::Value;
use web::{Change, Cx};

use super::len;
use crate::{
    erasures::{counts::Counts, person::Person},
    json_texts,
};

/// Messages read at a time, and looked through before it is noted how far it is.
const PIECE: i64 = 100;
const MOST: i64 = 5_000;
const ENOUGH: usize = 50;

#[derive(Default)]
pub(super) struct Found {
    messages: Vec<MessageId>,
}

pub(super) async fn look(cx: &Cx, person: &Person, place: &str) -> Result<(Option<String>, Found)> {
    let mut tx = cx.read().await?;
    let (mut place, mut found, mut looked) = (place.to_owned(), Found::default(), 0);
    while looked < MOST && found.messages.len() < ENOUGH {
        let some = kept_messages(&mut tx, &place, PIECE).await?;
        let Some(last) = some.last() else { return Ok((None, found)) };
        place = last.id.to_string();
        looked += len(&some);
        let theirs = some.iter().filter(|message| tells_of(person, &message.payload));
        found.messages.extend(theirs.map(|message| message.id));
    }
    Ok((Some(place), found))
}

/// By the rule for submissions.
fn tells_of(person: &Person, payload: &str) -> bool {
    if !person.may_stand_in(payload) {
        return false;
    }
    let Ok(message) = serde_json::from_str::<Value>(payload) else {
        return person.mentioned_in(payload);
    };
    let data = &message["data"];
    let told = ["answers", "metadata"].map(|part| &data[part]);
    told.into_iter().any(|part| json_texts::any(part, &|text| person.is(text)))
        || json_texts::any(&data["visit"], &|text| person.mentioned_in(text))
}

impl Found {
    pub(super) fn count(&self, counts: &mut Counts) {
        counts.webhook_messages += len(&self.messages);
    }

    pub(super) async fn erase(&self, tx: &mut Change, counts: &mut Counts) -> Result<()> {
        counts.webhook_messages += erase_messages(tx, &self.messages).await?;
        Ok(())
    }
}
