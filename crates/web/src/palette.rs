//! The palette's search: what all modules find by the words typed into it.

use axum::http::Method;
use maud::{Markup, html};
use serde::Deserialize;
use ui::Command;

use crate::{Access, Finder, Finding, Query, Reply, Routes, Visit, live_stream::FOLLOW};

#[derive(Debug, Deserialize)]
struct Asked {
    q: Option<String>,
}

/// Characters of a search; nobody types more into the palette.
const LONGEST: usize = 100;

pub(crate) fn routes() -> Routes {
    Routes::new().page(Method::GET, "/w/{workspace}/palette", Access::Workspace(FOLLOW), find)
}

async fn find(visit: Visit, Query(asked): Query<Asked>) -> Reply<Markup> {
    let words: String = asked.q.unwrap_or_default().trim().chars().take(LONGEST).collect();
    let mut found = Vec::new();
    for finder in &visit.shared.finders {
        if visit.actor().may(finder.permission()) {
            found.push((finder, finder.find(visit.cx(), &words).await?));
        }
    }
    let slug = visit.slug();
    Ok(html! { @for (finder, findings) in &found { (results(slug, finder.as_ref(), findings)) } })
}

fn results(slug: &str, finder: &dyn Finder, findings: &[Finding]) -> Markup {
    let links: Vec<String> =
        findings.iter().map(|found| format!("/w/{slug}/{}", found.path)).collect();
    let commands: Vec<Command<'_>> = findings
        .iter()
        .zip(&links)
        .map(|(found, href)| Command {
            label: &found.label,
            detail: &found.detail,
            href,
            icon: finder.icon(),
            keywords: "",
        })
        .collect();
    ui::layout::palette_results(finder.heading(), &commands)
}
