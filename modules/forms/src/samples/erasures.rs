//! Erasures in every state.

use db::Json;
use kernel::{Fields, Result, WorkspaceId};
use ui::Sample;
use web::Page;

use super::{VIEWER, id, moment};
use crate::{
    erasures::{
        Erasure, ErasureId, Status,
        counts::{Counts, FormCount},
        person::Person,
        views::{self, Desk, one},
    },
    ids::{FormId, SubmissionId},
};

pub(super) fn samples() -> Vec<Sample> {
    let states = [
        Status::Searching,
        Status::Found,
        Status::Erasing,
        Status::Done,
        Status::Failed,
        Status::Cancelled,
    ];
    let erasures: Vec<Erasure> =
        states.into_iter().zip(0..).map(|(status, place)| erasure(status, place)).collect();
    let full = Page { data: erasures.clone(), next_cursor: None };
    let none = Page { data: Vec::new(), next_cursor: None };
    let problems = Fields::one("email", "not_an_email", "Write one e-mail <b>address</b>.");
    let entered = [("email".to_owned(), "ann<at>example.com".to_owned())];
    let mut samples = vec![
        Sample::new("erasures", "In every state", list(&full, &[], &Fields::new())),
        Sample::new("erasures", "Before the first", list(&none, &[], &Fields::new())),
        Sample::new("erasures", "No address", list(&none, &entered, &problems)),
    ];
    let names = ["Searching", "Found", "Erasing", "Done", "Failed", "Forgotten"];
    for (name, erasure) in names.into_iter().zip(&erasures) {
        samples.push(Sample::new("erasure", name, sheet(erasure, counts())));
    }
    samples.push(Sample::new("erasure", "Nothing found", sheet(&erasures[1], Counts::default())));
    samples
}

fn list(erasures: &Page<Erasure>, entered: &[(String, String)], problems: &Fields) -> maud::Markup {
    views::body(&Desk {
        viewer: VIEWER,
        workspace: id::<WorkspaceId>("wsp"),
        erasures,
        people: &[],
        first: true,
        entered,
        problems,
    })
}

fn sheet(erasure: &Erasure, counts: Counts) -> maud::Markup {
    let person = || {
        plain(Person::named("a.rather.long.address@a-rather-long-name.example", Some("0171 22 33")))
    };
    let titles = [(id::<FormId>("frm"), "Contact <b>us</b>".to_owned(), false)];
    let earlier = [self::erasure(Status::Done, 9)];
    one::body(&one::Sheet {
        viewer: VIEWER,
        erasure,
        person: erasure.sealed.is_some().then(person),
        counts,
        earlier: if erasure.status() == Status::Found { &earlier } else { &[] },
        people: &[("usr_1".to_owned(), "Ada <b>Byron</b>".to_owned())],
        titles: &titles,
    })
}

fn plain<T>(made: Result<T>) -> T {
    made.unwrap_or_else(|_| unreachable!("plain data"))
}

fn counts() -> Counts {
    Counts {
        submissions: 1_204,
        forms: vec![FormCount {
            form_id: id::<FormId>("frm"),
            submissions: 1_204,
            since: moment(),
        }],
        files: 3,
        comments: 1,
        exports: 2,
        imports: 1,
        sources: 1,
        webhook_messages: 1_204,
        mails: 12,
        mail_addresses: 1,
        events: 1,
        replies: 1,
        filters: 1,
        mentions: 2,
        mentioned_in: vec![id::<SubmissionId>("sub"); 2],
    }
}

fn erasure(status: Status, place: i64) -> Erasure {
    let over = matches!(status, Status::Done | Status::Failed | Status::Cancelled);
    let started = matches!(status, Status::Erasing | Status::Done | Status::Failed);
    Erasure {
        workspace_id: id::<WorkspaceId>("wsp"),
        id: numbered(place),
        address_hash: "9b74c9897bac770ffc029102a200c5de0123456789abcdef0123456789abcdef".into(),
        sealed: (!over).then(|| "1.x".into()),
        requested_by: "usr_1".into(),
        status: status.word().into(),
        step: String::new(),
        place: String::new(),
        looked: 204_000,
        total: 1_000_000,
        found: plain(Json::of(&counts())),
        erased: plain(Json::of(&counts())),
        error: (status == Status::Failed).then(|| "It could not <b>go</b> on.".into()),
        created_at: moment(),
        started_at: started.then(moment),
        finished_at: over.then(moment),
        expires_at: None,
    }
}

fn numbered(place: i64) -> ErasureId {
    let made = format!("ers_01kw3qv8x8e2r9t0c4m5n6p7q{place}").parse();
    made.unwrap_or_else(|_| unreachable!("a sample id is well formed"))
}
