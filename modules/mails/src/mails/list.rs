//! The log of mails, newest first.

use axum::{extract::State, response::Response};
use kernel::{Fields, Result};
use maud::Markup;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{Mail, filter::Filter, json::MailJson, store, views};
use crate::{
    MAIL_WRITE, Mails,
    sender::{self, json::SenderChange},
};

/// Rows of the log on the page.
const ROWS: i64 = 25;

/// One page of the log.
pub(crate) async fn list(cx: &Cx, filter: &Filter) -> Result<Page<Mail>> {
    let paging = Paging { limit: filter.limit, cursor: filter.cursor.clone() };
    let (limit, asked) = (paging.limit()?, filter.asked(paging.place()?)?);
    let mut tx = cx.read().await?;
    let rows = store::list_mails(&mut tx, &asked, limit + 1).await?;
    Ok(Page::of(rows, limit, |row| row.id.to_string()))
}

/// What a page shows beside the log itself.
#[derive(Default)]
pub(crate) struct Part<'a> {
    pub(crate) filter: Filter,
    /// What was entered and refused.
    pub(crate) entered: Option<(&'a SenderChange, &'a Fields)>,
}

pub(crate) async fn render(system: &Mails, visit: &Visit, part: &Part<'_>) -> Result<Markup> {
    let filter = Filter { limit: Some(ROWS), ..part.filter.clone() };
    let mails = list(visit, &filter).await?;
    let sender = sender::of_workspace(&mut visit.read().await?).await?;
    let view = views::Log {
        slug: visit.slug(),
        mails: &mails,
        filter: &filter,
        sender: &sender,
        from: system.from(),
        entered: part.entered,
        reader: visit.visitor.person().map(|person| person.email.as_str()),
        may_write: visit.actor().may(MAIL_WRITE),
        csrf_token: visit.visitor.csrf_token(),
    };
    Ok(web::shell_page(visit, "Mail", view.page()))
}

pub(crate) async fn page(
    State(system): State<Mails>,
    visit: Visit,
    Query(filter): Query<Filter>,
) -> Reply<Markup> {
    Ok(render(&system, &visit, &Part { filter, ..Part::default() }).await?)
}

pub(crate) async fn api(visit: Visit, Query(filter): Query<Filter>) -> Reply<Response> {
    let page = list(&visit, &filter).await?;
    Ok(web::json(&page.map(MailJson::of)))
}
