//! The forms of a workspace, in every state of their list.

use ui::Sample;
use web::Page;

use super::{READER, VIEWER, form, id, moment, small};
use crate::{
    folders::Folder,
    forms::{FormHead, new_form_view, views},
};

pub(super) fn samples() -> Vec<Sample> {
    let small = small();
    let states = [(3, true), (2, false), (0, false)];
    let mut data =
        states.map(|(version, published)| form(&small, version, published).head).to_vec();
    let limits = [(Some(moment()), None), (None, Some(40))];
    data.extend(limits.map(|(closes_at, submission_limit)| {
        let mut head = FormHead { held: 40, ..form(&small, 3, true).head };
        (head.acceptance.closes_at, head.acceptance.submission_limit) =
            (closes_at, submission_limit);
        head
    }));
    let folders = vec![Folder { id: id("fld"), name: "Events".into(), created_at: moment() }];
    let full = Page { data, next_cursor: Some("frm_1".into()) };
    let none = Page { data: Vec::new(), next_cursor: None };
    let list = |viewer, forms, folders, further| {
        views::page(&views::List {
            viewer,
            forms,
            folders,
            folder: None,
            archived: false,
            further,
            erases: viewer.writes,
        })
    };
    vec![
        Sample::new("forms", "List", list(VIEWER, &full, &folders, true)),
        Sample::new("forms", "No form yet", list(VIEWER, &none, &[], false)),
        Sample::new("forms", "No form in sight", list(VIEWER, &none, &folders, false)),
        Sample::new(
            "forms",
            "No form yet, and no right to make one",
            list(READER, &none, &[], false),
        ),
        Sample::new("forms", "New", new_form_view::page(&VIEWER, &Default::default())),
    ]
}
