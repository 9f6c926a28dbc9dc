//! Both editions of a form as one list: what is there now in its order, and what is gone where it stood.

use std::collections::{HashMap, HashSet};

use crate::definition::{
    Definition, Field, Kind,
    changes::{Changes, FieldChange, Moved},
};

/// A field of either edition, and what became of it.
pub(crate) struct Line<'a> {
    pub(crate) field: &'a Field,
    pub(crate) fate: Fate<'a>,
}

/// What became of a field.
pub(crate) enum Fate<'a> {
    Added,
    Removed,
    Kept { changed: Option<&'a FieldChange>, moved: Option<&'a Moved> },
}

impl Line<'_> {
    /// Whether there is nothing to say about it.
    pub(crate) fn is_as_before(&self) -> bool {
        matches!(self.fate, Fate::Kept { changed: None, moved: None })
    }

    /// Whether it begins a page of the newer edition.
    fn begins_a_page(&self) -> bool {
        matches!(self.field.kind, Kind::Page) && !matches!(self.fate, Fate::Removed)
    }
}

/// The lines of each page of the newer edition; every page but the first begins with its break.
pub(crate) fn pages<'a>(
    older: &'a Definition,
    newer: &'a Definition,
    changes: &'a Changes,
) -> Vec<Vec<Line<'a>>> {
    let mut pages = vec![Vec::new()];
    for line in lines(older, newer, changes) {
        if line.begins_a_page() {
            pages.push(Vec::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
    }
    pages
}

fn lines<'a>(older: &'a Definition, newer: &'a Definition, changes: &'a Changes) -> Vec<Line<'a>> {
    let mut gone = gone(older, changes);
    let mut lines = gone.remove("").unwrap_or_default();
    let fates = Fates::of(changes);
    for field in &newer.fields {
        lines.push(Line { field, fate: fates.of_key(&field.key) });
        lines.extend(gone.remove(field.key.as_str()).unwrap_or_default());
    }
    lines
}

/// What is gone, by the key of the field after which it stood; `""` for the beginning.
fn gone<'a>(older: &'a Definition, changes: &Changes) -> HashMap<&'a str, Vec<Line<'a>>> {
    let removed: HashSet<&str> = changes.removed.iter().map(|it| it.key.as_str()).collect();
    // What stands elsewhere by now shows no place.
    let moved: HashSet<&str> = changes.moved.iter().map(|it| it.field.key.as_str()).collect();
    let (mut after, mut gone) = ("", HashMap::new());
    for field in &older.fields {
        let key = field.key.as_str();
        if removed.contains(key) {
            let lines: &mut Vec<Line<'_>> = gone.entry(after).or_default();
            lines.push(Line { field, fate: Fate::Removed });
        } else if !moved.contains(key) {
            after = key;
        }
    }
    gone
}

struct Fates<'a> {
    added: HashSet<&'a str>,
    changed: HashMap<&'a str, &'a FieldChange>,
    moved: HashMap<&'a str, &'a Moved>,
}

impl<'a> Fates<'a> {
    fn of(changes: &'a Changes) -> Self {
        Fates {
            added: changes.added.iter().map(|it| it.key.as_str()).collect(),
            changed: changes.changed.iter().map(|it| (it.field.key.as_str(), it)).collect(),
            moved: changes.moved.iter().map(|it| (it.field.key.as_str(), it)).collect(),
        }
    }

    fn of_key(&self, key: &str) -> Fate<'a> {
        if self.added.contains(key) {
            return Fate::Added;
        }
        Fate::Kept { changed: self.changed.get(key).copied(), moved: self.moved.get(key).copied() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::changes::tests::form;

    fn told(older: &[&str], newer: &[&str]) -> Vec<String> {
        let (older, newer) = (form(older), form(newer));
        let changes = Changes::between(&older, &newer);
        let mark = |line: &Line<'_>| {
            let sign = match line.fate {
                Fate::Added => "+",
                Fate::Removed => "-",
                Fate::Kept { moved: Some(_), .. } => "~",
                Fate::Kept { .. } => "",
            };
            format!("{sign}{}", line.field.key)
        };
        let page = |page: &Vec<Line<'_>>| page.iter().map(mark).collect::<Vec<_>>().join(" ");
        pages(&older, &newer, &changes).iter().map(page).collect()
    }

    #[test]
    fn what_is_gone_stands_where_it_stood() {
        assert_eq!(told(&["x", "a", "b", "y", "c"], &["a", "b", "d", "c"]), ["-x a b -y +d c"]);
    }

    #[test]
    fn each_page_has_its_lines() {
        let older = ["a", "b", "page_2", "c", "page_3", "d"];
        let newer = ["a", "page_2", "c", "b", "d"];
        assert_eq!(told(&older, &newer), ["a", "page_2 c -page_3 ~b d"]);
    }
}
