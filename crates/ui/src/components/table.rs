//! Dense lists: a table on a desk, cards on a phone.

use maud::{Markup, Render, html};

use crate::{Icon, Illustration, Tone, relative_time, sample::Sample, status, whole};

/// The head of a column and how its cells behave.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    label: &'a str,
    class: Option<&'static str>,
}

impl<'a> Column<'a> {
    /// Text at the start of the cell.
    pub const fn text(label: &'a str) -> Self {
        Self { label, class: None }
    }

    /// Figures at the end of the cell, all digits of one width.
    pub const fn number(label: &'a str) -> Self {
        Self { label, class: Some("table__number") }
    }

    /// Text that has a line of its own on phones.
    pub const fn line(label: &'a str) -> Self {
        Self { label, class: Some("table__line") }
    }

    /// What can be done with the row; on phones it stands beside the name.
    pub const fn actions(label: &'a str) -> Self {
        Self { label, class: Some("table__actions") }
    }

    /// Left out on phones.
    pub const fn wide_only(label: &'a str) -> Self {
        Self { label, class: Some("table__wide") }
    }
}

/// One line of a table; the first cell is its name and carries the link.
pub struct Row<'a> {
    /// The element's id, for replacing it later.
    pub id: Option<&'a str>,
    /// Where a press on the row leads.
    pub href: Option<&'a str>,
    /// As many as there are columns.
    pub cells: Vec<Markup>,
}

/// A list with a caption (read aloud, not shown), its columns and its rows.
pub struct Table<'a> {
    caption: &'a str,
    columns: &'a [Column<'a>],
    rows: &'a [Row<'a>],
    body_id: Option<&'a str>,
    empty: Option<Markup>,
    picks: Option<&'a str>,
}

impl<'a> Table<'a> {
    /// A table over its rows.
    pub fn new(caption: &'a str, columns: &'a [Column<'a>], rows: &'a [Row<'a>]) -> Self {
        Self { caption, columns, rows, body_id: None, empty: None, picks: None }
    }

    /// Id of the `tbody`, into which live rows are put.
    pub fn body_id(mut self, id: &'a str) -> Self {
        self.body_id = Some(id);
        self
    }

    /// A box before each row that has an id, sent under this name: for doing something with many.
    pub fn picks(mut self, name: Option<&'a str>) -> Self {
        self.picks = name;
        self
    }

    /// What stands in place of the table while it has no row.
    pub fn empty(mut self, empty: Markup) -> Self {
        self.empty = Some(empty);
        self
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        if let (true, Some(empty)) = (self.rows.is_empty(), &self.empty) {
            return empty.clone();
        }
        html! {
            // Scrolls sideways where the columns do not fit; by keyboard too, hence the tab stop.
            div.table-frame tabindex="0" role="region" aria-label=(self.caption) {
                table.table {
                    caption.visually-hidden { (self.caption) }
                    thead {
                        tr {
                            @if self.picks.is_some() {
                                th.table__pick scope="col" { span.visually-hidden { "Pick" } }
                            }
                            @for column in self.columns { (head(column)) }
                        }
                    }
                    tbody id=[self.body_id] {
                        @for row in self.rows { (row_of(self.columns, row, self.picks)) }
                    }
                }
            }
        }
    }
}

/// The column's name; a long one breaks into two lines and shows the rest when pointed at.
fn head(column: &Column<'_>) -> Markup {
    html! {
        th scope="col" class=[column.class] {
            span.table__label.clamp title=[whole(column.label)] { (column.label) }
        }
    }
}

/// One line alone, the same that the table is made of: for adding it live.
pub fn table_row(columns: &[Column<'_>], row: &Row<'_>) -> Markup {
    row_of(columns, row, None)
}

fn row_of(columns: &[Column<'_>], row: &Row<'_>, picks: Option<&str>) -> Markup {
    html! {
        tr id=[row.id] {
            @if let (Some(name), Some(id)) = (picks, row.id) {
                td.table__pick { input.tick__box type="checkbox" name=(name) value=(id) aria-label="Pick this row"; }
            }
            @for (index, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
                @if index == 0 {
                    th.table__name scope="row" {
                        @match row.href {
                            Some(href) => a.table__link href=(href) { (cell) },
                            None => (cell),
                        }
                    }
                } @else {
                    td class=[column.class] data-label=(column.label) { (cell) }
                }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let columns = [
        Column::text("Form"),
        Column::text("State"),
        Column::number("Submissions"),
        Column::wide_only("Last one"),
    ];
    let row = |name: &str, tone, state: &str, total: &str| Row {
        id: None,
        href: Some("#form"),
        cells: vec![
            html! { (name) },
            status(tone, state),
            html! { (total) },
            relative_time("2026-08-03T09:12:00Z", "3 Aug 2026, 09:12 UTC"),
        ],
    };
    let rows = [
        row("Customer feedback", Tone::Good, "Published", "48,210"),
        row("Wildlife strike report", Tone::Good, "Published", "10,000"),
        row("Job application", Tone::Neutral, "Draft", "0"),
    ];
    let nothing = crate::EmptyState::new(
        Illustration::Search,
        "No form by that name",
        "Try fewer words, or make a new one.",
    );
    vec![
        Sample::new(
            "tables",
            "Full",
            html! {
                (Table::new("Forms", &columns, &rows).body_id("sample-rows"))
            },
        ),
        Sample::new("tables", "With boxes to pick rows by", picked(&columns)),
        Sample::new("tables", "Wider than its place", wide()),
        Sample::new(
            "tables",
            "Empty",
            html! {
                (Table::new("No forms", &columns, &[]).empty(nothing.render()))
            },
        ),
        Sample::new(
            "tables",
            "One row, as it arrives",
            html! {
                div.table-frame { table.table { tbody { (table_row(&columns, &rows[0])) } } }
                p.row.muted { (Icon::Bolt) "Rows that arrive live glow for a moment" }
            },
        ),
    ]
}

fn picked(columns: &[Column<'_>]) -> Markup {
    let row = |id, name: &str| Row {
        id: Some(id),
        href: Some("#form"),
        cells: vec![
            html! { (name) },
            status(Tone::Good, "Published"),
            html! { "12" },
            relative_time("2026-08-03T09:12:00Z", "3 Aug 2026, 09:12 UTC"),
        ],
    };
    let rows = [row("picked-1", "Customer feedback"), row("picked-2", "Job application")];
    html! { (Table::new("Forms to pick", columns, &rows).picks(Some("pick"))) }
}

fn wide() -> Markup {
    let columns = [
        Column::text("What did you like?"),
        Column::line(
            "How likely are you to recommend our bakery to a friend or to a colleague of yours?",
        ),
        Column::line("Which of our shops did you visit?"),
        Column::line("What should we do better next time?"),
        Column::line("May we write to you?"),
        Column::text("Received"),
    ];
    let cells = ["The rye bread", "9", "Harbour", "More seats by the window", "Yes", "3 Aug 2026"];
    let row = Row {
        id: None,
        href: Some("#submission"),
        cells: cells.map(|text| html! { (text) }).to_vec(),
    };
    Table::new("Submissions", &columns, &[row]).render()
}
