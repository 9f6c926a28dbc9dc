//! Numbers: read exactly, held within their bounds.

use super::Answer;
use crate::answers::given::Given;
use crate::answers::problem::Problem;
use crate::definition::Numbers;
use crate::{
    answers::{Value, shapes},
    limits,
};

/// Bounds of a number; scale, rating and NPS are whole numbers with both bounds.
#[derive(Debug)]
pub(in crate::answers) struct NumberRule {
    min: Option<f64>,
    max: Option<f64>,
    integer: bool,
}

impl NumberRule {
    pub(super) fn new(numbers: &Numbers) -> Self {
        NumberRule {
            min: numbers.min.as_ref().and_then(serde_json::Number::as_f64),
            max: numbers.max.as_ref().and_then(serde_json::Number::as_f64),
            integer: numbers.integer,
        }
    }

    pub(super) fn points(min: impl Into<f64>, max: impl Into<f64>) -> Self {
        NumberRule { min: Some(min.into()), max: Some(max.into()), integer: true }
    }

    pub(super) fn judge(&self, given: Given) -> Answer {
        let number = match &given {
            Given::Number(digits) => shapes::decimal(digits),
            Given::Text(text) => shapes::decimal(text),
            _ => return Problem::malformed("wrong_type", "Send a number here."),
        };
        let Some(number) = number else {
            return Err(Problem::NotANumber);
        };
        self.bounds(number)?;
        if self.integer && number.fract() != 0.0 {
            return Err(Problem::NotAnInteger);
        }
        Ok(Value::number(number))
    }

    fn bounds(&self, number: f64) -> Result<(), Problem> {
        let min = self.min.unwrap_or(-limits::NUMBER);
        let max = self.max.unwrap_or(limits::NUMBER);
        if number < min {
            return Err(Problem::NumberTooSmall(min));
        }
        if number > max {
            return Err(Problem::NumberTooLarge(max));
        }
        Ok(())
    }
}
