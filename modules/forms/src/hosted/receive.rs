//! A form that comes back from a browser, page by page.

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{StatusCode, Uri},
    response::Response,
};
use kernel::{Error, Fields, Result};
use maud::Markup;
use serde_json::json;
use web::{ClientAddress, Failure, Reply, Visit};

use super::{
    Hosted, endings, frame_headers, framed, json as programs,
    respondent::{Respondent, Stranger, named, respondent},
    sent::{Sent, Written, from_parts, from_urlencoded, pairs_of, written},
    traps::{Traps, Verdict},
    views::{self, BACK, PAGE, Sheet, VERSION},
    walk::{Walk, key_of, trace},
};
use crate::{
    Forms,
    answers::{Answers, Shown},
    controls::{Filled, Kept},
    pages::sent,
    paths,
    published::Published,
    steps::Steps,
    submissions::{
        incoming::{Incoming, Outcome},
        intake::{Envelope, incoming},
        receive::answered_before,
    },
    texts::Texts,
};

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Hosted(form): Hosted,
    ClientAddress(address): ClientAddress,
    request: Request,
) -> Reply<Response> {
    let headers = request.headers().clone();
    let version = version_of(request.uri());
    let form = answered(&forms, form, version).await?;
    let texts = form.texts(&headers);
    if written(&headers) == Written::Json {
        return programs::from_json(&forms, &visit, &form, address, request).await;
    }
    match from_browser(&forms, &visit, &form, address, request).await {
        Err(failure) => failed(failure, texts, &form),
        done => done,
    }
}

/// What a browser sent, as it is shown to a person.
async fn from_browser(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    address: IpAddr,
    request: Request,
) -> Reply<Response> {
    let headers = request.headers().clone();
    if !form.is_open(visit.now()) {
        let page = endings::closed(form.texts(&headers), form);
        return Ok(framed(form.style(), StatusCode::GONE, page));
    }
    let sent = match written(&headers) {
        Written::Parts => from_parts(forms, visit, form, request).await?,
        _ => from_urlencoded(form, request).await?,
    };
    match respondent(form, &headers, &sent.pairs) {
        Ok(who) => go_on(forms, visit, form, sent, &Sender { who, address }).await,
        Err(stranger) => turned_away(forms, visit, form, sent, stranger).await,
    }
}

/// Whose answers they are, as far as one knows.
struct Sender {
    who: Option<Respondent>,
    address: IpAddr,
}

/// A failure in the respondent's words; whoever keeps the log sees it as any other.
fn failed(failure: Failure, texts: &Texts, form: &Published) -> Reply<Response> {
    let text = match &failure.0 {
        Error::TooLarge(_) => texts.sent_too_much,
        Error::Malformed(_) | Error::Unsupported(_) | Error::Invalid(_) => texts.not_readable,
        Error::Limited { .. } | Error::Unavailable { .. } => texts.too_busy,
        Error::Internal { .. } => texts.went_wrong_text,
        _ => return Err(failure),
    };
    Ok(failure.shown_as(frame_headers(form.style()), endings::failed(texts, form, text)))
}

/// Who cannot be told apart from others is told why, and nothing written is lost.
async fn turned_away(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    request: Sent,
    stranger: Stranger,
) -> Reply<Response> {
    match stranger {
        Stranger::NotInvited => {
            request.uploads.discard(visit, form).await?;
            let page = endings::not_invited(request.texts, form);
            Ok(framed(form.style(), StatusCode::FORBIDDEN, page))
        }
        Stranger::NoCookie => {
            let here = Steps::of(&form.frozen.definition).sent(sent(&request.pairs, PAGE));
            let problems = Fields::one("answers", "no_cookie", request.texts.allow_cookies);
            let page = refused((forms, visit), form, &request, here, &problems);
            Ok(named(page, form, visit))
        }
    }
}

pub(super) fn version_of(address: &Uri) -> Option<i64> {
    sent(&pairs_of(address), VERSION).and_then(|version| version.parse().ok())
}

/// The form as it was when its page was made: what was published since asks other questions, and the
/// answers to these would be lost. One that does not ask what tells people apart is not gone back to, or
/// whoever names it could answer as often as they like.
pub(super) async fn answered(
    forms: &Forms,
    form: Arc<Published>,
    version: Option<i64>,
) -> Result<Arc<Published>> {
    match version.filter(|version| *version < form.version) {
        Some(version) => {
            let earlier = forms.published().earlier(&form, version).await?;
            Ok(earlier.filter(Published::tells_apart).map_or(form, Arc::new))
        }
        None => Ok(form),
    }
}

/// Goes back, on to the next page, or stores the whole; stays where something is wrong.
async fn go_on(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    request: Sent,
    sender: &Sender,
) -> Reply<Response> {
    let visible = form.frozen.compiled.shown(&request.pairs);
    let steps = Steps::shown(&form.frozen.definition, &visible);
    let here = steps.sent(sent(&request.pairs, PAGE));
    let walk = Walk::of(forms.visits(), form, &request.pairs);
    walk.began();
    if let (Some(before), Some(_)) = (steps.before(here), sent(&request.pairs, BACK)) {
        return Ok(turned((forms, visit), form, &request, before));
    }
    let (answers, mut problems) = judged(form, &request, &visible);
    if steps.first_wrong(&problems, here).is_none() {
        if let Some(after) = steps.after(here) {
            walk.passed(steps.get(here), Some(steps.get(after)));
            return Ok(turned((forms, visit), form, &request, after));
        }
        match store(forms, visit, form, &request, answers, sender).await? {
            End::Stored => {
                walk.passed(steps.get(here), None);
                return Ok(web::see_other(&paths::thanks(&form.public_id)));
            }
            End::Refused(found) => problems = found,
            End::Closed(page) => {
                request.uploads.discard(visit, form).await?;
                return Ok(*page);
            }
        }
    }
    let wrong = steps.first_wrong(&problems, here).unwrap_or(here);
    let problems = steps.problems_on(wrong, &problems);
    Ok(refused((forms, visit), form, &request, wrong, &problems))
}

/// The answers, and all that is wrong: with the files first, for the rest may follow from it.
///
/// A file for a question that is not shown is dropped, whatever is wrong with it.
fn judged(form: &Published, request: &Sent, visible: &Shown) -> (Option<Answers>, Fields) {
    let mut problems = Fields::new();
    for (position, field) in form.frozen.definition.fields.iter().enumerate() {
        let place = format!("answers.{}", field.key);
        if let (true, Some(message)) = (visible.at(position).shown, request.problems.of(&place)) {
            problems.push(place, "file", message);
        }
    }
    match form.frozen.compiled.judge_page(request.texts, &request.pairs) {
        Ok(answers) => (Some(answers), problems),
        Err(found) => {
            for problem in &found {
                if problems.of(&problem.field).is_none() {
                    problems.push(&problem.field, "refused", &problem.message);
                }
            }
            (None, problems)
        }
    }
}

/// How the sending of a page ends.
enum End {
    Stored,
    /// What the writer found wrong with the answers.
    Refused(Fields),
    /// The form takes nothing of this person any more.
    Closed(Box<Response>),
}

/// Stores the answers once, however often the page is sent.
async fn store(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    request: &Sent,
    answers: Option<Answers>,
    sender: &Sender,
) -> Result<End> {
    let answers = answers.ok_or_else(|| Error::internal("nothing is wrong, and nothing right"))?;
    let key = key_of(&request.pairs);
    let verdict = Verdict::of(forms, visit, form, &request.pairs, sender.address);
    let made = |key| -> Result<Incoming> {
        let who = sender.who.as_ref();
        let invited = who.and_then(|who| who.invited.as_deref());
        let envelope = Envelope {
            key,
            source: "page",
            respondent: who.map(|who| who.hash.clone()),
            suspicion: verdict.suspicion.clone(),
            doubts: verdict.doubts.clone(),
            metadata: invited.map(|name| json!({"respondent": name})),
            visit: trace(forms.visits(), visit.now(), form, &request.pairs),
            ..Envelope::default()
        };
        let mut item = incoming(visit, form, answers.clone(), envelope)?;
        // Each time they are sent, files get new ids; pressed twice they are the same files all the same.
        item.fingerprint = kernel::fingerprint(request.uploads.by_content(&item.answers));
        Ok(item)
    };
    let first = made(key.clone())?;
    let fingerprint = first.fingerprint;
    let outcome = match (forms.writer().write(first).await?, key) {
        // Someone went back and answered otherwise: that is another submission, sent once as well.
        (Outcome::KeyReused, Some(key)) => {
            forms.writer().write(made(Some(format!("{key}.{fingerprint:x}")))?).await?
        }
        (outcome, _) => outcome,
    };
    match outcome {
        Outcome::Stored(_) => Ok(End::Stored),
        // Pressed twice: the first one's files are kept.
        Outcome::Replayed(_) | Outcome::KeyReused => {
            request.uploads.discard(visit, form).await?;
            Ok(End::Stored)
        }
        Outcome::Full => Ok(closed(form, StatusCode::GONE, endings::full(request.texts, form))),
        Outcome::AnsweredBefore => match answered_before(form) {
            Error::Invalid(problems) => Ok(End::Refused(problems)),
            _ => Ok(closed(form, StatusCode::CONFLICT, endings::answered(request.texts, form))),
        },
        Outcome::UnknownFile(file) => {
            let problem = form.frozen.compiled.unknown_file(file);
            let place = problem.iter().next().map(|it| it.field.clone()).unwrap_or_default();
            Ok(End::Refused(Fields::one(place, "file", request.texts.file_gone)))
        }
        Outcome::FormGone => Err(Error::NotFound),
    }
}

fn closed(form: &Published, status: StatusCode, page: Markup) -> End {
    End::Closed(Box::new(framed(form.style(), status, page)))
}

/// Another page of the form, with whatever was answered so far.
fn turned(place: (&Forms, &Visit), form: &Published, request: &Sent, here: usize) -> Response {
    let kept = request.uploads.kept();
    shown(place, form, request, (here, &Fields::new(), &kept), StatusCode::OK)
}

/// The same page with what was written, the files that came with it, and what is wrong.
fn refused(
    place: (&Forms, &Visit),
    form: &Published,
    request: &Sent,
    here: usize,
    problems: &Fields,
) -> Response {
    let kept = request.uploads.kept();
    shown(place, form, request, (here, problems, &kept), StatusCode::UNPROCESSABLE_ENTITY)
}

fn shown(
    (forms, visit): (&Forms, &Visit),
    form: &Published,
    request: &Sent,
    (here, problems, kept): (usize, &Fields, &[Kept]),
    status: StatusCode,
) -> Response {
    let key = key_of(&request.pairs).unwrap_or_else(|| kernel::short_id(visit.chance()));
    let (pairs, texts) = (&request.pairs, request.texts);
    let filled = Filled { pairs, problems, kept, prefix: "", texts };
    let traps = Traps::after(forms, visit, form, pairs);
    let sheet = Sheet {
        form,
        filled,
        key: &key,
        here,
        preview: None,
        card: None,
        traps: Some(&traps),
        fresh: false,
    };
    framed(form.style(), status, views::page(&sheet))
}
