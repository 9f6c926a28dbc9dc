//! Doing something with many: picks in the list, a bar that says what, and how far it has come.

use maud::{Markup, Render, html};
use ui::{Alert, Button, hidden};

use super::List;
use crate::{
    pages::figure,
    paths,
    submissions::{state::change::Step, tray::Tray},
};

/// The list inside of a form, so that picks are sent without scripts too.
pub(super) fn form(list: &List<'_>, table: Markup) -> Markup {
    if !list.viewer.writes {
        return table;
    }
    let action = paths::bulk_actions(list.viewer.slug, list.form.id);
    html! {
        form.bulk method="post" action=(action) {
            (hidden("csrf_token", list.viewer.csrf_token))
            (hidden("filter", &list.place.query()))
            (table)
            (bar(list))
        }
    }
}

fn bar(list: &List<'_>) -> Markup {
    let desk = list.desk;
    let filter = &list.place.filter;
    let tray = filter.tray.unwrap_or(Tray::Open);
    html! {
        div.bulk__bar {
            label.bulk__all {
                input type="checkbox" name="everything" value="1";
                @if filter.narrows() { "All that match" }
                @else { "All " (figure(desk.count(tray))) }
            }
            label.bulk__what {
                span { "With the picked" }
                select name="action" {
                    @if tray == Tray::Open { option value="archive" { "Archive" } }
                    @if tray != Tray::Open { option value="restore" { "Restore" } }
                    @if tray != Tray::Spam { option value="mark_spam" { "Mark as spam" } }
                    @if tray != Tray::Bin { option value="delete" { "Delete" } }
                    optgroup label="Set the status" {
                        @for status in &desk.statuses {
                            option value={ "set_status:" (status.key) } { (status.name) }
                        }
                    }
                    optgroup label="Give to" {
                        option value="assign:" { "Nobody" }
                        @for person in &desk.people { option value={ "assign:" (person.id) } { (person.name) } }
                    }
                    @if !desk.tags.is_empty() {
                        optgroup label="Add the tag" {
                            @for (key, name) in &desk.tags { option value={ "tag:" (key) } { (name) } }
                        }
                        optgroup label="Take off the tag" {
                            @for (key, name) in &desk.tags { option value={ "untag:" (key) } { (name) } }
                        }
                    }
                }
            }
            (Button::primary("Apply").small().submit())
        }
    }
}

/// What is being done now, or could not be done to the end.
pub(super) fn progress(list: &List<'_>) -> Markup {
    let Some(action) = &list.desk.bulk_action else { return html! {} };
    let (done, all) = action.progress();
    let what = match action.step() {
        Ok(Step::SetStatus { .. }) => "Setting the status",
        Ok(Step::Assign { .. }) => "Assigning",
        Ok(Step::Tag { .. }) => "Tagging",
        Ok(Step::Archive) => "Archiving",
        Ok(Step::MarkSpam { .. }) => "Moving into spam",
        Ok(Step::Delete) => "Deleting",
        Ok(Step::Restore) | Err(_) => "Restoring",
    };
    if let Some(failure) = &action.failure {
        let so_far = format!("{what} stopped after {}", figure(action.changed));
        return Alert::danger(&so_far).text(failure).render();
    }
    let label = format!("{what}: {} so far", figure(action.changed));
    ui::progress(&label, done.unsigned_abs(), all.unsigned_abs())
}
