//! The log of mails: those to the person, and those that tell of their answers.

use ::mails::{Letter, MailId, Trace, erase_mails, kept_mails, mails_about, purpose};
use db::Tx;
use kernel::Result;
use web::{Change, Cx};

use super::len;
use crate::{
    erasures::{counts::Counts, person::Person, store::LookedRow},
    ids::FormId,
};

/// Mails read at a time, and looked through before it is noted how far it is.
const PIECE: i64 = 50;
const MOST: i64 = 2_000;
const ENOUGH: usize = 50;

#[derive(Default)]
pub(super) struct Found {
    letters: Vec<Letter>,
}

pub(super) async fn look(cx: &Cx, person: &Person, place: &str) -> Result<(Option<String>, Found)> {
    let mut tx = cx.read().await?;
    let (mut place, mut found, mut looked) = (place.to_owned(), Found::default(), 0);
    while looked < MOST && found.letters.len() < ENOUGH {
        let some = kept_mails(&mut tx, &place, PIECE).await?;
        let Some(last) = some.last() else { return Ok((None, found)) };
        place = last.id.to_string();
        looked += len(&some);
        found.letters.extend(some.into_iter().filter(|letter| names(person, letter)));
    }
    Ok((Some(place), found))
}

/// Whether a mail goes to the person, or their address stands in it or in what the server said to it.
fn names(person: &Person, letter: &Letter) -> bool {
    let at = [Some(&letter.recipient), letter.reply_to.as_ref()];
    let within = [Some(&letter.subject), Some(&letter.body_text), letter.last_answer.as_ref()];
    at.into_iter().flatten().any(|address| person.is(address))
        || within.into_iter().flatten().any(|text| person.mentioned_in(text))
}

/// Those of some mails that name the person.
pub(super) fn naming<'a>(person: &Person, letters: &'a [Letter]) -> Vec<&'a Letter> {
    letters.iter().filter(|letter| names(person, letter)).collect()
}

/// The mails that were written about these submissions, alone or among others.
pub(super) async fn about(tx: &mut Tx, form: FormId, rows: &[LookedRow]) -> Result<Vec<Letter>> {
    let mut letters: Vec<Letter> = Vec::new();
    for row in rows {
        let source = |purpose: &str| format!("{purpose} {} ", row.id);
        let trace = Trace {
            about: form.to_string(),
            at: row.received_at,
            sources: vec![source(purpose::SUBMISSION), source(purpose::ANSWER)],
            listed_as: format!("#{} ·", row.number),
        };
        for letter in mails_about(tx, &trace).await? {
            if letters.iter().all(|known| known.id != letter.id) {
                letters.push(letter);
            }
        }
    }
    Ok(letters)
}

/// Takes address and text out of them; tells of how many.
pub(super) async fn erase(tx: &mut Change, person: &Person, letters: &[Letter]) -> Result<i64> {
    let to_them = |letter: &&Letter| person.is(&letter.recipient);
    let theirs: Vec<MailId> = letters.iter().filter(to_them).map(|letter| letter.id).collect();
    let others: Vec<MailId> =
        letters.iter().filter(|letter| !to_them(letter)).map(|letter| letter.id).collect();
    let now = tx.now();
    Ok(erase_mails(tx, &theirs, true, now).await? + erase_mails(tx, &others, false, now).await?)
}

impl Found {
    pub(super) fn count(&self, counts: &mut Counts) {
        counts.mails += len(&self.letters);
    }

    pub(super) async fn erase(
        &self,
        tx: &mut Change,
        person: &Person,
        counts: &mut Counts,
    ) -> Result<()> {
        counts.mails += erase(tx, person, &self.letters).await?;
        Ok(())
    }
}
