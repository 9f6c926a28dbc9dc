//! The list of forms, and its folders.

use maud::{Markup, Render, html};
use ui::{
    Button, Chip, Column, Confirm, Dialog, EmptyState, Icon, Illustration, PageHeader, Pagination,
    Row, Table, chips, whole,
};
use web::Page;

use super::{FolderId, FormHead, editor::state};
use crate::{
    folders::Folder,
    pages::{Viewer, ago, figure},
    paths,
};

const COLUMNS: [Column<'static>; 4] = [
    Column::text("Form"),
    Column::text("State"),
    Column::number("Submissions"),
    Column::wide_only("Last change"),
];

/// The forms of a workspace, or some of them, with whatever their page shows beside them.
pub(crate) struct List<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) forms: &'a Page<FormHead>,
    pub(crate) folders: &'a [Folder],
    /// The folder that is shown.
    pub(crate) folder: Option<FolderId>,
    /// Whether those put away are shown.
    pub(crate) archived: bool,
    /// Whether this is not the first page of its list.
    pub(crate) further: bool,
    /// Whether people may be erased.
    pub(crate) erases: bool,
}

impl List<'_> {
    fn here(&self) -> Option<&Folder> {
        self.folders.iter().find(|folder| Some(folder.id) == self.folder)
    }

    /// Whether all forms are wanted, and there is none.
    fn nothing_yet(&self) -> bool {
        let all = self.folder.is_none() && !self.archived && !self.further;
        all && self.forms.data.is_empty() && self.folders.is_empty()
    }
}

/// The whole page.
pub(crate) fn page(list: &List<'_>) -> Markup {
    let viewer = &list.viewer;
    let new_form = paths::new_form(viewer.slug);
    let button = html! {
        @if viewer.writes { (Button::primary("New form").icon(Icon::Plus).href(&new_form)) }
    };
    let header = PageHeader::new("Forms").summary(html! { "What you ask, and whoever answers." });
    html! {
        @if list.nothing_yet() {
            (header)
            (empty(viewer, button))
            p.muted { a href=(paths::archived_forms(viewer.slug)) { "Archived forms" } }
        } @else {
            (header.actions(html! { (folder_menu(list)) (button) }))
            div.stack { (shelves(list)) (container(list)) (beside(list)) }
            @if viewer.writes { (folder_dialogs(list)) }
        }
    }
}

/// What concerns all forms at once.
fn beside(list: &List<'_>) -> Markup {
    html! {
        @if list.erases {
            p.muted {
                "Has somebody asked you to? "
                a href=(paths::erasures(list.viewer.slug)) { "Erase one person’s data" }
            }
        }
    }
}

fn empty(viewer: &Viewer<'_>, button: Markup) -> Markup {
    let text = if viewer.writes {
        "Ask for feedback, orders, bookings, reports. A form is made in a minute and works on every phone."
    } else {
        "Whoever may make forms in this workspace has not made one yet."
    };
    EmptyState::new(Illustration::Forms, "No form yet", text).actions(button).render()
}

/// The ways to all forms, to each folder, and to what was put away.
fn shelves(list: &List<'_>) -> Markup {
    let slug = list.viewer.slug;
    let (all, archived) = (paths::forms(slug), paths::archived_forms(slug));
    let links: Vec<String> =
        list.folders.iter().map(|folder| paths::forms_in(slug, folder.id)).collect();
    let plain = list.folder.is_none();
    let folders = list.folders.iter().zip(&links).map(|(folder, href)| Chip {
        label: &folder.name,
        href,
        on: Some(folder.id) == list.folder,
    });
    let mut all = vec![Chip { label: "All", href: &all, on: plain && !list.archived }];
    all.extend(folders);
    all.push(Chip { label: "Archived", href: &archived, on: plain && list.archived });
    chips("Folders", &all)
}

const NEW_FOLDER: &str = "new-folder";
const THIS_FOLDER: &str = "this-folder";
const FOLDER_DELETION: &str = "delete-folder";

fn folder_menu(list: &List<'_>) -> Markup {
    html! {
        @if list.viewer.writes {
            @if list.here().is_some() {
                (Button::quiet("Rename folder…").opens_dialog(THIS_FOLDER))
                (Button::quiet("Delete folder…").opens_dialog(FOLDER_DELETION))
            } @else {
                (Button::quiet("New folder…").opens_dialog(NEW_FOLDER))
            }
        }
    }
}

fn folder_dialogs(list: &List<'_>) -> Markup {
    let slug = list.viewer.slug;
    html! {
        @match list.here() {
            Some(folder) => {
                (folder_dialog(list, THIS_FOLDER, &paths::folder_part(slug, folder.id, "name"), Some(folder)))
                (Confirm {
                    id: FOLDER_DELETION,
                    title: "Delete this folder?",
                    text: "Its forms stay, in no folder.",
                    action: "Delete folder",
                    decline: "Keep it",
                    href: &paths::folder_part(slug, folder.id, "deletion"),
                    csrf_token: list.viewer.csrf_token,
                })
            }
            None => (folder_dialog(list, NEW_FOLDER, &paths::folders(slug), None)),
        }
    }
}

fn folder_dialog(list: &List<'_>, id: &str, action: &str, folder: Option<&Folder>) -> Markup {
    let (title, button) = match folder {
        Some(_) => ("Rename folder", "Rename"),
        None => ("New folder", "Make folder"),
    };
    let field = ui::Field::text("name", "Name")
        .id(format!("{id}-name"))
        .value(folder.map_or("", |folder| &folder.name))
        .required(true)
        .attr("maxlength", "80")
        .attr("autocomplete", "off")
        .attr("autofocus", "autofocus");
    let body = html! {
        form.stack method="post" action=(action) {
            (ui::hidden("csrf_token", list.viewer.csrf_token))
            (field)
            div.row.row--end {
                (Button::secondary("Cancel").closes_dialog(id))
                (Button::primary(button).submit())
            }
        }
    };
    Dialog::new(id, title, body).render()
}

fn container(list: &List<'_>) -> Markup {
    let List { viewer, forms, further, .. } = list;
    let links: Vec<String> =
        forms.data.iter().map(|form| paths::form(viewer.slug, form.id)).collect();
    let rows: Vec<Row<'_>> =
        forms.data.iter().zip(&links).map(|(form, link)| row(viewer, form, link)).collect();
    let (shelf, archived) = (list.folder, list.archived);
    let older = forms.next_cursor.as_deref();
    let older = older.map(|cursor| paths::forms_before(viewer.slug, shelf, archived, cursor));
    let newest = match (list.folder, list.archived) {
        (Some(folder), _) => paths::forms_in(viewer.slug, folder),
        (None, true) => paths::archived_forms(viewer.slug),
        (None, false) => paths::forms(viewer.slug),
    };
    html! {
        (Table::new("Forms", &COLUMNS, &rows).empty(nothing(list)))
        @if older.is_some() || *further {
            (Pagination {
                newer: further.then_some(newest.as_str()),
                older: older.as_deref(),
                summary: "Newest first",
            })
        }
    }
}

fn nothing(list: &List<'_>) -> Markup {
    let (title, text) = match (list.folder, list.archived) {
        (Some(_), _) => ("This folder is empty", "Lay a form into it on the form's settings."),
        (None, true) => (
            "Nothing is archived",
            "Archive a form on its settings: it takes no answers, and keeps all it has.",
        ),
        (None, false) => ("No form here", "All forms are archived, or none has been made."),
    };
    EmptyState::new(Illustration::Forms, title, text).small().render()
}

fn row<'a>(viewer: &Viewer<'_>, form: &FormHead, link: &'a str) -> Row<'a> {
    Row {
        id: None,
        href: Some(link),
        cells: vec![
            html! { span.clamp title=[whole(&form.title)] { (form.title) } },
            state(viewer, form),
            html! { (figure(form.submission_count)) },
            ago(form.updated_at),
        ],
    }
}
