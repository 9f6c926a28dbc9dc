//! Submissions of every form, in whichever tray they lie: walked through by number.

use std::collections::{HashMap, hash_map::Entry};

use db::Tx;
use kernel::{Error, Result, Timestamp};
use web::{Change, Cx};

use super::{len, mails};
use crate::{
    answers::{Answers, Value},
    definition::Definition,
    erasures::{
        counts::Counts,
        person::Person,
        store::{self, FormRow, LookedRow},
    },
    exports::erasing as exports,
    forms,
    ids::SubmissionId,
    json_texts,
    learning::{self, Kind},
    submissions::delete::{delete_of_deleted, delete_told},
};

/// Rows read at a time, whose size is not known before.
const PIECE: i64 = 200;
/// Rows, and bytes of them, that are looked through before it is noted how far it is.
const MOST_ROWS: i64 = 20_000;
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// As many, or a few more, are deleted in one change: all other writers wait for it.
const ENOUGH: usize = 100;

#[derive(Default)]
pub(super) struct Found {
    /// Of which form the rows are.
    form: Option<FormRow>,
    rows: Vec<LookedRow>,
    /// Those of others that tell of the person.
    mentions: Vec<SubmissionId>,
    pub(super) looked: i64,
    bytes: usize,
}

/// The place is the form that was looked through last, or the form and the number behind which to go on.
pub(super) async fn look(cx: &Cx, person: &Person, place: &str) -> Result<(Option<String>, Found)> {
    let mut tx = cx.read().await?;
    let mut found = Found::default();
    let (mut form, mut after) = begin(&mut tx, place).await?;
    while let Some(row) = form {
        let rows = store::list_rows(&mut tx, row.id, after, PIECE).await?;
        let ended = len(&rows) < PIECE;
        after = rows.last().map_or(after, |row| row.number);
        found.take(person, rows)?;
        if !found.rows.is_empty() {
            found.form = Some(row);
        }
        let enough = if ended { !found.rows.is_empty() } else { found.rows.len() >= ENOUGH };
        if enough || found.looked >= MOST_ROWS || found.bytes >= MOST_BYTES {
            let place = if ended { row.id.to_string() } else { format!("{} {after}", row.id) };
            return Ok((Some(place), found));
        }
        if ended {
            (form, after) = (store::find_form_after(&mut tx, &row.id.to_string()).await?, 0);
        }
    }
    Ok((None, found))
}

async fn begin(tx: &mut Tx, place: &str) -> Result<(Option<FormRow>, i64)> {
    let Some((form, number)) = place.split_once(' ') else {
        return Ok((store::find_form_after(tx, place).await?, 0));
    };
    match store::find_form(tx, form).await? {
        Some(row) => Ok((Some(row), number.parse().map_err(Error::internal)?)),
        // Swept away meanwhile.
        None => Ok((store::find_form_after(tx, form).await?, 0)),
    }
}

/// Whether it is an answer of the person's: an answer, a value beside it, or its key says so.
fn is_theirs(person: &Person, row: &LookedRow) -> Result<bool> {
    if row.idempotency_key.as_deref().is_some_and(|key| person.mentioned_in(key)) {
        return Ok(true);
    }
    if row.visit.as_ref().is_some_and(|visit| person.mentioned_in_json(&visit.0)) {
        return Ok(true);
    }
    if let Some(metadata) = &row.metadata
        && person.may_stand_in(&metadata.0)
        && json_texts::any(&metadata.read()?, &|text| person.is(text))
    {
        return Ok(true);
    }
    if !person.may_stand_in(&row.answers.0) {
        return Ok(false);
    }
    let values = Answers::stored_values(&row.answers.0).map_err(Error::internal)?;
    Ok(values.iter().any(|(_, value)| match value {
        Value::Text(text) => person.is(text),
        Value::List(list) => list.iter().any(|text| person.is(text)),
        Value::Integer(number) => person.is(&number.to_string()),
        Value::Decimal(number) => person.is(&number.to_string()),
        Value::Flag(_) => false,
    }))
}

/// Whether somebody else tells of them: in an answer, or beside it.
fn tells_of(person: &Person, row: &LookedRow) -> bool {
    let beside = row.metadata.as_ref().is_some_and(|json| person.mentioned_in_json(&json.0));
    beside || person.mentioned_in_json(&row.answers.0)
}

impl Found {
    fn take(&mut self, person: &Person, rows: Vec<LookedRow>) -> Result<()> {
        self.looked += len(&rows);
        for row in rows {
            self.bytes += row.answers.0.len();
            if is_theirs(person, &row)? {
                self.rows.push(row);
            } else if tells_of(person, &row) {
                self.mentions.push(row.id);
            }
        }
        Ok(())
    }

    fn ids(&self) -> Vec<SubmissionId> {
        self.rows.iter().map(|row| row.id).collect()
    }

    fn since(&self) -> Timestamp {
        self.rows.iter().map(|row| row.received_at).min().unwrap_or_default()
    }

    pub(super) async fn count(
        &self,
        tx: &mut Change,
        person: &Person,
        counts: &mut Counts,
    ) -> Result<()> {
        counts.add_mentions(&self.mentions);
        let Some(form) = self.form else { return Ok(()) };
        self.count_parts(tx, form, counts).await?;
        let (before, since) = counts.add_submissions(form.id, len(&self.rows), self.since());
        let known = match before {
            Some(before) => exports::count_since(tx, form.id, before).await?,
            None => 0,
        };
        counts.exports += exports::count_since(tx, form.id, since).await? - known;
        // Those that name the person are found among all mails.
        let letters = mails::about(tx, form.id, &self.rows).await?;
        counts.mails += len(&letters) - len(&mails::naming(person, &letters));
        Ok(())
    }

    /// What goes with the submissions by itself.
    async fn count_parts(&self, tx: &mut Tx, form: FormRow, counts: &mut Counts) -> Result<()> {
        counts.comments += store::count_comments(tx, &self.ids()).await?;
        let mut versions: HashMap<i64, Option<Definition>> = HashMap::new();
        for row in &self.rows {
            let definition = match versions.entry(row.form_version) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let frozen = forms::store::find_version(tx, form.id, row.form_version).await?;
                    place.insert(frozen.map(|(_, document)| document.read()).transpose()?)
                }
            };
            if let Some(definition) = definition {
                let answers = Answers::parse_stored(&row.answers.0).map_err(Error::internal)?;
                counts.files += len(&answers.files(definition));
            }
        }
        Ok(())
    }

    /// What was learned of spam from them.
    async fn lessons(
        &self,
        tx: &mut Tx,
        form: FormRow,
        numbers: &[i64],
    ) -> Result<Vec<(Kind, String)>> {
        let learned = learning::find_lessons(tx, form.id, numbers).await?;
        let mut lessons = Vec::with_capacity(learned.len());
        for row in &self.rows {
            let Some(kind) = learned.get(&row.number) else { continue };
            let frozen = forms::store::find_version(tx, form.id, row.form_version).await?;
            let Some((_, document)) = frozen else { continue };
            let answers = Answers::parse_stored(&row.answers.0).map_err(Error::internal)?;
            lessons.push((*kind, answers.searchable_text(&document.read()?)));
        }
        Ok(lessons)
    }

    pub(super) async fn erase(
        &self,
        tx: &mut Change,
        person: &Person,
        counts: &mut Counts,
    ) -> Result<()> {
        counts.add_mentions(&self.mentions);
        let Some(form) = self.form else { return Ok(()) };
        self.count_parts(tx, form, counts).await?;
        let numbers: Vec<i64> = self.rows.iter().map(|row| row.number).collect();
        let lessons = self.lessons(tx, form, &numbers).await?;
        let gone = if forms::store::is_there(tx, form.id).await? {
            match delete_told(tx, form.id, &numbers).await {
                // Deleted in this moment: the next attempt takes the other way.
                Err(Error::NotFound) => return Err(Error::unavailable("a form was just deleted")),
                other => other?,
            }
        } else {
            delete_of_deleted(tx, form.id, &numbers).await?
        };
        learning::unlearn(tx, &lessons).await?;
        let gone = i64::try_from(gone).map_err(Error::internal)?;
        counts.add_submissions(form.id, gone, self.since());
        counts.exports += exports::forget_since(tx, form.id, self.since()).await?;
        let letters = mails::about(tx, form.id, &self.rows).await?;
        counts.mails += mails::erase(tx, person, &letters).await?;
        Ok(())
    }
}
