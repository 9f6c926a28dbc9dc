//! The list of forms, and the page that begins a new one.

use maud::{Markup, Render, html};
use ui::{
    Button, Card, Column, EmptyState, Icon, Illustration, PageHeader, Pagination, Row, Table,
};
use web::Page;

use super::{FormHead, editor::state};
use crate::{
    pages::{Viewer, ago, figure},
    paths,
};

const COLUMNS: [Column<'static>; 4] = [
    Column::text("Form"),
    Column::text("State"),
    Column::number("Submissions"),
    Column::wide_only("Last change"),
];

/// The whole page; `further` when it is not the first of its list.
pub(crate) fn page(viewer: &Viewer<'_>, forms: &Page<FormHead>, further: bool) -> Markup {
    let new_form = paths::new_form(viewer.slug);
    let button = html! {
        @if viewer.writes { (Button::primary("New form").icon(Icon::Plus).href(&new_form)) }
    };
    let header = PageHeader::new("Forms").summary(html! { "What you ask, and whoever answers." });
    html! {
        @if forms.data.is_empty() && !further {
            (header)
            (empty(viewer, button))
        } @else {
            (header.actions(button))
            (container(viewer, forms, further))
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

fn container(viewer: &Viewer<'_>, forms: &Page<FormHead>, further: bool) -> Markup {
    let links: Vec<String> =
        forms.data.iter().map(|form| paths::form(viewer.slug, form.id)).collect();
    let rows: Vec<Row<'_>> =
        forms.data.iter().zip(&links).map(|(form, link)| row(form, link)).collect();
    let older = forms.next_cursor.as_ref().map(|cursor| paths::forms_before(viewer.slug, cursor));
    let newest = paths::forms(viewer.slug);
    html! {
        (Table::new("Forms", &COLUMNS, &rows))
        @if older.is_some() || further {
            (Pagination {
                newer: further.then_some(newest.as_str()),
                older: older.as_deref(),
                summary: "Newest first",
            })
        }
    }
}

fn row<'a>(form: &FormHead, link: &'a str) -> Row<'a> {
    Row {
        id: None,
        href: Some(link),
        cells: vec![
            html! { (form.title) },
            state(form),
            html! { (figure(form.submission_count)) },
            ago(form.updated_at),
        ],
    }
}

/// The page that asks for a title.
pub(crate) fn new_form(viewer: &Viewer<'_>, title: &str, error: Option<&str>) -> Markup {
    let (list, action) = (paths::forms(viewer.slug), paths::new_form(viewer.slug));
    let field = ui::Field::text("title", "Title")
        .value(title)
        .hint(Some("People read it above the questions, such as “Contact us”."))
        .error(error)
        .required(true)
        .attr("maxlength", "200")
        .attr("autocomplete", "off")
        .attr("autofocus", "autofocus");
    let body = html! {
        form.stack method="post" action=(action) {
            (ui::hidden("csrf_token", viewer.csrf_token))
            (field)
            div.row {
                (Button::primary("Go on to the questions").forward().submit())
                (Button::quiet("Cancel").href(&list))
            }
        }
    };
    html! {
        (PageHeader::new("New form").trail(&[("Forms", &list)]))
        div.narrow { (Card::new(body)) }
    }
}
