//! Rows, the same from both engines, and what can be read from their columns.

use std::{str::FromStr, sync::Arc};

use kernel::{Error, Id, IdKind, Result, Role, Timestamp};

use crate::Json;

/// A value that a column holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
}

impl Cell {
    /// Its type alone: the value may be nobody's business.
    fn kind(&self) -> &'static str {
        match self {
            Cell::Null => "NULL",
            Cell::Bool(_) => "a truth value",
            Cell::Int(_) => "an integer",
            Cell::Double(_) => "a number",
            Cell::Text(_) => "a text",
        }
    }
}

/// The names of a statement's columns.
pub(crate) type Names = Arc<[String]>;

/// One row; whoever reads a column takes its value away.
#[derive(Debug)]
pub struct Row {
    names: Names,
    cells: Vec<Cell>,
}

impl Row {
    pub(crate) fn new(names: Names, cells: Vec<Cell>) -> Self {
        Row { names, cells }
    }

    /// The value of the column of this name.
    pub fn take<T: FromCell>(&mut self, name: &str) -> Result<T> {
        let place = self.names.iter().position(|column| column == name);
        self.take_at(place.ok_or_else(|| Error::internal(format!("no column is named {name}")))?)
    }

    /// The value of the column at this place, the first being 0.
    pub fn take_at<T: FromCell>(&mut self, place: usize) -> Result<T> {
        let cell = self
            .cells
            .get_mut(place)
            .ok_or_else(|| Error::internal(format!("there is no column {place}")))?;
        T::from_cell(std::mem::replace(cell, Cell::Null)).map_err(|Mismatch { wanted, found }| {
            let name = &self.names[place];
            Error::internal(format!("column {name} holds {found} where {wanted} is wanted"))
        })
    }
}

/// What a row can be read as: a struct that derives it, or a tuple in the order of the columns.
pub trait FromRow: Sized + Send {
    /// Takes its values from the row.
    fn from_row(row: &mut Row) -> Result<Self>;
}

/// A column holds another type than the one that was asked for.
#[derive(Debug)]
pub struct Mismatch {
    wanted: &'static str,
    found: &'static str,
}

/// What a column can be read as.
pub trait FromCell: Sized {
    /// The value, if the cell holds such a one.
    fn from_cell(cell: Cell) -> Result<Self, Mismatch>;
}

impl FromCell for i64 {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        match cell {
            Cell::Int(number) => Ok(number),
            other => Err(Mismatch { wanted: "an integer", found: other.kind() }),
        }
    }
}

impl FromCell for f64 {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        match cell {
            Cell::Double(number) => Ok(number),
            // SQLite keeps a whole number as one.
            Cell::Int(number) => Ok(number as f64),
            other => Err(Mismatch { wanted: "a number", found: other.kind() }),
        }
    }
}

impl FromCell for bool {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        match cell {
            Cell::Bool(flag) => Ok(flag),
            // SQLite has no other type for it.
            Cell::Int(number) => Ok(number != 0),
            other => Err(Mismatch { wanted: "a truth value", found: other.kind() }),
        }
    }
}

impl FromCell for String {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        match cell {
            Cell::Text(text) => Ok(text),
            other => Err(Mismatch { wanted: "a text", found: other.kind() }),
        }
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        if cell == Cell::Null { Ok(None) } else { T::from_cell(cell).map(Some) }
    }
}

impl FromCell for Json {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        String::from_cell(cell).map(Json)
    }
}

impl FromCell for Timestamp {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        i64::from_cell(cell).map(Timestamp::from_micros)
    }
}

impl<K: IdKind> FromCell for Id<K> {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        parsed(cell, "an id")
    }
}

impl FromCell for Role {
    fn from_cell(cell: Cell) -> Result<Self, Mismatch> {
        parsed(cell, "a role")
    }
}

fn parsed<T: FromStr>(cell: Cell, wanted: &'static str) -> Result<T, Mismatch> {
    match cell {
        Cell::Text(text) => {
            text.parse().map_err(|_| Mismatch { wanted, found: "a text that is none" })
        }
        other => Err(Mismatch { wanted, found: other.kind() }),
    }
}

macro_rules! from_row {
    ($($type:ident $place:tt),*) => {
        impl<$($type: FromCell + Send),*> FromRow for ($($type,)*) {
            fn from_row(row: &mut Row) -> Result<Self> {
                Ok(($(row.take_at::<$type>($place)?,)*))
            }
        }
    };
}

from_row!(A 0);
from_row!(A 0, B 1);
from_row!(A 0, B 1, C 2);
from_row!(A 0, B 1, C 2, D 3);
from_row!(A 0, B 1, C 2, D 3, E 4);
from_row!(A 0, B 1, C 2, D 3, E 4, F 5);
from_row!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
from_row!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        let names: Names = ["id".to_owned(), "done".to_owned()].into();
        Row::new(names, vec![Cell::Text("secret".into()), Cell::Int(1)])
    }

    #[test]
    fn columns_are_found_by_name_and_by_place() {
        assert_eq!(row().take::<String>("id").unwrap(), "secret");
        assert_eq!(<(String, bool)>::from_row(&mut row()).unwrap(), ("secret".into(), true));
        assert!(row().take::<String>("none").is_err());
    }

    #[test]
    fn what_does_not_fit_is_named_without_its_value() {
        let error = format!("{:?}", row().take::<i64>("id").unwrap_err());
        assert!(error.contains("column id holds a text where an integer is wanted"), "{error}");
        assert!(!error.contains("secret"));
    }
}
