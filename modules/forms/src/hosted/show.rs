//! An empty form, or one that the link has filled in.

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use kernel::{Error, Fields, Result};
use web::{Reply, Visit};

use super::{
    Hosted, endings, framed,
    prefill::prefilled,
    respondent::{Stranger, has_answered, named, respondent},
    traps::Traps,
    views::{self, Sheet},
};
use crate::{
    Forms,
    controls::Filled,
    forms::{self, refusal::Refusal},
    pages::origin,
    paths,
    published::Published,
    renditions::Rendition,
    steps::Steps,
    texts::Texts,
    visits::{
        Visits,
        trail::{Trail, VISIT},
    },
};

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Hosted(form): Hosted,
    method: Method,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Reply<Response> {
    let texts = form.texts(&headers);
    if let Some(refusal) = form.refusal(held(&visit, &form).await?, visit.now()) {
        let ending = match refusal {
            Refusal::Full => endings::full(texts, &form),
            _ => endings::closed(texts, &form),
        };
        return Ok(framed(form.style(), StatusCode::GONE, ending));
    }
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default())
            .map_err(|error| Error::Malformed(format!("The address cannot be read: {error}.")))?;
    let card = card(&form, &origin(&headers));
    let blank = || {
        let trail = Trail::begin(visit.now(), &method, &headers, &pairs);
        let looks = trail.map(|trail| (forms.visits(), trail));
        let traps = Traps::fresh(&forms, &visit, &form);
        let page = empty(&visit, &form, (texts, &card), &traps, pairs.clone(), looks);
        framed(form.style(), StatusCode::OK, page)
    };
    match respondent(&form, &headers, &pairs) {
        Ok(Some(who)) if has_answered(&visit, &form, &who).await? => {
            Ok(framed(form.style(), StatusCode::CONFLICT, endings::answered(texts, &form)))
        }
        Ok(_) => Ok(blank()),
        Err(Stranger::NoCookie) => Ok(named(blank(), &form, &visit)),
        Err(Stranger::NotInvited) => {
            Ok(framed(form.style(), StatusCode::FORBIDDEN, endings::not_invited(texts, &form)))
        }
    }
}

fn empty(
    visit: &Visit,
    form: &Published,
    (texts, card): (&'static Texts, &Option<String>),
    traps: &Traps,
    link: Vec<(String, String)>,
    looks: Option<(&Visits, Trail)>,
) -> maud::Markup {
    let key = kernel::short_id(visit.chance());
    let frozen = &form.frozen;
    let mut pairs = prefilled(&frozen.definition, link, &key);
    let steps = Steps::shown(&frozen.definition, &frozen.compiled.shown(&pairs));
    let here = steps.first();
    if let Some((visits, mut trail)) = looks {
        trail.from.source = visits.known(form, visit.now(), trail.from.source);
        visits.shown(form, &key, &trail.from.source, steps.get(here).name());
        pairs.push((VISIT.to_owned(), trail.text()));
    }
    let filled = Filled { pairs: &pairs, problems: &Fields::new(), kept: &[], prefix: "", texts };
    let card = card.as_deref();
    let traps = Some(traps);
    views::page(&Sheet { form, filled, key: &key, here, preview: None, card, traps, fresh: true })
}

/// The whole address of the picture on a card of a link to the form.
fn card(form: &Published, origin: &str) -> Option<String> {
    let cover = form.frozen.definition.settings.theme.cover.as_ref()?;
    let card = Rendition::Card.name();
    Some(format!("{origin}{}", paths::hosted_rendition(&form.public_id, cover.file, card)))
}

/// How many places are taken, where they are limited: better told before the questions than after them.
async fn held(visit: &Visit, form: &Published) -> Result<i64> {
    if form.acceptance.submission_limit.is_none() {
        return Ok(0);
    }
    let mut tx = visit.db().read(form.workspace).await?;
    forms::store::find_held(&mut tx, form.form).await
}
