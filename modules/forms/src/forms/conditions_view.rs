//! The part of the page of conditions on which they are made: each field with its rows.

use maud::{Markup, html};
use ui::{Alert, Button, Choice, Field as Input, Icon, hidden};

use super::{
    condition_rows::{Rows, When},
    logic_page::{Attempt, CONTAINER, Page},
    types::type_icon,
};
use crate::{
    definition::{Compares, Definition, Field, Kind, OTHER, Operator},
    pages::sent,
    paths,
};

/// Every field that can depend on an earlier answer, one of them open.
pub(crate) fn rules(page: &Page<'_>) -> Markup {
    let fields = || page.definition.fields.iter().skip_while(|field| !can_be_asked(field)).skip(1);
    html! {
        section.card.logic__rules aria-labelledby="logic-rules-title" {
            h2 id="logic-rules-title" { "What each question depends on" }
            @if fields().next().is_none() {
                p.muted { "A question can depend on those before it. Add a second one first." }
            }
            ol.logic__fields { @for field in fields() { (field_item(page, field)) } }
        }
    }
}

fn can_be_asked(field: &Field) -> bool {
    !Operator::of(&field.kind).is_empty()
}

fn field_item(page: &Page<'_>, field: &Field) -> Markup {
    let open = page.work.open == Some(field.key.as_str());
    let none = field.show_if.is_none() && field.require_if.is_none();
    html! {
        li.logic__field id={ "rule-" (field.key) } {
            div.logic__head {
                (type_icon(field.kind.name()))
                strong.logic__name { (field.name()) }
                @if !open { (opener(page, field, none)) }
            }
            @if open {
                (condition(page, field, When::Show))
                @if field.kind.is_question() { (condition(page, field, When::Require)) }
            } @else {
                @for when in [When::Show, When::Require] {
                    @if let Some(condition) = when.of(field) {
                        p.muted { (when.title()) " " (condition.in_words(page.definition)) "." }
                    }
                }
            }
        }
    }
}

fn opener(page: &Page<'_>, field: &Field, none: bool) -> Markup {
    let href = paths::logic_of(page.viewer.slug, page.form.id, &field.key);
    let label = if none { "Add a condition" } else { "Change" };
    html! {
        (Button::quiet(label).small().href(&href)
            .attr("aria-label", format!("{label}: {}", field.name())))
    }
}

fn condition(page: &Page<'_>, field: &Field, when: When) -> Markup {
    let id = format!("{}-{}", field.key, when.name());
    let attempt =
        page.work.attempt.filter(|attempt| attempt.key == field.key && attempt.when == when);
    html! {
        div.logic__condition role="group" aria-labelledby={ (id) "-title" } {
            h3 id={ (id) "-title" } { (when.title()) }
            @if let Some(attempt) = attempt.filter(|attempt| !attempt.told.is_empty()) {
                (Alert::danger("That was not saved").text(&attempt.told))
            }
            @match (Rows::of(when.of(field)), when.of(field)) {
                (Some(rows), _) => {
                    (rows_list(page, field, when, &rows))
                    (new_row(page, field, when, attempt, rows.tests.len()))
                }
                (None, Some(nested)) => {
                    p { (nested.in_words(page.definition)) "." }
                    p.muted { "This was made through the API and is nested. It stays as it is until you remove it." }
                    (change(page, field, when, "logic__line", html! {
                        (hidden("clear", "true"))
                        (Button::secondary("Remove condition").small().submit())
                    }))
                }
                (None, None) => {}
            }
        }
    }
}

/// A form that changes the condition: by fragment with scripts, by redirect without.
fn change(
    page: &Page<'_>,
    field: &Field,
    when: When,
    class: &'static str,
    inner: Markup,
) -> Markup {
    let action = action(page, field);
    html! {
        form class=(class) method="post" action=(action) novalidate data-hx-post=(action)
            data-hx-target={ "#" (CONTAINER) } data-hx-swap="outerMorph" {
            (hidden("csrf_token", page.viewer.csrf_token))
            (hidden("revision", &page.form.revision.to_string()))
            (hidden("condition", when.name()))
            (inner)
        }
    }
}

fn action(page: &Page<'_>, field: &Field) -> String {
    paths::field_part(page.viewer.slug, page.form.id, &field.key, "conditions")
}

fn rows_list(page: &Page<'_>, field: &Field, when: When, rows: &Rows) -> Markup {
    let joins = [
        Choice { value: "all", label: "All of these hold" },
        Choice { value: "any", label: "Any of these holds" },
    ];
    let join = if rows.any { "any" } else { "all" };
    html! {
        @if rows.tests.len() > 1 {
            (change(page, field, when, "logic__line", html! {
                (Input::select("joined", "How many", &joins).required(true).value(join)
                    .id(format!("{}-{}-joined", field.key, when.name())))
                (Button::secondary("Save").small().submit())
            }))
        }
        @if rows.tests.is_empty() {
            p.muted { @match when { When::Show => "Always shown.", When::Require => "No condition yet." } }
        }
        ul.logic__tests {
            @for (index, test) in rows.tests.iter().enumerate() {
                @let words = test.in_words(page.definition);
                li {
                    span { (words) }
                    (change(page, field, when, "logic__removal", html! {
                        (hidden("remove", &index.to_string()))
                        (Button::icon_only(Icon::Trash, &format!("Remove: {words}")).small().submit())
                    }))
                }
            }
        }
    }
}

/// The row that comes next. Its number is part of its names: what was chosen in the one before stays there.
fn new_row(
    page: &Page<'_>,
    field: &Field,
    when: When,
    attempt: Option<&Attempt<'_>>,
    number: usize,
) -> Markup {
    let kept = |name| attempt.and_then(|attempt| sent(attempt.pairs, name));
    let wrong = |name| attempt.and_then(|attempt| attempt.problems.of(name));
    let id = |name: &str| format!("{}-{}-{number}-{name}", field.key, when.name());
    let earlier = earlier(page.definition, field);
    let chosen = kept("field").and_then(|key| earlier.iter().find(|it| it.key == key));
    let Some(asked) = chosen.or(earlier.last()) else { return html! {} };
    let fields: Vec<Choice<'_>> =
        earlier.iter().map(|it| Choice { value: &it.key, label: it.name() }).collect();
    let operators = operators(asked);
    let is = kept("is").and_then(Operator::named);
    let is = is.filter(|is| Operator::of(&asked.kind).contains(is));
    let is = is.or(Operator::of(&asked.kind).first().copied()).unwrap_or(Operator::Answered);
    let choose = format!("{}?choose=true", action(page, field));
    let select = |name, label, choices| {
        Input::select(name, label, choices)
            .id(id(name))
            .required(true)
            .error(wrong(name))
            .attr("data-hx-post", &choose)
            .attr("data-hx-trigger", "change")
            .attr("data-hx-include", "closest form")
            .attr("data-hx-target", format!("#{CONTAINER}"))
            .attr("data-hx-swap", "outerMorph")
    };
    let inner = html! {
        (select("field", "Question", &fields).value(&asked.key))
        (select("is", "Answer", &operators).value(is.name()))
        (value(asked, is, attempt, &id("value")))
        div.row.logic__buttons {
            (Button::secondary("Add").icon(Icon::Plus).small().submit())
            span.logic__plain {
                (Button::quiet("Show what fits").small().submit().attr("formaction", choose.as_str()))
            }
        }
    };
    change(page, field, when, "logic__row", inner)
}

/// Those that fit the question, in words.
fn operators(asked: &Field) -> Vec<Choice<'static>> {
    let choice = |is: &Operator| Choice { value: is.name(), label: is.in_words(Some(&asked.kind)) };
    Operator::of(&asked.kind).iter().map(choice).collect()
}

/// The questions that stand before a field.
fn earlier<'a>(definition: &'a Definition, field: &Field) -> Vec<&'a Field> {
    let before = definition.fields.iter().take_while(|it| it.key != field.key);
    before.filter(|it| can_be_asked(it)).collect()
}

/// What the answer is compared with: chosen where the question offers options, written otherwise.
fn value(asked: &Field, is: Operator, attempt: Option<&Attempt<'_>>, id: &str) -> Markup {
    let texts: Vec<&str> = attempt
        .map(|attempt| attempt.pairs.iter().filter(|(name, _)| name == "value"))
        .into_iter()
        .flatten()
        .map(|(_, text)| text.as_str())
        .collect();
    let options = options(asked);
    let several = is.compares() == Compares::WithSeveral;
    let input = match (is.compares(), &asked.kind) {
        (Compares::WithNothing, _) => return html! {},
        (_, _) if several && !options.is_empty() => Input::checkboxes("value", "Values", &options),
        (_, _) if several => {
            Input::long_text("value", "Values").hint(Some("One per line.")).attr("rows", "3")
        }
        (_, _) if !options.is_empty() => Input::select("value", "Value", &options),
        (_, Kind::Number(_) | Kind::Scale(_) | Kind::Rating(_) | Kind::Nps) => {
            Input::text("value", "Value").attr("inputmode", "decimal").attr("autocomplete", "off")
        }
        (_, Kind::Date(_)) => Input::date("value", "Value"),
        (_, Kind::Time) => Input::time("value", "Value"),
        _ => Input::text("value", "Value").attr("autocomplete", "off"),
    };
    let wrong = attempt.and_then(|attempt| attempt.problems.of("value"));
    html! { (input.id(id).required(true).values(texts).error(wrong)) }
}

fn options(asked: &Field) -> Vec<Choice<'_>> {
    let offered = asked.kind.options().iter();
    let mut options: Vec<Choice<'_>> =
        offered.map(|it| Choice { value: &it.value, label: &it.label }).collect();
    match &asked.kind {
        Kind::YesNo => options.extend([("true", "Yes"), ("false", "No")].map(choice)),
        Kind::Choice(pick) | Kind::Dropdown(pick) if pick.other => {
            options.push(choice((OTHER, "another answer")));
        }
        Kind::Choices(picks) if picks.other => options.push(choice((OTHER, "another answer"))),
        _ => {}
    }
    options
}

fn choice((value, label): (&'static str, &'static str)) -> Choice<'static> {
    Choice { value, label }
}
