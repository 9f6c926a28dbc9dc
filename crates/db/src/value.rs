//! Parameters and JSON columns, typed the same on both engines.

use kernel::{Error, Id, IdKind, Result, Role, Timestamp};
use serde::{Serialize, de::DeserializeOwned};

/// A parameter; the type is kept when the value is null, since PostgreSQL asks for it.
#[derive(Debug, Clone)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Double(Option<f64>),
    Bool(Option<bool>),
    Json(Option<String>),
}

impl Value {
    /// Whether the character U+0000 is in it, which PostgreSQL stores in no text; and no engine, so that
    /// data can move between them.
    pub(crate) fn holds_nul(&self) -> bool {
        match self {
            Value::Text(Some(text)) => text.as_bytes().contains(&0),
            Value::Json(Some(json)) => is_nul_escaped_in(json),
            _ => false,
        }
    }
}

/// A backslash before the backslash makes the escape a plain text.
fn is_nul_escaped_in(json: &str) -> bool {
    json.match_indices("\\u0000").any(|(place, _)| {
        let before = json[..place].bytes().rev().take_while(|byte| *byte == b'\\').count();
        before.is_multiple_of(2)
    })
}

/// What can be a parameter.
pub trait ToValue {
    /// The parameter.
    fn value(self) -> Value;
    /// The null of the same type.
    fn null() -> Value;
}

macro_rules! to_value {
    ($($type:ty => $variant:ident($name:ident => $expression:expr);)*) => {$(
        impl ToValue for $type {
            fn value(self) -> Value {
                let $name = self;
                Value::$variant(Some($expression))
            }
            fn null() -> Value {
                Value::$variant(None)
            }
        }
    )*};
}

to_value! {
    String => Text(text => text);
    &String => Text(text => text.clone());
    &str => Text(text => text.to_owned());
    i64 => Int(number => number);
    i32 => Int(number => number.into());
    u32 => Int(number => number.into());
    usize => Int(number => i64::try_from(number).unwrap_or(i64::MAX));
    f64 => Double(number => number);
    bool => Bool(flag => flag);
    Timestamp => Int(moment => moment.micros());
    Role => Text(role => role.as_str().to_owned());
    Json => Json(json => json.0);
}

impl<K: IdKind> ToValue for Id<K> {
    fn value(self) -> Value {
        Value::Text(Some(self.to_string()))
    }
    fn null() -> Value {
        Value::Text(None)
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn value(self) -> Value {
        self.map_or_else(T::null, T::value)
    }
    fn null() -> Value {
        T::null()
    }
}

impl ToValue for Value {
    fn value(self) -> Value {
        self
    }
    fn null() -> Value {
        Value::Text(None)
    }
}

/// A JSON column: TEXT on SQLite, JSONB on PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json(pub String);

impl Json {
    /// The document that `value` is written as.
    pub fn of<T: Serialize>(value: &T) -> Result<Self> {
        serde_json::to_string(value).map(Json).map_err(Error::internal)
    }

    /// The value that the document holds.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.0).map_err(Error::internal)
    }
}
