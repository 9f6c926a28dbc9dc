//! Who answers, where a person may answer once: a browser known by a cookie, or someone we have invited.

use axum::{
    http::{
        HeaderMap, HeaderValue,
        header::{COOKIE, SET_COOKIE},
    },
    response::Response,
};
use kernel::Result;
use web::{Cx, Visit};

use crate::{
    forms::acceptance::{Once, respondent_hash},
    pages::sent,
    paths::{self, INVITED},
    published::Published,
    submissions::store,
};

/// Someone whose answers count as one person's.
#[derive(Debug)]
pub(super) struct Respondent {
    /// What is kept of them beside the form.
    pub(super) hash: String,
    /// Whom we have invited, by the name that the inviter chose.
    pub(super) invited: Option<String>,
}

/// Why nobody can say who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stranger {
    /// The browser has no cookie of ours yet, or takes none.
    NoCookie,
    /// The link is not one that we have signed.
    NotInvited,
}

/// Who answers; nobody in particular where everybody may answer as often as they like.
pub(super) fn respondent(
    form: &Published,
    headers: &HeaderMap,
    pairs: &[(String, String)],
) -> Result<Option<Respondent>, Stranger> {
    match form.acceptance.once() {
        None | Some(Once::Field(_)) => Ok(None),
        Some(Once::Browser) => {
            let token = cookie(form, headers).ok_or(Stranger::NoCookie)?;
            let hash = respondent_hash(form.form, "browser", &token);
            Ok(Some(Respondent { hash, invited: None }))
        }
        Some(Once::Link) => {
            let invitation = sent(pairs, INVITED).unwrap_or_default();
            let who = form.acceptance.invited(form.form, invitation);
            let who = who.ok_or(Stranger::NotInvited)?.to_owned();
            let hash = respondent_hash(form.form, "link", &who);
            Ok(Some(Respondent { hash, invited: Some(who) }))
        }
    }
}

/// Whether this one has answered already.
pub(super) async fn has_answered(cx: &Cx, form: &Published, who: &Respondent) -> Result<bool> {
    let mut tx = cx.db().read(form.workspace).await?;
    store::has_answered(&mut tx, form.form, &who.hash).await
}

fn cookie_name(form: &Published) -> String {
    format!("mewayz_respondent_{}", form.public_id)
}

fn cookie(form: &Published, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(form);
    let texts = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        texts.flat_map(|text| text.split(';')).filter_map(|it| it.trim().split_once('='));
    let found = pairs.find(|(known, value)| *known == name && value.len() == TOKEN_LENGTH);
    found.map(|(_, value)| value.to_owned())
}

/// Letters of a [`kernel::token`].
const TOKEN_LENGTH: usize = 43;
/// A year, in seconds; browsers keep none longer than 400 days (RFC 6265bis, 5.5).
const KEPT: u64 = 365 * 24 * 60 * 60;

/// Gives the browser a name of its own, for this form alone. In a frame of another site a browser keeps it
/// apart from all other sites' (CHIPS), which it does only over https.
pub(super) fn named(mut response: Response, form: &Published, visit: &Visit) -> Response {
    let (name, token) = (cookie_name(form), kernel::token(visit.chance()));
    let reach =
        if visit.is_secure() { "SameSite=None; Secure; Partitioned" } else { "SameSite=Lax" };
    let path = paths::hosted(&form.public_id);
    let cookie = format!("{name}={token}; Path={path}; HttpOnly; Max-Age={KEPT}; {reach}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
