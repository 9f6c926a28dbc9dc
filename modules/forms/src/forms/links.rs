//! Links for those invited: each lets one person answer, once.

use axum::{http::HeaderMap, response::Response};
use kernel::{Error, Fields, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Editable, Json, Reply};

use super::{Form, acceptance::Once};
use crate::{pages::origin, paths};

/// Links made at a time.
const MOST: usize = 10_000;
/// Characters of a name.
const LONGEST: usize = 200;

/// Whom to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLinks {
    /// 1 to 10,000 names, each of 1 to 200 characters: an address, a customer number, anything that says to
    /// you who it is. It stands in the link, and comes back in the submission's metadata as `respondent`.
    #[schema(example = json!(["ada@example.com"]))]
    respondents: Vec<String>,
}

/// Links, in the order of the names.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Links {
    data: Vec<Link>,
}

/// A link for one person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Link {
    pub(crate) respondent: String,
    /// The whole address of the hosted form.
    #[schema(example = "https://example.com/f/4vn2k8q0rt6w1x5z?_invited=0d…27.ada%40example.com")]
    pub(crate) url: String,
}

/// Signs a link for each name. Nothing is stored: the same name always gets the same link.
pub(crate) fn links(form: &Form, origin: &str, respondents: &[String]) -> Result<Vec<Link>> {
    if form.acceptance.once() != Some(Once::Link) {
        let message =
            "Let the form take one answer for each link first: acceptance.once_by = link.";
        return Err(Error::conflict("not_by_link", message));
    }
    let mut problems = Fields::new();
    let some = (1..=MOST).contains(&respondents.len());
    problems.check(some, "respondents", "out_of_range", "Send 1 to 10,000 names.");
    let mut links = Vec::with_capacity(respondents.len());
    for (index, name) in respondents.iter().enumerate() {
        let name = name.trim();
        let place = format!("respondents[{index}]");
        let fits = (1..=LONGEST).contains(&name.chars().count());
        problems.check(fits, &place, "length", "Use 1 to 200 characters.");
        let clean = !name.chars().any(char::is_control);
        problems.check(clean, &place, "control_character", "Leave control characters out.");
        links.extend(link(form, origin, name));
    }
    problems.into_result()?;
    Ok(links)
}

fn link(form: &Form, origin: &str, name: &str) -> Option<Link> {
    let invitation = form.acceptance.invitation(form.id, name)?;
    let url = format!("{origin}{}", paths::invitation(&form.public_id, &invitation));
    Some(Link { respondent: name.to_owned(), url })
}

pub(crate) async fn api(
    headers: HeaderMap,
    form: Editable<Form>,
    Json(input): Json<NewLinks>,
) -> Reply<Response> {
    let data = links(&form, &origin(&headers), &input.respondents)?;
    Ok(web::json(&Links { data }))
}
