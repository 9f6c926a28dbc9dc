//! The desk: figures, queues, what runs, and the dead letters.

mod letter;
mod letters;

use std::time::Duration;

use maud::{Markup, Render, html};
use ui::{Change, Column, EmptyState, Illustration, PageHeader, Row, Stat, Table, Tone};
use web::Page;

use super::{
    filter::Filter,
    json::{DeadLetter, Overview, Queue, Running},
};
use crate::{
    paths,
    text::{age, ago, figure},
};

pub(crate) use letter::page as letter_page;

/// Everything that the page shows.
pub(crate) struct Desk {
    pub(crate) overview: Overview,
    /// Kinds among the dead letters, and how many of each.
    pub(crate) kinds: Vec<(String, u64)>,
    pub(crate) dead: Page<DeadLetter>,
    pub(crate) filter: Filter,
    pub(crate) csrf_token: String,
}

/// The id of the part that refreshes itself.
pub(crate) const CONTAINER: &str = "jobs";

const QUEUES: [Column<'static>; 6] = [
    Column::text("Queue"),
    Column::number("Ready"),
    Column::number("Running"),
    Column::number("Scheduled"),
    Column::number("Dead"),
    Column::number("Oldest waits"),
];
const RUNNING: [Column<'static>; 4] = [
    Column::text("Job"),
    Column::wide_only("Workspace"),
    Column::number("Attempt"),
    Column::wide_only("Lease ends"),
];

pub(crate) fn page(desk: &Desk) -> Markup {
    let summary =
        html! { "Work in the background, on all workers. The page keeps itself up to date." };
    html! {
        (PageHeader::new("Jobs").summary(summary))
        (container(desk))
    }
}

/// The part of the page that is asked for again and again.
pub(crate) fn container(desk: &Desk) -> Markup {
    let address = paths::jobs(desk.filter.kind(), desk.filter.cursor());
    html! {
        div.stack.stack--loose id=(CONTAINER) data-hx-get=(address) data-hx-trigger="every 5s" data-hx-swap="outerMorph" {
            (body(desk))
        }
    }
}

/// What stands in it.
pub(crate) fn body(desk: &Desk) -> Markup {
    html! {
        (tiles(&desk.overview.queues))
        (queues(&desk.overview.queues))
        (running(&desk.overview.running))
        (letters::section(desk))
    }
}

pub(crate) fn container_with_toast(desk: &Desk, text: &str) -> Markup {
    html! {
        (container(desk))
        (ui::Toast::new(Tone::Good, text).out_of_band())
    }
}

fn tiles(queues: &[Queue]) -> Markup {
    let sum = |of: fn(&Queue) -> u64| queues.iter().map(of).sum::<u64>();
    let oldest = queues.iter().filter_map(|queue| queue.oldest_age).fold(None, longest);
    let waiting = oldest.map(|seconds| format!("the oldest for {}", waited(seconds)));
    let dead = sum(|queue| queue.dead);
    html! {
        div.stats {
            (tile("Ready", sum(|queue| queue.ready), waiting.as_deref().map(|text| (Tone::Neutral, text))))
            (tile("Running", sum(|queue| queue.running), None))
            (tile("Scheduled", sum(|queue| queue.scheduled), None))
            (tile("Dead letters", dead, (dead > 0).then_some((Tone::Bad, "wait for a decision"))))
        }
    }
}

fn longest(one: Option<f64>, other: f64) -> Option<f64> {
    Some(one.map_or(other, |one| one.max(other)))
}

fn waited(seconds: f64) -> String {
    age(Duration::try_from_secs_f64(seconds).unwrap_or_default())
}

fn tile(label: &str, number: u64, change: Option<(Tone, &str)>) -> Markup {
    let change = change.map(|(tone, text)| Change { tone, text });
    Stat { label, value: &figure(number), change, course: &[] }.render()
}

fn queues(queues: &[Queue]) -> Markup {
    let rows: Vec<Row<'_>> = queues.iter().map(queue_row).collect();
    let empty = EmptyState::new(
        Illustration::Done,
        "Nothing waits",
        "Every job has run. What comes next shows up here by itself.",
    );
    html! {
        section.stack aria-label="Queues" {
            h2 { "Queues" }
            (Table::new("Jobs by queue", &QUEUES, &rows).empty(empty.render()))
        }
    }
}

fn queue_row(queue: &Queue) -> Row<'static> {
    let oldest = queue.oldest_age.map_or_else(|| "–".to_owned(), waited);
    Row {
        id: None,
        href: None,
        cells: vec![
            html! { (queue.queue) },
            html! { (figure(queue.ready)) },
            html! { (figure(queue.running)) },
            html! { (figure(queue.scheduled)) },
            html! { (figure(queue.dead)) },
            html! { (oldest) },
        ],
    }
}

fn running(jobs: &[Running]) -> Markup {
    let rows: Vec<Row<'_>> = jobs.iter().map(running_row).collect();
    html! {
        section.stack aria-label="Running" {
            h2 { "Running" }
            (Table::new("Running jobs", &RUNNING, &rows)
                .empty(html! { p.muted { "Nothing runs at this moment." } }))
        }
    }
}

fn running_row(job: &Running) -> Row<'static> {
    Row {
        id: None,
        href: None,
        cells: vec![
            html! { (job.kind) },
            owner(job.workspace_id),
            html! { (job.attempt) " of " (job.max_attempts) },
            ago(job.lease_until),
        ],
    }
}

fn owner(workspace: Option<kernel::WorkspaceId>) -> Markup {
    html! {
        @match workspace {
            Some(id) => code { (id) },
            None => span.muted { "the house" },
        }
    }
}
