//! The page on which a form's settings are changed: what comes after sending, and what it accepts.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use jiff::{civil::DateTime, tz::TimeZone};
use kernel::{Error, Fields, Result, Timestamp};
use serde_json::Value;
use web::{Cx, Editable, Pairs, Reply, Viewable, Visit};

use super::{
    Form,
    acceptance::AcceptanceJson,
    form_settings_view::{self as view, Entered, Page},
    links::{Link, links},
    update::{FormChange, asked, update},
};
use crate::{
    FORMS_WRITE, Forms,
    folders::{self, Folder},
    pages::{Viewer, origin, sent},
    paths,
    protection::inputs::Inputs,
};

/// The settings of the document that this page knows, by the names of its inputs.
const PRESENTATION: [&str; 4] = ["thanks_title", "thanks_text", "redirect_url", "language"];

pub(crate) async fn page(visit: Visit, form: Viewable<Form>) -> Reply<Response> {
    let entered = Entered::of(&form)?;
    shown(&visit, &form, (StatusCode::OK, &entered), &[]).await
}

pub(crate) async fn save(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    match keep(&visit, &form, &pairs).await {
        Ok(form) => {
            forms.published().forget(&form);
            let here = paths::form_part(visit.slug(), form.id, "settings");
            Ok(web::done(&here, "Settings saved"))
        }
        Err(Error::Invalid(problems)) => {
            let mut entered = Entered::sent(&pairs);
            entered.problems = problems;
            shown(&visit, &form, (StatusCode::UNPROCESSABLE_ENTITY, &entered), &[]).await
        }
        Err(Error::Conflict { .. }) => {
            let told =
                "Someone else changed this form just now. Look at it once more and save again.";
            let mut entered = Entered::sent(&pairs);
            entered.told = Some(told);
            shown(&visit, &form, (StatusCode::CONFLICT, &entered), &[]).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn keep(cx: &Cx, form: &Editable<Form>, pairs: &[(String, String)]) -> Result<Form> {
    let text = |name| sent(pairs, name).map(str::trim).filter(|text| !text.is_empty());
    let mut document: Value = form.definition.read()?;
    let mut settings = document["settings"].take();
    for name in PRESENTATION {
        settings[name] = text(name).map_or(Value::Null, Value::from);
    }
    settings["forget_drafts"] = (text("forget_drafts") == Some("true")).into();
    let mut problems = Fields::new();
    let acceptance = AcceptanceJson {
        closes_at: moment(text("closes_at"), text("zone"), &mut problems),
        closes_zone: text("closes_at").and(text("zone")).map(str::to_owned),
        submission_limit: number(text("submission_limit"), &mut problems),
        once_by: text("once_by").map(str::to_owned),
    };
    let protection = Inputs::sent(pairs).read(&mut problems);
    problems.into_result()?;
    let revision = sent(pairs, "revision").and_then(|text| text.parse().ok());
    let change = FormChange {
        settings: Some(settings.into()),
        acceptance: Some(acceptance.into()),
        protection: Some(protection),
        revision: Some(revision.unwrap_or_default()),
        ..FormChange::default()
    };
    update(cx, form.clone(), change).await
}

/// A moment as people wrote it, in the zone they chose.
fn moment(text: Option<&str>, zone: Option<&str>, problems: &mut Fields) -> Option<Timestamp> {
    let text = text?;
    let Ok(zone) = TimeZone::get(zone.unwrap_or("UTC")) else {
        let message = "Choose a time zone by its name, such as Europe/Berlin.";
        problems.push("zone", "unknown_zone", message);
        return None;
    };
    let at = text.replace(' ', "T").parse::<DateTime>().ok();
    let at = at.and_then(|at| at.to_zoned(zone).ok()).map(|at| at.timestamp().as_microsecond());
    if at.is_none() {
        let message = "Write day and time, such as 2026-12-31 18:00.";
        problems.push("acceptance.closes_at", "invalid", message);
    }
    at.map(Timestamp::from_micros)
}

fn number(text: Option<&str>, problems: &mut Fields) -> Option<i64> {
    let parsed = text?.parse();
    parsed
        .map_err(|_| {
            let message = "Write a number and nothing else, such as 100.";
            problems.push("acceptance.submission_limit", "invalid", message);
        })
        .ok()
}

/// Links for those named, one a line, shown on the page.
pub(crate) async fn make_links(
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let names: Vec<String> = sent(&pairs, "respondents")
        .unwrap_or_default()
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let mut entered = Entered::of(&form)?;
    match links(&form, &origin(&headers), &names) {
        Ok(links) => shown(&visit, &form, (StatusCode::OK, &entered), &links).await,
        Err(Error::Invalid(problems)) => {
            entered.problems = problems;
            entered.names = sent(&pairs, "respondents").unwrap_or_default();
            shown(&visit, &form, (StatusCode::UNPROCESSABLE_ENTITY, &entered), &[]).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown(
    visit: &Visit,
    form: &Form,
    (status, entered): (StatusCode, &Entered<'_>),
    links: &[Link],
) -> Reply<Response> {
    let folders: Vec<Folder> = folders::list::list(visit).await?;
    let page = Page {
        viewer: Viewer::of(visit, FORMS_WRITE),
        form,
        asked: &asked(visit, form).await?,
        folders: &folders,
        entered,
        links,
    };
    let title = format!("Settings of {}", form.title);
    let body = maud::html! {
        (view::page(&page))
        script src=(ui::url("local_moment.js")) type="module" {}
    };
    Ok((status, web::shell_page(visit, &title, body)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_its_zone() {
        let read = |text, zone| {
            let mut problems = Fields::new();
            let at = moment(text, zone, &mut problems).map(|at| at.to_jiff().to_string());
            (at, problems.iter().next().map(|it| it.field.clone()))
        };
        let berlin = Some("Europe/Berlin");
        assert_eq!(
            read(Some("2026-12-31T18:00"), berlin).0.as_deref(),
            Some("2026-12-31T17:00:00Z")
        );
        assert_eq!(
            read(Some("2026-07-31 18:00"), berlin).0.as_deref(),
            Some("2026-07-31T16:00:00Z")
        );
        assert_eq!(read(Some("2026-07-31 18:00"), None).0.as_deref(), Some("2026-07-31T18:00:00Z"));
        assert_eq!(read(None, berlin), (None, None));
        assert_eq!(read(Some("soon"), berlin).1.as_deref(), Some("acceptance.closes_at"));
        assert_eq!(read(Some("2026-07-31 18:00"), Some("Mars")).1.as_deref(), Some("zone"));
    }
}
