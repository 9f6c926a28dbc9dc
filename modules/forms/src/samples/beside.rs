//! What is beside a form: its settings, its versions.

use kernel::Fields;
use serde_json::json;
use ui::Sample;
use web::Page;

use super::{READER, VIEWER, form, moment, small};
use crate::{
    definition::{Definition, changes::Changes},
    forms::{
        acceptance::AcceptanceJson,
        form_settings_view::{self as settings, Entered},
        frozen::{Version, VersionHead},
        links::Link,
        sharing_view, versions_view,
        ways::Sharing,
    },
};

pub(super) fn samples() -> Vec<Sample> {
    let mut samples = settings_pages();
    samples.extend(versions());
    let form = form(&small(), 3, true);
    if let Ok(ways) = Sharing::of(&form, "https://forms.example") {
        samples.push(Sample::new(
            "form sharing",
            "Open",
            sharing_view::page(&VIEWER, &form, &ways),
        ));
    }
    samples
}

fn settings_pages() -> Vec<Sample> {
    let small = small();
    let mut form = form(&small, 3, true);
    let accepts = AcceptanceJson {
        closes_at: Some(moment()),
        submission_limit: Some(100),
        once_by: Some("link".into()),
    };
    form.acceptance.change(accepts, &small, &kernel::Chance::seeded(1)).ok();
    let usual = Entered::of(&form).unwrap_or_default();
    let mut wrong = Entered::of(&form).unwrap_or_default();
    let message = "Choose a number from 1 to 1,000,000,000.";
    wrong.problems = Fields::one("acceptance.submission_limit", "out_of_range", message);
    let link = Link {
        respondent: "ada@example.com".into(),
        url: "https://forms.example/f/4vn2k8q0rt6w1x5z?_invited=0d27.ada%40example.com".into(),
    };
    let page = |viewer, entered, links| {
        let (form, definition) = (&form, &small);
        let refusal =
            form.acceptance.closes_at.map(|_| "The time until which it takes answers has passed.");
        let folders = &[];
        settings::page(&settings::Page {
            viewer,
            form,
            definition,
            folders,
            refusal,
            entered,
            links,
        })
    };
    vec![
        Sample::new("form settings", "With links", page(VIEWER, &usual, &[link])),
        Sample::new("form settings", "With a mistake", page(VIEWER, &wrong, &[])),
        Sample::new("form settings", "Without the right to change them", page(READER, &usual, &[])),
    ]
}

fn versions() -> Vec<Sample> {
    let (small, older) = (small(), json!([{"key": "e_mail", "type": "email", "label": "Mail"}]));
    let form = form(&small, 3, true);
    let head = |version| VersionHead {
        version,
        title: "Contact us".into(),
        published_by: "usr_1".into(),
        published_at: moment(),
    };
    let page = Page { data: vec![head(3), head(2)], next_cursor: Some("2".into()) };
    let none = Page { data: Vec::new(), next_cursor: None };
    let older = Definition::from_fields(older).ok();
    let version = Version {
        head: head(2),
        fields: json!([]),
        settings: json!({}),
        changes: older.map(|older| Changes::between(&older, &small)),
    };
    vec![
        Sample::new("form versions", "List", versions_view::list(&VIEWER, &form, &page, false)),
        Sample::new("form versions", "None yet", versions_view::list(&VIEWER, &form, &none, false)),
        Sample::new("form versions", "What changed", versions_view::one(&VIEWER, &form, &version)),
    ]
}
