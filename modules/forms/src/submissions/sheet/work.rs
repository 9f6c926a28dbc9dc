//! Where work on a submission stands, and what was done so far.

use kernel::{UserId, sha256_hex};
use maud::{Markup, Render, html};
use serde_json::Value;
use ui::{Button, Card, Choice, Field, facts, status};

use super::{CONTAINER, Sheet};
use crate::{
    pages::ago,
    paths,
    submissions::{activity::Activity, tray::Tray},
};

/// A form that changes the submission, by fragment with scripts and by redirect without. What is written in the
/// other forms meanwhile stays: only what has changed is put anew.
pub(super) fn change(
    sheet: &Sheet<'_>,
    part: &str,
    trigger: Option<&'static str>,
    inner: Markup,
) -> Markup {
    let action = paths::submission_part(sheet.viewer.slug, sheet.submission.id, part);
    let action = sheet.place.on(&action);
    html! {
        form method="post" action=(action) data-hx-post=(action) data-hx-target={ "#" (CONTAINER) }
            data-hx-swap="outerMorph" data-hx-trigger=[trigger] {
            (ui::hidden("csrf_token", sheet.viewer.csrf_token))
            (inner)
        }
    }
}

/// Status, assignee and tags: to be changed by those who may, to be read by all.
pub(super) fn card(sheet: &Sheet<'_>) -> Markup {
    let body = if sheet.viewer.writes { controls(sheet) } else { told(sheet) };
    Card::new(body).title("Work").render()
}

fn told(sheet: &Sheet<'_>) -> Markup {
    let (state, desk) = (sheet.state, sheet.desk);
    let known = desk.status(&state.status);
    let tone = known.map_or(ui::Tone::Neutral, |known| known.tone());
    facts(&[
        ("Status", status(tone, known.map_or(&state.status, |known| &known.name))),
        ("Assigned to", html! { (state.assignee.map_or("Nobody", |id| desk.name_of(id))) }),
        ("Tags", tags(sheet)),
    ])
}

fn tags(sheet: &Sheet<'_>) -> Markup {
    html! {
        @if sheet.state.tags.is_empty() { span.muted { "None" } }
        div.row {
            @for tag in &sheet.state.tags { (ui::badge(ui::Tone::Neutral, sheet.desk.tag(tag))) }
        }
    }
}

/// Saved at the change with scripts; by the button without.
fn controls(sheet: &Sheet<'_>) -> Markup {
    let (state, desk) = (sheet.state, sheet.desk);
    let statuses: Vec<Choice<'_>> =
        desk.statuses.iter().map(|it| Choice { value: &it.key, label: &it.name }).collect();
    let people: Vec<(String, &str)> =
        desk.people.iter().map(|person| (person.id.to_string(), person.name.as_str())).collect();
    let mut members = vec![Choice { value: "", label: "Nobody" }];
    members.extend(people.iter().map(|(id, name)| Choice { value: id, label: name }));
    let assignee = state.assignee.map(|id| id.to_string()).unwrap_or_default();
    if !assignee.is_empty() && !people.iter().any(|(id, _)| *id == assignee) {
        members.push(Choice { value: &assignee, label: "Someone who has left" });
    }
    let names: Vec<&str> = state.tags.iter().map(|tag| desk.tag(tag)).collect();
    let save = Button::secondary("Save").small().submit();
    html! {
        div.work {
            (change(sheet, "status", Some("change"), html! {
                (Field::select("status", "Status", &statuses).value(&state.status))
                span.work__save { (save) }
            }))
            (change(sheet, "assignment", Some("change"), html! {
                (Field::select("assignee", "Assigned to", &members).value(&assignee))
                span.work__save { (save) }
            }))
            (change(sheet, "tags", None, html! {
                (Field::text("tags", "Tags")
                    .id(format!("tags-{}", &sha256_hex(names.join(","))[..8]))
                    .value(&names.join(", "))
                    .hint(Some("Words with commas between them"))
                    .attr("list", "known-tags")
                    .attr("autocomplete", "off"))
                datalist id="known-tags" { @for (_, name) in &desk.tags { option value=(name) {} } }
                (save)
            }))
        }
    }
}

/// Who did what, newest first.
pub(super) fn history(sheet: &Sheet<'_>) -> Markup {
    html! {
        ol.history {
            @for activity in sheet.activity {
                li.history__item {
                    span.history__what { strong { (actor(sheet, &activity.actor)) } " " (what(sheet, activity)) }
                    span.muted { (ago(activity.at)) }
                }
            }
        }
    }
}

pub(super) fn actor<'a>(sheet: &'a Sheet<'_>, actor: &str) -> &'a str {
    match actor.parse() {
        Ok(id) => sheet.desk.name_of(id),
        Err(_) if actor.starts_with("key_") => "A program",
        Err(_) => "Mewayz",
    }
}

fn what(sheet: &Sheet<'_>, activity: &Activity) -> Markup {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let after = |part: &str| activity.change(part).map(|(_, after)| after);
    match activity.kind.as_str() {
        "status_changed" => {
            let key = after("status").map(|it| text(&it)).unwrap_or_default();
            let name = sheet.desk.status(&key).map_or(key.clone(), |status| status.name.clone());
            html! { "set the status to " (name) }
        }
        "assigned" => match after("assignee").and_then(|id| text(&id).parse::<UserId>().ok()) {
            Some(id) if activity.actor == id.to_string() => html! { "took it" },
            Some(id) => html! { "gave it to " (sheet.desk.name_of(id)) },
            None => html! { "gave it back" },
        },
        "tagged" => html! { (tagged(sheet, activity)) },
        "archived" => html! { "archived it" },
        "marked_spam" => match after("reason").map(|it| text(&it)).filter(|it| !it.is_empty()) {
            Some(reason) => html! { "put it into spam: " (reason) },
            None => html! { "put it into spam" },
        },
        "deleted" => html! { "put it into the bin" },
        "restored" => {
            let from = activity.change("tray").and_then(|(from, _)| Tray::named(&text(&from)));
            html! { "took it out of " (from.map_or("where it lay", |tray| tray.label())) }
        }
        other => html! { (other.replace('_', " ")) },
    }
}

fn tagged(sheet: &Sheet<'_>, activity: &Activity) -> String {
    let (before, after) = activity.change("tags").unwrap_or_default();
    let list = |value: &Value| -> Vec<String> {
        serde_json::from_value(value.clone()).unwrap_or_default()
    };
    let (before, after) = (list(&before), list(&after));
    let named = |these: &[String], others: &[String]| {
        let new = these.iter().filter(|tag| !others.contains(tag));
        new.map(|tag| format!("“{}”", sheet.desk.tag(tag))).collect::<Vec<_>>().join(", ")
    };
    match (named(&after, &before), named(&before, &after)) {
        (added, removed) if removed.is_empty() => format!("tagged it {added}"),
        (added, removed) if added.is_empty() => format!("took off {removed}"),
        (added, removed) => format!("tagged it {added} and took off {removed}"),
    }
}
