//! Files of one package know each other only in one direction: no circle between its top-level
//! modules. `lib.rs` and `main.rs`, which know all, are left out.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::rust_text::{RustText, line_of};
use crate::sources::{Source, Violation, expect_none, workspace};

/// From a top-level module to those it names, each with the place that names it.
type Arrows = BTreeMap<String, BTreeMap<String, (String, usize)>>;

/// One violation for each circle between top-level modules.
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
    let roots = |source: &&&Source| is_root(source.below_src().unwrap_or_default());
    let reexports: BTreeMap<String, String> =
        files.iter().filter(roots).flat_map(|root| reexports(&root.text)).collect();
    let tops: BTreeSet<String> = files.iter().filter_map(|file| top(file)).collect();
    let mut arrows = Arrows::new();
    for file in &files {
        let Some(from) = top(file) else { continue };
        for (line, name) in named(file) {
            let to = reexports.get(&name).cloned().unwrap_or(name);
            if to != from && tops.contains(&to) {
                let place = (file.path.clone(), line);
                arrows.entry(from.clone()).or_default().entry(to).or_insert(place);
            }
        }
    }
    circles(&arrows)
}

fn circles(arrows: &Arrows) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut told = BTreeSet::new();
    for start in arrows.keys() {
        let Some(circle) = shortest_way_back(arrows, start) else { continue };
        let members: BTreeSet<&String> = circle.iter().collect();
        if !told.insert(members.into_iter().cloned().collect::<Vec<_>>()) {
            continue;
        }
        let (path, line) = arrows[start][&circle[1]].clone();
        let message = format!(
            "circle between files: {}: move what both need into a file below both",
            way(arrows, &circle)
        );
        violations.push(Violation { path, line, message });
    }
    violations
}

/// `a → b (b.rs:7) → a`: each stop with the line that leads on from it.
fn way(arrows: &Arrows, circle: &[String]) -> String {
    let stops = circle.windows(2).skip(1).map(|step| {
        let (path, line) = &arrows[&step[0]][&step[1]];
        let file = path.rsplit("/src/").next().unwrap_or(path);
        format!("{} ({file}:{line})", step[0])
    });
    let names = std::iter::once(circle[0].clone()).chain(stops).chain(circle.last().cloned());
    names.collect::<Vec<_>>().join(" → ")
}

fn shortest_way_back(arrows: &Arrows, start: &str) -> Option<Vec<String>> {
    let mut ways = std::collections::VecDeque::from([vec![start.to_owned()]]);
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

/// The names right below the crate's root that a file's code mentions, with their lines.
fn named(source: &Source) -> Vec<(usize, String)> {
    let text = RustText::new(&source.text);
    let code = text.code_without_tests();
    let depth = depth(source.below_src().unwrap_or_default());
    let climb = format!("(?:super::){{{depth}}}");
    let start = Regex::new(&format!(r"(?:\bcrate::|(?:^|[^:\w]){climb})(\{{|\w+)")).expect("valid");
    let mut found = Vec::new();
    for captures in start.captures_iter(code) {
        let name = captures.get(1).expect("always there");
        let line = line_of(code, name.start());
        if name.as_str() == "{" {
            found.extend(grouped(&code[name.end()..]).into_iter().map(|name| (line, name)));
        } else {
            found.push((line, name.as_str().to_owned()));
        }
    }
    found
}

/// The first word of each branch of `{a::b, c::{d, e}}`, given what follows the opening brace.
fn grouped(text: &str) -> Vec<String> {
    let (mut depth, mut names, mut expecting) = (0, Vec::new(), true);
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let word_end =
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        match next {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' => expecting = depth == 0,
            _ if word_end > 0 && expecting => {
                names.push(rest[..word_end].to_owned());
                expecting = false;
            }
            _ => {}
        }
        rest = &rest[word_end.max(next.len_utf8())..];
    }
    names
}

/// What a root file re-exports from which top-level module.
fn reexports(text: &str) -> Vec<(String, String)> {
    let code = RustText::new(text).code;
    let pattern =
        Regex::new(r"pub(?:\([^)]*\))?\s+use\s+(?:crate::|self::)?(\w+)::([^;]+);").expect("valid");
    let word = Regex::new(r"\w+").expect("valid");
    let mut found = Vec::new();
    for captures in pattern.captures_iter(&code) {
        for name in word.find_iter(&captures[2]) {
            found.push((name.as_str().to_owned(), captures[1].to_owned()));
        }
    }
    found
}

fn top(source: &Source) -> Option<String> {
    let below = source.below_src()?;
    let first = below.split('/').next()?;
    let stem = first.strip_suffix(".rs").unwrap_or(first);
    (!is_root(below) && stem != "bin").then(|| stem.to_owned())
}

fn is_root(below_src: &str) -> bool {
    matches!(below_src, "lib.rs" | "main.rs")
}

/// How many `super::` lead from a file to the crate's root.
fn depth(below_src: &str) -> usize {
    let folders = below_src.matches('/').count();
    if below_src.ends_with("/mod.rs") { folders } else { folders + 1 }
}

#[test]
fn files_form_no_circle_inside_a_package() {
    expect_none(&violations(&workspace()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Source> = files
            .iter()
            .map(|(path, text)| Source::new(&format!("modules/forms/src/{path}"), text))
            .collect();
        violations(&sources).into_iter().map(|v| format!("{}:{}", v.path, v.line)).collect()
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
    fn tests_inside_a_file_may_look_anywhere() {
        let files = [
            ("forms.rs", "use crate::events::Kind;"),
            ("events.rs", "struct A;\n#[cfg(test)]\nmod tests { use crate::forms::Form; }"),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }
}
