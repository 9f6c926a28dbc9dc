//! Taking a standing order back; what it has brought stays until its time.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use crate::{
    events::ExportScheduleChanged,
    exports::{schedule::Schedule, store},
    paths,
};

async fn delete(cx: &Cx, schedule: &Editable<Schedule>) -> Result<()> {
    let mut tx = cx.begin().await?;
    if !store::schedules::delete_schedule(&mut tx, schedule.id).await? {
        return Err(Error::NotFound);
    }
    let schedule_id = schedule.id.to_string();
    tx.record(&ExportScheduleChanged { form_id: schedule.form_id, schedule_id }).await?;
    tx.commit().await
}

pub(crate) async fn page(visit: Visit, schedule: Editable<Schedule>) -> Reply<Response> {
    delete(&visit, &schedule).await?;
    let list = paths::exports(visit.slug(), schedule.form_id);
    Ok(web::done(&list, "The schedule was deleted"))
}

pub(crate) async fn api(visit: Visit, schedule: Editable<Schedule>) -> Reply<Response> {
    delete(&visit, &schedule).await?;
    Ok(web::no_content())
}
