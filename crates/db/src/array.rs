//! Whole columns as parameters.

use crate::Value;

/// Whole columns as parameters, for `unnest` on PostgreSQL.
pub(crate) struct Arrays {
    pub(crate) columns: Vec<Array>,
    /// One of them holds what no text can hold.
    pub(crate) unsound: bool,
}

#[derive(Debug)]
pub(crate) enum Array {
    Text(Vec<Option<String>>),
    Int(Vec<Option<i64>>),
    Double(Vec<Option<f64>>),
    Bool(Vec<Option<bool>>),
}

impl Array {
    fn like(value: &Value, room: usize) -> Self {
        match value {
            Value::Text(_) | Value::Json(_) => Array::Text(Vec::with_capacity(room)),
            Value::Int(_) => Array::Int(Vec::with_capacity(room)),
            Value::Double(_) => Array::Double(Vec::with_capacity(room)),
            Value::Bool(_) => Array::Bool(Vec::with_capacity(room)),
        }
    }

    fn push(&mut self, value: Value) {
        match (self, value) {
            (Array::Text(column), Value::Text(value) | Value::Json(value)) => column.push(value),
            (Array::Int(column), Value::Int(value)) => column.push(value),
            (Array::Double(column), Value::Double(value)) => column.push(value),
            (Array::Bool(column), Value::Bool(value)) => column.push(value),
            _ => unreachable!("a column of an insert has one type in all rows"),
        }
    }
}

impl Arrays {
    pub(crate) fn of<const N: usize>(rows: Vec<[Value; N]>) -> Self {
        let mut columns: Vec<Array> =
            rows[0].iter().map(|value| Array::like(value, rows.len())).collect();
        let mut unsound = false;
        for row in rows {
            for (column, value) in columns.iter_mut().zip(row) {
                unsound |= value.holds_nul();
                column.push(value);
            }
        }
        Arrays { columns, unsound }
    }
}
