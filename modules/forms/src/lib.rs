//! Forms: what they ask, who may change them, and the submissions that pour in.

pub mod answers;
mod controls;
pub mod definition;
mod documents;
mod events;
mod forms;
mod hosted;
mod jobs;
pub mod limits;
mod pages;
mod paths;
mod published;
mod samples;
mod submissions;

use std::sync::Arc;

use axum::http::Method;
use db::{Migration, MigrationText};
use files::Files;
use kernel::{Permission, Role};
use ui::{Icon, Sample};
use web::{Access, House, JobRegistry, Module, Navigation, Routes};

pub use events::{FormPublished, SubmissionDeleted, SubmissionReceived};
pub use forms::{Form, FormId, NewForm};
pub use jobs::ProcessSubmissions;
pub use submissions::{Submission, SubmissionId};

/// Seeing forms.
pub const FORMS_READ: Permission =
    Permission { key: "forms:read", label: "see forms", from: Role::Viewer };
/// Making and changing forms.
pub const FORMS_WRITE: Permission =
    Permission { key: "forms:write", label: "make and change forms", from: Role::Member };
/// Reading what came in.
pub const SUBMISSIONS_READ: Permission =
    Permission { key: "submissions:read", label: "read submissions", from: Role::Viewer };
/// Sending and deleting submissions.
pub const SUBMISSIONS_WRITE: Permission = Permission {
    key: "submissions:write",
    label: "send and delete submissions",
    from: Role::Member,
};

const READ: Access = Access::Workspace(FORMS_READ);
const WRITE: Access = Access::Workspace(FORMS_WRITE);
const READ_SUBMISSIONS: Access = Access::Workspace(SUBMISSIONS_READ);
const WRITE_SUBMISSIONS: Access = Access::Workspace(SUBMISSIONS_WRITE);

/// The module; its handlers share this.
#[derive(Clone)]
pub struct Forms {
    house: Arc<House>,
    files: Files,
    published: published::Cache,
    writer: submissions::Writer,
}

impl Forms {
    /// Starts the group-commit writer and the cache of published forms; `files` keeps what is uploaded.
    pub fn start(house: Arc<House>, files: Files) -> Self {
        Forms {
            published: published::Cache::start(house.db.clone()),
            writer: submissions::start_writer(house.clone()),
            files,
            house,
        }
    }
}

impl Module for Forms {
    fn name(&self) -> &'static str {
        "forms"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![Migration {
            module: "forms",
            name: "0001_forms",
            text: MigrationText::Both(include_str!("../migrations/0001_forms.sql")),
        }]
    }

    fn permissions(&self) -> Vec<Permission> {
        vec![FORMS_READ, FORMS_WRITE, SUBMISSIONS_READ, SUBMISSIONS_WRITE]
    }

    fn navigation(&self) -> Vec<Navigation> {
        vec![Navigation {
            label: "Forms",
            path: "forms",
            icon: Icon::Forms,
            section: "Work",
            hotkey: "g f",
            permission: Some(FORMS_READ),
        }]
    }

    fn jobs(&self, registry: &mut JobRegistry) {
        jobs::register(registry, &self.house, &self.files);
    }

    fn routes(&self) -> Routes {
        Routes::<Forms>::new()
            .api(Method::GET, "/api/forms", READ, forms::list::api, documents::list_forms())
            .api(Method::POST, "/api/forms", WRITE, forms::create::api, documents::create_form())
            .api(Method::GET, "/api/forms/{form}", READ, forms::show::api, documents::show_form())
            .api(
                Method::PATCH,
                "/api/forms/{form}",
                WRITE,
                forms::update::api,
                documents::update_form(),
            )
            .api(
                Method::DELETE,
                "/api/forms/{form}",
                WRITE,
                forms::delete::api,
                documents::delete_form(),
            )
            .api(
                Method::POST,
                "/api/forms/{form}/publication",
                WRITE,
                forms::publication::api_publish,
                documents::publish(),
            )
            .api(
                Method::DELETE,
                "/api/forms/{form}/publication",
                WRITE,
                forms::publication::api_close,
                documents::close(),
            )
            .api(
                Method::POST,
                "/api/forms/{form}/submissions",
                WRITE_SUBMISSIONS,
                submissions::receive::api,
                documents::receive(),
            )
            .without_replay()
            .api(
                Method::POST,
                "/api/forms/{form}/submissions/bulk",
                WRITE_SUBMISSIONS,
                submissions::bulk::api,
                documents::bulk(),
            )
            .body_limit(usize::MAX)
            .without_replay()
            .api(
                Method::GET,
                "/api/forms/{form}/submissions",
                READ_SUBMISSIONS,
                submissions::list::api,
                documents::list_submissions(),
            )
            .api(
                Method::GET,
                "/api/submissions/{submission}",
                READ_SUBMISSIONS,
                submissions::show::api,
                documents::show_submission(),
            )
            .api(
                Method::DELETE,
                "/api/submissions/{submission}",
                WRITE_SUBMISSIONS,
                submissions::delete::api,
                documents::delete_submission(),
            )
            .page(Method::GET, "/w/{workspace}/forms", READ, forms::list::page)
            .page(Method::GET, "/w/{workspace}/forms/new", WRITE, forms::create::blank)
            .page(Method::POST, "/w/{workspace}/forms/new", WRITE, forms::create::page)
            .page(Method::GET, "/w/{workspace}/forms/{form}", READ, forms::show::page)
            .page(Method::POST, "/w/{workspace}/forms/{form}/title", WRITE, forms::update::page)
            .page(Method::POST, "/w/{workspace}/forms/{form}/fields", WRITE, forms::fields::add)
            .page(
                Method::POST,
                "/w/{workspace}/forms/{form}/fields/{field}",
                WRITE,
                forms::fields::change,
            )
            .page(
                Method::POST,
                "/w/{workspace}/forms/{form}/fields/{field}/position",
                WRITE,
                forms::fields::reposition,
            )
            .page(
                Method::POST,
                "/w/{workspace}/forms/{form}/fields/{field}/removal",
                WRITE,
                forms::fields::remove,
            )
            .page(
                Method::POST,
                "/w/{workspace}/forms/{form}/publication",
                WRITE,
                forms::publication::page_publish,
            )
            .page(
                Method::POST,
                "/w/{workspace}/forms/{form}/closure",
                WRITE,
                forms::publication::page_close,
            )
            .page(Method::POST, "/w/{workspace}/forms/{form}/deletion", WRITE, forms::delete::page)
            .page(
                Method::GET,
                "/w/{workspace}/forms/{form}/submissions",
                READ_SUBMISSIONS,
                submissions::list::page,
            )
            .page(
                Method::GET,
                "/w/{workspace}/submissions/{submission}",
                READ_SUBMISSIONS,
                submissions::show::page,
            )
            .page(
                Method::GET,
                "/w/{workspace}/submissions/{submission}/files/{file}",
                READ_SUBMISSIONS,
                submissions::file::page,
            )
            .page(
                Method::POST,
                "/w/{workspace}/submissions/{submission}/deletion",
                WRITE_SUBMISSIONS,
                submissions::delete::page,
            )
            .page(Method::GET, "/f/{public_id}", Access::Public, hosted::show::page)
            .page(Method::POST, "/f/{public_id}", Access::Public, hosted::receive::page)
            .body_limit(usize::MAX)
            .page(Method::GET, "/f/{public_id}/thanks", Access::Public, hosted::thanks::page)
            .with_state(self.clone())
    }

    fn samples(&self) -> Vec<Sample> {
        samples::samples()
    }

    fn assets(&self) -> Vec<(&'static str, &'static str)> {
        vec![
            ("forms.css", include_str!("../assets/forms.css")),
            ("live_part.js", include_str!("../assets/live_part.js")),
        ]
    }
}
