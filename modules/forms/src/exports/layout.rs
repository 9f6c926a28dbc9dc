//! The columns of an export: those of the envelope, and the questions of all versions of a form.

use std::collections::{HashMap, HashSet};

use db::Tx;
use files::{FileId, StoredFile};
use jiff::tz::TimeZone;
use kernel::{Error, Result};

use super::{
    Format,
    cells::Cell,
    desk_names::Names,
    envelope::{self, ENVELOPE, ON_DEMAND, Shape, Source, is_envelope},
    options::Options,
    request::{Headers, NewExport, Values},
};
use crate::{
    answers::{Answers, Value},
    definition::{Definition, Field, Kind},
    forms::{self, Form},
    paths,
    submissions::{Submission, counts::store::zone_of, walk::Entry},
};

/// One column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) key: String,
    pub(crate) header: String,
    pub(crate) shape: Shape,
    source: Source,
    /// The options of all versions; for questions that have some.
    options: Option<Options>,
    files: bool,
}

/// All columns of an export.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) columns: Vec<Column>,
    pub(crate) values: Values,
    /// The places of the questions by their keys.
    answers: HashMap<String, usize>,
    /// Whether what is several in one text must be told apart again.
    quoting: bool,
    /// Where links lead: scheme and host, and the workspace's slug.
    links: (String, String),
    names: Names,
    /// Of the times, where they are not written in UTC.
    pub(super) zone: Option<TimeZone>,
}

/// Reads all versions of a form, one at a time, and lays out what was asked for.
pub(crate) async fn of_form(
    tx: &mut Tx,
    form: &Form,
    request: &NewExport,
    links: (String, String),
) -> Result<Layout> {
    let mut layout = questions_of(tx, form).await?.laid_out(request, links)?;
    if layout.columns.iter().any(|column| column.source.is_of_desk()) {
        layout.names = Names::of(tx, form.id).await?;
    }
    if let Some(zone) = times_in(tx, request).await? {
        layout.tell_times_in(&zone, request)?;
    }
    Ok(layout)
}

/// The zone of the times: as it was asked for, or in workbooks by whose days the workspace counts.
async fn times_in(tx: &mut Tx, request: &NewExport) -> Result<Option<String>> {
    match (&request.time_zone, request.format) {
        (Some(zone), _) => Ok(Some(zone.clone())),
        (None, Format::Xlsx) => zone_of(tx).await.map(Some),
        (None, _) => Ok(None),
    }
}

/// The questions of all versions of a form.
pub(crate) async fn questions_of(tx: &mut Tx, form: &Form) -> Result<Questions> {
    let mut questions = Questions::default();
    let mut before = i64::MAX;
    while let Some((version, document)) =
        forms::store::find_version_below(tx, form.id, before).await?
    {
        questions.add(&document.read()?);
        before = version;
    }
    if before == i64::MAX {
        // Never published: nothing came in, but the columns can be shown.
        questions.add(&form.definition()?);
    }
    Ok(questions)
}

/// The questions of all versions, the newest version first.
#[derive(Clone, Default)]
pub(crate) struct Questions {
    columns: Vec<Column>,
    places: HashMap<String, usize>,
}

impl Questions {
    /// Adds what an older version asked.
    pub(crate) fn add(&mut self, definition: &Definition) {
        for field in definition.fields.iter().filter(|field| field.kind.is_question()) {
            match self.places.get(&field.key) {
                Some(&place) => self.columns[place].unite(field),
                None => {
                    self.places.insert(field.key.clone(), self.columns.len());
                    self.columns.push(Column::of(field));
                }
            }
        }
    }

    /// How the options of a question are written, if it has some.
    pub(crate) fn options(&self, key: &str) -> Option<&Options> {
        self.places.get(key).and_then(|place| self.columns[*place].options.as_ref())
    }

    /// Lays them out for one request, whose columns may be none of them: that is told by name.
    pub(crate) fn laid_out(self, request: &NewExport, links: (String, String)) -> Result<Layout> {
        Layout::new(self.columns, request, links)
    }
}

impl Column {
    /// One that is no answer.
    fn own((source, key, header, shape): (Source, &str, &str, Shape)) -> Self {
        Column {
            key: key.to_owned(),
            header: header.to_owned(),
            shape,
            source,
            options: None,
            files: false,
        }
    }

    fn of(field: &Field) -> Self {
        let mut column = Column {
            key: field.key.clone(),
            header: field.label.clone(),
            shape: shape(&field.kind),
            source: Source::Answer,
            options: None,
            files: matches!(field.kind, Kind::File(_)),
        };
        column.take_options(field);
        column
    }

    /// The same question in an older version: its type may have been another.
    fn unite(&mut self, older: &Field) {
        if self.header.is_empty() {
            self.header.clone_from(&older.label);
        }
        self.shape = match (self.shape, shape(&older.kind)) {
            (one, other) if one == other => one,
            (Shape::Integer, Shape::Number) | (Shape::Number, Shape::Integer) => Shape::Number,
            _ => Shape::Text,
        };
        self.files |= matches!(older.kind, Kind::File(_));
        self.take_options(older);
    }

    fn take_options(&mut self, field: &Field) {
        if !field.kind.options().is_empty() {
            self.options.get_or_insert_default().add(field);
        }
    }

    /// The key of the question whose answers stand in it, if it is one.
    pub(crate) fn question(&self) -> Option<&str> {
        (self.source == Source::Answer).then_some(self.key.as_str())
    }
}

fn shape(kind: &Kind) -> Shape {
    match kind {
        Kind::Number(_) => Shape::Number,
        Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => Shape::Integer,
        Kind::YesNo | Kind::Consent(_) => Shape::Flag,
        Kind::Date(_) => Shape::Date,
        Kind::Choices(_) | Kind::File(_) => Shape::List,
        _ => Shape::Text,
    }
}

impl Layout {
    fn new(questions: Vec<Column>, request: &NewExport, links: (String, String)) -> Result<Self> {
        let (behind, mut columns): (Vec<Column>, Vec<Column>) =
            envelope().partition(|column| column.source.is_behind());
        columns.extend(questions);
        columns.extend(behind);
        if let Some(wanted) = &request.columns {
            let on_demand: Vec<Column> = ON_DEMAND.into_iter().map(Column::own).collect();
            columns = chosen(&on_demand, &columns, wanted)?;
        }
        name(&mut columns, request.headers());
        let is_answer = |(_, column): &(usize, &Column)| column.source == Source::Answer;
        let answers = columns.iter().enumerate().filter(is_answer);
        let answers = answers.map(|(place, column)| (column.key.clone(), place)).collect();
        let quoting = request.format != Format::Parquet;
        let names = Names::default();
        let (values, zone) = (request.values(), None);
        Ok(Layout { values, answers, columns, quoting, links, names, zone })
    }

    /// A cell of a workbook says no zone, so its column does.
    fn tell_times_in(&mut self, name: &str, request: &NewExport) -> Result<()> {
        self.zone = Some(TimeZone::get(name).map_err(Error::internal)?);
        if request.format == Format::Xlsx && request.headers() == Headers::Labels {
            for column in self.columns.iter_mut().filter(|it| it.shape == Shape::Moment) {
                column.header = format!("{} ({name})", column.header);
            }
        }
        Ok(())
    }

    /// The files that a row names, when they are written by name.
    pub(crate) fn files(&self, answers: &[(String, Value)]) -> Vec<FileId> {
        let mut ids = Vec::new();
        if self.values == Values::Labels {
            for (key, value) in answers {
                if let (Some(&place), Value::List(items)) = (self.answers.get(key), value)
                    && self.columns[place].files
                {
                    ids.extend(items.iter().filter_map(|id| id.parse::<FileId>().ok()));
                }
            }
        }
        ids
    }

    /// Whether rows may name files that are written by name.
    pub(crate) fn names_files(&self) -> bool {
        self.values == Values::Labels && self.columns.iter().any(|column| column.files)
    }

    /// One row: as many cells as there are columns.
    pub(crate) fn row(
        &self,
        entry: &Entry,
        answers: Vec<(String, Value)>,
        files: &HashMap<FileId, StoredFile>,
    ) -> Vec<Cell> {
        let Entry { submission, state } = entry;
        let beside = |column: &Column| match column.source.is_of_desk() {
            true => self.names.cell(column.source, state, self.values, self.quoting),
            false => envelope::cell(column.source, submission),
        };
        let mut cells: Vec<Cell> = self.columns.iter().map(beside).collect();
        for (key, value) in answers {
            if let Some(&place) = self.answers.get(&key) {
                cells[place] = self.answer(&self.columns[place], submission, value, files);
            }
        }
        cells
    }

    fn answer(
        &self,
        column: &Column,
        submission: &Submission,
        value: Value,
        files: &HashMap<FileId, StoredFile>,
    ) -> Cell {
        let labels = self.values == Values::Labels;
        match value {
            Value::Text(text) if labels => match &column.options {
                Some(options) => Cell::Text(options.written(&text, self.quoting, false)),
                None => Cell::Text(text),
            },
            Value::Text(text) => Cell::Text(text),
            Value::Integer(number) => Cell::Integer(number),
            Value::Decimal(number) => Cell::Decimal(number),
            Value::Flag(flag) => Cell::Flag(flag),
            Value::List(items) if labels && column.files => {
                Cell::List(items.iter().map(|id| self.file(id, submission, files)).collect())
            }
            Value::List(items) if labels => {
                let none = Options::default();
                let options = column.options.as_ref().unwrap_or(&none);
                let written = |item: &String| options.written(item, self.quoting, true);
                Cell::List(items.iter().map(written).collect())
            }
            Value::List(items) => Cell::List(items),
        }
    }

    /// `cv.pdf (https://…)`; the id alone of a file that is not this submission's.
    fn file(
        &self,
        text: &str,
        submission: &Submission,
        files: &HashMap<FileId, StoredFile>,
    ) -> String {
        let owner = submission.id.to_string();
        let file = text.parse().ok().and_then(|id: FileId| files.get(&id));
        match file.filter(|file| file.owner.as_deref() == Some(&owner)) {
            Some(file) => {
                let (origin, slug) = &self.links;
                let path = paths::submission_file(slug, submission.id, text);
                format!("{} ({origin}{path})", file.name)
            }
            None => text.to_owned(),
        }
    }
}

fn envelope() -> impl Iterator<Item = Column> {
    ENVELOPE.into_iter().map(Column::own)
}

/// A word that is one of ours means ours; the answer to a question of that key is named in full.
fn chosen(on_demand: &[Column], columns: &[Column], wanted: &[String]) -> Result<Vec<Column>> {
    let mut found: Vec<Column> = Vec::with_capacity(wanted.len());
    let mut taken = HashSet::new();
    for name in wanted {
        let key = name.strip_prefix("answers.");
        let column = on_demand.iter().chain(columns).find(|column| match key {
            Some(key) => column.source == Source::Answer && column.key == key,
            None => column.key == *name,
        });
        let Some(column) = column else {
            let message = format!("The form has no column “{name}” in any version.");
            return Err(Error::invalid("columns", "unknown_column", message));
        };
        if taken.insert((column.source == Source::Answer, column.key.clone())) {
            found.push(column.clone());
        }
    }
    Ok(found)
}

/// Gives each column a name of its own.
fn name(columns: &mut [Column], headers: Headers) {
    if headers == Headers::Keys {
        let own = columns.iter().filter(|column| column.source != Source::Answer);
        let own: HashSet<String> = own.map(|column| column.key.clone()).collect();
        for column in columns.iter_mut() {
            let ours = is_envelope(&column.key) || own.contains(&column.key);
            let doubtful = column.source == Source::Answer && ours;
            column.header =
                if doubtful { format!("answers.{}", column.key) } else { column.key.clone() };
        }
        return;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for column in columns.iter_mut() {
        if column.header.trim().is_empty() {
            column.header.clone_from(&column.key);
        }
        *counts.entry(column.header.clone()).or_default() += 1;
    }
    let mut taken = HashSet::new();
    for column in columns.iter_mut() {
        if counts[&column.header] > 1 && column.source == Source::Answer {
            column.header = format!("{} ({})", column.header, column.key);
        }
        // Another question may be called just so: then it gives way.
        while !taken.insert(column.header.clone()) {
            column.header = format!("{} ({})", column.header, column.key);
        }
    }
}

/// The answers of a submission as they are stored.
pub(crate) fn answers_of(submission: &Submission) -> Result<Vec<(String, Value)>> {
    Answers::stored_values(&submission.answers.0).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::exports::Format;

    fn layout(versions: &[serde_json::Value], request: NewExport) -> Result<Layout> {
        let mut questions = Questions::default();
        for fields in versions {
            questions.add(&Definition::from_fields(fields.clone()).expect("a sound form"));
        }
        Layout::new(questions.columns, &request, ("https://x".into(), "acme".into()))
    }

    fn headers(layout: &Layout) -> Vec<&str> {
        layout.columns.iter().map(|column| column.header.as_str()).collect()
    }

    #[test]
    fn versions_are_united_by_key_and_named_by_the_newest() {
        let newest = json!([
            {"key": "mail", "type": "email", "label": "Where do we write to?"},
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "nick", "type": "short_text", "label": "Name"},
            {"key": "number", "type": "number", "label": "Number"},
        ]);
        let oldest = json!([
            {"key": "mail", "type": "short_text", "label": "E-mail"},
            {"key": "fax", "type": "phone", "label": "Fax"},
        ]);
        let both = [newest, oldest];
        let csv = layout(&both, NewExport::of(Format::Csv)).expect("columns");
        let wanted = [
            "Number",
            "Id",
            "Received at",
            "Submitted at",
            "Version",
            "Source",
            "Where do we write to?",
            "Name (name)",
            "Name (nick)",
            "Number (number)",
            "Fax",
            "Status",
            "Assignee",
            "Tags",
            "Metadata",
        ];
        assert_eq!(headers(&csv), wanted);
        let keys = NewExport {
            columns: Some(["number", "fax", "answers.number"].map(str::to_owned).to_vec()),
            ..NewExport::of(Format::Parquet)
        };
        let keys = layout(&both, keys).expect("columns");
        assert_eq!(headers(&keys), ["number", "fax", "answers.number"]);
        assert_eq!(keys.columns[2].shape, Shape::Number);
        let unknown =
            NewExport { columns: Some(vec!["colour".into()]), ..NewExport::of(Format::Csv) };
        assert!(layout(&both, unknown).is_err());
    }

    #[test]
    fn a_text_of_ones_own_is_never_taken_for_a_label() {
        let field = |options| json!([{"key": "pick", "type": "choices", "label": "Pick", "options": options, "other": true}]);
        let newest =
            field(json!([{"value": "a", "label": "First"}, {"value": "b", "label": "Twin"},
                                  {"value": "d", "label": "x; y"}]));
        let oldest =
            field(json!([{"value": "c", "label": "Twin"}, {"value": "a", "label": "One"}]));
        let layout = layout(&[newest, oldest], NewExport::of(Format::Csv)).expect("columns");
        let options = layout.columns.iter().find_map(|column| column.options.as_ref());
        let options = options.expect("options");
        let written =
            ["a", "First", "b", "d", "own", "p; q"].map(|value| options.written(value, true, true));
        assert_eq!(written, ["First", "\"First\"", "b", "d", "own", "\"p; q\""]);
    }
}
