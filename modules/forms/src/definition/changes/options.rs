//! What changed among the options of a question. Options are known by their values.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::order;
use crate::definition::Choice;

/// What the newer options have otherwise than the older ones.
#[derive(Debug, Default, PartialEq, Serialize, ToSchema)]
pub(crate) struct OptionChanges {
    pub(crate) added: Vec<NamedOption>,
    pub(crate) removed: Vec<NamedOption>,
    pub(crate) renamed: Vec<RenamedOption>,
    /// The fewest that explain the new order.
    pub(crate) moved: Vec<NamedOption>,
}

/// An option: what is stored, and what people read.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OptionName)]
pub(crate) struct NamedOption {
    pub(crate) value: String,
    pub(crate) label: String,
}

/// An option that is called otherwise; earlier answers still mean it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct RenamedOption {
    pub(crate) value: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

impl OptionChanges {
    /// None when nothing changed.
    pub(super) fn between(older: &[Choice], newer: &[Choice]) -> Option<Self> {
        if older == newer {
            return None;
        }
        let lacking = |of: &[Choice], other: &[Choice]| -> Vec<NamedOption> {
            let others = places(other);
            let missing = of.iter().filter(|it| !others.contains_key(it.value.as_str()));
            missing.map(NamedOption::of).collect()
        };
        Some(OptionChanges {
            added: lacking(newer, older),
            removed: lacking(older, newer),
            renamed: renamed(older, newer),
            moved: moved(older, newer),
        })
    }
}

impl NamedOption {
    fn of(option: &Choice) -> Self {
        NamedOption { value: option.value.clone(), label: option.label.clone() }
    }
}

fn places(options: &[Choice]) -> HashMap<&str, usize> {
    options.iter().enumerate().map(|(place, option)| (option.value.as_str(), place)).collect()
}

fn renamed(older: &[Choice], newer: &[Choice]) -> Vec<RenamedOption> {
    let before = places(older);
    let renamed = newer.iter().filter_map(|option| {
        let was = &older[*before.get(option.value.as_str())?].label;
        (*was != option.label).then(|| RenamedOption {
            value: option.value.clone(),
            before: was.clone(),
            after: option.label.clone(),
        })
    });
    renamed.collect()
}

fn moved(older: &[Choice], newer: &[Choice]) -> Vec<NamedOption> {
    let before = places(older);
    let common: Vec<(&Choice, usize)> = newer
        .iter()
        .filter_map(|option| Some((option, *before.get(option.value.as_str())?)))
        .collect();
    let places: Vec<usize> = common.iter().map(|(_, place)| *place).collect();
    let still = order::longest_rising(&places);
    let elsewhere = common.iter().enumerate().filter(|(index, _)| !still.contains(index));
    elsewhere.map(|(_, (option, _))| NamedOption::of(option)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(list: &[(&str, &str)]) -> Vec<Choice> {
        let one = |(value, label): &(&str, &str)| Choice {
            value: (*value).to_owned(),
            label: (*label).to_owned(),
        };
        list.iter().map(one).collect()
    }

    #[test]
    fn options_are_told_by_what_became_of_them() {
        let older = options(&[("r", "Red"), ("g", "Green"), ("b", "Blue")]);
        let newer = options(&[("b", "Blue"), ("r", "Scarlet"), ("y", "Yellow")]);
        let told = OptionChanges::between(&older, &newer).expect("a change");
        let values = |list: &[NamedOption]| -> Vec<String> {
            list.iter().map(|option| option.value.clone()).collect()
        };
        assert_eq!(
            (values(&told.added), values(&told.removed)),
            (vec!["y".into()], vec!["g".into()])
        );
        assert_eq!(
            (told.renamed[0].before.as_str(), told.renamed[0].after.as_str()),
            ("Red", "Scarlet")
        );
        assert_eq!(told.moved.len(), 1);
        assert_eq!(OptionChanges::between(&older, &older), None);
    }
}
