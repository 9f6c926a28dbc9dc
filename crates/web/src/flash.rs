//! A message that outlives one redirect: it travels in a cookie, the next whole page shows it, and it is gone.

use axum::{
    http::{
        HeaderMap, HeaderValue, Method,
        header::{CONTENT_TYPE, COOKIE, SET_COOKIE},
        request::Parts,
    },
    response::Response,
};
use ui::Tone;

use crate::failure::Failed;

const NAME: &str = "flash";
const GONE: HeaderValue =
    HeaderValue::from_static("flash=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly");
/// Characters of a message; browsers keep 4 KiB of a cookie.
const LONGEST: usize = 300;

/// What the next page says.
#[derive(Debug, Clone)]
pub(crate) struct Flash {
    pub(crate) tone: Tone,
    pub(crate) text: String,
}

/// Lets the page that follows this response say that something was done, or why not.
#[must_use]
pub fn tell(mut response: Response, tone: Tone, text: &str) -> Response {
    let text: String = text.chars().take(LONGEST).collect();
    let value = serde_urlencoded::to_string([(tone.name(), text)]).unwrap_or_default();
    let cookie = format!("{NAME}={value}; Path=/; Max-Age=60; SameSite=Lax; HttpOnly");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

impl Flash {
    /// The message that came with a request for a whole page.
    pub(crate) fn of(parts: &Parts) -> Option<Self> {
        let whole = parts.method == Method::GET && !parts.headers.contains_key("hx-request");
        let (tone, text) = whole.then(|| carried(&parts.headers)).flatten()?;
        let tone = Tone::ALL.into_iter().find(|known| known.name() == tone)?;
        Some(Flash { tone, text })
    }
}

fn carried(headers: &HeaderMap) -> Option<(String, String)> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='))?;
    form_urlencoded::parse(value.as_bytes())
        .next()
        .map(|(tone, text)| (tone.into_owned(), text.into_owned()))
}

/// Takes the message back once a page has shown it; streams and redirects do not show any.
pub(crate) fn forget_when_shown(response: &mut Response) {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    if page || response.extensions().get::<Failed>().is_some() {
        response.headers_mut().append(SET_COOKIE, GONE);
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    fn parts(method: Method, cookie: &str) -> Parts {
        let request = axum::http::Request::builder().method(method).header(COOKIE, cookie);
        request.body(()).expect("a request").into_parts().0
    }

    #[test]
    fn a_message_comes_back_as_it_was() {
        let blank = axum::http::StatusCode::SEE_OTHER.into_response();
        let response = tell(blank, Tone::Good, "“Café; 50 % = ½” is open now");
        let cookie = response.headers()[SET_COOKIE].to_str().expect("plain ASCII").to_owned();
        let pair = cookie.split(';').next().expect("a pair");
        let told = Flash::of(&parts(Method::GET, &format!("session=x; {pair}"))).expect("told");
        assert_eq!((told.tone, told.text.as_str()), (Tone::Good, "“Café; 50 % = ½” is open now"));
    }

    #[test]
    fn what_is_no_message_is_ignored() {
        for cookie in ["", "flash=", "flash=loud=Hear", "flash2=good=No"] {
            assert!(Flash::of(&parts(Method::GET, cookie)).is_none(), "{cookie}");
        }
        assert!(Flash::of(&parts(Method::POST, "flash=good=Yes")).is_none());
    }
}
