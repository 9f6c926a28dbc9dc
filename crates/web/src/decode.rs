//! Bodies and queries, decoded strictly: what is wrong is named field by field.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header::CONTENT_TYPE, request::Parts},
};
use kernel::{Error, Fields, Result};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::Failure;

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A urlencoded body of a known shape.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// A urlencoded body as it came: names and values in order, names repeated as often as sent.
#[derive(Debug)]
pub struct Pairs(pub Vec<(String, String)>);

/// The query of the address.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        expect_type(request.headers(), "application/json")?;
        let bytes = whole(request, state).await?;
        Ok(Json(from_json(&bytes)?))
    }
}

impl<S: Send + Sync> FromRequest<S> for Pairs {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        expect_type(request.headers(), "application/x-www-form-urlencoded")?;
        let bytes = whole(request, state).await?;
        let pairs = serde_urlencoded::from_bytes(&bytes);
        Ok(Pairs(
            pairs
                .map_err(|error| Error::Malformed(format!("The form cannot be read: {error}.")))?,
        ))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        expect_type(request.headers(), "application/x-www-form-urlencoded")?;
        let bytes = whole(request, state).await?;
        let form = serde_urlencoded::from_bytes(&bytes);
        Ok(Form(
            form.map_err(|error| Error::Malformed(format!("The form cannot be read: {error}.")))?,
        ))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let pairs = serde_urlencoded::Deserializer::new(url_pairs(parts));
        let query = serde_path_to_error::deserialize(pairs).map_err(|error| {
            let field = error.path().to_string();
            Fields::one(field, "invalid", sentence(&error.into_inner().to_string()))
        });
        Ok(Query(query?))
    }
}

fn url_pairs(parts: &Parts) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
}

fn expect_type(headers: &HeaderMap, wanted: &'static str) -> Result<()> {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    Err(Error::Unsupported(format!("Send the body as {wanted}.")))
}

async fn whole<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Error::TooLarge("The body is larger than this address takes.".into())
        } else {
            Error::Malformed("The body broke off before its end, or came too slowly.".into())
        }
    })
}

/// Reads JSON: not JSON at all is 400, JSON of the wrong shape names the field with 422.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    // Most of what comes is right: only for what is not the way to it is worth following.
    serde_json::from_slice(bytes).or_else(|_| explained(bytes))
}

fn explained<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        // Where one of several words is awaited, the reader takes all else for a mistake of writing.
        if inner.is_data() || serde_json::from_slice::<IgnoredAny>(bytes).is_ok() {
            let field = if path == "." { "body".to_owned() } else { path };
            Error::Invalid(Fields::one(field, "invalid", told(&inner)))
        } else {
            Error::Malformed(format!("The body is not JSON: {inner}."))
        }
    })?;
    reader.end().map_err(|error| Error::Malformed(format!("The body is not JSON: {error}.")))?;
    Ok(value)
}

fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message) {
        "expected value" => "Send one of the texts that are allowed here.".to_owned(),
        message => sentence(message),
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str() + ".")
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Colour {
        Red,
    }

    #[derive(Debug, Deserialize)]
    struct Body {
        #[serde(rename = "colour")]
        _colour: Colour,
        #[serde(rename = "size")]
        _size: Option<f64>,
    }

    #[test]
    fn what_is_json_and_wrong_names_its_field() {
        for (body, field, told) in [
            (r#"{"colour": 1}"#, "colour", "Send one of the texts that are allowed here."),
            (r#"{"colour": null}"#, "colour", "Send one of the texts that are allowed here."),
            (r#"{"colour": "green"}"#, "colour", "Unknown variant `green`, expected `red`."),
            (r#"{"colour": "red", "size": 1e999}"#, "size", "Number out of range."),
            (
                r#"{"colour": "red", "size": "large"}"#,
                "size",
                "Invalid type: string \"large\", expected f64.",
            ),
            ("[]", "body", "Invalid length 0, expected struct Body with 2 elements."),
        ] {
            let error = from_json::<Body>(body.as_bytes()).expect_err("it is refused");
            let Error::Invalid(fields) = &error else { panic!("{body}: {error}") };
            assert_eq!(fields.of(field), Some(told), "{body}: {error}");
        }
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        for body in [
            "",
            "{",
            r#"{"colour": }"#,
            r#"{"colour": red}"#,
            r#"{"colour": 1"#,
            r#"{"colour": "red"} x"#,
        ] {
            let error = from_json::<Body>(body.as_bytes()).expect_err("it is refused");
            assert!(matches!(error, Error::Malformed(_)), "{body}: {error}");
        }
    }
}
