//! What the palette finds here: submissions by the words of their answers.

use futures::future::BoxFuture;
use kernel::{Permission, Result};
use ui::Icon;
use web::{Cx, Finder, Finding};

use super::{
    filter::Filter,
    place::{Order, Place},
    walk::{Entry, From, Walk},
};
use crate::{
    SUBMISSIONS_READ,
    forms::{FormHead, store::list_titled},
};

/// As many as can be taken in at a glance.
const MOST: usize = 6;
/// Forms that are looked through: those that somebody has worked on last.
const FORMS: i64 = 50;
/// Letters of an answer.
const LONGEST: usize = 80;

pub(crate) struct SubmissionFinder;

impl Finder for SubmissionFinder {
    fn heading(&self) -> &'static str {
        "Submissions"
    }

    fn icon(&self) -> Icon {
        Icon::Inbox
    }

    fn permission(&self) -> Permission {
        SUBMISSIONS_READ
    }

    fn find<'a>(&'a self, cx: &'a Cx, words: &'a str) -> BoxFuture<'a, Result<Vec<Finding>>> {
        Box::pin(find(cx, words))
    }
}

/// The newest of each form in turn; without words none, for the forms themselves stand there.
async fn find(cx: &Cx, words: &str) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    if words.is_empty() {
        return Ok(findings);
    }
    let filter = Filter { words: Some(words.to_owned()), ..Filter::default() };
    let mut tx = cx.read().await?;
    for form in list_titled(&mut tx, "%", FORMS).await? {
        let mut walk = Walk::of(&mut tx, form.id, &filter).await?;
        let room = MOST - findings.len();
        let (entries, _) = walk.page(&mut tx, From::TOP, room).await?;
        for entry in entries {
            findings.push(finding(&mut tx, &form, &entry, words).await?);
        }
        if findings.len() >= MOST {
            break;
        }
    }
    Ok(findings)
}

/// It opens beside the list of what was found, archived ones too.
async fn finding(tx: &mut db::Tx, form: &FormHead, entry: &Entry, words: &str) -> Result<Finding> {
    let submission = &entry.submission;
    let definition = submission.definition(tx).await?;
    let answers = submission.answers()?;
    let answered = answers.summary(&definition);
    let matching = answered.iter().find(|(_, text)| search::holds(text, words));
    let label = matching.or(answered.first()).map(|(_, text)| text.chars().take(LONGEST).collect());
    let found = Place::of(
        Filter { words: Some(words.to_owned()), ..Filter::default() },
        Order::default(),
        None,
    );
    let list = found.on(&format!("forms/{}/submissions", form.id));
    Ok(Finding {
        label: label.unwrap_or_else(|| format!("Submission #{}", submission.number)),
        path: format!("{list}#{}", submission.id),
        detail: format!("{} #{}", form.title, submission.number),
    })
}
