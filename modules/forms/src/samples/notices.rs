//! What a form sends by mail, with people, addresses and mistakes.

use ::mails::Address;
use kernel::{Chance, Fields, UserId};
use ui::Sample;
use workspaces::Person;

use super::{READER, VIEWER, form, moment, small};
use crate::{
    notices::{
        Kind, Notice,
        templates::variables,
        views::{Attempt, Found, Page},
    },
    pages::Viewer,
};

pub(super) fn samples() -> Vec<Sample> {
    let wrong = Fields::one(
        "subject",
        "unknown_variable",
        "There is no variable {{nmae}}. Use one of: form_title, number.",
    );
    let sent = [("subject", "Hello {{nmae}} <b>"), ("addresses", "kim <b>")];
    let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let refused = Attempt { kind: Kind::Team, pairs: &sent, problems: &wrong };
    vec![
        Sample::new("notices", "People and addresses", page(VIEWER, true, None)),
        Sample::new("notices", "No server, and a mistake", page(VIEWER, false, Some(&refused))),
        Sample::new("notices", "For those who may only look", page(READER, true, None)),
    ]
}

fn page(viewer: Viewer<'static>, configured: bool, attempt: Option<&Attempt<'_>>) -> maud::Markup {
    let (definition, form) = (small(), form(&small(), 3, true));
    let person = |name: &str, seed| Person {
        id: UserId::new(moment(), &Chance::seeded(seed)),
        name: name.to_owned(),
        email: format!("{}@example.com", name.to_lowercase()),
    };
    let address = |name: &str, yes: bool| Address {
        address: format!("{name}@example.com"),
        asked_at: moment(),
        confirmed_at: yes.then(moment),
    };
    let recipients = r#"["desk@example.com","kim@example.com"]"#;
    let team = Notice {
        enabled: true,
        recipients: db::Json(recipients.to_owned()),
        waiting_count: 1_204,
        waiting_until: Some(moment()),
        ..Notice::usual(form.id, Kind::Team)
    };
    let found = Found {
        team,
        respondent: Notice { withheld: 12, ..Notice::usual(form.id, Kind::Respondent) },
        people: vec![person("Ada", 1), person("Grace", 2)],
        addresses: vec![address("desk", true), address("kim", false)],
        variables: [Kind::Team, Kind::Respondent].map(|kind| variables(&definition, kind)),
    };
    let reader = Some(found.people[0].id.to_string());
    Page {
        viewer,
        form: &form,
        definition: &definition,
        found: &found,
        configured,
        reader,
        attempt,
    }
    .render()
}
