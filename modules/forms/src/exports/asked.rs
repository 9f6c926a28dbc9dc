//! What the forms of the page send, made into what the API takes.

use kernel::{Fields, Timestamp};
use serde_json::json;

use super::{
    Format, NewExport,
    decimal::Decimal,
    delimiter::Delimiter,
    request::{Formulas, Headers, Values},
    schedule::{Every, NewSchedule},
};
use crate::{calendar::calendar_date, choices::Few, pages::sent, submissions::place::Place};

/// The choice of all columns, whatever the list showed.
pub(crate) const ALL: &str = "all";

/// The export that a form of the page asks for. Days are those of UTC, both included.
pub(crate) fn asked(pairs: &[(String, String)]) -> Result<NewExport, Fields> {
    let mut problems = Fields::new();
    let given = |name| sent(pairs, name).map(str::trim).filter(|text| !text.is_empty());
    let format = Format::ALL.into_iter().find(|format| Some(format.word()) == given("format"));
    problems.check(format.is_some(), "format", "required", "Choose a format.");
    let delimiter = given("delimiter").map_or(Some(Delimiter::default()), Delimiter::named);
    problems.check(delimiter.is_some(), "delimiter", "invalid", "Choose one of these.");
    let decimal = given("decimal").map_or(Some(Decimal::default()), Decimal::named);
    problems.check(decimal.is_some(), "decimal", "invalid", "Choose one of these.");
    let mut day = |name, later| match given(name) {
        None => None,
        Some(text) => {
            let moment = day_start(text, later);
            problems.check(moment.is_some(), name, "not_a_date", "Write the date as 2026-11-21.");
            moment
        }
    };
    let (from, to) = (day("from", 0), day("to", 1));
    problems.into_result()?;
    let wanted = given("headers");
    let keys = wanted == Some("keys");
    Ok(NewExport {
        from,
        to,
        q: given("q").map(str::to_owned),
        filter: given("filter").map(str::to_owned),
        columns: given("columns")
            .filter(|words| *words != ALL)
            .map(|words| words.split(',').map(str::to_owned).collect()),
        time_zone: given("times_in").map(str::to_owned),
        delimiter: delimiter.unwrap_or_default(),
        decimal: decimal.unwrap_or_default(),
        headers: keys.then_some(Headers::Keys),
        values: keys.then_some(Values::Stored),
        formulas: if keys { Formulas::Raw } else { Formulas::Neutralised },
        // People open it with what needs the mark; programs do better without.
        byte_order_mark: !keys,
        ..NewExport::of(format.unwrap_or(Format::Csv))
    })
}

fn day_start(text: &str, later: i64) -> Option<Timestamp> {
    let day = calendar_date(text)?.checked_add(jiff::Span::new().days(later)).ok()?;
    let start = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Timestamp::from_micros(start.timestamp().as_microsecond()))
}

/// The schedule that a form of the page asks for.
pub(crate) fn asked_schedule(pairs: &[(String, String)]) -> Result<NewSchedule, Fields> {
    let mut problems = Fields::new();
    let export = asked(pairs);
    let given = |name| sent(pairs, name).map(str::trim).filter(|text| !text.is_empty());
    let every = Every::ALL.into_iter().find(|every| Some(every.word()) == given("every"));
    problems.check(every.is_some(), "every", "required", "Choose how often.");
    let mut number = |name| match given(name).map(str::parse) {
        Some(Ok(number)) => Some(number),
        None => None,
        Some(Err(_)) => {
            problems.push(name, "invalid", "Write a whole number.");
            None
        }
    };
    let (on_day, kept_days) = (number("on_day"), number("kept_days"));
    if let Err(found) = &export {
        problems.extend(found.clone());
    }
    problems.into_result()?;
    Ok(NewSchedule {
        export: export?,
        every: every.unwrap_or(Every::Day),
        on_day,
        at: given("at").unwrap_or_default().to_owned(),
        time_zone: given("time_zone").map(str::to_owned),
        kept_days,
    })
}

/// What narrows a filter, as names and values.
fn pairs_of(filter: &str) -> Vec<(String, String)> {
    Place::of_query(filter).map(|place| place.filter.pairs()).unwrap_or_default()
}

/// A request in the words of the page, for the list of what was asked for.
pub(crate) fn in_words(request: &NewExport) -> String {
    let mut words = Vec::new();
    let day = |at: Timestamp| at.to_jiff().strftime("%-d %b %Y").to_string();
    match (request.from, request.to) {
        (Some(from), Some(to)) => {
            let last = to.minus(std::time::Duration::from_secs(1));
            words.push(format!("{} to {}", day(from), day(last)));
        }
        (Some(from), None) => words.push(format!("since {}", day(from))),
        (None, Some(to)) => words.push(format!("before {}", day(to))),
        (None, None) => {}
    }
    if let Some(since) = request.since {
        let since = json!(since);
        words.push(format!("after {}", since.as_str().map_or(since.to_string(), str::to_owned)));
    }
    if let Some(q) = request.words() {
        words.push(format!("with “{q}”"));
    }
    for (name, value) in request.filter.iter().flat_map(|filter| pairs_of(filter)) {
        words.push(format!("{}: {value}", name.trim_start_matches("answers.").replace('.', " ")));
    }
    if let Some(zone) = &request.time_zone {
        words.push(format!("times in {zone}"));
    }
    if request.format == Format::Csv && request.delimiter != Delimiter::default() {
        words.push(format!("{} between the cells", request.delimiter.label().to_lowercase()));
    }
    if request.format == Format::Csv && request.decimal != Decimal::default() {
        words.push("a comma in numbers".to_owned());
    }
    if let Some(columns) = &request.columns {
        words.push(format!("{} columns", columns.len()));
    }
    if words.is_empty() { "All submissions".to_owned() } else { words.join(", ") }
}
