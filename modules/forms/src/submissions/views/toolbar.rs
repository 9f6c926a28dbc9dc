//! Above the list: the trays with their counts, the filters that are on, and the sheet of all filters.

mod filters;

use maud::{Markup, html};
use ui::{Button, Chip, Confirm, Icon, chips};

use super::{List, PANEL, saved};
use crate::{
    definition::Definition,
    forms::FormId,
    pages::figure,
    paths,
    submissions::{
        desk::{Counts, Desk},
        filter::{Condition, Filter},
        place::Place,
        tray::Tray,
    },
};

pub(super) fn bar(list: &List<'_>) -> Markup {
    html! {
        div.desk-bar {
            (trays(list.viewer.slug, list.form.id, list.place, &list.desk.counts, None))
            @if list.deletes && list.place.filter.tray == Some(Tray::Bin) { (emptying(list)) }
            (columns(list))
            (filters::sheet(list))
            (saved::first(list))
        }
        (chosen(list))
    }
}

/// Deletes for good all that lies in the bin, whatever the filter shows of it.
fn emptying(list: &List<'_>) -> Markup {
    let count = list.desk.count(Tray::Bin);
    let title = match count {
        1 => "Delete 1 submission for good?".to_owned(),
        _ => format!("Delete {} submissions for good?", figure(count)),
    };
    html! {
        (Button::secondary("Empty bin").icon(Icon::Trash).disabled(count == 0).opens_dialog("empty-bin"))
        (Confirm {
            id: "empty-bin",
            title: &title,
            text: "Everything that lies in the bin of this form is gone, with files, comments and history. This cannot be undone.",
            action: "Empty bin",
            decline: "Keep it",
            href: &paths::bin_emptying(list.viewer.slug, list.form.id),
            csrf_token: list.viewer.csrf_token,
        })
    }
}

/// The way to the columns: beside the list with scripts, on a page of its own without.
fn columns(list: &List<'_>) -> Markup {
    let address = list.place.first().on(&paths::columns(list.viewer.slug, list.form.id));
    html! {
        (Button::secondary("Columns").icon(Icon::List).href(&address)
            .attr("data-hx-get", &address)
            .attr("data-hx-target", format!("#{PANEL}"))
            .attr("data-hx-swap", "innerHTML"))
    }
}

/// The trays, and how many lie in each; also on its own, for a list that is open (`out_of_band`).
pub(crate) fn trays(
    slug: &str,
    form: FormId,
    place: &Place,
    counts: &Counts,
    out_of_band: Option<&str>,
) -> Markup {
    let trays: Vec<(String, String, bool)> = Tray::ALL
        .into_iter()
        .map(|tray| {
            let filter = Filter { tray: Some(tray), ..place.filter.clone() };
            let address = place.with(filter).on(&paths::submissions(slug, form));
            (counts.label(tray), address, place.filter.tray == Some(tray))
        })
        .collect();
    let all: Vec<Chip<'_>> =
        trays.iter().map(|(label, href, on)| Chip { label, href, on: *on }).collect();
    html! { div id="trays" data-hx-swap-oob=[out_of_band] { (chips("Trays", &all)) } }
}

/// Each filter that is on, with the way to take it off.
fn chosen(list: &List<'_>) -> Markup {
    let pairs = on(list);
    if pairs.is_empty() {
        return html! {};
    }
    let without = |index: usize| {
        let mut others = Filter {
            words: list.place.filter.words.clone(),
            tray: list.place.filter.tray,
            ..Filter::default()
        };
        for (_, (name, value)) in pairs.iter().enumerate().filter(|(it, _)| *it != index) {
            others.take(name, value, &mut kernel::Fields::new());
        }
        list.address(&list.place.with(others))
    };
    html! {
        ul.chosen aria-label="Filters that are on" {
            @for (index, (name, value)) in pairs.iter().enumerate() {
                @let words = words(list.desk, list.definition, name, value);
                li {
                    a.chosen__filter href=(without(index)) title={ "Take off: " (words) } {
                        (words) (Icon::Close) span.visually-hidden { "(take off)" }
                    }
                }
            }
        }
    }
}

/// The filters that are on, besides the words and the tray.
fn on(list: &List<'_>) -> Vec<(String, String)> {
    let mut filter = list.place.filter.clone();
    (filter.words, filter.tray) = (None, None);
    filter.pairs()
}

/// A pair of the filter as people say it.
pub(crate) fn words(desk: &Desk, definition: &Definition, name: &str, value: &str) -> String {
    let Some(answer) = name.strip_prefix("answers.") else {
        return match name {
            "status" => format!("Status: {}", desk.status(value).map_or(value, |it| &it.name)),
            "assignee" => match value.parse() {
                Ok(id) => format!("Assigned to {}", desk.name_of(id)),
                Err(_) => "Assigned to nobody".to_owned(),
            },
            "tag" => format!("Tag: {}", desk.tag(value)),
            "source" => format!("Source: {}", super::source(value)),
            "tray" => format!("In {value}"),
            "visit_source" => format!("Came from {value}"),
            "version" => format!("Version {value}"),
            "since" => format!("Since {}", moment(value)),
            _ => format!("Before {}", moment(value)),
        };
    };
    let (key, question) = answer.split_once('.').unwrap_or((answer, ""));
    let field = definition.field(key);
    let label = field.map(|field| field.label.as_str()).filter(|it| !it.is_empty()).unwrap_or(key);
    let options = field.map_or(&[][..], |field| field.kind.options());
    let read = options.iter().find(|it| it.value == value).map_or(value, |it| &it.label);
    match question {
        "" => format!(
            "{label}: {}",
            match read {
                "true" => "Yes",
                "false" => "No",
                other => other,
            }
        ),
        "words" => format!("{label} contains {value}"),
        "min" => format!("{label} from {value}"),
        "max" => format!("{label} to {value}"),
        "other" => format!("{label}: an answer of one's own"),
        _ if value == "true" => format!("{label}: answered"),
        _ => format!("{label}: not answered"),
    }
}

/// A day, and the time where it is not the day's beginning: days of other zones begin at other times.
fn moment(value: &str) -> String {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    match time.get(..5) {
        Some(time) if time != "00:00" => format!("{day}, {time} UTC"),
        _ => day.to_owned(),
    }
}

/// Whether a condition on a field is on, and with which value.
fn held<'a>(
    filter: &'a Filter,
    key: &str,
    takes: impl Fn(&'a Condition) -> Option<String>,
) -> String {
    let of_key = filter.answers.iter().filter(|(known, _)| known == key);
    of_key.filter_map(|(_, condition)| takes(condition)).next().unwrap_or_default()
}
