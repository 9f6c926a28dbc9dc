//! `/styleguide`: every component and every view of every module with sample data.

use axum::http::Method;
use maud::{Markup, html};

use crate::{Access, Routes, Visit};

pub(crate) fn routes() -> Routes {
    Routes::new().page(Method::GET, "/styleguide", Access::Public, show)
}

async fn show(visit: Visit) -> Markup {
    let body = html! {
        (ui::PageHeader::new("Style guide"))
        (ui::styleguide(visit.shared.samples.clone()))
    };
    crate::shell_page(&visit, "Style guide", body)
}
