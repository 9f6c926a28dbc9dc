//! Teaches the database drivers that ids are TEXT and times are BIGINT.

use sqlx::{Database, Decode, Type, error::BoxDynError};

use crate::{Id, IdKind, Timestamp};

impl<K: IdKind, D: Database> Type<D> for Id<K>
where
    String: Type<D>,
{
    fn type_info() -> D::TypeInfo {
        String::type_info()
    }

    fn compatible(info: &D::TypeInfo) -> bool {
        String::compatible(info)
    }
}

impl<'r, K: IdKind, D: Database> Decode<'r, D> for Id<K>
where
    &'r str: Decode<'r, D>,
{
    fn decode(value: D::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(<&str>::decode(value)?.parse()?)
    }
}

impl<D: Database> Type<D> for Timestamp
where
    i64: Type<D>,
{
    fn type_info() -> D::TypeInfo {
        i64::type_info()
    }

    fn compatible(info: &D::TypeInfo) -> bool {
        i64::compatible(info)
    }
}

impl<'r, D: Database> Decode<'r, D> for Timestamp
where
    i64: Decode<'r, D>,
{
    fn decode(value: D::ValueRef<'r>) -> Result<Self, BoxDynError> {
        i64::decode(value).map(Timestamp::from_micros)
    }
}
