//! Exports in every state, and the standing orders beside them.

use std::time::Duration;

use db::Json;
use kernel::{Fields, WorkspaceId};
use ui::Sample;
use web::Page;

use super::{ORIGIN, READER, VIEWER, form, id, moment, small};
use crate::{
    exports::{
        Export, ExportId, Format, NewExport, Status,
        schedule::Schedule,
        views::{self, Attempt, Desk},
    },
    forms::Form,
    pages::Viewer,
    submissions::column,
};

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

pub(super) fn samples() -> Vec<Sample> {
    let form = form(&small(), 3, true);
    let all = [Status::Waiting, Status::Running, Status::Done, Status::Failed, Status::Cancelled];
    let exports = all.iter().zip(0..).map(|(status, place)| export(&form, *status, place));
    let full = Page { data: exports.collect(), next_cursor: None };
    let none = Page { data: Vec::new(), next_cursor: None };
    let schedules = [schedule(&form)];
    let (fine, nothing) = (Fields::new(), Vec::new());
    let usual = Attempt { pairs: &nothing, problems: &fine, schedule: false };
    let wrong = Fields::one("at", "invalid", "Write the time of day as 06:30.");
    let only = ["Status: Done", "Country: <b>Japan</b>"].map(str::to_owned);
    let columns = column::as_usual(&small());
    let filter = [
        ("filter", "status=done&answers.country=JP"),
        ("columns", "your_name,status"),
        ("listed_columns", "your_name,status"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let brought = Attempt { pairs: &filter, problems: &fine, schedule: false };
    let sent = [("at", "half past <b>six</b>"), ("q", "tanaka <b>")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let refused = Attempt { pairs: &sent, problems: &wrong, schedule: true };
    let show = |viewer: Viewer<'static>, exports, schedules, attempt| {
        let may_schedule = viewer.writes;
        let now = moment();
        views::body(&Desk {
            viewer,
            form: &form,
            may_schedule,
            exports,
            schedules,
            first: true,
            attempt,
            only: &only,
            columns: &columns,
            now,
        })
    };
    vec![
        Sample::new("exports", "In every state", show(VIEWER, &full, &schedules, &usual)),
        Sample::new("exports", "From a list that was filtered", show(VIEWER, &none, &[], &brought)),
        Sample::new("exports", "A schedule refused", show(VIEWER, &none, &[], &refused)),
        Sample::new("exports", "For those who may only read", show(READER, &none, &[], &usual)),
    ]
}

fn export(form: &Form, status: Status, place: i64) -> Export {
    let done = status == Status::Done;
    let format = match status {
        Status::Failed => Format::Xlsx,
        _ => Format::ALL[usize::try_from(place).unwrap_or(0) % 4],
    };
    let mut request = NewExport::of(format);
    request.q = (status == Status::Running).then(|| "tanaka <b>".to_owned());
    Export {
        workspace_id: id::<WorkspaceId>("wsp"),
        id: numbered(place),
        form_id: form.id,
        request: Json::of(&request).unwrap_or_else(|_| unreachable!("it is plain data")),
        requested_by: "usr_1".into(),
        schedule_id: done.then(|| "exs_1".to_owned()),
        origin: ORIGIN.into(),
        slug: "acme".into(),
        status: status.word().into(),
        rows_done: place * 204_000,
        rows_total: (status == Status::Running).then_some(1_000_000),
        bytes: place * 48_210_000,
        error: (status == Status::Failed).then(|| TOO_LONG.to_owned()),
        file_id: done.then(|| id("fil")),
        last_number: None,
        kept_days: 7,
        created_at: moment(),
        finished_at: None,
        expires_at: moment().plus(WEEK),
    }
}

const TOO_LONG: &str = "“Your message” of submission #9950 has 40000 characters; a cell of Excel holds 32767. \
                        Export CSV, JSON lines or Parquet, or leave this column out.";

fn numbered(place: i64) -> ExportId {
    let made = format!("exp_01kw3qv8x8e2r9t0c4m5n6p7q{place}").parse();
    made.unwrap_or_else(|_| unreachable!("a sample id is well formed"))
}

fn schedule(form: &Form) -> Schedule {
    let request = NewExport::of(Format::Csv);
    Schedule {
        workspace_id: id::<WorkspaceId>("wsp"),
        id: id("exs"),
        form_id: form.id,
        request: Json::of(&request).unwrap_or_else(|_| unreachable!("it is plain data")),
        origin: ORIGIN.into(),
        slug: "acme".into(),
        every: "week".into(),
        on_day: 1,
        at_time: "06:30".into(),
        time_zone: "Europe/Berlin".into(),
        kept_days: 30,
        created_by: "usr_1".into(),
        created_at: moment(),
        next_at: moment().plus(WEEK),
    }
}
