//! What `explain query plan` says (sqlite.org/eqp.html), and what a statement's text tells.

use std::collections::HashMap;

use rusqlite::{Connection, Statement};

/// One step of a plan.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// All rows of what is called so are walked through, as they lie or in the order of an index.
    Scan { of: String, by_index: bool },
    /// Rows are looked up by an index, which has no name when it is made for this one statement or is that of the
    /// rows' own numbers.
    Search { of: String, index: Option<String>, by: Vec<Bound> },
    /// What was found is put in order.
    Sort,
}

/// A column by which is searched, and whether by one value of it or by a range.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) column: String,
    pub(super) exact: bool,
}

impl Step {
    /// Other lines of a plan only say how its parts hang together; virtual tables have ways of their own.
    pub(super) fn read(line: &str) -> Option<Step> {
        if line.starts_with("USE TEMP B-TREE") {
            return line.ends_with("ORDER BY").then_some(Step::Sort);
        }
        let (verb, rest) = line.split_once(' ')?;
        let of = rest.split(' ').next()?.to_owned();
        match verb {
            _ if line.contains("VIRTUAL TABLE") => None,
            "SCAN" => Some(Step::Scan { of, by_index: rest.contains(" INDEX ") }),
            "SEARCH" => {
                let named =
                    rest.split_once("INDEX ").and_then(|(_, after)| after.split(' ').next());
                let index = named.filter(|name| !name.starts_with('(')).map(str::to_owned);
                Some(Step::Search { of, index, by: bounds(rest) })
            }
            _ => None,
        }
    }
}

/// `(workspace_id=? AND number<?)`.
fn bounds(rest: &str) -> Vec<Bound> {
    let inside = rest.split_once('(').and_then(|(_, after)| after.rsplit_once(')'));
    let terms = inside.map_or("", |(inside, _)| inside).split(" AND ").filter_map(|term| {
        let end = term.find(['=', '<', '>'])?;
        Some(Bound { column: term[..end].to_owned(), exact: term[end..].starts_with('=') })
    });
    terms.collect()
}

/// The lines of a plan.
pub(super) fn lines(
    connection: &Connection,
    text: &str,
    bind: impl Fn(&mut Statement<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("explain query plan {text}"))?;
    bind(&mut statement)?;
    let mut rows = statement.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(row.get("detail")?);
    }
    Ok(lines)
}

/// The text with each list of parameters as long as lists get: `in ($2)` is planned otherwise than `in ($2, $3, …)`.
pub(super) fn with_long_lists(text: &str) -> Option<String> {
    const LONG: usize = 512;
    let mut long = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(" in ($") {
        let (before, list) = rest.split_at(start + " in (".len());
        let (list, after) = list.split_at(list.find(')')?);
        let mark = list.rsplit(", ").next()?;
        long.extend([before, list]);
        long.push_str(&format!(", {mark}").repeat(LONG));
        rest = after;
    }
    if long.is_empty() {
        return None;
    }
    Some(long + rest)
}

/// Which table each name in a statement stands for.
pub(super) fn names(
    connection: &Connection,
    text: &str,
) -> rusqlite::Result<HashMap<String, String>> {
    let mut tables = connection.prepare("select name from sqlite_schema where type = 'table'")?;
    let tables = tables.query_map([], |row| row.get::<_, String>(0))?;
    let mut names: HashMap<String, String> =
        tables.map(|name| name.map(|name| (name.clone(), name))).collect::<Result<_, _>>()?;
    let words: Vec<&str> = words(text).collect();
    for three in words.windows(3) {
        let named = ["from", "join", "update", "into"].contains(&three[0]);
        if let (true, Some(table)) = (named, names.get(three[1]).cloned()) {
            names.entry(three[2].to_owned()).or_insert(table);
        }
    }
    Ok(names)
}

/// The columns of each unique index of a table, by the name of the index.
pub(super) fn keys(
    connection: &Connection,
    table: &str,
) -> rusqlite::Result<HashMap<String, Vec<String>>> {
    let mut columns = connection.prepare(
        "select l.name, i.name from pragma_index_list($1) l, pragma_index_info(l.name) i
         where l.\"unique\"
         order by l.name, i.seqno",
    )?;
    let columns = columns.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut keys: HashMap<String, Vec<String>> = HashMap::new();
    for column in columns {
        let (index, column) = column?;
        keys.entry(index).or_default().push(column);
    }
    Ok(keys)
}

/// Whether a statement gives values of a column: `id = $2`, `d.id in ($2, $3)`.
pub(super) fn gives(text: &str, column: &str) -> bool {
    text.match_indices(column).any(|(at, _)| {
        let after = text[at + column.len()..].trim_start();
        !text[..at].ends_with(is_of_word)
            && ["= $", "in ($"].iter().any(|given| after.starts_with(given))
    })
}

/// Names and keywords.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c| !is_of_word(c));
    parts.filter(|word| !word.is_empty() && *word != "as")
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
