//! Imports in every state, and their columns.

use db::Json;
use kernel::{Fields, WorkspaceId};
use ui::Sample;
use web::Page;

use super::{READER, VIEWER, form, id, moment, small};
use crate::{
    forms::Form,
    imports::{
        Column, Format, Import, ImportId, Mapping, Options, Status, Task,
        encoding::Encoding,
        store::ErrorRow,
        views::{
            self, Desk, one,
            sheet::{Attempt, Sheet},
        },
    },
    pages::Viewer,
};

pub(super) fn samples() -> Vec<Sample> {
    let (published, draft) = (form(&small(), 3, true), form(&small(), 0, false));
    let states = [
        (Task::Check, Status::Draft),
        (Task::Check, Status::Done),
        (Task::Run, Status::Waiting),
        (Task::Run, Status::Running),
        (Task::Run, Status::Done),
        (Task::Run, Status::Failed),
        (Task::Run, Status::Cancelled),
        (Task::Removal, Status::Running),
        (Task::Removal, Status::Done),
    ];
    let imports: Vec<Import> =
        states.iter().zip(0..).map(|(state, place)| import(&published, *state, place)).collect();
    let full = Page { data: imports.clone(), next_cursor: None };
    let none = Page { data: Vec::new(), next_cursor: None };
    let desk = |form, imports, refusal| {
        views::body(&Desk { viewer: VIEWER, form, imports, first: true, refusal })
    };
    let refused =
        Some("The columns 1 and 4 are both called “<b>Name</b>”. Give each a name of its own.");
    let mut samples = vec![
        Sample::new("imports", "In every state", desk(&published, &full, None)),
        Sample::new("imports", "A file refused", desk(&published, &none, refused)),
        Sample::new("imports", "Before the form is published", desk(&draft, &none, None)),
    ];
    let names = ["Columns", "Checked", "Running", "Imported", "Failed", "Being taken back"];
    for (name, place) in names.into_iter().zip([0, 1, 3, 4, 5, 7]) {
        samples.push(Sample::new("import", name, sheet(VIEWER, &published, &imports[place])));
    }
    samples.push(Sample::new("import", "For a reader", sheet(READER, &published, &imports[4])));
    samples
}

fn sheet(viewer: Viewer<'static>, form: &Form, import: &Import) -> maud::Markup {
    let problems = match import.status() {
        Status::Draft => {
            Fields::one("mapping.E-mail", "unknown_field", "There is no <b>such</b> question.")
        }
        _ => Fields::new(),
    };
    let errors = errors(import);
    one::body(&Sheet {
        viewer,
        deletes: viewer.writes,
        form,
        import,
        definition: &small(),
        columns: columns(),
        mapping: mapping(),
        options: options(),
        errors: &errors,
        first: true,
        attempt: Attempt { pairs: &[], problems: &problems },
    })
}

fn columns() -> Vec<Column> {
    let column = |name: &str, samples: &[&str]| Column {
        name: name.to_owned(),
        samples: samples.iter().map(|it| (*it).to_owned()).collect(),
        seen: Vec::new(),
    };
    vec![
        column("Name", &["Ada Byron", "Grace <b>Hopper</b>", "田中さん"]),
        column("E-mail", &["ada@example.com", "grace@example.com"]),
        column("Where did you hear of us, in as many words as you like?", &[]),
        column("Timestamp", &["2024-05-01 10:00:00"]),
    ]
}

fn mapping() -> Mapping {
    let goes = [("Name", "your_name"), ("E-mail", "e_mail"), ("Timestamp", "submitted_at")];
    goes.map(|(column, word)| (column.to_owned(), Some(word.to_owned()))).into_iter().collect()
}

fn options() -> Options {
    Options::of(Format::Csv, Encoding::Windows1252)
}

fn errors(import: &Import) -> Page<ErrorRow> {
    let row = |(column, message, value, line): (Option<&str>, &str, &str, i64)| ErrorRow {
        position: line,
        row_number: line - 1,
        line,
        column_name: column.map(str::to_owned),
        field: "answers.e_mail".into(),
        code: "not_an_email".into(),
        message: message.into(),
        value: value.into(),
    };
    let found = [
        (
            Some("E-mail"),
            "Write an e-mail address, such as ada@example.com.",
            "ada<at>example.com",
            17,
        ),
        (
            None,
            "This row has 5 cells, and the first line of the file 4. Is a delimiter missing?",
            "",
            204_117,
        ),
    ];
    let told = import.errors_kept > 0;
    Page { data: found.into_iter().filter(|_| told).map(row).collect(), next_cursor: None }
}

fn import(form: &Form, (task, status): (Task, Status), place: i64) -> Import {
    let plain = |json: kernel::Result<Json>| json.unwrap_or_else(|_| unreachable!("plain data"));
    let begun = status != Status::Draft && status != Status::Waiting;
    let stored = task != Task::Check && begun;
    Import {
        workspace_id: id::<WorkspaceId>("wsp"),
        id: numbered(place),
        form_id: form.id,
        name: "answers of <b>2024</b>.csv".into(),
        format: "csv".into(),
        file_id: Some(id("fil")),
        bytes: 48_210_000,
        columns: plain(Json::of(&columns())),
        mapping: plain(Json::of(&mapping())),
        options: plain(Json::of(&options())),
        created_by: "usr_1".into(),
        task: task.word().into(),
        status: status.word().into(),
        bytes_done: if begun { 31_000_000 } else { 0 },
        rows_done: if begun { 204_000 } else { 0 },
        rows_stored: if begun { 203_998 } else { 0 },
        rows_refused: if begun { 2 } else { 0 },
        errors_kept: if begun { 2 } else { 0 },
        reached: if stored && status != Status::Done || task == Task::Run && begun {
            205_000
        } else {
            0
        },
        rows_removed: if task == Task::Removal { 120_000 } else { 0 },
        error: (status == Status::Failed)
            .then(|| "The row that begins in line 204117 is longer than 4 MiB.".into()),
        created_at: moment(),
        finished_at: None,
        expires_at: Some(moment()),
    }
}

fn numbered(place: i64) -> ImportId {
    let made = format!("imp_01kw3qv8x8e2r9t0c4m5n6p7q{place}").parse();
    made.unwrap_or_else(|_| unreachable!("a sample id is well formed"))
}
