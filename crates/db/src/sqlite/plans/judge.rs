//! The rules, each with what it is there to prevent.

use std::{cell::Cell, collections::HashMap, iter};

use rusqlite::{Connection, Statement};

use super::{
    Tables,
    reading::{Bound, Step, gives, keys, lines, names, with_long_lists, words},
};

/// What is wrong with a statement's plan.
pub(super) fn judge(
    connection: &Connection,
    tables: &Tables,
    text: &str,
    bind: impl Fn(&mut Statement<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<Vec<String>> {
    // With single spaces, a piece of it is found however it was broken into lines.
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if tables.excused.iter().any(|(piece, _)| flat.contains(piece)) {
        return Ok(Vec::new());
    }
    let limits = Cell::new(0);
    let asked = Asked { connection, tables, names: names(connection, text)?, text: &flat, limits };
    let long = with_long_lists(text);
    let mut bad = Vec::new();
    for text in iter::once(text).chain(long.as_deref()) {
        asked.limits.set(flat.matches(" limit ").count());
        for line in lines(connection, text, &bind)? {
            let fault = Step::read(&line).map(|step| asked.fault(&step)).transpose()?.flatten();
            bad.extend(fault.map(|fault| format!("{fault}\n    {line}\n    {flat}")));
        }
    }
    bad.sort();
    bad.dedup();
    Ok(bad)
}

/// A statement whose plan is looked at.
struct Asked<'a> {
    connection: &'a Connection,
    tables: &'a Tables,
    names: HashMap<String, String>,
    text: &'a str,
    /// Each lets one search read the beginning of what an index gives.
    limits: Cell<usize>,
}

impl Asked<'_> {
    fn fault(&self, step: &Step) -> rusqlite::Result<Option<String>> {
        match step {
            Step::Scan { of, by_index } => Ok(self.scan(of, *by_index)),
            Step::Search { of, index, by } => self.search(of, index.as_deref(), by),
            Step::Sort => Ok(self.sort()),
        }
    }

    /// The first rows in the order of an index are no walk.
    fn scan(&self, of: &str, by_index: bool) -> Option<String> {
        let first = by_index && self.is_paged() && !self.text.contains(" where ");
        let table = self.names.get(of).filter(|_| !first)?;
        Some(format!("walks all of {table}"))
    }

    fn search(
        &self,
        of: &str,
        index: Option<&str>,
        by: &[Bound],
    ) -> rusqlite::Result<Option<String>> {
        let Some(table) = self.growing(of) else { return Ok(None) };
        let Some(index) = index else {
            let by_row = by.iter().any(|bound| bound.column == "rowid");
            return Ok((!by_row).then(|| format!("makes an index of {table} for itself")));
        };
        let broad = |column: &String| self.tables.broad.contains(&column.as_str());
        let exactly = |column: &String| by.iter().any(|it| it.exact && it.column == *column);
        let keys = keys(self.connection, table)?;
        if keys.get(index).is_some_and(|columns| columns.iter().all(exactly)) {
            return Ok(None);
        }
        let narrow = |columns: &&Vec<String>| {
            columns.iter().any(|column| !broad(column))
                && columns.iter().all(|column| broad(column) || gives(self.text, column))
        };
        let mut given = keys.values().filter(narrow).peekable();
        if let Some(key) = given.peek().map(|key| key.join(", ")) {
            let used = given.any(|key| key.iter().all(|column| broad(column) || exactly(column)));
            return Ok(
                (!used).then(|| format!("walks {table} by {index}, though ({key}) is given"))
            );
        }
        let narrowed = by.iter().any(|bound| !bound.exact || !broad(&bound.column));
        if narrowed || self.take_limit() {
            return Ok(None);
        }
        Ok(Some(format!("reads all of {table} that {index} gives, however much it is")))
    }

    /// Whatever is sorted before its first rows are known has been read for each page.
    fn sort(&self) -> Option<String> {
        let grows = words(self.text).any(|word| self.growing(word).is_some());
        (grows && self.is_paged()).then(|| "sorts what it then takes a page of".to_owned())
    }

    fn is_paged(&self) -> bool {
        self.text.contains(" limit ")
    }

    fn take_limit(&self) -> bool {
        let left = self.limits.get();
        self.limits.set(left.saturating_sub(1));
        left > 0
    }

    /// The table behind a name, when it grows with use.
    fn growing(&self, name: &str) -> Option<&str> {
        let table = self.names.get(name)?;
        let small = self.tables.small.iter().any(|(small, _)| small == table);
        (!small).then_some(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: Tables = Tables {
        broad: &["workspace_id", "form_id", "tray"],
        small: &[("tag", "people write them one by one")],
        excused: &[("order by tray limit 10", "it is only here to be excused")],
    };

    fn faults(text: &str) -> Vec<String> {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "create table answer (workspace_id TEXT, id TEXT, form_id TEXT, number BIGINT,
                    tray TEXT, received_at BIGINT, primary key (workspace_id, id));
                 create unique index answer_number on answer (workspace_id, form_id, number);
                 create index answer_tray on answer (workspace_id, form_id, tray);
                 create index answer_age on answer (received_at);
                 create table tag (workspace_id TEXT, key TEXT, primary key (workspace_id, key));
                 create table progress (workspace_id TEXT, form_id TEXT, done BIGINT,
                    primary key (workspace_id, form_id));",
            )
            .unwrap();
        let found = judge(&connection, &TABLES, text, |_| Ok(())).unwrap();
        found.iter().map(|fault| fault.lines().next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_walk_through_a_whole_table_is_found_behind_any_name() {
        for text in [
            "select id from answer where number = $1",
            "select a.id from tag t cross join answer as a where t.workspace_id = $1 and t.key = $2",
            "update answer set number = 1 where tray = $1",
        ] {
            assert_eq!(faults(text), ["walks all of answer"], "{text}");
        }
        // Few in a workspace are many in all workspaces.
        assert_eq!(faults("select key from tag"), ["walks all of tag"]);
    }

    #[test]
    fn a_list_for_which_a_form_is_walked_is_found_however_short_it_is_here() {
        let of_form =
            "select number from answer where workspace_id = $1 and form_id = $2 and id in";
        for text in [format!("{of_form} ($3)"), format!("{of_form} ($3, $4, $5, $6) limit $7")] {
            let found = faults(&text);
            assert_eq!(found.len(), 1, "{text}");
            assert!(found[0].ends_with("though (workspace_id, id) is given"), "{found:?}");
        }
        let by_key =
            "select number, form_id from answer where workspace_id = $1 and id in ($2, $3)";
        assert_eq!(faults(by_key), [""; 0]);
    }

    #[test]
    fn all_of_a_form_is_read_by_pieces() {
        let all = "select id from answer where workspace_id = $1 and form_id = $2";
        let found = faults(all);
        assert!(found[0].starts_with("reads all of answer that answer_"), "{found:?}");
        for piece in ["limit $3", "and number < $3 order by number desc limit $4"] {
            assert_eq!(faults(&format!("{all} {piece}")), [""; 0], "{piece}");
        }
        let piece = "delete from answer where workspace_id = $1 and id in (
            select id from answer where workspace_id = $1 and form_id = $2 limit $3)";
        assert_eq!(faults(piece), [""; 0]);
        // The limit is the inner one's.
        let walk = "delete from answer where workspace_id = $1 and form_id = $2 and tray in (
            select tray from answer where workspace_id = $1 and form_id = $2 limit $3)";
        assert_eq!(faults(walk).len(), 1);
    }

    #[test]
    fn a_page_is_not_sorted() {
        let page = "select id from answer
            where workspace_id = $1 and form_id = $2
            order by received_at limit 50";
        assert!(faults(page).contains(&"sorts what it then takes a page of".to_owned()));
    }

    #[test]
    fn an_index_that_is_made_for_one_statement_is_found() {
        let joined = "select a.id, b.id from answer a left join answer b on b.tray = a.tray
            where a.received_at > $1";
        assert_eq!(faults(joined), ["makes an index of answer for itself"]);
    }

    #[test]
    fn small_tables_single_rows_and_what_is_excused_pass() {
        for text in [
            "select key from tag where workspace_id = $1 order by key",
            "select key from tag order by workspace_id, key limit 10",
            "select done from progress where workspace_id = $1 and form_id = $2",
            "select id from answer order by received_at limit 10",
            "select id from answer\n order by tray\n limit 10",
            "with one as (select 1 as x) select x from one",
            "insert into answer (workspace_id, id) values ($1, $2)",
        ] {
            assert_eq!(faults(text), [""; 0], "{text}");
        }
    }
}
