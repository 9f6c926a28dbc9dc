//! Where the columns of a file most probably go.

use std::collections::{HashMap, HashSet};

use kernel::Result;

use super::{
    Column, Mapping, dates,
    guesses::guesses,
    mapping::Target,
    numbers,
    options::{Dates, Values},
    values::takes_number,
};
use crate::{
    definition::{Definition, Field, Kind},
    exports::{
        Format, NewExport,
        decimal::Decimal,
        layout::{self, Layout, Questions},
        request::Headers,
    },
};

/// What the columns of our own exports are called, and where they go: nowhere, some of them.
pub(super) struct Names {
    labels: HashMap<String, Option<Target>>,
    keys: HashMap<String, Option<Target>>,
}

/// Names that other programs have for the time of an answer.
const TIMES: [&str; 7] = [
    "timestamp",
    "submitted",
    "submitted at",
    "submission date",
    "date submitted",
    "submitted on",
    "zeitstempel",
];

/// Columns that tell an export of ours, with labels or with keys.
const BY_LABEL: &[&str] = &["Id", "Received at"];
const BY_KEY: &[&str] = &["id", "received_at"];

fn has(columns: &[Column], names: &[&str]) -> bool {
    names.iter().all(|name| columns.iter().any(|column| column.name == *name))
}

/// What our lines say of a submission beside what exports have as columns.
const BESIDE: [&str; 8] = [
    "form_id",
    "form_version",
    "status",
    "tray",
    "spam_reason",
    "assignee",
    "tags",
    "comment_count",
];

impl Names {
    /// The names that these questions have in exports.
    pub(super) fn of(questions: &Questions) -> Result<Self> {
        let named = |headers| {
            let request = NewExport { headers: Some(headers), ..NewExport::of(Format::Csv) };
            let layout = questions.clone().laid_out(&request, Default::default())?;
            Ok::<_, kernel::Error>(layout_names(&layout))
        };
        Ok(Names { labels: named(Headers::Labels)?, keys: named(Headers::Keys)? })
    }

    /// Where each column goes, and how its values are written.
    pub(super) fn suggest(&self, columns: &[Column], form: &Definition) -> (Mapping, Values) {
        let (by_label, by_key) = (has(columns, BY_LABEL), has(columns, BY_KEY));
        let is_line = by_key && has(columns, &["form_version", "tray"]);
        let mut taken = HashSet::new();
        let mut mapping = Mapping::new();
        for Column { name, .. } in columns {
            let known = match (by_key, by_label) {
                _ if is_line && BESIDE.contains(&name.as_str()) => Some(&None),
                (true, _) => self.keys.get(name),
                (_, true) => self.labels.get(name),
                _ => None,
            };
            let target = match known {
                Some(target) => target.clone(),
                None => self.guess(name, form),
            };
            let free =
                target.filter(|target| is_possible(target, form) && taken.insert(target.clone()));
            mapping.insert(name.clone(), free.map(|target| target.word()));
        }
        self.fill(columns, form, &mut mapping, &taken);
        let keys = columns.iter().filter(|it| form.field(&it.name).is_some()).count();
        let labels =
            columns.iter().filter(|it| form.fields.iter().any(|f| f.label == it.name)).count();
        let stored = by_key || (!by_label && keys > labels);
        (mapping, if stored { Values::Stored } else { Values::Labels })
    }

    /// Guesses by their values where columns go whose names say nothing.
    fn fill(
        &self,
        columns: &[Column],
        form: &Definition,
        mapping: &mut Mapping,
        taken: &HashSet<Target>,
    ) {
        let is_open = |column: &&Column| {
            mapping.get(&column.name) == Some(&None) && !self.is_known(&column.name, form)
        };
        let target = |field: &Field| Target::Answer(field.key.clone());
        let columns: Vec<&Column> = columns.iter().filter(is_open).collect();
        let is_free = |field: &&Field| {
            let target = target(field);
            is_possible(&target, form) && !taken.contains(&target)
        };
        let fields: Vec<&Field> = form.fields.iter().filter(is_free).collect();
        for (column, field) in guesses(&columns, &fields) {
            mapping.insert(columns[column].name.clone(), Some(target(fields[field]).word()));
        }
    }

    /// Whether a name says something, be it that the column is left out, or two things.
    fn is_known(&self, name: &str, form: &Definition) -> bool {
        let key = name.strip_prefix("answers.").unwrap_or(name);
        let known = self.keys.contains_key(name) || self.labels.contains_key(name);
        known
            || self.is_beside(name)
            || form.field(key).is_some()
            || alike(name, form).next().is_some()
    }

    /// Where one column goes, whatever file it is in.
    pub(super) fn guess(&self, name: &str, form: &Definition) -> Option<Target> {
        let answer = |key: &str| Some(Target::Answer(key.to_owned()));
        let key = name.strip_prefix("answers.").unwrap_or(name);
        if form.field(key).is_some_and(|field| field.kind.is_question()) {
            return answer(key);
        }
        if let Some(Some(target @ Target::Answer(_))) = self.labels.get(name) {
            return Some(target.clone());
        }
        let mut alike = alike(name, form);
        match (alike.next(), alike.next()) {
            (Some(field), None) => return answer(&field.key),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        let envelope = self.keys.get(name).or_else(|| self.labels.get(name));
        let time = || TIMES.contains(&plain(name).as_str()).then_some(Target::SubmittedAt);
        envelope.cloned().unwrap_or_else(time)
    }

    /// Whether a name is one of our own that goes nowhere.
    pub(super) fn is_beside(&self, name: &str) -> bool {
        self.keys.get(name).is_some_and(Option::is_none) || BESIDE.contains(&name)
    }
}

/// The order of days in a file, if its first rows show it.
pub(super) fn dates(columns: &[Column], mapping: &Mapping, form: &Definition) -> Option<Dates> {
    let is_moment = |target: &Target| match target {
        Target::SubmittedAt | Target::ReceivedAt => true,
        Target::Answer(key) => form.field(key).is_some_and(|it| matches!(it.kind, Kind::Date(_))),
        Target::Metadata => false,
    };
    dates::order(shown(columns, mapping, is_moment))
}

/// What stands before the fraction of numbers, if the first rows show it.
pub(super) fn decimal(columns: &[Column], mapping: &Mapping, form: &Definition) -> Option<Decimal> {
    let is_number = |target: &Target| matches!(target, Target::Answer(key) if form.field(key).is_some_and(|it| takes_number(&it.kind)));
    let ours = has(columns, BY_LABEL) || has(columns, BY_KEY);
    numbers::decimal(shown(columns, mapping, is_number), ours)
}

/// What stands in the columns that go to targets of a kind, or where none does, in those that go nowhere.
fn shown<'a>(
    columns: &'a [Column],
    mapping: &Mapping,
    is_wanted: impl Fn(&Target) -> bool,
) -> impl Iterator<Item = &'a str> {
    let goes = |column: &Column| mapping.get(&column.name)?.as_deref().map(Target::named);
    let (wanted, others): (Vec<&Column>, Vec<&Column>) =
        columns.iter().partition(|column| goes(column).as_ref().is_some_and(&is_wanted));
    let looked: Vec<&Column> = match wanted.is_empty() {
        true => others.into_iter().filter(|column| goes(column).is_none()).collect(),
        false => wanted,
    };
    looked.into_iter().flat_map(|column| column.seen.iter().map(String::as_str))
}

/// The name without what forms add to it, in small letters.
fn plain(name: &str) -> String {
    name.trim().trim_end_matches([':', '*', ' ']).to_lowercase()
}

/// The questions that a name may mean.
fn alike<'a>(name: &str, form: &'a Definition) -> impl Iterator<Item = &'a Field> {
    let name = plain(name);
    form.fields.iter().filter(move |field| {
        let is_its = plain(&field.label) == name || field.key == name.replace(' ', "_");
        field.kind.is_question() && is_its
    })
}

fn is_possible(target: &Target, form: &Definition) -> bool {
    let Target::Answer(key) = target else { return true };
    form.field(key)
        .is_some_and(|field| field.kind.is_question() && !matches!(field.kind, Kind::File(_)))
}

fn layout_names(layout: &Layout) -> HashMap<String, Option<Target>> {
    let target = |column: &layout::Column| match column.question() {
        Some(key) => Some(Target::Answer(key.to_owned())),
        None => match Target::named(&column.key) {
            Target::Answer(_) => None,
            envelope => Some(envelope),
        },
    };
    layout.columns.iter().map(|column| (column.header.clone(), target(column))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn suggest(names: &[&str]) -> (Vec<Option<String>>, Values) {
        let form = Definition::from_fields(json!([
            {"key": "full_name", "type": "short_text", "label": "Your name"},
            {"key": "number", "type": "number", "label": "Number"},
            {"key": "cv", "type": "file", "label": "CV"},
            {"key": "one", "type": "short_text", "label": "Twice"},
            {"key": "two", "type": "short_text", "label": "Twice"},
        ]))
        .expect("a sound form");
        let mut questions = Questions::default();
        questions.add(&form);
        let columns: Vec<Column> =
            names.iter().map(|name| Column::new((*name).to_owned())).collect();
        let names_of = Names::of(&questions).expect("names");
        let (mapping, values) = names_of.suggest(&columns, &form);
        (names.iter().map(|name| mapping[*name].clone()).collect(), values)
    }

    fn words(found: &[Option<String>]) -> Vec<&str> {
        found.iter().map(|word| word.as_deref().unwrap_or("-")).collect()
    }

    #[test]
    fn our_own_exports_are_known_by_their_headers() {
        let labels = [
            "Number",
            "Id",
            "Received at",
            "Submitted at",
            "Your name",
            "Number (number)",
            "CV",
            "Twice (one)",
            "Twice (two)",
            "Metadata",
        ];
        let (found, values) = suggest(&labels);
        let wanted = [
            "-",
            "-",
            "received_at",
            "submitted_at",
            "full_name",
            "number",
            "-",
            "one",
            "two",
            "metadata",
        ];
        assert_eq!((words(&found), values), (wanted.to_vec(), Values::Labels));
        let keys = ["number", "id", "received_at", "answers.number", "full_name", "cv", "two"];
        let (found, values) = suggest(&keys);
        let wanted = ["-", "-", "received_at", "number", "full_name", "-", "two"];
        assert_eq!((words(&found), values), (wanted.to_vec(), Values::Stored));
    }

    #[test]
    fn files_of_others_are_matched_by_label_and_key() {
        let (found, _) =
            suggest(&["YOUR NAME*", "number", "Timestamp", "Colour", "Twice", "Full name"]);
        assert_eq!(words(&found), ["full_name", "number", "submitted_at", "-", "-", "-"]);
    }
}
