//! A form's answers in figures: many, compared, and none.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use maud::Markup;
use serde_json::json;
use ui::Sample;

use super::{READER, VIEWER, definition, form, id, moment};
use crate::{
    definition::Definition,
    ids::SubmissionId,
    insights::{
        asked::{Asked, By, Range},
        bars::Bar,
        figures::{Counted, Terms},
        latest::LatestText,
        report::{Earlier, Period, Report, field_report},
        views::{self, Page},
        visits::{Counts, VisitReport, visit_report},
    },
    pages::Viewer,
};

pub(super) fn samples() -> Vec<Sample> {
    let compare = [("compare".to_owned(), "previous".to_owned())];
    let counting = Report { counted_to: 900, ..report(1_204, true) };
    vec![
        Sample::new("insights", "Of three weeks", page(VIEWER, &report(1_204, false), &[])),
        Sample::new("insights", "Compared with those before", page(READER, &counting, &compare)),
        Sample::new("insights", "No answers yet", page(VIEWER, &report(0, false), &[])),
    ]
}

fn page(viewer: Viewer<'_>, report: &Report, pairs: &[(String, String)]) -> Markup {
    let form = form(&asks(), 1, true);
    let asked = Asked::read(pairs).unwrap_or_else(|_| unreachable!("it is sound"));
    views::body(&Page { viewer, form: &form, asked: &asked, report, pairs, refused: None })
}

fn asks() -> Definition {
    definition(json!([
        {"key": "topic", "type": "choice", "label": "What is it about? <b>", "options": ["Order", "Invoice"], "other": true},
        {"key": "nps", "type": "nps", "label": "Would you recommend us?"},
        {"key": "age", "type": "number", "label": "How old are you?"},
        {"key": "about_you", "type": "page", "label": "About you"},
        {"key": "agree", "type": "yes_no", "label": "May we write to you?"},
        {"key": "words", "type": "long_text", "label": "What shall we know?"},
    ]))
}

fn terms(all: &[(&str, i64)]) -> Terms {
    all.iter().map(|(term, count)| ((*term).to_owned(), *count)).collect()
}

fn counted() -> Counted {
    let fields = [
        ("topic", terms(&[("?", 1_180), ("=Order", 702), ("=Invoice", 371), ("other", 107)])),
        (
            "nps",
            terms(&[("?", 903), ("=10", 401), ("=9", 203), ("=8", 140), ("=7", 61), ("=3", 98)]),
        ),
        (
            "age",
            terms(&[
                ("?", 612),
                ("#1900", 40),
                ("#2400", 201),
                ("#3500", 190),
                ("#6100", 181),
                ("+", 2_260_700),
            ]),
        ),
        ("agree", terms(&[("?", 1_102), ("=true", 811), ("=false", 291)])),
        ("words", terms(&[("?", 318)])),
    ];
    fields.into_iter().map(|(key, terms)| (key.to_owned(), terms)).collect()
}

fn before() -> Counted {
    let fields = [
        ("topic", terms(&[("?", 900), ("=Order", 410), ("=Invoice", 455), ("other", 35)])),
        ("nps", terms(&[("?", 500), ("=10", 150), ("=8", 250), ("=2", 100)])),
    ];
    fields.into_iter().map(|(key, terms)| (key.to_owned(), terms)).collect()
}

fn latest() -> BTreeMap<String, Vec<LatestText>> {
    let text = |text: &str| LatestText {
        submission_id: id::<SubmissionId>("sub"),
        received_at: moment(),
        text: text.to_owned(),
    };
    let texts = vec![text("<script>alert(1)</script>"), text("The bread was late.\nThank you!")];
    BTreeMap::from([("words".to_owned(), texts)])
}

fn report(count: i64, compared: bool) -> Report {
    let days = Range { since: date(2026, 8, 3), until: date(2026, 8, 23) };
    let period = |(place, days): (i64, Range)| Period {
        since: days.since,
        until: days.until,
        count: if count == 0 { 0 } else { 20 + place * 37 % 90 },
        earlier_count: compared.then(|| 15 + place * 23 % 70),
        submissions: "tray=kept".to_owned(),
    };
    let (counted, before) = (if count == 0 { Counted::new() } else { counted() }, before());
    let (latest, asks) = (latest(), asks());
    let fields = asks.fields.iter().map(|it| {
        let texts = latest.get(&it.key).cloned().unwrap_or_default();
        field_report(it, &counted, compared.then_some(&before), texts)
    });
    Report {
        form_id: String::new(),
        since: days.since,
        until: days.until,
        time_zone: "Europe/Berlin".to_owned(),
        submission_count: count,
        by: By::Day,
        over_time: (0..).zip(By::Day.periods(days)).map(period).collect(),
        visits: visited(&asks, count, compared),
        sources: vec![source("Form page", 1_004), source("API", 200)],
        fields: fields.collect(),
        earlier: compared.then(|| earlier(date(2026, 7, 13), date(2026, 8, 2))),
        counted_to: count,
        received_to: count,
    }
}

/// Two of three go on from the first page, and nearly all of those send it.
fn visited(asks: &Definition, count: i64, compared: bool) -> VisitReport {
    let all = |count: i64| {
        let visits = [
            (
                "view",
                terms(&[("newsletter", count), ("google.com", count / 2), ("direct", count / 3)]),
            ),
            ("start", terms(&[("", count * 3 / 2)])),
            ("page", terms(&[("", count * 2), ("about_you", count * 4 / 3)])),
            ("passed", terms(&[("", count * 4 / 3), ("about_you", count)])),
        ];
        let sent = terms(&[("=newsletter", count * 2 / 3), ("=direct", count / 3)]);
        let seconds = terms(&[("#42", count / 4), ("#95", count / 2), ("#310", count / 4)]);
        let named = |(name, terms): (&str, Terms)| (name.to_owned(), terms);
        let answers = [("@visit", sent), ("@seconds", seconds)];
        let (visits, answers) = (visits.map(named).into(), answers.map(named).into());
        let none = (Counted::new(), Counted::new());
        if count == 0 { none } else { (visits, answers) }
    };
    let (now, before) = (all(count), all(count * 2 / 3));
    let told = Counts { visits: &now.0, answers: &now.1 };
    let earlier = Counts { visits: &before.0, answers: &before.1 };
    visit_report(asks, told, compared.then_some(earlier))
}

fn source(label: &str, count: i64) -> Bar {
    let value = label.to_lowercase();
    let submissions = "source=page&tray=kept".to_owned();
    Bar {
        value,
        label: label.to_owned(),
        count,
        earlier_count: None,
        submissions,
        earlier_submissions: None,
        filter: Vec::new(),
    }
}

fn earlier(since: Date, until: Date) -> Earlier {
    Earlier { since, until, submission_count: 935 }
}
