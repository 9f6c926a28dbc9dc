//! A question that depends on answers of the same page: there from the start, off while its condition does
//! not hold. Where no script can turn it on, it is seen with its condition in words, as on paper.

use maud::{Markup, html};

use super::{Filled, control};
use crate::{
    answers::Fate,
    definition::{Condition, Definition, Field},
    texts::fill,
};

/// A field as its respondents see it now; `live` says whether an answer given beside it may be asked.
pub(crate) fn asked(
    definition: &Definition,
    field: &Field,
    fate: Fate,
    live: impl Fn(&str) -> bool,
    filled: &Filled<'_>,
) -> Markup {
    let is_live = |condition: &&Condition| condition.tests().iter().any(|test| live(&test.field));
    let show_if = field.show_if.as_ref().filter(is_live);
    let require_if = field.require_if.as_ref().filter(is_live).filter(|_| !field.required);
    let required = field.required || fate.required || require_if.is_some();
    let changed = (required != field.required).then(|| Field { required, ..field.clone() });
    let control = control(changed.as_ref().unwrap_or(field), filled);
    let texts = filled.texts;
    let told = |words: &str, condition: Option<&Condition>| {
        html! {
            @if let Some(condition) = condition {
                p.asked__when { (fill(words, &[("condition", &condition.said(definition, texts))])) }
            }
        }
    };
    if show_if.is_none() && require_if.is_none() {
        return control;
    }
    html! {
        div.asked data-field=(field.key) data-off[!fate.shown] data-required[fate.required]
            data-requirable[require_if.is_some()] {
            (told(texts.only_if, show_if))
            (told(texts.required_if, require_if))
            (control)
        }
    }
}
