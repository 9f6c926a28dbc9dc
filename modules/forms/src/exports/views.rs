//! The page of exports: asking for one, seeing it grow, fetching it; and the standing orders.

mod rows;
mod scheduled;

use kernel::{Fields, Timestamp};
use maud::{Markup, Render, html};
use ui::{Button, Card, Choice, Icon, PageHeader, Tone, badge};
use web::Page;

use super::{
    Export, Format, asked::ALL, decimal::Decimal, delimiter::Delimiter, schedule::Schedule,
};
use crate::{
    choices::Few,
    forms::{
        Form,
        editor::{View, count, state, tabs},
    },
    pages::{Viewer, sent},
    paths,
    submissions::column::Shown,
};

/// Everything that an export's progress replaces.
const CONTAINER: &str = "exports";

/// The input that keeps the columns of the list from which one comes, chosen or not.
pub(crate) const LISTED: &str = "listed_columns";

/// What was filled in, and what is wrong with it.
pub(crate) struct Attempt<'a> {
    pub(crate) pairs: &'a [(String, String)],
    pub(crate) problems: &'a Fields,
    /// Whether a schedule was meant.
    pub(crate) schedule: bool,
}

impl Attempt<'_> {
    /// What was refused stands in its own form again; what the list brings along stands in both.
    fn value(&self, schedule: bool, name: &str) -> &str {
        let meant = self.schedule == schedule || self.problems.is_empty();
        if meant { sent(self.pairs, name).unwrap_or_default() } else { "" }
    }

    /// What is wrong with the filter that was brought along, or with a condition in it.
    fn filter_error(&self) -> Option<&str> {
        let about = |field: &str| field == "filter" || field.starts_with("filter.");
        let found = self.problems.iter().find(|it| about(&it.field));
        found.filter(|_| !self.schedule).map(|it| it.message.as_str())
    }

    fn error(&self, schedule: bool, name: &str) -> Option<&str> {
        if self.schedule == schedule { self.problems.of(name) } else { None }
    }
}

/// The exports of a form with what its page shows beside them.
pub(crate) struct Desk<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    pub(crate) may_schedule: bool,
    pub(crate) exports: &'a Page<Export>,
    pub(crate) schedules: &'a [Schedule],
    /// Whether this is the first part of the list.
    pub(crate) first: bool,
    pub(crate) attempt: &'a Attempt<'a>,
    /// What the list showed from which one comes, in words.
    pub(crate) only: &'a [String],
    /// The columns that it showed, when somebody had chosen them.
    pub(crate) columns: &'a [Shown],
    pub(crate) now: Timestamp,
}

/// The whole page, which listens.
pub(crate) fn page(desk: &Desk<'_>) -> Markup {
    html! {
        (body(desk))
        script src=(ui::url("live_part.js")) type="module" {}
    }
}

/// What stands on it.
pub(crate) fn body(desk: &Desk<'_>) -> Markup {
    let (form, slug) = (desk.form, desk.viewer.slug);
    let above = paths::forms(slug);
    html! {
        div.form-page {
            (PageHeader::new(&form.title)
                .trail(&[("Forms", &above)])
                .summary(html! { (state(&desk.viewer, form)) span { (count(form)) " received" } }))
            (tabs(&desk.viewer, form, View::Exports))
            (new_export(desk))
            (container(desk))
            (scheduled::card(desk))
        }
    }
}

/// The list of exports: what their progress answers with.
pub(crate) fn container(desk: &Desk<'_>) -> Markup {
    let address = paths::exports(desk.viewer.slug, desk.form.id);
    html! {
        live-part.exports id=(CONTAINER) data-subject=(desk.form.id) data-hx-get=(address)
            data-hx-trigger=[desk.first.then(triggers)] data-hx-swap="outerMorph" {
            (rows::list(desk))
        }
    }
}

/// What makes the list ask for itself again, each at most once a second.
fn triggers() -> String {
    let kinds = ["requested", "progressed", "finished", "failed", "cancelled", "deleted"];
    let all = kinds.map(|kind| format!("live:export.{kind} throttle:1000ms"));
    format!("{}, live:reset", all.join(", "))
}

fn new_export(desk: &Desk<'_>) -> Markup {
    let action = paths::exports(desk.viewer.slug, desk.form.id);
    let body = html! {
        form.export-form method="post" action=(action) {
            (ui::hidden("csrf_token", desk.viewer.csrf_token))
            (what(desk.attempt, false))
            (columns(desk, false))
            (only(desk))
            div.row.export-form__end {
                (Button::primary("Export").icon(Icon::Download).submit())
                span.muted { "Written in the background and kept for a week." }
            }
        }
    };
    Card::new(body).title("New export").render()
}

/// Whether the file has the columns of the list from which one comes, or all.
fn columns(desk: &Desk<'_>, schedule: bool) -> Markup {
    let (attempt, id) = (desk.attempt, id_of("columns", schedule));
    let listed = attempt.value(schedule, LISTED);
    if listed.is_empty() {
        return html! {};
    }
    let label = match desk.columns.len() {
        1 => "The 1 column of the list".to_owned(),
        count => format!("The {count} columns of the list"),
    };
    let choices = [choice(listed, &label), choice(ALL, "All columns")];
    let heads: Vec<&str> = desk.columns.iter().map(|column| column.label.as_str()).collect();
    let hint = format!("JSON lines are always whole. The list shows: {}", heads.join(", "));
    html! {
        (ui::hidden(LISTED, listed))
        (ui::Field::select("columns", "Columns", &choices).id(id)
            .value(attempt.value(schedule, "columns")).error(attempt.error(schedule, "columns"))
            .hint(Some(&hint)))
    }
}

/// The filter that one has brought along, and the way to leave it.
fn only(desk: &Desk<'_>) -> Markup {
    let filter = desk.attempt.value(false, "filter");
    html! {
        @if !filter.is_empty() {
            input type="hidden" name="filter" value=(filter);
            div.export-form__only {
                span { "Only what the list showed:" }
                ul.chosen aria-label="Filters of this export" {
                    @for words in desk.only { li { (badge(Tone::Accent, words)) } }
                }
                a href=(paths::exports(desk.viewer.slug, desk.form.id)) { "Export all instead" }
            }
            @if let Some(error) = desk.attempt.filter_error() { p.field__error role="alert" { (error) } }
        }
    }
}

/// The fields that say what is exported; those of a schedule have other ids.
fn what(attempt: &Attempt<'_>, schedule: bool) -> Markup {
    let choices = Format::ALL.map(|format| choice(format.word(), format.label()));
    let decimals = [choice("point", "1.5"), choice("comma", "1,5")];
    let headers = [choice("labels", "Labels"), choice("keys", "Keys and values")];
    let or = |name: &str, usual: &'static str| {
        let value = attempt.value(schedule, name);
        if value.is_empty() { usual.to_owned() } else { value.to_owned() }
    };
    let id = |name| id_of(name, schedule);
    let error = |name| attempt.error(schedule, name);
    let zone = if schedule { "export.time_zone" } else { "time_zone" };
    html! {
        div.export-form__fields {
            (ui::Field::select("format", "Format", &choices).id(id("format"))
                .value(&or("format", "csv")).error(error("format")))
            (ui::Field::select("headers", "Written as", &headers).id(id("headers"))
                .value(&or("headers", "labels")).error(error("headers")))
            (ui::Field::select("delimiter", "Between the cells", &Delimiter::choices()).id(id("delimiter"))
                .value(&or("delimiter", Delimiter::default().word())).error(error("delimiter"))
                .hint(Some("For CSV. A spreadsheet in German or French awaits a semicolon.")))
            (ui::Field::select("decimal", "Numbers", &decimals).id(id("decimal"))
                .value(&or("decimal", Decimal::default().word())).error(error("decimal"))
                .hint(Some("For CSV. A spreadsheet that awaits a semicolon awaits 1,5.")))
            @if !schedule {
                (ui::Field::date("from", "Received from").id(id("from"))
                    .value(attempt.value(schedule, "from")).error(error("from")))
                (ui::Field::date("to", "Received until").id(id("to"))
                    .value(attempt.value(schedule, "to")).error(error("to")))
            }
            (ui::Field::text("q", "With the words").id(id("q"))
                .value(attempt.value(schedule, "q")).error(error("q")).attr("maxlength", "500"))
            (ui::Field::text("times_in", "Times in").id(id("times_in"))
                .value(attempt.value(schedule, "times_in")).error(error(zone))
                .attr("autocomplete", "off").attr("spellcheck", "false")
                .attr("placeholder", "Europe/Berlin")
                .hint(Some("For Excel and CSV. Empty: UTC in CSV, the time zone of Insights in Excel.")))
        }
    }
}

/// The id of an input; one name stands in both forms.
fn id_of(name: &str, schedule: bool) -> String {
    if schedule { format!("schedule-{name}") } else { format!("export-{name}") }
}

fn choice<'a>(value: &'a str, label: &'a str) -> Choice<'a> {
    Choice { value, label }
}
