//! What people have asked for with the address, and whom mails are sent to: bulk actions, exports, their schedules, views,
//! tags, recipients of notices, addresses that want no mail.

use ::mails::{forget_addresses, known_spellings};
use db::Json;
use kernel::{Error, Result};
use serde_json::Value;
use web::{Change, Cx};

use super::len;
use crate::{
    erasures::{counts::Counts, person::Person, store},
    events::{ExportDeleted, ExportScheduleChanged},
    exports,
    ids::{BulkActionId, ExportId, ExportScheduleId, FormId, SavedViewId, SubmissionId},
    json_texts,
    notices::{self, Kind},
    submissions::{saved_views, tags},
};

/// What a view is called in the log, and a tag in histories, that was called by an address.
const ERASED: &str = "erased";

/// Rows read at a time.
const PIECE: i64 = 200;
/// Of histories: there are many, and they are small.
const HISTORIES: i64 = 2_000;

#[derive(Default)]
pub(super) struct Found {
    bulk_actions: Vec<BulkActionId>,
    exports: Vec<(ExportId, FormId)>,
    schedules: Vec<(ExportScheduleId, FormId)>,
    saved_views: Vec<SavedViewId>,
    /// Histories that name a tag, as they are to be.
    histories: Vec<(SubmissionId, i64, Json)>,
    /// By their keys.
    tags: Vec<String>,
    notices: Vec<(FormId, Kind)>,
    /// As the mails spell it.
    addresses: Vec<String>,
    person: Option<Person>,
}

/// The tables one after the other; the place is the table and the row behind which to go on.
/// Histories before tags: only where there is such a tag they have to be read.
const TABLES: [&str; 8] = [
    "bulk_actions",
    "exports",
    "schedules",
    "saved_views",
    "histories",
    "tags",
    "notices",
    "addresses",
];

pub(super) async fn look(cx: &Cx, person: &Person, place: &str) -> Result<(Option<String>, Found)> {
    let (table, after) = place.split_once(' ').unwrap_or((TABLES[0], ""));
    let mut found = Found { person: Some(person.clone()), ..Found::default() };
    let last = found.read(cx, person, table, after).await?;
    let next = || TABLES.iter().skip_while(|it| **it != table).nth(1);
    let to = match last {
        Some(last) => Some(format!("{table} {last}")),
        None => next().map(|table| format!("{table} ")),
    };
    Ok((to, found))
}

impl Found {
    /// Reads some rows of a table; gives the last of them, while there are more.
    async fn read(
        &mut self,
        cx: &Cx,
        person: &Person,
        table: &str,
        after: &str,
    ) -> Result<Option<String>> {
        let mut tx = cx.read().await?;
        let asks = |json: &db::Json| person.mentioned_in_json(&json.0);
        Ok(match table {
            "bulk_actions" => {
                let some = store::list_bulk_actions(&mut tx, after, PIECE).await?;
                let theirs = some.iter().filter(|(_, whom, what)| asks(whom) || asks(what));
                self.bulk_actions.extend(theirs.map(|(id, ..)| *id));
                some.last().map(|(id, ..)| id.to_string())
            }
            "exports" => {
                let some = store::list_export_requests(&mut tx, after, PIECE).await?;
                let theirs = some.iter().filter(|(.., request)| asks(request));
                self.exports.extend(theirs.map(|(id, form, _)| (*id, *form)));
                some.last().map(|(id, ..)| id.to_string())
            }
            "schedules" => {
                let some = store::list_schedule_requests(&mut tx, after, PIECE).await?;
                let theirs = some.iter().filter(|(.., request)| asks(request));
                self.schedules.extend(theirs.map(|(id, form, _)| (*id, *form)));
                some.last().map(|(id, ..)| id.to_string())
            }
            "saved_views" => {
                let some = store::list_saved_views(&mut tx, after, PIECE).await?;
                let names = |texts: [&String; 2]| texts.iter().any(|it| person.mentioned_in(it));
                let theirs = some.iter().filter(|(_, name, filter)| names([name, filter]));
                self.saved_views.extend(theirs.map(|(id, ..)| *id));
                some.last().map(|(id, ..)| id.to_string())
            }
            "histories" => {
                if named_by(person, tags::store::list_tags(&mut tx).await?).is_empty() {
                    return Ok(None);
                }
                let behind = read_place(after)?;
                let some = store::list_histories(&mut tx, &behind, HISTORIES).await?;
                for (id, seq, detail) in some.iter().filter(|(.., detail)| asks(detail)) {
                    let mut told: Value = detail.read()?;
                    json_texts::replace(&mut told, &|text| person.mentioned_in(text), ERASED);
                    self.histories.push((*id, *seq, Json(told.to_string())));
                }
                some.last().map(|(id, seq, _)| format!("{id} {seq}"))
            }
            "tags" => {
                self.tags = named_by(person, tags::store::list_tags(&mut tx).await?);
                None
            }
            "notices" => {
                let some = notices::erasing::list_after(&mut tx, after, PIECE).await?;
                let theirs = some.iter().filter(|row| row.names(&|text| person.is(text)));
                self.notices.extend(theirs.map(|row| (row.form_id, row.kind())));
                some.last().map(|row| row.place())
            }
            _ => {
                let known = known_spellings(&mut tx, person.local()).await?;
                self.addresses = known.into_iter().filter(|it| person.is(it)).collect();
                None
            }
        })
    }

    pub(super) fn count(&self, counts: &mut Counts) {
        counts.filters += len(&self.bulk_actions) + len(&self.schedules);
        counts.filters += len(&self.saved_views) + len(&self.tags);
        // Those of forms with answers of the person are counted there.
        let beside = |(_, form): &&(ExportId, FormId)| {
            counts.forms.iter().all(|known| known.form_id != *form)
        };
        counts.exports += i64::try_from(self.exports.iter().filter(beside).count()).unwrap_or(0);
        counts.mail_addresses += len(&self.addresses) + len(&self.notices);
    }

    pub(super) async fn erase(&self, tx: &mut Change, counts: &mut Counts) -> Result<()> {
        for id in &self.bulk_actions {
            store::delete_bulk_action(tx, *id).await?;
        }
        for (id, form_id) in &self.exports {
            if exports::delete::remove(tx, *id).await? {
                tx.record(&ExportDeleted { form_id: *form_id, export_id: id.to_string() }).await?;
            }
        }
        for (id, form_id) in &self.schedules {
            exports::store::schedules::delete_schedule(tx, *id).await?;
            let schedule_id = id.to_string();
            tx.record(&ExportScheduleChanged { form_id: *form_id, schedule_id }).await?;
        }
        for id in &self.saved_views {
            saved_views::delete::remove(tx, *id, Some(ERASED)).await?;
        }
        for (id, seq, detail) in &self.histories {
            store::rewrite_history(tx, *id, *seq, detail.clone()).await?;
        }
        for key in &self.tags {
            store::delete_tag(tx, key).await?;
        }
        if let Some(person) = &self.person {
            for (form, kind) in &self.notices {
                notices::erasing::forget(tx, *form, *kind, &|text| person.is(text)).await?;
            }
        }
        forget_addresses(tx, &self.addresses).await?;
        self.count(counts);
        Ok(())
    }
}

/// The keys of those tags that say the address.
fn named_by(person: &Person, tags: Vec<(String, String)>) -> Vec<String> {
    let names =
        |(key, name): &(String, String)| person.mentioned_in(key) || person.mentioned_in(name);
    tags.into_iter().filter(names).map(|(key, _)| key).collect()
}

/// The submission and the number behind which to go on in histories.
fn read_place(place: &str) -> Result<(String, i64)> {
    match place.split_once(' ') {
        Some((id, seq)) => Ok((id.to_owned(), seq.parse().map_err(Error::internal)?)),
        None => Ok((String::new(), 0)),
    }
}
