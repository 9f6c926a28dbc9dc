//! The draft as its respondents would see it: the hosted page's own views, walked through by address
//! alone, so that nothing is ever stored and the page can be loaded again after each change.

use axum::{
    extract::RawQuery,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use kernel::{Error, Fields, Result};
use maud::Markup;
use serde_json::{Value, json};
use web::{Reply, Viewable, Visit};

use super::{
    endings, framed,
    prefill::prefilled,
    views::{self, BACK, KEY, PAGE, Sheet},
};
use crate::{
    controls::Filled,
    definition::{Definition, Kind},
    forms::Form,
    pages::sent,
    paths,
    published::Published,
    steps::Steps,
    texts::Texts,
};

pub(crate) async fn page(
    visit: Visit,
    form: Viewable<Form>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Reply<Response> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default())
            .map_err(|error| Error::Malformed(format!("The address cannot be read: {error}.")))?;
    let address = paths::form_part(visit.slug(), form.id, "preview");
    let published = Published::draft(tried(form.into_inner(), &pairs)?)?;
    let key = kernel::short_id(visit.chance());
    Ok(framed(
        published.style(),
        StatusCode::OK,
        shown(&published, published.texts(&headers), pairs, (&address, &key)),
    ))
}

/// The names of what is tried and not saved begin so.
const TRIED: &str = "_theme.";

/// The form with the look that its maker is trying.
fn tried(mut form: Form, pairs: &[(String, String)]) -> Result<Form> {
    let tried = pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(TRIED)?, value)));
    let tried: Vec<(&str, &String)> = tried.filter(|(_, value)| !value.is_empty()).collect();
    if tried.is_empty() {
        return Ok(form);
    }
    let mut document: Value = form.definition.read()?;
    let theme = &mut document["settings"]["theme"];
    let pictures = ["logo", "cover"].map(|place| (place, theme[place].take()));
    *theme = json!({});
    for (name, value) in tried {
        theme[name] = value.as_str().into();
    }
    for (place, picture) in pictures {
        theme[place] = picture;
    }
    // What is half written is not tried yet.
    if let Ok(definition) = Definition::from_json(document) {
        form.definition = db::Json::of(&definition)?;
    }
    Ok(form)
}

/// The first page, or where the buttons of the one before have led.
fn shown(
    form: &Published,
    texts: &'static Texts,
    pairs: Vec<(String, String)>,
    (address, key): (&str, &str),
) -> Markup {
    let definition = &form.frozen.definition;
    let none = Fields::new();
    let sheet = |pairs: &[(String, String)], problems: &Fields, here: usize| {
        let key = sent(pairs, KEY).unwrap_or(key);
        let filled = Filled { pairs, problems, kept: &[], prefix: "", texts };
        views::page(&Sheet {
            form,
            filled,
            key,
            here,
            preview: Some(address),
            card: None,
            traps: None,
            fresh: true,
        })
    };
    let steps =
        |pairs: &[(String, String)]| Steps::shown(definition, &form.frozen.compiled.shown(pairs));
    if sent(&pairs, KEY).is_none() {
        let pairs = prefilled(definition, pairs, key);
        let steps = steps(&pairs);
        let worked_on =
            sent(&pairs, paths::WORKED_ON).and_then(|key| page_of(definition, &steps, key));
        return sheet(&pairs, &none, worked_on.unwrap_or_else(|| steps.first()));
    }
    let steps = steps(&pairs);
    let here = steps.sent(sent(&pairs, PAGE));
    if let (Some(before), Some(_)) = (steps.before(here), sent(&pairs, BACK)) {
        return sheet(&pairs, &none, before);
    }
    let problems = problems_of(form, texts, &pairs);
    match (steps.first_wrong(&problems, here), steps.after(here)) {
        (Some(wrong), _) => sheet(&pairs, &steps.problems_on(wrong, &problems), wrong),
        (None, Some(after)) => sheet(&pairs, &none, after),
        (None, None) => endings::thanks(texts, form, false),
    }
}

/// The page on which a field stands, or the next that does; of a page that is not shown, the one before it.
fn page_of(definition: &Definition, steps: &Steps<'_>, key: &str) -> Option<usize> {
    let from = definition.fields.iter().position(|field| field.key == key)?;
    let mut later = definition.fields[from..].iter();
    let page = later.find_map(|field| steps.iter().position(|step| step.has(&field.key)))?;
    if steps.get(page).shown { Some(page) } else { steps.before(page) }
}

/// What would be refused, but for files, which are not sent here.
fn problems_of(form: &Published, texts: &Texts, pairs: &[(String, String)]) -> Fields {
    let Err(found) = form.frozen.compiled.judge_page(texts, pairs) else { return Fields::new() };
    let mut problems = Fields::new();
    for problem in found.iter().filter(|it| !is_of_file(&form.frozen.definition, &it.field)) {
        problems.push(&problem.field, "refused", &problem.message);
    }
    problems
}

fn is_of_file(definition: &Definition, place: &str) -> bool {
    let field = place.strip_prefix("answers.").and_then(|key| definition.field(key));
    field.is_some_and(|field| matches!(field.kind, Kind::File(_)))
}
