//! All that can be set for one field, and all that can be done with it.

use maud::{Markup, Render, html};
use ui::{Button, Choice, Icon};

use super::{Attempt, Editor, Part, focused};
use crate::{
    definition::{Definition, Field, Kind, whole_text},
    forms::{
        retype::family,
        settings::{Input, Setting, settings, written},
        types::{TYPES, type_label},
    },
    pages::sent,
    paths,
};

/// The id of a field's panel.
pub(super) fn id(key: &str) -> String {
    format!("panel-{key}")
}

/// The panel of a field.
pub(super) fn panel(editor: &Editor<'_>, field: &Field) -> Markup {
    let part = Part::Field(field.key.clone());
    html! {
        div.field-panel id=(id(&field.key)) role="group" aria-label={ "Settings of “" (name(field)) "”" } {
            (settings_form(editor, field, editor.attempt_at(&part)))
            (tools(editor, field))
        }
    }
}

/// How a field is called where it has no label.
pub(super) fn name(field: &Field) -> &str {
    if field.label.is_empty() { type_label(field.kind.name()) } else { &field.label }
}

fn settings_form(editor: &Editor<'_>, field: &Field, attempt: Option<&Attempt<'_>>) -> Markup {
    let document = serde_json::to_value(field).unwrap_or_default();
    let inputs = settings(field.kind.name());
    let first_wrong = attempt.and_then(|attempt| {
        inputs.iter().map(|it| it.name).find(|name| attempt.problems.of(name).is_some())
    });
    let added = editor.done == Some(&Part::Added(field.key.clone()));
    let inner = html! {
        // The Enter key presses the first one.
        button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { "Save field" }
        div.field-settings__inputs {
            @for setting in &inputs {
                @let value = match attempt {
                    Some(attempt) => sent(attempt.pairs, setting.name).unwrap_or_default().to_owned(),
                    None => written(setting, &document),
                };
                @let wrong = attempt.and_then(|attempt| attempt.problems.of(setting.name));
                @let focus = first_wrong == Some(setting.name) || (added && setting.name == "label");
                div.field-settings__wide[is_wide(setting)] id={ (field.key) "-" (setting.name) "-place" } {
                    (setting_input(field, setting, &value, wrong, focus))
                    @if setting.name == "pattern" { (trial(editor, field, attempt)) }
                }
            }
        }
        div.without-script { (Button::primary("Save field").submit().small()) }
    };
    let address = paths::field(editor.viewer.slug, editor.form.id, &field.key);
    editor.saved_by_itself("field-settings", &address, inner)
}

/// One input with its label, hint and complaint.
pub(super) fn setting_input(
    field: &Field,
    setting: &Setting,
    value: &str,
    wrong: Option<&str>,
    focus: bool,
) -> Markup {
    let choices = picks(setting, field);
    let control =
        input(setting, value, &choices).id(format!("{}-{}", field.key, setting.name)).error(wrong);
    let control = focused(control, focus).render();
    match setting.input {
        Input::Options => html! { option-lines { (control) } },
        _ => control,
    }
}

pub(super) fn is_wide(setting: &Setting) -> bool {
    matches!(
        setting.input,
        Input::Lines | Input::Options | Input::Picks | Input::Accept | Input::Flag
    ) || matches!(setting.name, "label" | "help" | "placeholder" | "pattern" | "pattern_hint")
}

/// What a setting offers to choose from.
fn picks<'a>(setting: &Setting, field: &'a Field) -> Vec<Choice<'a>> {
    let choice = |value, label| Choice { value, label };
    match setting.input {
        Input::Pick => {
            field.kind.options().iter().map(|it| choice(&*it.value, &*it.label)).collect()
        }
        Input::YesNo => vec![choice("true", "Yes"), choice("false", "No")],
        _ => Vec::new(),
    }
}

fn input<'a>(setting: &Setting, value: &'a str, choices: &'a [Choice<'a>]) -> ui::Field<'a> {
    let (name, label) = (setting.name, setting.label);
    let field = match setting.input {
        Input::Line | Input::Accept => ui::Field::text(name, label).attr("autocomplete", "off"),
        Input::Lines | Input::Options | Input::Picks => ui::Field::long_text(name, label),
        Input::Whole => ui::Field::number(name, label).attr("step", "1"),
        Input::Number | Input::Megabytes => ui::Field::number(name, label).attr("step", "any"),
        Input::Date => ui::Field::date(name, label),
        Input::Time => ui::Field::time(name, label),
        Input::Pick | Input::YesNo => ui::Field::select(name, label, choices),
        Input::Flag => ui::Field::switch(name, label),
    };
    field.value(value).hint(Some(setting.hint))
}

/// The name of the input for a text to try the pattern with.
pub(crate) const TRIED: &str = "_tried";

/// A box to try a pattern in; the button sends the panel to where nothing is stored.
fn trial(editor: &Editor<'_>, field: &Field, attempt: Option<&Attempt<'_>>) -> Markup {
    let tried = attempt.and_then(|attempt| sent(attempt.pairs, TRIED)).unwrap_or_default();
    let action = paths::field_part(editor.viewer.slug, editor.form.id, &field.key, "trial");
    let target = format!("{}-verdict", field.key);
    html! {
        div.pattern-trial {
            (ui::Field::text(TRIED, "Try the pattern").id(format!("{}-tried", field.key)).value(tried)
                .attr("autocomplete", "off").attr("data-not-saved", "")
                .attr("placeholder", "An answer that it should take, or not"))
            (Button::secondary("Try").small().submit().attr("formaction", action.as_str())
                .attr("formnovalidate", "formnovalidate")
                .attr("data-hx-post", action.as_str())
                .attr("data-hx-target", format!("#{target}")).attr("data-hx-swap", "outerHTML"))
        }
        (verdict(&field.key, attempt.map(|attempt| attempt.pairs)))
    }
}

/// What the pattern says to the text that was tried.
pub(crate) fn verdict(key: &str, pairs: Option<&[(String, String)]>) -> Markup {
    let text = |name| pairs.and_then(|pairs| sent(pairs, name)).unwrap_or_default();
    let (pattern, tried) = (text("pattern").trim(), text(TRIED));
    let (tone, told) = match whole_text(pattern) {
        _ if tried.is_empty() || pattern.is_empty() => ("neutral", String::new()),
        Ok(regex) if regex.is_match(tried) => ("good", format!("“{tried}” is taken.")),
        Ok(_) => ("bad", format!("“{tried}” is refused.")),
        Err(_) => ("bad", "The pattern itself cannot be read.".to_owned()),
    };
    html! {
        output.pattern-trial__verdict id={ (key) "-verdict" } data-tone=(tone) { (told) }
    }
}

/// Another type, another place, a second one, no more of it.
fn tools(editor: &Editor<'_>, field: &Field) -> Markup {
    let at = |part| paths::field_part(editor.viewer.slug, editor.form.id, &field.key, part);
    let copy = Button::quiet("Duplicate").icon(Icon::Copy).small().submit();
    let copy = copy.attr("id", format!("copy-{}", field.key));
    let delete = Button::quiet("Delete").icon(Icon::Trash).small().submit();
    let delete = delete.attr("id", format!("delete-{}", field.key));
    html! {
        div.field-tools {
            (retype(editor, field, &at("type")))
            (places(editor, field, &at("position")))
            div.field-tools__ends {
                (editor.change(None, &at("copy"), copy.render()))
                (editor.change(None, &at("removal"), delete.render()))
            }
            p.field-settings__key { "Key " code { (field.key) } }
        }
    }
}

fn retype(editor: &Editor<'_>, field: &Field, action: &str) -> Markup {
    let kind = field.kind.name();
    let kinds: Vec<Choice<'_>> =
        TYPES.iter().filter(|choice| family(kind).contains(&choice.value)).copied().collect();
    let select = ui::Field::select("type", "Type", &kinds)
        .id(format!("{}-type", field.key))
        .value(kind)
        .required(true)
        .attr("data-sends", "");
    html! {
        @if kinds.len() > 1 {
            (editor.change(Some("field-tools__line"), action, html! {
                (select)
                div.without-script { (Button::secondary("Change type").small().submit()) }
            }))
        }
    }
}

/// Ways to move a field without dragging it.
fn places(editor: &Editor<'_>, field: &Field, action: &str) -> Markup {
    let fields = &editor.definition.fields;
    let (index, count) = (place(editor.definition, &field.key), fields.len());
    let button = |icon, label: &str, to: &str, off| {
        Button::icon_only(icon, &format!("{label}: {}", name(field)))
            .submit()
            .attr("name", "to")
            .attr("value", to)
            .attr("id", format!("move-{}-{to}", field.key))
            .disabled(off)
            .render()
    };
    let here = (index + 1).to_string();
    let inner = html! {
        (ui::Field::number("place", "Place").id(format!("{}-place", field.key)).value(&here)
            .attr("min", "1").attr("max", count.to_string()).attr("step", "1"))
        (Button::secondary("Move").small().submit())
        (button(Icon::ChevronUp, "Move up", "up", index == 0))
        (button(Icon::ChevronDown, "Move down", "down", index + 1 == count))
    };
    editor.change(Some("field-tools__line"), action, inner)
}

fn place(definition: &Definition, key: &str) -> usize {
    definition.fields.iter().position(|field| field.key == *key).unwrap_or_default()
}

/// The list of options and one of its lines, for the script to fill in.
pub(super) fn option_lines() -> Markup {
    html! {
        template id="option-lines" {
            div.option-lines {
                field-sorter { ol.option-lines__list {} }
                div.option-lines__foot {
                    (Button::quiet("Add option").icon(Icon::Plus).small().attr("data-add", ""))
                    (Button::quiet("As text").small().attr("data-as-text", "").attr("aria-pressed", "false"))
                }
            }
        }
        template id="option-line" {
            li.option-line {
                button.field-item__handle type="button" data-handle aria-label="Move option"
                    aria-describedby="sort-help" { (Icon::Drag) }
                input.input type="text" aria-label="Option" autocomplete="off" maxlength="500";
                (Button::icon_only(Icon::Close, "Remove option").attr("data-remove", ""))
            }
        }
    }
}

/// Whether the settings of this field depend on each other, so that one input follows from another.
pub(super) fn follows(kind: &Kind) -> bool {
    !kind.options().is_empty()
}
