//! Forms: what they ask, who may change them, and the submissions that pour in.

pub mod answers;
mod background;
mod calendar;
mod choices;
mod controls;
pub mod definition;
mod deliver;
mod documents;
mod download;
mod erasures;
mod events;
mod exports;
mod finder;
mod folders;
mod forms;
mod gallery;
mod hosted;
mod ids;
mod imports;
mod insights;
mod jobs;
mod json_texts;
mod learning;
pub mod limits;
mod notices;
mod pages;
mod paths;
mod process;
mod protection;
mod published;
mod renditions;
mod routes;
mod samples;
mod schema;
mod steady;
mod steps;
mod submissions;
mod texts;
mod theme;
mod visits;

use std::sync::Arc;

use db::{Migration, MigrationText};
use files::Files;
use kernel::{Chance, Permission, Result, Role};
use mails::Mails;
use ui::{Icon, Sample};
use web::{
    Action, Cx, EventRule, Finder, House, JobRegistry, Module, Navigation, Routes, Subjects,
};

use erasures::secrets::Secrets;

pub use events::{
    ExportFailed, ExportFinished, FormClosed, FormPublished, SubmissionDeleted, SubmissionReceived,
    SubmissionsProcessed,
};
pub use forms::{Acceptance, FolderId, Form, FormId, NewForm};
pub use jobs::ProcessSubmissions;
pub use protection::{NewProtection, Protection};
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
/// Sending submissions.
pub const SUBMISSIONS_WRITE: Permission =
    Permission { key: "submissions:write", label: "send submissions", from: Role::Member };
/// Working on submissions: status, tags, comments, whose they are, archive and spam.
pub const SUBMISSIONS_MANAGE: Permission =
    Permission { key: "submissions:manage", label: "work on submissions", from: Role::Member };
/// Deleting submissions: apart, so that a key that sends cannot.
pub const SUBMISSIONS_DELETE: Permission =
    Permission { key: "submissions:delete", label: "delete submissions", from: Role::Member };

/// Its tables, in the order in which they came to be.
const MIGRATIONS: [Migration; 21] = [
    migration("0001_forms", include_str!("../migrations/0001_forms.sql")),
    migration("0002_settings", include_str!("../migrations/0002_settings.sql")),
    migration("0003_exports", include_str!("../migrations/0003_exports.sql")),
    migration("0005_deliveries", include_str!("../migrations/0005_deliveries.sql")),
    migration("0006_desk", include_str!("../migrations/0006_desk.sql")),
    migration("0007_drafts", include_str!("../migrations/0007_drafts.sql")),
    migration("0010_mails", include_str!("../migrations/0010_mails.sql")),
    migration("0011_imports", include_str!("../migrations/0011_imports.sql")),
    migration("0012_themes", include_str!("../migrations/0012_themes.sql")),
    migration("0014_bulk_failures", include_str!("../migrations/0014_bulk_failures.sql")),
    // Came after those above, which others may have run already.
    migration("0009_insights", include_str!("../migrations/0009_insights.sql")),
    migration("0015_views", include_str!("../migrations/0015_views.sql")),
    migration("0016_spam", include_str!("../migrations/0016_spam.sql")),
    migration("0017_visits", include_str!("../migrations/0017_visits.sql")),
    migration("0018_erasures", include_str!("../migrations/0018_erasures.sql")),
    migration("0019_spam_learning", include_str!("../migrations/0019_spam_learning.sql")),
    migration("0020_undo", include_str!("../migrations/0020_undo.sql")),
    migration("0021_closing_zone", include_str!("../migrations/0021_closing_zone.sql")),
    migration("0022_tags_of_rows", include_str!("../migrations/0022_tags_of_rows.sql")),
    migration("0023_renditions", include_str!("../migrations/0023_renditions.sql")),
    migration("0024_shared_limits", include_str!("../migrations/0024_shared_limits.sql")),
];

const fn migration(name: &'static str, text: &'static str) -> Migration {
    Migration { module: "forms", name, text: MigrationText::Both(text) }
}

/// The module; its handlers share this. Cheap to clone, which every request does several times.
#[derive(Clone)]
pub struct Forms(Arc<Parts>);

struct Parts {
    house: Arc<House>,
    files: Files,
    mails: Option<Mails>,
    published: published::Cache,
    writer: submissions::Writer,
    visits: visits::Visits,
    guard: protection::Guard,
    secrets: Secrets,
    easel: renditions::Easel,
}

impl Forms {
    /// Starts the group-commit writer and the cache of published forms; `files` keeps what is uploaded. Alone in
    /// its house it stamps what it gives out with a key of its own, that goes with it.
    pub fn start(house: Arc<House>, files: Files) -> Self {
        Self::started(house, files, None, &Chance::system().bytes())
    }

    /// The same in a house that sends mails, and whose processes know each other's stamps by the master key.
    pub fn start_with(
        house: Arc<House>,
        files: Files,
        mails: Mails,
        master_key: &[u8; 32],
    ) -> Self {
        Self::started(house, files, Some(mails), master_key)
    }

    fn started(
        house: Arc<House>,
        files: Files,
        mails: Option<Mails>,
        master_key: &[u8; 32],
    ) -> Self {
        Forms(Arc::new(Parts {
            guard: protection::Guard::new(master_key),
            published: published::Cache::start(house.db.clone()),
            writer: submissions::start_writer(house.clone()),
            visits: visits::Visits::start(house.clone()),
            secrets: Secrets::derive(master_key),
            easel: renditions::Easel::new(),
            files,
            mails,
            house,
        }))
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    /// Where its pictures are made small.
    pub(crate) fn easel(&self) -> &renditions::Easel {
        &self.0.easel
    }

    pub(crate) fn mails(&self) -> Option<&Mails> {
        self.0.mails.as_ref()
    }

    /// Under which those are kept who are to be erased.
    pub(crate) fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// Whether mails leave the house.
    pub(crate) fn sends_mails(&self) -> bool {
        self.mails().is_some_and(Mails::is_configured)
    }

    /// Where whoever gets a mail says that they want no more about something.
    pub(crate) fn unsubscription(
        &self,
        cx: &Cx,
        origin: &str,
        to: &str,
        about: &str,
    ) -> Result<Option<String>> {
        self.mails().map(|mails| mails.unsubscription(cx, origin, to, about)).transpose()
    }

    pub(crate) fn published(&self) -> &published::Cache {
        &self.0.published
    }

    pub(crate) fn guard(&self) -> &protection::Guard {
        &self.0.guard
    }

    pub(crate) fn writer(&self) -> &submissions::Writer {
        &self.0.writer
    }

    pub(crate) fn visits(&self) -> &visits::Visits {
        &self.0.visits
    }
}

/// What shows and hides questions in the browser: one file, because a page cannot say where the parts of a
/// module are.
pub const LOGIC: &str = concat!(
    include_str!("../assets/logic.js"),
    include_str!("../assets/logic_conditions.js"),
    include_str!("../assets/logic_answers.js"),
    include_str!("../assets/logic_form.js")
);

/// Parts and figures of a page that follow its stream of events.
const LIVE: &str =
    concat!(include_str!("../assets/live_part.js"), include_str!("../assets/live_count.js"));

/// What keeps answers over a lost connection, and tells that somebody begins: parts that do not know each other, in one file to load. What
/// holds back comes before what sends.
const HOSTED: &str = concat!(
    include_str!("../assets/hosted/draft.js"),
    include_str!("../assets/hosted/sent.js"),
    include_str!("../assets/hosted/proof.js"),
    include_str!("../assets/hosted/connection.js"),
    include_str!("../assets/hosted/tus.js"),
    include_str!("../assets/hosted/transfer.js"),
    include_str!("../assets/hosted/kept_uploads.js"),
    include_str!("../assets/hosted/file_size.js"),
    include_str!("../assets/hosted/file_row.js"),
    include_str!("../assets/hosted/shown_files.js"),
    include_str!("../assets/hosted/chosen_files.js"),
    include_str!("../assets/hosted/restored_files.js"),
    include_str!("../assets/hosted/upload.js"),
    include_str!("../assets/hosted/visit.js"),
);

/// The calendar beside a date: only a page that asks for one loads it.
const DATE_PICKER: &str = concat!(
    include_str!("../assets/hosted/calendar/days.js"),
    include_str!("../assets/hosted/calendar/words.js"),
    include_str!("../assets/hosted/calendar/steps.js"),
    include_str!("../assets/hosted/calendar/month.js"),
    include_str!("../assets/hosted/calendar/dialog.js"),
    include_str!("../assets/hosted/calendar/date_picker.js"),
);

/// One script of several files, which know each other's classes by name: what comes first knows nothing of
/// what follows.
const BUILDER: &str = concat!(
    include_str!("../assets/builder/order.js"),
    include_str!("../assets/builder/drag.js"),
    include_str!("../assets/builder/grab.js"),
    include_str!("../assets/builder/sorter.js"),
    include_str!("../assets/builder/saver.js"),
    include_str!("../assets/builder/saving.js"),
    include_str!("../assets/builder/autosave.js"),
    include_str!("../assets/builder/arrival.js"),
    include_str!("../assets/builder/builder.js"),
    include_str!("../assets/builder/selection.js"),
    include_str!("../assets/builder/panels.js"),
    include_str!("../assets/builder/field_keys.js"),
    include_str!("../assets/builder/undo_keys.js"),
    include_str!("../assets/builder/preview_page.js"),
    include_str!("../assets/builder/preview.js"),
    include_str!("../assets/builder/palette.js"),
    include_str!("../assets/builder/option_line.js"),
    include_str!("../assets/builder/options.js"),
    include_str!("../assets/builder/start.js"),
);

/// Lines are put into order as the fields of a form are.
const COLUMNS: &str = concat!(
    include_str!("../assets/builder/order.js"),
    include_str!("../assets/builder/drag.js"),
    include_str!("../assets/builder/grab.js"),
    include_str!("../assets/builder/sorter.js"),
    include_str!("../assets/column_panel.js"),
);

/// Stylesheets, and scripts by their names.
const ASSETS: &[(&str, &str)] = &[
    ("forms.css", include_str!("../assets/forms.css")),
    ("exports.css", include_str!("../assets/exports.css")),
    ("imports.css", include_str!("../assets/imports.css")),
    ("erasures.css", include_str!("../assets/erasures.css")),
    ("logic.css", include_str!("../assets/logic.css")),
    ("notices.css", include_str!("../assets/notices.css")),
    ("versions.css", include_str!("../assets/versions.css")),
    ("fields.css", include_str!("../assets/fields.css")),
    ("builder.css", include_str!("../assets/builder.css")),
    ("desk.css", include_str!("../assets/desk.css")),
    ("insights.css", include_str!("../assets/insights.css")),
    ("drawer.js", include_str!("../assets/drawer.js")),
    ("live_part.js", LIVE),
    ("filter_sheet.js", include_str!("../assets/filter_sheet.js")),
    ("filter_sheet.css", include_str!("../assets/filter_sheet.css")),
    ("picks.js", include_str!("../assets/picks.js")),
    ("named_row.js", include_str!("../assets/named_row.js")),
    ("columns.js", COLUMNS),
    ("views.css", include_str!("../assets/views.css")),
    ("form_settings.css", include_str!("../assets/form_settings.css")),
    ("chosen_file.js", include_str!("../assets/chosen_file.js")),
    ("mail_preview.js", include_str!("../assets/mail_preview.js")),
    ("local_moment.js", include_str!("../assets/local_moment.js")),
    ("hosted.js", HOSTED),
    ("date_picker.js", DATE_PICKER),
    ("proof_worker.js", include_str!("../assets/hosted/proof_worker.js")),
    ("theme_choices.js", include_str!("../assets/theme_choices.js")),
    ("embedded.js", include_str!("../assets/embedded.js")),
    ("logic.js", LOGIC),
    ("builder.js", BUILDER),
];

impl Module for Forms {
    fn name(&self) -> &'static str {
        "forms"
    }

    fn migrations(&self) -> Vec<Migration> {
        [files::MIGRATIONS, search::MIGRATIONS, &MIGRATIONS].concat()
    }

    fn permissions(&self) -> Vec<Permission> {
        vec![
            FORMS_READ,
            FORMS_WRITE,
            SUBMISSIONS_READ,
            SUBMISSIONS_WRITE,
            SUBMISSIONS_MANAGE,
            SUBMISSIONS_DELETE,
        ]
    }

    fn event_rules(&self) -> Vec<EventRule> {
        let rule = |kind| EventRule { kind, permission: SUBMISSIONS_DELETE, turns_subject: false };
        events::OF_ERASURES.map(rule).to_vec()
    }

    fn navigation(&self) -> Vec<Navigation> {
        vec![Navigation {
            label: "Forms",
            path: "forms",
            also: &["submissions", "erasures"],
            icon: Icon::Forms,
            section: "Work",
            hotkey: "g f",
            permission: Some(FORMS_READ),
        }]
    }

    fn actions(&self) -> Vec<Action> {
        vec![
            Action {
                label: "New form",
                path: "forms/new",
                icon: Icon::Plus,
                keywords: "create make add",
                permission: Some(FORMS_WRITE),
            },
            Action {
                label: "Erase one person's data",
                path: "erasures",
                icon: Icon::Trash,
                keywords: "delete forget gdpr privacy right person address",
                permission: Some(SUBMISSIONS_DELETE),
            },
        ]
    }

    fn finders(&self) -> Vec<Box<dyn Finder>> {
        vec![Box::new(finder::FormFinder), Box::new(submissions::finder::SubmissionFinder)]
    }

    fn subjects(&self) -> Vec<Box<dyn Subjects>> {
        vec![Box::new(finder::FormFinder)]
    }

    fn jobs(&self, registry: &mut JobRegistry) {
        background::register(registry, self, &self.0.house);
        background::register_imports(registry, &self.0.house, self);
        background::register_erasures(registry, &self.0.house, self);
    }

    fn routes(&self) -> Routes {
        routes::table().with_state(self.clone())
    }

    fn samples(&self) -> Vec<Sample> {
        samples::samples()
    }

    fn assets(&self) -> Vec<(&'static str, &'static str)> {
        ASSETS.to_vec()
    }
}
