//! Where the columns of a file most probably go.

use std::collections::{HashMap, HashSet};

use kernel::Result;

use super::{Column, Mapping, mapping::Target, options::Values};
use crate::{
    definition::{Definition, Kind},
    exports::{
        Format, NewExport,
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
        let names: HashSet<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let ours = |words: &[&str]| words.iter().all(|word| names.contains(word));
        let (by_label, by_key) = (ours(&["Id", "Received at"]), ours(&["id", "received_at"]));
        let is_line = by_key && ours(&["form_version", "tray"]);
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
        let keys = columns.iter().filter(|it| form.field(&it.name).is_some()).count();
        let labels =
            columns.iter().filter(|it| form.fields.iter().any(|f| f.label == it.name)).count();
        let stored = by_key || (!by_label && keys > labels);
        (mapping, if stored { Values::Stored } else { Values::Labels })
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
        let plain = name.trim().trim_end_matches([':', '*', ' ']).to_lowercase();
        let mut alike = form.fields.iter().filter(|field| {
            let label = field.label.trim().trim_end_matches([':', '*', ' ']).to_lowercase();
            field.kind.is_question() && (label == plain || field.key == plain.replace(' ', "_"))
        });
        match (alike.next(), alike.next()) {
            (Some(field), None) => return answer(&field.key),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        let envelope = self.keys.get(name).or_else(|| self.labels.get(name));
        let time = || TIMES.contains(&plain.as_str()).then_some(Target::SubmittedAt);
        envelope.cloned().unwrap_or_else(time)
    }

    /// Whether a name is one of our own that goes nowhere.
    pub(super) fn is_beside(&self, name: &str) -> bool {
        self.keys.get(name).is_some_and(Option::is_none) || BESIDE.contains(&name)
    }
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
