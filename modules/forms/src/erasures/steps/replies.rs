//! Replies that are kept for a day, for requests that are repeated.

use kernel::{Error, Result};
use web::{Change, Cx, KeptReply, forget_reply, kept_replies};

use super::len;
use crate::erasures::{counts::Counts, person::Person};

/// Replies read at a time, each of which may be large, and looked through before it is noted how far it is.
const PIECE: i64 = 8;
const MOST: i64 = 2_000;
const ENOUGH: usize = 100;

#[derive(Default)]
pub(super) struct Found {
    /// By actor and key.
    replies: Vec<(String, String)>,
}

pub(super) async fn look(cx: &Cx, person: &Person, place: &str) -> Result<(Option<String>, Found)> {
    let mut tx = cx.read().await?;
    let mut behind: (String, String) = match place {
        "" => Default::default(),
        place => serde_json::from_str(place).map_err(Error::internal)?,
    };
    let (mut found, mut looked) = (Found::default(), 0);
    while looked < MOST && found.replies.len() < ENOUGH {
        let some = kept_replies(&mut tx, (&behind.0, &behind.1), PIECE).await?;
        let Some(last) = some.last() else { return Ok((None, found)) };
        behind = (last.actor.clone(), last.key.clone());
        looked += len(&some);
        let theirs = some.into_iter().filter(|reply| names(person, reply));
        found.replies.extend(theirs.map(|reply| (reply.actor, reply.key)));
    }
    Ok((Some(serde_json::to_string(&behind).map_err(Error::internal)?), found))
}

fn names(person: &Person, reply: &KeptReply) -> bool {
    let plain = [Some(&reply.key), Some(&reply.route), reply.location.as_ref()];
    plain.into_iter().flatten().any(|text| person.mentioned_in(text))
        || reply.body.as_ref().is_some_and(|body| person.mentioned_in_json(body))
}

impl Found {
    pub(super) fn count(&self, counts: &mut Counts) {
        counts.replies += len(&self.replies);
    }

    pub(super) async fn erase(&self, tx: &mut Change, counts: &mut Counts) -> Result<()> {
        for (actor, key) in &self.replies {
            forget_reply(tx, actor, key).await?;
        }
        counts.replies += len(&self.replies);
        Ok(())
    }
}
