//! People who fill in the company's forms, one after the other, on the same pages as everybody.

use std::{sync::Arc, time::Duration};

use axum::Router;
use kernel::{Error, Result};
use serde_json::{Value, json};
use web::House;

use super::{client::Client, company, content};

/// A form's public address, and what people answer there.
struct Page {
    path: String,
    answers: Vec<Value>,
}

/// Somebody comes every so often, for as long as the house stands. A house whose forms are gone is quiet.
pub(super) async fn come(house: Arc<House>, router: Router, every: Duration) {
    match pages(router.clone()).await {
        Ok(pages) if !pages.is_empty() => visit(&house, &Client::new(router), &pages, every).await,
        Ok(_) => {}
        Err(error) => tracing::warn!(?error, "no visitors come to the sample company"),
    }
}

async fn visit(house: &House, client: &Client, pages: &[Page], every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        let page = some(house, pages);
        let sent = json!({"answers": some(house, &page.answers)});
        if let Err(error) = client.post(&page.path, &sent).await {
            tracing::info!(?error, "a visitor could not send the form");
        }
    }
}

fn some<'a, T>(house: &House, list: &'a [T]) -> &'a T {
    &list[usize::try_from(house.chance.below(list.len() as u64)).unwrap_or(0)]
}

/// The forms that are still there, by the titles they were made with.
async fn pages(router: Router) -> Result<Vec<Page>> {
    let mut owner = Client::new(router);
    company::sign_in(&mut owner).await?;
    let forms = owner.get("/api/forms?limit=100").await?;
    let forms = forms["data"].as_array().map_or(&[][..], Vec::as_slice);
    let mut pages = Vec::new();
    for sample in content::forms()? {
        let form = forms.iter().find(|form| form["title"] == sample.form["title"]);
        let Some(path) = form.and_then(|form| form["path"].as_str()) else { continue };
        pages.push(Page { path: path.to_owned(), answers: answers(&sample.lines)? });
    }
    Ok(pages)
}

fn answers(lines: &str) -> Result<Vec<Value>> {
    let line = |line| -> Result<Value> {
        let mut item: Value = serde_json::from_str(line).map_err(Error::internal)?;
        Ok(item["answers"].take())
    };
    lines.lines().map(line).collect()
}
