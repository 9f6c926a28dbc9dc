//! Forms: what they ask, who may change them, and the submissions that pour in.

pub mod answers;
pub mod definition;
mod documents;
mod events;
mod forms;
mod jobs;
pub mod limits;
mod paths;
mod published;
mod submissions;

use std::sync::Arc;

use axum::http::Method;
use db::{Migration, MigrationText};
use kernel::{Permission, Role};
use ui::Icon;
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
    published: published::Cache,
    writer: submissions::Writer,
}

impl Forms {
    /// Starts the group-commit writer and the cache of published forms.
    pub fn start(house: Arc<House>) -> Self {
        Forms {
            published: published::Cache::start(house.db.clone()),
            writer: submissions::start_writer(house.clone()),
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
        jobs::register(registry, &self.house);
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
            .with_state(self.clone())
    }
}
