//! What stands before the fraction of a number, in files that go out and in those that come in.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::choices::Few;

/// What stands before the fraction of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Decimal {
    #[default]
    Point,
    Comma,
}

impl Few for Decimal {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Decimal::Point, "point", "1,234.5"), (Decimal::Comma, "comma", "1.234,5")];
}

impl Decimal {
    /// A number as it is written.
    pub(crate) fn written(self, number: Cow<'_, str>) -> Cow<'_, str> {
        match self {
            Decimal::Point => number,
            Decimal::Comma => number.replace('.', ",").into(),
        }
    }
}
