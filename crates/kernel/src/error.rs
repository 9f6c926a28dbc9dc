//! The one error of the house; `web` turns it into a page, a fragment or a problem document.

use std::{error, fmt, panic::Location, time::Duration};

use crate::{FieldError, Fields};

/// What an action answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request could not be done; each variant is one HTTP status.
#[derive(Debug)]
pub enum Error {
    /// 404: it does not exist, or it belongs to another workspace.
    NotFound,
    /// 401: nobody is signed in, or the credentials are wrong.
    Unauthorized(&'static str),
    /// 403: known, at home, but not allowed.
    Forbidden(String),
    /// 422: the input is wrong, field by field.
    Invalid(Fields),
    /// 400: the request itself cannot be read.
    Malformed(String),
    /// 405: there is something here, but it is asked for in another way.
    WrongMethod,
    /// 409: it contradicts what is already there.
    Conflict { code: &'static str, message: String },
    /// 410: it was here and has ended, such as a closed form.
    Gone(String),
    /// 413: more bytes than are taken.
    TooLarge(String),
    /// 415: a content type that is not understood here.
    Unsupported(String),
    /// 429: too often; come back later.
    Limited { retry_after: Duration },
    /// 503: the house is too busy or a part of it is down. Nothing was promised; something may be stored
    /// none the less, when the answer was lost between the database and us.
    Unavailable { retry_after: Duration, cause: String },
    /// 500: our fault; the cause goes to the log, never to the client.
    Internal { cause: Box<dyn error::Error + Send + Sync>, at: &'static Location<'static> },
}

impl Error {
    /// Our fault, with its cause.
    #[track_caller]
    pub fn internal(cause: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Error::Internal { cause: cause.into(), at: Location::caller() }
    }

    /// One wrong field.
    pub fn invalid(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        Error::Invalid(Fields::one(field, code, message))
    }

    /// A contradiction with what is there.
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Error::Conflict { code, message: message.into() }
    }

    /// Busy or broken for now; worth another try in a second.
    pub fn unavailable(cause: impl Into<String>) -> Self {
        Error::Unavailable { retry_after: Duration::from_secs(1), cause: cause.into() }
    }

    /// The complaints, for an error that has some.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Error::Invalid(fields) => fields.iter().as_slice(),
            _ => &[],
        }
    }
}

impl From<Fields> for Error {
    fn from(fields: Fields) -> Self {
        Error::Invalid(fields)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound => f.write_str("There is nothing here by that name."),
            Error::WrongMethod => f.write_str(
                "This address takes no requests of this method; the header Allow names those it takes.",
            ),
            Error::Unauthorized(message) => f.write_str(message),
            Error::Forbidden(message)
            | Error::Malformed(message)
            | Error::Gone(message)
            | Error::TooLarge(message)
            | Error::Unsupported(message)
            | Error::Conflict { message, .. } => f.write_str(message),
            Error::Invalid(fields) => match fields.iter().as_slice() {
                [one] => f.write_str(&one.message),
                several => write!(f, "{} fields need another look.", several.len()),
            },
            Error::Limited { retry_after } => {
                write!(f, "Too many requests; try again in {} s.", retry_after.as_secs().max(1))
            }
            Error::Unavailable { .. } => {
                f.write_str("Too busy at the moment. Send the same once more in a moment.")
            }
            Error::Internal { .. } => {
                f.write_str("Something went wrong on our side; it has been noted.")
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Error::Internal { cause, .. } => Some(cause.as_ref()),
            _ => None,
        }
    }
}
