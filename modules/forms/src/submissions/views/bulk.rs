//! Doing something with many: picks in the list, a bar that says what, and how far it has come.

use maud::{Markup, Render, html};
use ui::{Alert, Button, hidden};

use super::List;
use crate::{
    pages::figure,
    paths,
    submissions::{
        bulk_actions::{BulkAction, Deed},
        state::change::Step,
        tray::Tray,
    },
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
    let tray = list.place.filter.tray.unwrap_or(Tray::Open);
    html! {
        div.bulk__bar {
            label.bulk__page {
                input type="checkbox" data-pick-all;
                "All " (list.part.entries.len()) " on this page"
            }
            label.bulk__all {
                input type="checkbox" name="everything" value="1";
                (everything(list, tray))
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
                    optgroup label="Tag" {
                        option value="tag" { "Add a tag" }
                        option value="untag" { "Take off a tag" }
                    }
                }
            }
            label.bulk__tag {
                span { "Tag" }
                input name="tag" list="bulk-tags" maxlength="40" autocomplete="off";
                datalist id="bulk-tags" { @for (_, name) in &desk.tags { option value=(name) {} } }
            }
            (Button::primary("Apply").small().submit())
        }
    }
}

/// How many all are, where that is known without counting them.
fn everything(list: &List<'_>, tray: Tray) -> String {
    let part = list.part;
    let whole = part.next.is_none() && part.back.is_none();
    if whole {
        return format!("All {} that match", part.entries.len());
    }
    if list.place.filter.narrows() || list.place.filter.tray.is_none() {
        return "All that match, also on other pages".to_owned();
    }
    format!("All {} that match", figure(list.desk.count(tray)))
}

/// What is being done now, was done a while ago and can be undone, or could not be done to the end.
pub(super) fn progress(list: &List<'_>) -> Markup {
    let Some(action) = &list.desk.bulk_action else { return html! {} };
    if action.finished_at.is_none() {
        let (done, all) = action.progress();
        let label = format!("{}: {} so far", doing(action), figure(action.changed));
        return ui::progress(&label, done.unsigned_abs(), all.unsigned_abs());
    }
    let told = match &action.failure {
        Some(failure) => {
            let so_far = format!("{} stopped after {}", doing(action), figure(action.changed));
            Alert::danger(&so_far).text(failure).render()
        }
        None => html! { p.bulk__told { (outcome(action)) } },
    };
    let undoes = list.viewer.writes && action.undoes.is_none() && action.can_be_undone();
    html! {
        div.bulk__outcome role="status" {
            (told)
            @if undoes { (undo(list, action)) }
        }
    }
}

fn doing(action: &BulkAction) -> &'static str {
    if action.undoes.is_some() {
        return "Undoing";
    }
    let Ok(Deed::Step(step)) = action.deed() else { return "Deleting for good" };
    match step {
        Step::SetStatus { .. } => "Setting the status",
        Step::Assign { .. } => "Assigning",
        Step::Tag { .. } => "Tagging",
        Step::Archive => "Archiving",
        Step::MarkSpam { .. } => "Moving into spam",
        Step::Delete => "Deleting",
        Step::Restore | Step::PutBack { .. } => "Restoring",
    }
}

fn outcome(action: &BulkAction) -> String {
    let some = submissions(action.changed);
    if action.undoes.is_some() {
        let left = match action.left_alone {
            0 => String::new(),
            left => format!(" {} changed since, and left alone.", submissions(left)),
        };
        return format!("Undone: {some} as before.{left}");
    }
    if action.changed == 0 {
        return "Nothing had to be changed.".to_owned();
    }
    let Ok(Deed::Step(step)) = action.deed() else { return format!("{some} deleted for good.") };
    let done = match step {
        Step::SetStatus { .. } => "given another status",
        Step::Assign { .. } => "given to someone else",
        Step::Tag { .. } => "tagged anew",
        Step::Archive => "archived",
        Step::MarkSpam { .. } => "moved into spam",
        Step::Delete => "moved into the bin",
        Step::Restore | Step::PutBack { .. } => "restored",
    };
    format!("{some} {done}.")
}

fn submissions(count: i64) -> String {
    format!("{} {}", figure(count), if count == 1 { "submission" } else { "submissions" })
}

fn undo(list: &List<'_>, action: &BulkAction) -> Markup {
    html! {
        form method="post" action=(paths::bulk_action_reversal(list.viewer.slug, action.id)) {
            (hidden("csrf_token", list.viewer.csrf_token))
            (hidden("place", &list.place.first().query()))
            (Button::secondary("Undo").small().submit())
        }
    }
}
