//! What the API document says of what is beside a form: copies, versions, folders.

use serde_json::json;
use utoipa::ToSchema;
use web::Operation;

use super::FORMS;
use crate::{
    folders::{Folder, change::FolderName, list::Folders},
    forms::{
        comparison::Comparison,
        copies::{FormDocument, NewCopy},
        filing::Filing,
        frozen::{Version, VersionHead},
        json::FormJson,
        links::{Links, NewLinks},
        pictures::Taken,
        theme::ThemeJson,
        ways::Sharing,
    },
    gallery::FormTemplates,
    schema::ThemeSchema,
};

/// A page of versions.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct VersionPage {
    data: Vec<VersionHead>,
    next_cursor: Option<String>,
}

pub(crate) fn make_links() -> Operation {
    Operation::new(FORMS, "Make links for those invited")
        .describe(
            "For a form that takes one answer for each link (`acceptance.once_by` = `link`). Nothing is \
             stored: the same name always gets the same link.",
        )
        .body::<NewLinks>()
        .reply::<Links>(200, "The links.")
        .problem(409, "The form does not ask for links.")
}

pub(crate) fn archive() -> Operation {
    Operation::new(FORMS, "Archive a form")
        .describe("It goes out of sight and takes nothing more; everything it has is kept.")
        .reply::<FormJson>(200, "The form.")
}

pub(crate) fn unarchive() -> Operation {
    Operation::new(FORMS, "Bring a form back")
        .describe("It stays closed until it is published again.")
        .reply::<FormJson>(200, "The form.")
}

pub(crate) fn copy() -> Operation {
    Operation::new(FORMS, "Copy a form")
        .describe("What it asks and accepts, as a draft; not what came in.")
        .body::<NewCopy>()
        .reply::<FormJson>(201, "The copy.")
}

pub(crate) fn theme() -> Operation {
    Operation::new(FORMS, "Show the look of a form")
        .describe("With the colours that follow from it, light and dark.")
        .reply::<ThemeJson>(200, "The look.")
}

pub(crate) fn put_theme() -> Operation {
    Operation::new(FORMS, "Give a form another look")
        .describe("The whole of it: what is absent is as usual again. It is published with the questions.")
        .body::<ThemeSchema>()
        .reply::<ThemeJson>(200, "The look.")
}

pub(crate) fn picture() -> Operation {
    Operation::new(FORMS, "Upload a picture for the look of forms")
        .describe(
            "The part `file` of `multipart/form-data`: a PNG, JPEG, WebP or GIF of at most 4 MB, 8,192 pixels \
             a side and 25 million in all. Its id goes into `settings.theme.logo.file` or \
             `settings.theme.cover.file` of any form of the workspace. Pages show it upright and small, as \
             WebP; what moves they show as it came. Nothing that a camera wrote into it is shown to others.",
        )
        .reply::<Taken>(201, "The picture.")
        .problem(413, "It is larger than 4 MB.")
}

pub(crate) fn document() -> Operation {
    Operation::new(FORMS, "Download a form as a document")
        .describe("Sent to `POST /api/forms`, here or elsewhere, it makes the same form.")
        .reply::<FormDocument>(200, "The document, as a file.")
}

pub(crate) fn sharing() -> Operation {
    Operation::new(FORMS, "Show the ways to a form")
        .describe("Its address, a QR code of it, and HTML for pages of one's own.")
        .reply::<Sharing>(200, "The ways.")
}

pub(crate) fn file() -> Operation {
    Operation::new(FORMS, "Lay a form into a folder")
        .body::<Filing>()
        .reply::<FormJson>(200, "The form.")
}

pub(crate) fn versions() -> Operation {
    Operation::new(FORMS, "List a form's versions, newest first")
        .paged()
        .reply::<VersionPage>(200, "A page of versions.")
}

pub(crate) fn version() -> Operation {
    Operation::new(FORMS, "Show a version and what it changed")
        .reply::<Version>(200, "The version.")
}

pub(crate) fn restore() -> Operation {
    Operation::new(FORMS, "Make an earlier version the draft")
        .describe("What is published stays as it is until the next publication.")
        .reply::<FormJson>(200, "The form.")
        .problem(409, "Someone else changed it at the same moment.")
}

pub(crate) fn compare() -> Operation {
    let edition = json!({"type": "string", "pattern": "^([1-9][0-9]*|draft)$"});
    Operation::new(FORMS, "Compare two versions of a form, or one with the draft")
        .describe(
            "What `to` has otherwise than `from`: fields by their keys, options by their values. Without \
             either, what was changed last: the draft against the newest version, or that against the one \
             before it.",
        )
        .query("from", "The number of a version, or `draft`.", edition.clone())
        .query("to", "The number of a version, or `draft`.", edition)
        .reply::<Comparison>(200, "Both, and what is otherwise.")
}

pub(crate) fn templates() -> Operation {
    Operation::new(FORMS, "List the gallery: good forms to begin with")
        .describe("The document of each is a body for `POST /api/forms`.")
        .reply::<FormTemplates>(200, "All templates.")
}

pub(crate) fn list_folders() -> Operation {
    Operation::new(FORMS, "List folders by name").reply::<Folders>(200, "All folders; at most 200.")
}

pub(crate) fn create_folder() -> Operation {
    Operation::new(FORMS, "Make a folder")
        .body::<FolderName>()
        .reply::<Folder>(201, "The folder.")
        .problem(409, "There are 200 folders already.")
}

pub(crate) fn rename_folder() -> Operation {
    Operation::new(FORMS, "Rename a folder")
        .body::<FolderName>()
        .reply::<Folder>(200, "The folder.")
}

pub(crate) fn delete_folder() -> Operation {
    Operation::new(FORMS, "Delete a folder")
        .describe("Its forms stay, in no folder.")
        .empty_reply(204, "It is gone.")
}
