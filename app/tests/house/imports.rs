//! Which names each file of a package takes from which other file of it.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::{Captures, Regex};

use crate::rust_text::{RustText, line_of};
use crate::sources::Source;

static USE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\buse\s+([^;]+);").expect("valid"));
/// `store::find_form`, but not the `desk::find` of `::jobs::desk::find`, which is another package's.
static PATH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\w:.])((?:\w+::)+\w+)").expect("valid"));

/// A file's place in the tree of modules: `jobs/views.rs` is `["jobs", "views"]`, the root `[]`.
pub(crate) type Module = Vec<String>;

/// A name that one file takes from another.
pub(crate) struct Import {
    pub(crate) from: Module,
    pub(crate) to: Module,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) line: usize,
}

/// All that the files of one package take from one another, tests inside a file left out.
pub(crate) fn imports(sources: &[&Source]) -> Vec<Import> {
    let tree = Tree::of(sources);
    tree.files.keys().flat_map(|module| tree.imports_of(module)).collect()
}

/// The files of one package by their modules.
struct Tree {
    files: BTreeMap<Module, File>,
}

/// What a file says about others.
struct File {
    path: String,
    uses: Vec<Use>,
    /// Paths in the code itself, such as `store::find_form`, with their lines.
    paths: Vec<(usize, Vec<String>)>,
}

/// One branch of a `use`, and the name that it has in the file.
struct Use {
    line: usize,
    path: Vec<String>,
    alias: String,
}

impl Tree {
    fn of(sources: &[&Source]) -> Self {
        let mut files = BTreeMap::new();
        for source in sources {
            // A `main.rs` beside a `lib.rs` comes after it, and is nobody's parent.
            if let Some(module) = source.below_src().and_then(module) {
                files.entry(module).or_insert_with(|| File::read(source));
            }
        }
        Self { files }
    }

    fn imports_of(&self, from: &Module) -> Vec<Import> {
        let file = &self.files[from];
        let uses = file.uses.iter().map(|one| (one.line, &one.path));
        let paths = file.paths.iter().map(|(line, path)| (*line, path));
        let mut imports = Vec::new();
        for (line, path) in uses.chain(paths) {
            let mut stops = Vec::new();
            self.follow(from, path, &mut stops);
            for (to, name) in stops.into_iter().filter(|(to, _)| to != from) {
                let path = file.path.clone();
                imports.push(Import { from: from.clone(), to, name, path, line });
            }
        }
        imports
    }

    /// Where a path leads from a file: to the file that it names, and when that one only passes the
    /// name on, to the one that the name comes from as well.
    fn follow(&self, from: &[String], path: &[String], stops: &mut Vec<(Module, String)>) {
        let (mut here, mut rest) = (from.to_vec(), path);
        while let [first, more @ ..] = rest {
            match first.as_str() {
                "crate" => here.clear(),
                "super" => drop(here.pop()),
                "self" => {}
                name => {
                    let below = [&here[..], &[name.to_owned()]].concat();
                    if !self.files.contains_key(&below) {
                        break;
                    }
                    here = below;
                }
            }
            rest = more;
        }
        let Some(name) = rest.first().or(here.last()).cloned() else { return };
        let stop = (here, name);
        if stops.contains(&stop) {
            return;
        }
        stops.push(stop.clone());
        let (Some(file), [name, more @ ..]) = (self.files.get(&stop.0), rest) else { return };
        for passed in file.uses.iter().filter(|one| one.alias == *name) {
            self.follow(&stop.0, &[&passed.path, more].concat(), stops);
        }
    }
}

impl File {
    fn read(source: &Source) -> Self {
        let text = RustText::new(&source.text);
        let code = text.code_without_tests();
        let mut uses = Vec::new();
        for found in USE.captures_iter(code).filter_map(|captures| captures.get(1)) {
            branches(line_of(code, found.start()), found.as_str(), &[], &mut uses);
        }
        let blank = |captures: &Captures<'_>| "\n".repeat(captures[0].matches('\n').count());
        let code = USE.replace_all(code, blank);
        let paths = PATH.captures_iter(&code).filter_map(|captures| captures.get(1));
        let paths = paths.map(|found| (line_of(&code, found.start()), segments(found.as_str())));
        Self { path: source.path.clone(), uses, paths: paths.collect() }
    }
}

/// The module that a file below `src/` is.
fn module(below_src: &str) -> Option<Module> {
    let path = below_src.strip_suffix(".rs")?;
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" | "main" => Some(Vec::new()),
        _ if path.starts_with("bin/") => None,
        _ => Some(path.split('/').map(str::to_owned).collect()),
    }
}

/// The branches of `a::{b, c::{d as e, self}}`, each with all that stands before it.
fn branches(line: usize, tree: &str, before: &[String], uses: &mut Vec<Use>) {
    let tree = tree.trim();
    if let Some((stem, group)) = tree.strip_suffix('}').and_then(|tree| tree.split_once('{')) {
        let before = [before, &segments(stem)].concat();
        parts(group).into_iter().for_each(|part| branches(line, part, &before, uses));
        return;
    }
    let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
    let mut path = [before, &segments(path)].concat();
    // `{self, …}` is the module in front of the group.
    path.pop_if(|last| last == "self");
    let alias = if alias.is_empty() { path.last().cloned() } else { Some(alias.trim().to_owned()) };
    uses.extend(alias.map(|alias| Use { line, path, alias }));
}

/// What stands between the commas of a group that are not inside a group of its own.
fn parts(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let parts = group.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    parts.filter(|part| !part.trim().is_empty()).collect()
}

fn segments(path: &str) -> Vec<String> {
    // Of `::jobs::desk`, which is another package's, the first segment is empty and leads nowhere.
    let path = path.trim().trim_end_matches("::");
    if path.is_empty() {
        Vec::new()
    } else {
        path.split("::").map(|s| s.trim().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Source> = files
            .iter()
            .map(|(path, text)| Source::new(&format!("modules/forms/src/{path}"), text))
            .collect();
        let say = |import: Import| {
            let (from, to) = (import.from.join("/"), import.to.join("/"));
            format!("{from} {}: {} from {to}", import.line, import.name)
        };
        imports(&sources.iter().collect::<Vec<_>>()).into_iter().map(say).collect()
    }

    #[test]
    fn groups_nested_groups_and_other_names_are_read() {
        let text = "use crate::{paths::{A, inner::{self, B as C}}, events};\nuse ::paths::E;";
        let files = [("a.rs", text), ("paths.rs", ""), ("paths/inner.rs", ""), ("events.rs", "")];
        assert_eq!(
            taken(&files),
            [
                "a 1: A from paths",
                "a 1: inner from paths/inner",
                "a 1: B from paths/inner",
                "a 1: events from events",
            ]
        );
    }

    #[test]
    fn paths_in_the_code_are_read() {
        let text = "use super::store;\nfn f(x: super::Form) {\n store::find(); self::b::C; std::mem::drop(x) }";
        let files =
            [("forms.rs", ""), ("forms/a.rs", text), ("forms/a/b.rs", ""), ("forms/store.rs", "")];
        assert_eq!(
            taken(&files),
            [
                "forms/a 1: store from forms/store",
                "forms/a 2: Form from forms",
                "forms/a 3: find from forms/store",
                "forms/a 3: C from forms/a/b",
            ]
        );
    }

    #[test]
    fn a_name_that_is_passed_on_comes_from_both() {
        let files = [
            ("lib.rs", "pub use forms::Form;"),
            ("forms.rs", "pub(crate) use kinds::Kind as Form;"),
            ("forms/kinds.rs", ""),
            ("events.rs", "use crate::Form;"),
        ];
        let of_events: Vec<_> =
            taken(&files).into_iter().filter(|line| line.starts_with("events")).collect();
        assert_eq!(
            of_events,
            [
                "events 1: Form from ",
                "events 1: Form from forms",
                "events 1: Kind from forms/kinds",
            ]
        );
    }
}
