//! The standing orders of a form, and the form that gives one.

use maud::{Markup, Render, html};
use ui::{Button, Card, Column, Icon, Row, Table};

use super::{Desk, choice, columns, what};
use crate::{
    exports::{NewExport, asked::in_words, schedule::Schedule},
    pages::moment,
    paths,
};

const COLUMNS: [Column<'static>; 4] = [
    Column::text("Schedule"),
    Column::text("Next"),
    Column::wide_only("Kept"),
    Column::actions("Actions"),
];
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) fn card(desk: &Desk<'_>) -> Markup {
    if desk.schedules.is_empty() && !desk.may_schedule {
        return html! {};
    }
    let body = html! {
        div.stack {
            @if !desk.schedules.is_empty() { (list(desk)) }
            @if desk.may_schedule { (fold(desk)) }
        }
    };
    Card::new(body)
        .title("Scheduled exports")
        .summary("Made by themselves, every day, week or month; they appear in the list above.")
        .render()
}

fn list(desk: &Desk<'_>) -> Markup {
    let rows: Vec<Row<'_>> = desk.schedules.iter().map(|schedule| row(desk, schedule)).collect();
    Table::new("Schedules", &COLUMNS, &rows).render()
}

fn row<'a>(desk: &Desk<'_>, schedule: &Schedule) -> Row<'a> {
    let request: Option<NewExport> = schedule.request.read().ok();
    let deletion = paths::export_schedule_deletion(desk.viewer.slug, schedule.id);
    let name = html! {
        span.export-name {
            span {
                (rhythm(schedule)) " "
                @if let Some(request) = &request { span.muted { (request.format.label()) } }
            }
            @if let Some(request) = &request { span.muted { (in_words(request)) } }
        }
    };
    let end = html! {
        @if desk.may_schedule {
            form method="post" action=(deletion) {
                (ui::hidden("csrf_token", desk.viewer.csrf_token))
                (Button::icon_only(Icon::Trash, "Delete this schedule").submit())
            }
        }
    };
    let kept =
        html! { (schedule.kept_days) @if schedule.kept_days == 1 { " day" } @else { " days" } };
    Row { id: None, href: None, cells: vec![name, moment(schedule.next_at), kept, end] }
}

/// `Every Monday at 06:30 (Europe/Berlin)`
fn rhythm(schedule: &Schedule) -> String {
    let day = match schedule.every.as_str() {
        "week" => {
            let place = usize::try_from(schedule.on_day - 1).unwrap_or_default();
            WEEKDAYS.get(place).copied().unwrap_or("week").to_owned()
        }
        "month" => format!("month on day {}", schedule.on_day),
        _ => "day".to_owned(),
    };
    format!("Every {day} at {} ({})", schedule.at_time, schedule.time_zone)
}

/// Folded away until it is wanted, without a script.
fn fold(desk: &Desk<'_>) -> Markup {
    html! {
        details.export-fold open[desk.attempt.schedule] {
            summary.button { (Icon::Clock) span.button__label { "New schedule" } }
            (new_schedule(desk))
        }
    }
}

fn new_schedule(desk: &Desk<'_>) -> Markup {
    let action = paths::export_schedules(desk.viewer.slug, desk.form.id);
    let every = [choice("day", "Day"), choice("week", "Week"), choice("month", "Month")];
    let attempt = desk.attempt;
    let or = |name: &str, usual: &str| {
        let value = attempt.value(true, name);
        if value.is_empty() { usual.to_owned() } else { value.to_owned() }
    };
    let error = |name| attempt.error(true, name);
    html! {
        form.export-form method="post" action=(action) {
            (ui::hidden("csrf_token", desk.viewer.csrf_token))
            (what(attempt, true))
            (columns(desk, true))
            div.export-form__fields {
                (ui::Field::select("every", "Every", &every).value(&or("every", "week")).error(error("every")))
                (ui::Field::number("on_day", "On day").value(&or("on_day", "1")).error(error("on_day"))
                    .hint(Some("Of the week, 1 being Monday, or of the month."))
                    .attr("min", "1").attr("max", "31"))
                (ui::Field::time("at", "At").value(&or("at", "06:30")).error(error("at")).required(true))
                (ui::Field::text("time_zone", "Time zone of the schedule").value(&or("time_zone", "UTC")).error(error("time_zone"))
                    .hint(Some("Such as Europe/Berlin.")).attr("autocomplete", "off").attr("spellcheck", "false"))
                (ui::Field::number("kept_days", "Kept for days").value(&or("kept_days", "7"))
                    .error(error("kept_days")).attr("min", "1").attr("max", "90"))
            }
            div.row { (Button::primary("Set schedule").submit()) }
        }
    }
}
