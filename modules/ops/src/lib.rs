//! The operator's pages: what runs behind the scenes, and what to do when it does not.

mod documents;
mod jobs;
mod paths;
mod samples;
mod text;

use axum::http::Method;
use ui::{Icon, Sample};
use web::{Access::Operator, Module, Navigation, Routes};

/// The module.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ops;

impl Module for Ops {
    fn name(&self) -> &'static str {
        "ops"
    }

    fn navigation(&self) -> Vec<Navigation> {
        vec![Navigation {
            label: "Jobs",
            path: "/admin/jobs",
            also: &[],
            icon: Icon::Bolt,
            section: "Operator",
            hotkey: "g j",
            permission: None,
        }]
    }

    fn samples(&self) -> Vec<Sample> {
        samples::samples()
    }

    fn routes(&self) -> Routes {
        pages().merge(calls())
    }
}

fn pages() -> Routes {
    Routes::new()
        .page(Method::GET, "/admin", Operator, jobs::overview::entrance)
        .page(Method::GET, "/admin/jobs", Operator, jobs::overview::page)
        .page(Method::GET, "/admin/jobs/{job}", Operator, jobs::dead::page)
        .page(Method::POST, "/admin/jobs/retries", Operator, jobs::retries::page_all)
        .page(Method::POST, "/admin/jobs/{job}/retries", Operator, jobs::retries::page)
        .page(Method::POST, "/admin/jobs/{job}/removal", Operator, jobs::removal::page)
}

fn calls() -> Routes {
    let overview = documents::overview();
    Routes::new()
        .api(Method::GET, "/api/admin/jobs", Operator, jobs::overview::api, overview)
        .api(Method::GET, "/api/admin/jobs/dead", Operator, jobs::dead::api, documents::dead())
        .api(
            Method::POST,
            "/api/admin/jobs/retries",
            Operator,
            jobs::retries::api_all,
            documents::retry_all(),
        )
        .api(
            Method::POST,
            "/api/admin/jobs/{job}/retries",
            Operator,
            jobs::retries::api,
            documents::retry(),
        )
        .api(
            Method::DELETE,
            "/api/admin/jobs/{job}",
            Operator,
            jobs::removal::api,
            documents::remove(),
        )
}
