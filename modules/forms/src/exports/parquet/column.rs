//! One column of a Parquet file: its type, and the values that wait for their row group.

use std::sync::Arc;

use parquet::{
    basic::{LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::Result,
    file::writer::SerializedColumnWriter,
    schema::types::{Type, TypePtr},
};

use crate::{
    calendar::calendar_date,
    exports::{cells::Cell, envelope::Shape, layout::Column, request::Values},
};

/// The type of a column; every one may be empty.
pub(super) fn field(column: &Column) -> Result<TypePtr> {
    let name = column.header.as_str();
    let primitive = |physical, logical| {
        Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
    };
    let built = match column.shape {
        Shape::Integer => primitive(Physical::INT64, None),
        Shape::Number => primitive(Physical::DOUBLE, None),
        Shape::Flag => primitive(Physical::BOOLEAN, None),
        Shape::Date => primitive(Physical::INT32, Some(LogicalType::Date)),
        Shape::Moment => {
            primitive(Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS)))
        }
        Shape::Json => primitive(Physical::BYTE_ARRAY, Some(LogicalType::Json)),
        Shape::Text => primitive(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Shape::List => list(name),
    };
    built.map(Arc::new)
}

/// A list as the format's rules have it (LogicalTypes.md, Lists).
fn list(name: &str) -> Result<Type> {
    let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    let repeated = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(element)])
        .build()?;
    Type::group_type_builder(name)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(repeated)])
        .build()
}

/// The values of a row group, with what says where one is absent.
pub(super) struct Waiting {
    shape: Shape,
    values: Typed,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

enum Typed {
    Days(Vec<i32>),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Flags(Vec<bool>),
    Texts(Vec<ByteArray>),
}

impl Waiting {
    pub(super) fn of(shape: Shape) -> Self {
        let values = match shape {
            Shape::Integer | Shape::Moment => Typed::Integers(Vec::new()),
            Shape::Number => Typed::Numbers(Vec::new()),
            Shape::Flag => Typed::Flags(Vec::new()),
            Shape::Date => Typed::Days(Vec::new()),
            Shape::Text | Shape::Json | Shape::List => Typed::Texts(Vec::new()),
        };
        Waiting { shape, values, definition: Vec::new(), repetition: Vec::new() }
    }

    /// Adds the value of the next row; false when it does not fit. Answers do, having been judged by the
    /// type of their column, which is text where the versions of a form disagree.
    #[must_use]
    pub(super) fn add(&mut self, cell: Cell, values: Values) -> bool {
        if self.shape == Shape::List {
            return self.add_list(cell);
        }
        let empty = cell == Cell::Empty;
        let present = match (&mut self.values, cell) {
            (_, Cell::Empty) => false,
            (Typed::Integers(list), Cell::Integer(number)) => push(list, number),
            (Typed::Integers(list), Cell::Moment(moment)) => push(list, moment.micros()),
            (Typed::Numbers(list), Cell::Decimal(number)) => push(list, number),
            // Exact: whole numbers of answers are far below 2⁵³.
            (Typed::Numbers(list), Cell::Integer(number)) => push(list, number as f64),
            (Typed::Flags(list), Cell::Flag(flag)) => push(list, flag),
            (Typed::Days(list), Cell::Text(text)) => {
                days(&text).is_some_and(|days| push(list, days))
            }
            (Typed::Texts(list), cell) => push(list, cell.text(values).as_bytes().to_vec().into()),
            _ => false,
        };
        self.definition.push(i16::from(present));
        present || empty
    }

    fn add_list(&mut self, cell: Cell) -> bool {
        let Typed::Texts(list) = &mut self.values else { return false };
        let items = match cell {
            Cell::Empty => Vec::new(),
            Cell::List(items) => items,
            _ => return false,
        };
        if items.is_empty() {
            self.definition.push(0);
            self.repetition.push(0);
        }
        for (place, item) in items.into_iter().enumerate() {
            list.push(item.into_bytes().into());
            // Each item is there (2 of optional and repeated); all but the first go on with their row.
            self.definition.push(2);
            self.repetition.push(i16::from(place > 0));
        }
        true
    }

    /// Writes all of them and begins anew.
    pub(super) fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let definition = Some(self.definition.as_slice());
        let repetition = (self.shape == Shape::List).then_some(self.repetition.as_slice());
        match &mut self.values {
            Typed::Days(list) => {
                column.typed::<Int32Type>().write_batch(list, definition, repetition)?;
                list.clear();
            }
            Typed::Integers(list) => {
                column.typed::<Int64Type>().write_batch(list, definition, repetition)?;
                list.clear();
            }
            Typed::Numbers(list) => {
                column.typed::<DoubleType>().write_batch(list, definition, repetition)?;
                list.clear();
            }
            Typed::Flags(list) => {
                column.typed::<BoolType>().write_batch(list, definition, repetition)?;
                list.clear();
            }
            Typed::Texts(list) => {
                column.typed::<ByteArrayType>().write_batch(list, definition, repetition)?;
                list.clear();
            }
        }
        self.definition.clear();
        self.repetition.clear();
        Ok(())
    }
}

fn push<T>(list: &mut Vec<T>, value: T) -> bool {
    list.push(value);
    true
}

/// Days since 1970.
fn days(text: &str) -> Option<i32> {
    Some((calendar_date(text)? - jiff::civil::date(1970, 1, 1)).get_days())
}
