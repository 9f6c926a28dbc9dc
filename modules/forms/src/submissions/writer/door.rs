//! Who gets in where places are limited, or a person may answer once. Whoever writes to a form holds its
//! counter locked, so that what is seen here stays true until the commit.

use std::collections::{BTreeMap, HashMap};

use kernel::Result;

use super::Forms;
use crate::submissions::{
    incoming::{Incoming, Outcome, is_news},
    store,
};

/// Those of a batch that are turned away, by their places in it.
pub(super) type Refused = BTreeMap<usize, Outcome>;

/// Looks at those only that something may keep out: most forms have an open door.
///
/// A repeat is let through, since it takes no place: what it repeats is found when it is stored.
pub(super) async fn refused(
    tx: &mut db::Tx,
    batch: &[Incoming],
    forms: &mut Forms,
) -> Result<Refused> {
    let is_gated = |item: &Incoming| {
        let is_short = || forms[&(item.workspace, item.form)].is_short();
        item.respondent.is_some() || (is_news(item.source) && is_short())
    };
    let gated: Vec<(usize, &Incoming)> =
        batch.iter().enumerate().filter(|(_, item)| is_gated(item)).collect();
    let mut refused = Refused::new();
    if gated.is_empty() {
        return Ok(refused);
    }
    let items = || gated.iter().map(|(_, item)| *item);
    let earlier = store::find_earlier(tx, items()).await?;
    let mut answered = store::find_respondents(tx, items()).await?;
    let mut keys: HashMap<i64, Option<Outcome>> = HashMap::new();
    for (index, item) in gated {
        let key = item.key.as_ref().map(|key| key.hash);
        if key.is_some_and(|hash| earlier.contains_key(&hash)) {
            continue;
        }
        // What repeats another of this batch shares its fate.
        let fate = match key.and_then(|hash| keys.get(&hash)) {
            Some(fate) => *fate,
            None => judge(item, &mut answered, forms),
        };
        if let Some(hash) = key {
            keys.insert(hash, fate);
        }
        if let Some(outcome) = fate {
            refused.insert(index, outcome);
        }
    }
    Ok(refused)
}

fn judge(item: &Incoming, answered: &mut store::Respondents, forms: &mut Forms) -> Option<Outcome> {
    if item.respondent.as_ref().is_some_and(|respondent| answered.contains(respondent)) {
        return Some(Outcome::AnsweredBefore);
    }
    let numbers = forms.get_mut(&(item.workspace, item.form))?;
    if !numbers.take_place() {
        return Some(Outcome::Full);
    }
    answered.extend(item.respondent.clone());
    None
}
