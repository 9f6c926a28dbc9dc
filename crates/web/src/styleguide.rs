//! `/styleguide`: every component with sample data, and each screen of each module alone.

use axum::{extract::Path, http::Method};
use kernel::Error;
use maud::{Markup, html};

use crate::{Access, Reply, Routes, Visit};

pub(crate) fn routes() -> Routes {
    Routes::new().page(Method::GET, "/styleguide", Access::Anyone, show).page(
        Method::GET,
        "/styleguide/{sample}",
        Access::Anyone,
        show_screen,
    )
}

async fn show(visit: Visit) -> Markup {
    let body = html! {
        (ui::PageHeader::new("Style guide"))
        (ui::styleguide(&visit.shared.samples))
    };
    crate::shell_page(&visit, "Style guide", body)
}

async fn show_screen(visit: Visit, Path(id): Path<String>) -> Reply<Markup> {
    let sample = visit.shared.samples.iter().find(|sample| sample.id == id);
    let sample = sample.ok_or(Error::NotFound)?;
    Ok(crate::shell_page(&visit, sample.title, ui::screen(sample)))
}
