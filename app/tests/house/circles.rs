//! Files of one package know each other only in one direction: no circle between them.
//!
//! What a file shares with the files of its own folder is the language's own shape: `forms.rs` has
//! the noun and `forms/list.rs` takes it by `super::Form`, while `forms.rs` registers the page of
//! `list`. So an arrow counts where the ways of two files part: among siblings, each with all that
//! lies below it, on every level of the tree.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::imports::{Import, Module, imports};
use crate::sources::{Source, Violation, expect_none, workspace};

/// From a module to its siblings, each with what ties them.
type Arrows = BTreeMap<String, BTreeMap<String, Vec<Import>>>;

/// One violation for each circle.
pub(crate) fn violations(sources: &[Source]) -> Vec<Violation> {
    let packages: BTreeSet<&str> =
        sources.iter().filter(|s| s.is("rs")).filter_map(Source::package).collect();
    packages.into_iter().flat_map(|package| in_package(package, sources)).collect()
}

fn in_package(package: &str, sources: &[Source]) -> Vec<Violation> {
    let files: Vec<&Source> = sources
        .iter()
        .filter(|s| s.is("rs") && s.package() == Some(package) && s.below_src().is_some())
        .collect();
    levels(imports(&files)).values().flat_map(circles).collect()
}

/// By their common parent, the siblings between which an import leads.
fn levels(imports: Vec<Import>) -> BTreeMap<Module, Arrows> {
    let mut levels: BTreeMap<Module, Arrows> = BTreeMap::new();
    for import in imports {
        let (from, to) = (&import.from, &import.to);
        let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        let (Some(here), Some(there)) = (from.get(common), to.get(common)) else { continue };
        let arrows = levels.entry(from[..common].to_vec()).or_default();
        let ties = arrows.entry(here.clone()).or_default().entry(there.clone()).or_default();
        ties.push(import);
    }
    levels
}

fn circles(arrows: &Arrows) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut told = BTreeSet::new();
    for start in arrows.keys() {
        let Some(circle) = shortest_way_back(arrows, start) else { continue };
        if !told.insert(circle.iter().cloned().collect::<BTreeSet<String>>()) {
            continue;
        }
        let ties: Vec<&[Import]> =
            circle.windows(2).map(|step| &arrows[&step[0]][&step[1]][..]).collect();
        let first = &ties[0][0];
        let message = format!(
            "circle between files: {}; move what both need into a file below both",
            ties.iter().flat_map(|ties| told_by_file(ties)).collect::<Vec<_>>().join("; ")
        );
        violations.push(Violation { path: first.path.clone(), line: first.line, message });
    }
    violations
}

/// `worker/bench.rs:9 takes Fate, Settled from worker/run.rs`, for each pair of files.
fn told_by_file(ties: &[Import]) -> Vec<String> {
    let mut pairs: BTreeMap<(&Module, &Module), (usize, BTreeSet<&str>)> = BTreeMap::new();
    for tie in ties {
        let pair = pairs.entry((&tie.from, &tie.to)).or_insert((tie.line, BTreeSet::new()));
        pair.1.insert(&tie.name);
    }
    let mut told = Vec::new();
    for ((from, to), (line, names)) in pairs {
        let (from, to) = (from.join("/"), to.join("/"));
        let names: Vec<&str> = names.into_iter().collect();
        told.push(format!("{from}.rs:{line} takes {} from {to}.rs", names.join(", ")));
    }
    told
}

fn shortest_way_back(arrows: &Arrows, start: &str) -> Option<Vec<String>> {
    let mut ways = VecDeque::from([vec![start.to_owned()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in arrows.get(way.last()?).into_iter().flatten().map(|(name, _)| name) {
            let longer = [&way[..], std::slice::from_ref(next)].concat();
            if next == start {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                ways.push_back(longer);
            }
        }
    }
    None
}

#[test]
fn files_form_no_circle_inside_a_package() {
    expect_none(&violations(&workspace()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles_of(files: &[(&str, &str)]) -> Vec<Violation> {
        let sources: Vec<Source> = files
            .iter()
            .map(|(path, text)| Source::new(&format!("modules/forms/src/{path}"), text))
            .collect();
        violations(&sources)
    }

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        circles_of(files).into_iter().map(|v| format!("{}:{}", v.path, v.line)).collect()
    }

    #[test]
    fn one_direction_passes() {
        let files = [
            ("forms.rs", "pub struct Form;"),
            ("forms/list.rs", "use super::Form;\nuse crate::events::{FormPublished, Kind};"),
            ("events.rs", "//! crate::forms is named in a comment only."),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }

    #[test]
    fn a_circle_by_path_is_caught() {
        let files =
            [("forms.rs", "\nuse crate::events::Kind;"), ("events.rs", "crate::forms::Form")];
        assert_eq!(found(&files), ["modules/forms/src/events.rs:1"]);
    }

    #[test]
    fn a_circle_in_a_group_or_through_super_is_caught() {
        let files = [
            ("forms/list.rs", "use crate::{paths::{A, B}, events};"),
            ("events/kinds.rs", "use super::super::forms::Form;"),
            ("forms.rs", ""),
            ("events.rs", ""),
        ];
        assert_eq!(found(&files).len(), 1);
    }

    #[test]
    fn a_circle_through_a_name_that_lib_passes_on_is_caught() {
        let files = [
            ("lib.rs", "pub use forms::{Form, FormId};"),
            ("forms.rs", "use crate::events::Kind;"),
            ("events.rs", "use crate::FormId;"),
        ];
        assert_eq!(found(&files).len(), 1);
    }

    #[test]
    fn two_files_of_a_folder_that_take_from_each_other_are_named() {
        let files = [
            ("forms.rs", "mod list;\nmod views;"),
            ("forms/list.rs", "use super::views::{page, row};\n\npub struct Filter;"),
            ("forms/views.rs", "use maud::html;\nuse super::list::Filter;"),
        ];
        let circles = circles_of(&files);
        assert_eq!(circles.len(), 1);
        assert_eq!(circles[0].path, "modules/forms/src/forms/list.rs");
        assert_eq!(
            circles[0].message,
            "circle between files: forms/list.rs:1 takes page, row from forms/views.rs; \
             forms/views.rs:2 takes Filter from forms/list.rs; \
             move what both need into a file below both"
        );
    }

    #[test]
    fn a_circle_of_three_through_a_deeper_file_is_caught() {
        let files = [
            ("jobs.rs", ""),
            ("jobs/dead.rs", "use super::json;\nfn page() { json::letter() }"),
            ("jobs/json.rs", "use super::views::letters::Letter;"),
            ("jobs/views.rs", "mod letters;"),
            ("jobs/views/letters.rs", "use crate::jobs::dead::Filter;"),
        ];
        assert_eq!(found(&files), ["modules/forms/src/jobs/dead.rs:1"]);
    }

    #[test]
    fn a_noun_and_the_verbs_in_its_folder_pass() {
        let files = [
            ("forms.rs", "mod list;\npub use list::Filter;\nfn routes() { list::page() }"),
            ("forms/list.rs", "use super::Form;\nuse crate::forms::Kind;"),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }

    #[test]
    fn tests_inside_a_file_may_look_anywhere() {
        let files = [
            ("forms.rs", "use crate::events::Kind;"),
            ("events.rs", "struct A;\n#[cfg(test)]\nmod tests { use crate::forms::Form; }"),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }
}
