//! Which of those that were just stored look like spam by what all processes have stored: too much from one address,
//! or a ticket that was used before. Most raise no doubts, and cost nothing.

use std::collections::{BTreeMap, HashSet};

use db::Tx;
use kernel::Result;

use crate::{
    protection::{
        Doubts,
        store::{self, More, Place},
    },
    submissions::{incoming::Incoming, store::Suspicions},
};

/// Counts them, and uses their tickets up.
pub(super) async fn settle<'a>(
    tx: &mut Tx,
    stored: impl Iterator<Item = &'a Incoming>,
) -> Result<Suspicions> {
    let doubted: Vec<(&Incoming, &Doubts)> =
        stored.filter_map(|item| Some((item, item.doubts.as_deref()?))).collect();
    let mut suspicions = Suspicions::new();
    if !doubted.is_empty() {
        count(tx, &doubted, &mut suspicions).await?;
        use_up(tx, &doubted, &mut suspicions).await?;
    }
    Ok(suspicions)
}

async fn count(
    tx: &mut Tx,
    doubted: &[(&Incoming, &Doubts)],
    suspicions: &mut Suspicions,
) -> Result<()> {
    let mut more: BTreeMap<Place<'_>, More> = BTreeMap::new();
    for (item, doubts) in doubted {
        for place in doubts.places(item.workspace, item.form) {
            let more = more.entry(place).or_default();
            more.count += 1;
            more.now = more.now.max(item.received_at);
        }
    }
    let mut counts = store::count(tx, &more).await?;
    for (item, doubts) in doubted {
        for (place, limit) in doubts.places(item.workspace, item.form).zip(&doubts.limits) {
            let Some(count) = counts.get_mut(&place) else { continue };
            *count += 1;
            if *count > i64::from(limit.most) && item.suspicion.is_none() {
                suspicions.entry(item.id).or_insert_with(|| limit.passed());
            }
        }
    }
    Ok(())
}

/// Only what is suspected of nothing else uses a ticket up.
async fn use_up(
    tx: &mut Tx,
    doubted: &[(&Incoming, &Doubts)],
    suspicions: &mut Suspicions,
) -> Result<()> {
    let (mut seen, mut fresh, mut asked) = (HashSet::new(), Vec::new(), Vec::new());
    for (item, doubts) in doubted {
        let Some((ticket, expires_at)) = &doubts.ticket else { continue };
        if item.suspicion.is_some() || suspicions.contains_key(&item.id) {
            continue;
        }
        let is_first = seen.insert((item.form, ticket.as_str()));
        if is_first {
            fresh.push((item.workspace, item.form, ticket.as_str(), *expires_at));
        }
        asked.push((item, ticket, is_first));
    }
    let used_now = store::use_tickets(tx, &fresh).await?;
    for (item, ticket, is_first) in asked {
        if !is_first || !used_now.contains(&(item.form, ticket.clone())) {
            suspicions.insert(item.id, "Its ticket was used before.".to_owned());
        }
    }
    Ok(())
}
