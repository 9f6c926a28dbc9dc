//! A statement: SQL text, parameters, and the ways to run it.

use std::borrow::Cow;

use kernel::{Error, Result};

use crate::{
    Engine,
    array::{Array, Arrays},
    error::no_such_text,
    row::{FromRow, Row},
    tx::{Inner, Tx},
    value::{ToValue, Value},
};

/// SQL text with its parameters.
#[derive(Debug)]
pub struct Statement {
    text: Cow<'static, str>,
    values: Vec<Value>,
    arrays: Vec<Array>,
    /// A parameter holds what no text can hold.
    unsound: bool,
}

/// Begins a statement: `sql("select … where id = $1").bind(id).one::<Row>(tx)`.
pub fn sql(text: &'static str) -> Statement {
    Statement { text: Cow::Borrowed(text), values: Vec::new(), arrays: Vec::new(), unsound: false }
}

impl Statement {
    pub(crate) fn built(text: String, values: Vec<Value>) -> Self {
        let unsound = values.iter().any(Value::holds_nul);
        Statement { text: Cow::Owned(text), values, arrays: Vec::new(), unsound }
    }

    pub(crate) fn arrays(mut self, arrays: Arrays) -> Self {
        self.arrays = arrays.columns;
        self.unsound |= arrays.unsound;
        self
    }

    /// Adds the next parameter.
    pub fn bind(mut self, value: impl ToValue) -> Self {
        let value = value.value();
        self.unsound |= value.holds_nul();
        self.values.push(value);
        self
    }

    /// Adds a piece of SQL text; only text of the program itself fits its type.
    pub fn push(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Locks the rows of this `select`, and leaves out those that another transaction has locked.
    /// SQLite has one writer at a time, so that nothing is ever locked there.
    pub fn skip_locked(self, tx: &Tx) -> Self {
        match tx.engine() {
            Engine::Sqlite => self,
            Engine::Postgres => self.push(" for update skip locked"),
        }
    }

    /// Adds the next parameter and its mark: `set number =` + `$2`.
    pub fn bind_next(mut self, value: impl ToValue) -> Self {
        let mark = format!(" ${}", self.values.len() + 1);
        self.text.to_mut().push_str(&mark);
        self.bind(value)
    }

    /// Adds a list in brackets, one parameter an element: `where id in` + `($2, $3)`.
    /// The list is filled up to a power of two with its last element, so that few texts are prepared.
    pub fn bind_list<T: ToValue>(mut self, list: impl IntoIterator<Item = T>) -> Self {
        let mut values: Vec<Value> = list.into_iter().map(T::value).collect();
        if values.is_empty() {
            values.push(T::null());
        }
        self.unsound |= values.iter().any(Value::holds_nul);
        let last = values[values.len() - 1].clone();
        values.resize(values.len().next_power_of_two(), last);
        let text = self.text.to_mut();
        for index in 0..values.len() {
            text.push_str(if index == 0 { " (" } else { ", " });
            text.push_str(&format!("${}", self.values.len() + index + 1));
        }
        text.push(')');
        self.values.append(&mut values);
        self
    }

    /// Narrows this `select` to rows whose `column` is in a list that holds nothing twice:
    /// `select … where form_id = $1` + `and number in ($2, $3)`. There is an index for it.
    ///
    /// PostgreSQL is told to look each of them up. By itself it would rather read all of a form of which it believes
    /// that it has nine rows, which is what it believes of each that has grown since it last looked.
    pub fn each<T: ToValue>(
        mut self,
        tx: &Tx,
        column: &'static str,
        list: impl IntoIterator<Item = T>,
    ) -> Self {
        match tx.engine() {
            Engine::Sqlite => self.push(" and ").push(column).push(" in").bind_list(list),
            Engine::Postgres => {
                let mut values: Vec<Value> = list.into_iter().map(T::value).collect();
                self.unsound |= values.iter().any(Value::holds_nul);
                // Few texts are prepared, and null is like nothing.
                values.resize(values.len().next_power_of_two(), T::null());
                let first = self.values.len() + 1;
                let marks: Vec<String> =
                    (first..first + values.len()).map(|number| format!("(${number})")).collect();
                let (marks, text) = (marks.join(", "), &self.text);
                // `offset 0` keeps it from being planned as one join.
                self.text = Cow::Owned(format!(
                    "select each_row.* from (values {marks}) each_one (value) cross join lateral (
                     {text} and {column} = each_one.value offset 0) each_row"
                ));
                self.values.append(&mut values);
                self
            }
        }
    }

    /// All rows.
    pub async fn all<R: FromRow>(self, tx: &mut Tx) -> Result<Vec<R>> {
        let rows = self.rows(tx).await?;
        rows.into_iter().map(|mut row| R::from_row(&mut row)).collect()
    }

    /// The only row; none is an internal error.
    pub async fn one<R: FromRow>(self, tx: &mut Tx) -> Result<R> {
        self.optional(tx).await?.ok_or_else(|| Error::internal("a row is missing"))
    }

    /// The row, if there is one.
    pub async fn optional<R: FromRow>(self, tx: &mut Tx) -> Result<Option<R>> {
        Ok(self.all(tx).await?.into_iter().next())
    }

    /// Runs a change and tells how many rows it touched.
    pub async fn run(self, tx: &mut Tx) -> Result<u64> {
        self.expect_sound()?;
        match &mut tx.inner {
            Inner::Sqlite(tx) => tx.run(self.text, self.values).await,
            Inner::Postgres(tx) => tx.run(self.text, self.values, self.arrays).await,
        }
    }

    async fn rows(self, tx: &mut Tx) -> Result<Vec<Row>> {
        self.expect_sound()?;
        match &mut tx.inner {
            Inner::Sqlite(tx) => tx.rows(self.text, self.values).await,
            Inner::Postgres(tx) => tx.rows(self.text, self.values, self.arrays).await,
        }
    }

    fn expect_sound(&self) -> Result<()> {
        if self.unsound { Err(no_such_text(&self.text)) } else { Ok(()) }
    }
}
