//! The page of what a form sends, and its calls.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use web::{Cx, Editable, Json, Pairs, Reply, Viewable, Visit};

use super::{
    Kind, Notice, Rhythm,
    change::{Asked, change},
    input::{RespondentChange, TeamChange},
    json::{NoticesJson, RespondentJson, TeamJson},
    store,
    templates::variables,
    views::{self, Attempt, Found},
};
use crate::{
    FORMS_WRITE, Forms,
    choices::Few,
    exports::order::Place,
    forms::Form,
    pages::{Viewer, sent},
    paths,
};

async fn find(cx: &Cx, form: &Form) -> Result<Found> {
    let definition = form.definition()?;
    let mut tx = cx.read().await?;
    let team = store::find_notice(&mut tx, form.id, Kind::Team).await?;
    let respondent = store::find_notice(&mut tx, form.id, Kind::Respondent).await?;
    let team = team.unwrap_or_else(|| Notice::usual(form.id, Kind::Team));
    let addresses: Vec<String> =
        team.recipients()?.into_iter().filter(|one| one.contains('@')).collect();
    let addresses = match addresses.is_empty() {
        true => Vec::new(),
        false => ::mails::known_addresses(&mut tx, &addresses).await?,
    };
    Ok(Found {
        team,
        respondent: respondent.unwrap_or_else(|| Notice::usual(form.id, Kind::Respondent)),
        people: workspaces::people(&mut tx).await?,
        addresses,
        variables: [Kind::Team, Kind::Respondent].map(|kind| variables(&definition, kind)),
    })
}

pub(crate) async fn api_show(
    State(forms): State<Forms>,
    visit: Visit,
    form: Viewable<Form>,
) -> Reply<Response> {
    let found = find(&visit, &form).await?;
    let [team, respondent] = found.variables;
    Ok(web::json(&NoticesJson {
        configured: forms.sends_mails(),
        team: TeamJson::of(found.team, &found.people, &found.addresses, team)?,
        respondent: RespondentJson::of(found.respondent, respondent),
    }))
}

pub(crate) async fn api_team(
    State(forms): State<Forms>,
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    Json(asked): Json<TeamChange>,
) -> Reply<Response> {
    let place = Place::of(&visit, &headers);
    change(&forms, &visit, &form, &Asked::Team(&asked), place).await?;
    let found = find(&visit, &form).await?;
    let [variables, _] = found.variables;
    Ok(web::json(&TeamJson::of(found.team, &found.people, &found.addresses, variables)?))
}

pub(crate) async fn api_respondent(
    State(forms): State<Forms>,
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    Json(asked): Json<RespondentChange>,
) -> Reply<Response> {
    let place = Place::of(&visit, &headers);
    let notice = change(&forms, &visit, &form, &Asked::Respondent(&asked), place).await?;
    let variables = variables(&form.definition()?, Kind::Respondent);
    Ok(web::json(&RespondentJson::of(notice, variables)))
}

/// What the page's inputs say.
pub(crate) enum Entered {
    Team(TeamChange),
    Respondent(RespondentChange),
}

impl Entered {
    pub(crate) fn of(pairs: &[(String, String)]) -> Self {
        let text = |name| Some(sent(pairs, name).unwrap_or_default().to_owned());
        let on = Some(sent(pairs, "enabled").is_some());
        // What is no number is none that fits.
        let cap = sent(pairs, "hourly_cap").map(|text| text.trim().parse().unwrap_or(0));
        if sent(pairs, "kind") == Some(Kind::Respondent.word()) {
            return Entered::Respondent(RespondentChange {
                enabled: on,
                field: text("field"),
                reply_to: text("reply_to"),
                subject: text("subject"),
                body: text("body"),
                hourly_cap: cap,
            });
        }
        let members = pairs.iter().filter(|(name, _)| name == "member");
        let mut recipients: Vec<String> = members.map(|(_, id)| id.clone()).collect();
        let lines = sent(pairs, "addresses").unwrap_or_default().split(['\n', ',', ';']);
        recipients.extend(lines.map(str::to_owned));
        Entered::Team(TeamChange {
            enabled: on,
            rhythm: sent(pairs, "rhythm").and_then(Rhythm::named),
            recipients: Some(recipients),
            reply_to_field: text("reply_to_field"),
            subject: text("subject"),
            body: text("body"),
            hourly_cap: cap,
        })
    }

    pub(crate) fn asked(&self) -> Asked<'_> {
        match self {
            Entered::Team(change) => Asked::Team(change),
            Entered::Respondent(change) => Asked::Respondent(change),
        }
    }
}

pub(crate) async fn show(
    State(forms): State<Forms>,
    visit: Visit,
    form: Viewable<Form>,
) -> Reply<Response> {
    shown(&forms, &visit, &form, None).await
}

pub(crate) async fn save(
    State(forms): State<Forms>,
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let entered = Entered::of(&pairs);
    let (asked, place) = (entered.asked(), Place::of(&visit, &headers));
    let here = paths::form_part(visit.slug(), form.id, "notices");
    match change(&forms, &visit, &form, &asked, place).await {
        Ok(notice) => Ok(web::done(&here, if notice.enabled { "Saved, and on" } else { "Saved" })),
        Err(Error::Invalid(problems)) => {
            let attempt = Attempt { kind: asked.kind(), pairs: &pairs, problems: &problems };
            shown(&forms, &visit, &form, Some(attempt)).await
        }
        Err(Error::Conflict { message, .. }) => Ok(web::refused(&here, &message)),
        Err(error) => Err(error.into()),
    }
}

async fn shown(
    forms: &Forms,
    visit: &Visit,
    form: &Form,
    attempt: Option<Attempt<'_>>,
) -> Reply<Response> {
    let found = find(visit, form).await?;
    let status = if attempt.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = views::Page {
        viewer: Viewer::of(visit, FORMS_WRITE),
        form,
        definition: &form.definition()?,
        found: &found,
        configured: forms.sends_mails(),
        reader: visit.actor().user().map(|id| id.to_string()),
        attempt: attempt.as_ref(),
    };
    let title = format!("Mail of {}", form.title);
    Ok((status, web::shell_page(visit, &title, page.render_live())).into_response())
}
