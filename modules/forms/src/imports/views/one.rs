//! The page of one import: its columns, its check, and what became of its rows.

use maud::{Markup, html};

use super::{head, mapping, outcome, sheet::Sheet, steps, triggers};
use crate::{controls::size, imports::Status, paths};

/// The whole page, which listens while the import is at work.
pub(crate) fn page(sheet: &Sheet<'_>) -> Markup {
    html! {
        (body(sheet))
        script src=(ui::url("live_part.js")) type="module" {}
    }
}

/// What stands on it.
pub(crate) fn body(sheet: &Sheet<'_>) -> Markup {
    html! {
        div.form-page {
            (head(&sheet.viewer, sheet.form))
            (container(sheet))
        }
    }
}

/// What the progress answers with. Whoever chooses columns is not disturbed: then it does not listen.
pub(crate) fn container(sheet: &Sheet<'_>) -> Markup {
    let import = sheet.import;
    let address = paths::import(sheet.viewer.slug, import.id);
    let listens = import.is_unfinished();
    let list = paths::imports(sheet.viewer.slug, sheet.form.id);
    html! {
        live-part.import-sheet id="import" data-subject=(sheet.form.id) data-hx-get=(address)
            data-hx-trigger=[listens.then(triggers)] data-hx-swap="outerMorph" {
            div.import-title {
                a.import-back href=(list) { "All imports" }
                h2 { (import.name) }
                p.muted { (import.format().label()) ", " (size(super::unsigned(import.bytes))) }
            }
            (steps(step(sheet)))
            @if import.status() != Status::Draft { (outcome::card(sheet)) }
            @if sheet.is_open() {
                // What was checked is at hand, and what it was checked with a step away.
                @if sheet.is_checked() && sheet.attempt.problems.is_empty() {
                    details.import-fold {
                        summary.button.button--secondary { "Change the columns" }
                        (mapping::card(sheet))
                    }
                } @else {
                    (mapping::card(sheet))
                }
            }
            (outcome::errors(sheet))
            (outcome::removal(sheet))
        }
    }
}

fn step(sheet: &Sheet<'_>) -> usize {
    if sheet.import.status() == Status::Draft { 2 } else { 3 }
}
