//! The views with sample data, for the style guide.

use kernel::{Chance, Timestamp, WorkspaceId};
use serde_json::json;
use ui::{Sample, html};
use web::Page;

use crate::jobs::{
    filter::Filter,
    json::{DeadLetter, Overview, Queue, Running},
    views::{self, Desk},
};

const GROUP: &str = "jobs";
const TOKEN: &str = "sample";

/// The parts alone: the container around them would ask for the operator's page again and again.
pub(crate) fn samples() -> Vec<Sample> {
    let stack = |desk: &Desk| html! { div.stack.stack--loose { (views::body(desk)) } };
    vec![
        Sample::new(GROUP, "Busy, with dead letters", stack(&busy())),
        Sample::new(GROUP, "Nothing waits", stack(&idle())),
        Sample::new(
            GROUP,
            "The page and what answers a retry",
            html! {
                h1 { "At rest" }
                p.muted { "Refreshes itself, so it rests in templates here." }
                template { (views::page(&idle())) }
                template { (views::container_with_toast(&idle(), "It waits in its queue again.")) }
            },
        ),
        Sample::new(GROUP, "A dead letter", views::letter_page(&letter("forms.notify", 3), TOKEN)),
    ]
}

fn idle() -> Desk {
    desk(Overview { queues: Vec::new(), running: Vec::new() }, Vec::new(), Vec::new())
}

fn busy() -> Desk {
    let queue = |queue: &str, ready, running, dead, oldest_age| Queue {
        queue: queue.to_owned(),
        ready,
        running,
        scheduled: 4,
        dead,
        oldest_age,
    };
    let queues = vec![
        queue("default", 12, 3, 1, Some(0.85)),
        queue("submissions", 48_210, 100, 0, Some(95.0)),
        queue("mail", 0, 0, 1, None),
    ];
    let kinds = vec![("forms.notify".to_owned(), 1), ("mail.send".to_owned(), 1)];
    let dead = vec![letter("forms.notify", 1), letter("mail.send", 2)];
    desk(Overview { queues, running: vec![running()] }, kinds, dead)
}

fn desk(overview: Overview, kinds: Vec<(String, u64)>, data: Vec<DeadLetter>) -> Desk {
    Desk {
        overview,
        kinds,
        dead: Page { data, next_cursor: None },
        filter: Filter::default(),
        csrf_token: TOKEN.to_owned(),
    }
}

fn moment(minutes: i64) -> Timestamp {
    Timestamp::from_micros(1_785_748_320_000_000 + minutes * 60_000_000)
}

fn workspace() -> WorkspaceId {
    WorkspaceId::new(moment(0), &Chance::seeded(1))
}

fn running() -> Running {
    Running {
        id: ::jobs::JobId::new(moment(4), &Chance::seeded(4)),
        workspace_id: Some(workspace()),
        queue: "submissions".to_owned(),
        kind: "submissions.process".to_owned(),
        attempt: 1,
        max_attempts: 12,
        lease_until: moment(5),
        request_id: None,
    }
}

fn letter(kind: &str, seed: u64) -> DeadLetter {
    DeadLetter {
        id: ::jobs::JobId::new(moment(0), &Chance::seeded(seed)),
        workspace_id: seed.is_multiple_of(2).then(workspace),
        queue: "default".to_owned(),
        kind: kind.to_owned(),
        payload: json!({"form_id": "frm_01jb2m8q4xexample", "to": "ada@example.com"}),
        attempts: 12,
        max_attempts: 12,
        error: "550 5.1.1 The e-mail account that you tried to reach does not exist.".to_owned(),
        request_id: Some("9f2c6d1e4b7a48c0a1b2c3d4e5f60718".to_owned()),
        created_at: moment(0),
        died_at: moment(90),
    }
}
