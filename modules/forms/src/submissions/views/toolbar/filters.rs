//! All filters on one sheet: a plain form that asks the same address with other parameters.

use maud::{Markup, Render, html};
use ui::{Button, Choice, Field as Input, Icon, count};

use super::{List, held};
use crate::{
    controls::takes_other,
    definition::{Field, Kind, OTHER},
    pages::figure,
    paths,
    submissions::{
        filter::{Condition, Filter},
        place::Order,
        tray::Tray,
    },
};

/// Fields that are offered to filter by: a longer sheet helps nobody.
const MOST: usize = 40;

const ANY: Choice<'static> = Choice { value: "", label: "Any" };

pub(super) fn sheet(list: &List<'_>) -> Markup {
    let here = paths::submissions(list.viewer.slug, list.form.id);
    let filter = &list.place.filter;
    // What it does not ask for stays as it is.
    let kept = list.place.with(Filter { tray: filter.tray, ..Filter::default() }).pairs();
    let kept: Vec<_> = kept.into_iter().filter(|(name, _)| name != "order").collect();
    let none = list.place.with(Filter { tray: Some(Tray::Open), ..Filter::default() });
    let on = super::on(list).len();
    let inputs = html! {
        form.filters__sheet action=(here) {
            @if let Some(words) = &filter.words { (ui::hidden("q", words)) }
            @for (name, value) in &kept { (ui::hidden(name, value)) }
            div.filters__inputs { (work(list)) (reception(list)) (order(list)) }
            div.filters__inputs {
                @for field in list.definition.fields.iter().filter(|it| it.kind.is_question()).take(MOST) {
                    (answer(list, field))
                }
            }
            div.filters__foot {
                (Button::primary("Apply").submit())
                (Button::quiet("Clear").href(&none.on(&here)))
            }
        }
    };
    html! { filter-sheet { details.filters data-overlay { (head(on)) (dialog(inputs)) } } }
}

/// What opens them, with how many are on.
fn head(on: usize) -> Markup {
    html! {
        summary.button.filters__head {
            (Icon::Filter) span.button__label { "Filters" }
            @if on > 0 { span.filters__count { (count(&on.to_string(), "on")) } }
        }
    }
}

/// Open, it is part of the page; on a phone the script makes it a sheet above it.
fn dialog(inputs: Markup) -> Markup {
    html! {
        dialog.filters__dialog open aria-label="Filters" {
            div.filters__top {
                h2 { "Filters" }
                (Button::icon_only(Icon::Close, "Close").attr("data-close", ""))
            }
            (inputs)
        }
    }
}

fn work(list: &List<'_>) -> Markup {
    let (desk, filter) = (list.desk, &list.place.filter);
    let counted: Vec<String> = desk
        .statuses
        .iter()
        .map(|it| format!("{} ({} open)", it.name, figure(desk.open_count(&it.key))))
        .collect();
    let mut statuses = vec![ANY];
    let named = desk.statuses.iter().zip(&counted);
    statuses.extend(named.map(|(it, label)| Choice { value: &it.key, label }));
    let ids: Vec<String> = desk.people.iter().map(|person| person.id.to_string()).collect();
    let mut people = vec![ANY, Choice { value: "nobody", label: "Nobody" }];
    let named = desk.people.iter().zip(&ids);
    people.extend(named.map(|(person, id)| Choice { value: id, label: &person.name }));
    let mut tags = vec![ANY];
    tags.extend(desk.tags.iter().map(|(key, name)| Choice { value: key, label: name }));
    let assignee = filter
        .assignees
        .first()
        .map(|id| id.map_or_else(|| "nobody".to_owned(), |id| id.to_string()));
    html! {
        (select("status", "Status", &statuses, filter.statuses.first().map_or("", |it| it)))
        (select("assignee", "Assigned to", &people, assignee.as_deref().unwrap_or_default()))
        @if tags.len() > 1 { (select("tag", "Tag", &tags, filter.tags.first().map_or("", |it| it))) }
    }
}

fn reception(list: &List<'_>) -> Markup {
    let filter = &list.place.filter;
    let sources = [
        ANY,
        Choice { value: "page", label: "Form page" },
        Choice { value: "api", label: "API" },
        Choice { value: "bulk", label: "Bulk" },
        Choice { value: "import", label: "Import" },
    ];
    let day = |moment: Option<kernel::Timestamp>| {
        moment.map(|moment| moment.to_jiff().strftime("%Y-%m-%d").to_string()).unwrap_or_default()
    };
    let since = day(filter.since);
    // The end is the moment after the last day.
    let last = filter.until.map(|until| until.minus(std::time::Duration::from_micros(1)));
    let until = day(last);
    html! {
        (Input::date("since", "Received from").value(&since).id("filter-since"))
        (Input::date("until", "Received up to").value(&until).id("filter-until"))
        (select("source", "Source", &sources, filter.sources.first().map_or("", |it| it)))
        (Input::text("visit_source", "Came from").id("filter-visit_source")
            .value(filter.visit_sources.first().map_or("", |it| it))
            .attr("placeholder", "newsletter, example.com, direct"))
        @if list.form.version > 1 {
            @let version = filter.versions.first().map(ToString::to_string).unwrap_or_default();
            (Input::number("version", "Version").value(&version).id("filter-version").attr("min", "1"))
        }
    }
}

fn order(list: &List<'_>) -> Markup {
    let orders = [
        Choice { value: "newest", label: "Newest first" },
        Choice { value: "oldest", label: "Oldest first" },
    ];
    html! { (select("order", "Order", &orders, match list.place.order { Order::Newest => "newest", Order::Oldest => "oldest" })) }
}

fn select(name: &str, label: &str, choices: &[Choice<'_>], value: &str) -> Markup {
    Input::select(name, label, choices).value(value).id(format!("filter-{name}")).render()
}

fn answer(list: &List<'_>, field: &Field) -> Markup {
    let filter = &list.place.filter;
    let label = if field.label.is_empty() { &field.key } else { &field.label };
    let name = format!("answers.{}", field.key);
    let is = || {
        held(filter, &field.key, |it| match it {
            Condition::Is(values) => values.first().cloned(),
            Condition::Own => Some(OTHER.to_owned()),
            _ => None,
        })
    };
    match &field.kind {
        Kind::Choice(_) | Kind::Choices(_) | Kind::Dropdown(_) => {
            let mut options = vec![ANY];
            let all = field.kind.options().iter();
            options.extend(all.map(|it| Choice { value: &it.value, label: &it.label }));
            if takes_other(&field.kind) {
                options.push(Choice { value: OTHER, label: "An answer of one's own" });
            }
            select(&name, label, &options, &is())
        }
        Kind::YesNo | Kind::Consent(_) => {
            let options = [
                ANY,
                Choice { value: "true", label: "Yes" },
                Choice { value: "false", label: "No" },
            ];
            select(&name, label, &options, &is())
        }
        Kind::Number(_)
        | Kind::Scale(_)
        | Kind::Rating(_)
        | Kind::Nps
        | Kind::Date(_)
        | Kind::Time => range(list, field, label),
        Kind::File(_) => {
            let options = [
                ANY,
                Choice { value: "true", label: "Sent" },
                Choice { value: "false", label: "Not sent" },
            ];
            let value = held(filter, &field.key, |it| match it {
                Condition::Answered(answered) => Some(answered.to_string()),
                _ => None,
            });
            select(&format!("{name}.answered"), label, &options, &value)
        }
        _ => {
            let words = held(filter, &field.key, |it| match it {
                Condition::Words(words) => Some(words.clone()),
                _ => None,
            });
            let name = format!("{name}.words");
            Input::text(&name, label)
                .value(&words)
                .id(format!("filter-{name}"))
                .attr("placeholder", "Contains")
                .attr("autocomplete", "off")
                .render()
        }
    }
}

fn range(list: &List<'_>, field: &Field, label: &str) -> Markup {
    let filter = &list.place.filter;
    let least = held(filter, &field.key, |it| match it {
        Condition::Min(bound) => Some(bound.text().into_owned()),
        _ => None,
    });
    let most = held(filter, &field.key, |it| match it {
        Condition::Max(bound) => Some(bound.text().into_owned()),
        _ => None,
    });
    html! {
        fieldset.filters__range {
            legend { (label) }
            (bound(field, "min", "From", &least))
            (bound(field, "max", "To", &most))
        }
    }
}

fn bound(field: &Field, end: &str, label: &str, value: &str) -> Markup {
    let name = format!("answers.{}.{end}", field.key);
    let input = match field.kind {
        Kind::Date(_) => Input::date(&name, label),
        Kind::Time => Input::time(&name, label),
        _ => Input::number(&name, label).attr("step", "any"),
    };
    input.value(value).id(format!("filter-{name}")).render()
}
