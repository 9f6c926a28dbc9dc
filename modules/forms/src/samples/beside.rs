//! What is beside a form: its settings, its versions.

use kernel::Fields;
use serde_json::json;
use ui::Sample;
use web::Page;

use super::{READER, VIEWER, form, moment, small};
use crate::{
    definition::Definition,
    forms::{
        acceptance::AcceptanceJson,
        comparison::{Comparison, Edition, views as comparison_views},
        form_settings_view::{self as settings, Entered},
        frozen::VersionHead,
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
        closes_zone: Some("Europe/Berlin".into()),
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
        let folders = &[];
        settings::page(&settings::Page { viewer, form, asked: definition, folders, entered, links })
    };
    vec![
        Sample::new("form settings", "With links", page(VIEWER, &usual, &[link])),
        Sample::new("form settings", "With a mistake", page(VIEWER, &wrong, &[])),
        Sample::new("form settings", "Without the right to change them", page(READER, &usual, &[])),
    ]
}

/// Two editions with every kind of change between them.
fn editions() -> Option<(Edition, Edition)> {
    let edition = |version, title: &str, document| {
        Definition::from_json(document).ok().map(|definition| Edition {
            version,
            title: title.into(),
            published_at: version.map(|_| moment()),
            definition,
        })
    };
    let before = edition(
        Some(2),
        "Contact us",
        json!({
            "fields": [
                {"key": "name", "type": "short_text", "label": "Your name", "required": true},
                {"key": "email", "type": "email", "label": "E-mail", "help": "We write to this address and to no other."},
                {"key": "size", "type": "choice", "label": "How many are you?", "options": ["Few", "Some", "Many"]},
                {"key": "fax", "type": "phone", "label": "Fax"},
                {"key": "more", "type": "page", "label": "More"},
                {"key": "note", "type": "long_text", "label": "Anything else?", "max_length": 500},
            ],
            "settings": {"thanks_text": "Your answers have arrived. We read every one of them and write within two days.",
                "theme": {"accent": "#7a2f8f"}},
        }),
    )?;
    let after = edition(
        None,
        "Write to us",
        json!({
            "fields": [
                {"key": "name", "type": "short_text", "label": "Your name", "required": true},
                {"key": "size", "type": "choice", "label": "How many are you?", "other": true, "options": [
                    {"value": "Some", "label": "Some"}, {"value": "Few", "label": "Up to five"}, {"value": "Crowd", "label": "A crowd"}]},
                {"key": "email", "type": "email", "label": "E-mail", "required": true, "help": "We write to this address and to nobody else."},
                {"key": "more", "type": "page", "label": "More"},
                {"key": "note", "type": "long_text", "label": "Anything else?", "max_length": 2000,
                    "show_if": {"field": "size", "is": "equals", "value": "Few"}},
                {"key": "day", "type": "date", "label": "Best day", "min": "2026-01-31"},
            ],
            "settings": {"thanks_text": "Your answers have arrived. We read each of them and write within three days.",
                "language": "de", "theme": {"accent": "#1d5fd0", "font": "serif"}},
        }),
    )?;
    Some((before, after))
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
    let edition = |number, definition| Edition {
        version: Some(number),
        title: "Contact us".into(),
        published_at: Some(moment()),
        definition,
    };
    let older = Definition::from_fields(older).ok().map(|definition| edition(1, definition));
    let changed = versions_view::one(&VIEWER, &form, edition(2, small.clone()), older);
    let first = versions_view::one(&VIEWER, &form, edition(1, small), None);
    let list = |page, offered| versions_view::list(&VIEWER, &form, page, offered, false);
    let mut samples = vec![
        Sample::new("form versions", "List", list(&page, &page.data)),
        Sample::new("form versions", "None yet", list(&none, &[])),
        Sample::new("form versions", "What changed", changed),
        Sample::new("form versions", "The first", first),
    ];
    samples.extend(editions().map(|(from, to)| {
        let comparison = Comparison::between(from, to);
        let body = comparison_views::page(&VIEWER, &form, &comparison, &page.data);
        Sample::new("form versions", "Compared", body)
    }));
    samples
}
