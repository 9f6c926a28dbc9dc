//! Giving a standing order.

use axum::{http::HeaderMap, response::Response};
use db::Json;
use kernel::{Error, Result};
use web::{Cx, Editable, Pairs, Reply, Visit};

use crate::{
    events::ExportScheduleChanged,
    exports::{
        asked::asked_schedule,
        json::ScheduleJson,
        layout, list,
        order::Place,
        schedule::{ExportScheduleId, MOST_SCHEDULES, NewSchedule, Schedule},
        store,
        views::Attempt,
    },
    forms::Form,
    paths,
};

async fn create(
    cx: &Cx,
    form: &Editable<Form>,
    new: &NewSchedule,
    place: Place,
) -> Result<Schedule> {
    let (rhythm, kept_days) = new.check()?;
    let (now, id) = (cx.now(), ExportScheduleId::new(cx.now(), cx.chance()));
    let mut tx = cx.begin().await?;
    let links = (place.origin.clone(), place.slug.clone());
    layout::of_form(&mut tx, form, &new.export, links).await?;
    if store::schedules::list_of(&mut tx, form.id).await?.len() >= MOST_SCHEDULES {
        let message = "This form has twenty schedules already. Delete one of them first.";
        return Err(Error::conflict("too_many_schedules", message));
    }
    let schedule = Schedule {
        workspace_id: cx.workspace(),
        id,
        form_id: form.id,
        request: Json::of(&new.export)?,
        origin: place.origin,
        slug: place.slug,
        every: new.every.word().to_owned(),
        on_day: new.on_day.unwrap_or(1),
        at_time: new.at.clone(),
        time_zone: new.zone().to_owned(),
        kept_days,
        created_by: cx.actor().name(),
        created_at: now,
        next_at: rhythm.next_after(now)?,
    };
    store::schedules::insert_schedule(&mut tx, &schedule).await?;
    tx.record(&ExportScheduleChanged { form_id: form.id, schedule_id: id.to_string() }).await?;
    tx.commit().await?;
    Ok(schedule)
}

pub(crate) async fn api(
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    web::Json(input): web::Json<NewSchedule>,
) -> Reply<Response> {
    let schedule = create(&visit, &form, &input, Place::of(&visit, &headers)).await?;
    let list = paths::api_export_schedules(form.id);
    Ok(web::created(&list, &ScheduleJson::of(&schedule)?))
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let made = match asked_schedule(&pairs) {
        Ok(new) => create(&visit, &form, &new, Place::of(&visit, &headers)).await,
        Err(problems) => Err(problems.into()),
    };
    let exports = paths::exports(visit.slug(), form.id);
    match made {
        Ok(_) => Ok(web::done(&exports, "The schedule is set")),
        Err(Error::Invalid(problems)) => {
            let attempt = Attempt { pairs: &pairs, problems: &problems, schedule: true };
            list::again(&visit, &form, &attempt).await
        }
        Err(error @ Error::Conflict { .. }) => Ok(web::refused(&exports, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}
