//! The route table: calls of the API, pages of the app, hosted pages.

mod desk;
mod erasures;
mod exports;
mod imports;
mod insights;
mod notices;
mod saved_views;

use axum::http::Method;
use web::{Access, Routes};

use crate::{
    FORMS_READ, FORMS_WRITE, Forms, SUBMISSIONS_DELETE, SUBMISSIONS_READ, SUBMISSIONS_WRITE,
    documents, folders, forms, gallery, hosted, submissions,
};

const READ: Access = Access::Workspace(FORMS_READ);
const WRITE: Access = Access::Workspace(FORMS_WRITE);
const READ_SUBMISSIONS: Access = Access::Workspace(SUBMISSIONS_READ);
const WRITE_SUBMISSIONS: Access = Access::Workspace(SUBMISSIONS_WRITE);
const DELETE_SUBMISSIONS: Access = Access::Workspace(SUBMISSIONS_DELETE);

/// A picture with the form around it.
const PICTURE_BODY: usize = forms::pictures::MOST_BYTES + 64 * 1024;

/// All addresses of the module.
pub(crate) fn table() -> Routes<Forms> {
    let calls = submission_calls(folder_calls(setting_calls(form_calls(Routes::new()))));
    let calls = saved_views::calls(calls);
    let calls = desk::calls(exports::schedule_calls(exports::calls(calls)));
    let calls = erasures::calls(insights::calls(imports::calls(notices::calls(calls))));
    let pages = submission_pages(setting_pages(field_pages(form_pages(calls))));
    let pages = insights::pages(hosted_pages(notices::pages(exports::pages(pages))));
    erasures::pages(saved_views::pages(imports::pages(desk::pages(pages))))
}

/// The API of forms.
fn form_calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes
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
            "/api/forms/{form}/logic_test",
            READ,
            forms::logic::api,
            documents::test_logic(),
        )
        .without_replay()
        .api(
            Method::POST,
            "/api/forms/{form}/reversal",
            WRITE,
            forms::reversal::api_undo,
            documents::undo(),
        )
        .api(
            Method::DELETE,
            "/api/forms/{form}/reversal",
            WRITE,
            forms::reversal::api_redo,
            documents::redo(),
        )
}

/// The API of what is beside a form.
fn setting_calls(routes: Routes<Forms>) -> Routes<Forms> {
    use documents::forms as told;
    use forms::{archival, comparison, copies, filing, links, pictures, sharing, theme, versions};
    const COMPARISON: &str = "/api/forms/{form}/comparison";
    const VERSION: &str = "/api/forms/{form}/versions/{version}";
    const RESTORATION: &str = "/api/forms/{form}/versions/{version}/restoration";
    const ARCHIVAL: &str = "/api/forms/{form}/archival";
    const DOCUMENT: &str = "/api/forms/{form}/document";
    const THEME: &str = "/api/forms/{form}/theme";
    const PICTURES: &str = "/api/forms/{form}/pictures";
    routes
        .api(Method::POST, "/api/forms/{form}/links", WRITE, links::api, told::make_links())
        .api(Method::POST, ARCHIVAL, WRITE, archival::api_archive, told::archive())
        .api(Method::DELETE, ARCHIVAL, WRITE, archival::api_unarchive, told::unarchive())
        .api(Method::POST, "/api/forms/{form}/copies", WRITE, copies::api, told::copy())
        .api(Method::GET, "/api/forms/{form}/sharing", READ, sharing::api, told::sharing())
        .api(Method::GET, THEME, READ, theme::api_show, told::theme())
        .api(Method::PUT, THEME, WRITE, theme::api, told::put_theme())
        .api(Method::POST, PICTURES, WRITE, pictures::api, told::picture())
        .body_limit(PICTURE_BODY)
        .without_replay()
        .api(Method::GET, DOCUMENT, READ, copies::api_document, told::document())
        .api(Method::POST, "/api/forms/{form}/filing", WRITE, filing::api, told::file())
        .api(Method::GET, "/api/forms/{form}/versions", READ, versions::api_list, told::versions())
        .api(Method::GET, VERSION, READ, versions::api_show, told::version())
        .api(Method::POST, RESTORATION, WRITE, versions::api_restore, told::restore())
        .api(Method::GET, COMPARISON, READ, comparison::api, told::compare())
}

/// The API of folders.
fn folder_calls(routes: Routes<Forms>) -> Routes<Forms> {
    use documents::forms as told;
    use folders::{change, list};
    const FOLDER: &str = "/api/form_folders/{folder}";
    routes
        .api(Method::GET, "/api/form_templates", READ, gallery::api, told::templates())
        .api(Method::GET, "/api/form_folders", READ, list::api, told::list_folders())
        .api(Method::POST, "/api/form_folders", WRITE, change::api_create, told::create_folder())
        .api(Method::PATCH, FOLDER, WRITE, change::api_rename, told::rename_folder())
        .api(Method::DELETE, FOLDER, WRITE, change::api_delete, told::delete_folder())
}

/// The API of submissions.
fn submission_calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes
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
            DELETE_SUBMISSIONS,
            submissions::delete::api,
            documents::delete_submission(),
        )
}

/// The pages of those who make forms.
fn form_pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(Method::GET, "/w/{workspace}/forms", READ, forms::list::page)
        .page(Method::GET, "/w/{workspace}/forms/new", WRITE, forms::create::blank)
        .page(Method::POST, "/w/{workspace}/forms/new", WRITE, forms::create::page)
        .page(Method::GET, "/w/{workspace}/forms/{form}", READ, forms::show::page)
        .page(Method::GET, "/w/{workspace}/forms/{form}/logic", READ, forms::logic::page)
        .page(Method::POST, "/w/{workspace}/forms/{form}/logic_test", READ, forms::logic::page_test)
        .page(Method::GET, "/w/{workspace}/forms/{form}/preview", READ, hosted::preview::page)
        .page(Method::POST, "/w/{workspace}/forms/{form}/title", WRITE, forms::update::page)
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/reversal",
            WRITE,
            forms::reversal::page_undo,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/repetition",
            WRITE,
            forms::reversal::page_redo,
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
}

/// The pages of what is beside a form, and of folders.
fn setting_pages(routes: Routes<Forms>) -> Routes<Forms> {
    use folders::change;
    use forms::{
        archival, comparison, copies, filing, form_settings, pictures, sharing, theme, versions,
    };
    const COMPARISON: &str = "/w/{workspace}/forms/{form}/comparison";
    const SETTINGS: &str = "/w/{workspace}/forms/{form}/settings";
    const THEME: &str = "/w/{workspace}/forms/{form}/theme";
    const THEME_PICTURE: &str = "/w/{workspace}/forms/{form}/theme/{place}";
    const THEME_PICTURE_REMOVAL: &str = "/w/{workspace}/forms/{form}/theme/{place}/removal";
    const PICTURE: &str = "/w/{workspace}/forms/{form}/pictures/{picture}";
    const RENDITION: &str = "/w/{workspace}/forms/{form}/pictures/{picture}/{rendition}";
    const LINKS: &str = "/w/{workspace}/forms/{form}/links";
    const COPIES: &str = "/w/{workspace}/forms/{form}/copies";
    const DOCUMENT: &str = "/w/{workspace}/forms/{form}/document";
    const FILING: &str = "/w/{workspace}/forms/{form}/filing";
    const ARCHIVAL: &str = "/w/{workspace}/forms/{form}/archival";
    const UNARCHIVAL: &str = "/w/{workspace}/forms/{form}/unarchival";
    const VERSIONS: &str = "/w/{workspace}/forms/{form}/versions";
    const VERSION: &str = "/w/{workspace}/forms/{form}/versions/{version}";
    const RESTORATION: &str = "/w/{workspace}/forms/{form}/versions/{version}/restoration";
    const FOLDERS: &str = "/w/{workspace}/form_folders";
    const FOLDER_NAME: &str = "/w/{workspace}/form_folders/{folder}/name";
    const FOLDER_DELETION: &str = "/w/{workspace}/form_folders/{folder}/deletion";
    routes
        .page(Method::GET, "/w/{workspace}/forms/{form}/share", READ, sharing::page)
        .page(Method::GET, "/w/{workspace}/forms/{form}/qr.svg", READ, sharing::page_qr)
        .page(Method::GET, THEME, READ, theme::page)
        .page(Method::POST, THEME, WRITE, theme::save)
        .page(Method::POST, THEME_PICTURE, WRITE, theme::put_picture)
        .body_limit(PICTURE_BODY)
        .page(Method::POST, THEME_PICTURE_REMOVAL, WRITE, theme::remove_picture)
        .page(Method::GET, PICTURE, READ, pictures::page)
        .page(Method::GET, RENDITION, READ, pictures::page)
        .page(Method::GET, SETTINGS, READ, form_settings::page)
        .page(Method::POST, SETTINGS, WRITE, form_settings::save)
        .page(Method::POST, LINKS, WRITE, form_settings::make_links)
        .page(Method::POST, COPIES, WRITE, copies::page)
        .page(Method::GET, DOCUMENT, READ, copies::page_document)
        .page(Method::POST, FILING, WRITE, filing::page)
        .page(Method::POST, ARCHIVAL, WRITE, archival::page_archive)
        .page(Method::POST, UNARCHIVAL, WRITE, archival::page_unarchive)
        .page(Method::GET, VERSIONS, READ, versions::page)
        .page(Method::GET, VERSION, READ, versions::page_show)
        .page(Method::POST, RESTORATION, WRITE, versions::page_restore)
        .page(Method::GET, COMPARISON, READ, comparison::page)
        .page(Method::POST, FOLDERS, WRITE, change::page_create)
        .page(Method::POST, FOLDER_NAME, WRITE, change::page_rename)
        .page(Method::POST, FOLDER_DELETION, WRITE, change::page_delete)
}

/// What changes one field of a form.
fn field_pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(Method::POST, "/w/{workspace}/forms/{form}/fields", WRITE, forms::fields::add)
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/fields/{field}",
            WRITE,
            forms::fields::change,
        )
        .page(Method::GET, "/w/{workspace}/forms/{form}/fields/{field}", WRITE, forms::show::field)
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/fields/{field}/type",
            WRITE,
            forms::fields::retype,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/fields/{field}/copy",
            WRITE,
            forms::fields::copy,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/fields/{field}/trial",
            WRITE,
            forms::fields::try_pattern,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/fields/{field}/conditions",
            WRITE,
            forms::conditions::change,
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
}

/// The pages of those who read what came in.
fn submission_pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
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
}

/// Where files go before their form is sent.
fn upload_pages(routes: Routes<Forms>) -> Routes<Forms> {
    use hosted::resumable::{create, options, show, upload};
    const UPLOADS: &str = "/f/{public_id}/uploads";
    const UPLOAD: &str = "/f/{public_id}/uploads/{upload}";
    routes
        .page(Method::OPTIONS, UPLOADS, Access::Public, options::page)
        .page(Method::POST, UPLOADS, Access::Public, create::page)
        .page(Method::HEAD, UPLOAD, Access::Public, show::page)
        .page(Method::PATCH, UPLOAD, Access::Public, upload::page)
        .body_limit(usize::MAX)
        .page(Method::POST, UPLOAD, Access::Public, upload::page)
        .body_limit(usize::MAX)
        .page(Method::DELETE, UPLOAD, Access::Public, upload::page)
}

/// What respondents see.
fn hosted_pages(routes: Routes<Forms>) -> Routes<Forms> {
    const HOSTED_PICTURE: &str = "/f/{public_id}/pictures/{picture}";
    const HOSTED_RENDITION: &str = "/f/{public_id}/pictures/{picture}/{rendition}";
    upload_pages(routes)
        .page(Method::GET, "/f/{public_id}", Access::Public, hosted::show::page)
        .page(Method::POST, "/f/{public_id}", Access::Public, hosted::receive::page)
        .body_limit(usize::MAX)
        .page(Method::POST, "/f/{public_id}/starts", Access::Public, hosted::starts::page)
        .body_limit(hosted::starts::LARGEST)
        .page(Method::GET, "/f/{public_id}/ticket", Access::Public, hosted::ticket::page)
        .page(Method::GET, "/f/{public_id}/thanks", Access::Public, hosted::thanks::page)
        .page(Method::GET, HOSTED_PICTURE, Access::Public, hosted::picture::page)
        .page(Method::GET, HOSTED_RENDITION, Access::Public, hosted::picture::page)
        .page(Method::GET, crate::paths::EMBED, Access::Public, forms::sharing::script)
}
