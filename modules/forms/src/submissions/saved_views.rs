//! A view: a list of a form's submissions that one comes back to, with its filter, order and columns.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod store;

use db::{Json, Tx};
use kernel::{Error, Fields, Id, Permission, Result, Timestamp, is_plain};
use serde::Serialize;
use utoipa::ToSchema;
use web::Entity;

use super::{
    column::{self, Column},
    filter::Filter,
    place::{Order, Place},
    questions,
};
use crate::{
    SUBMISSIONS_MANAGE, SUBMISSIONS_READ,
    definition::visible::is_blank,
    forms::{self, FormId},
    ids::{SavedViewId, SavedViewKind},
};

/// Views of one form.
const MOST: usize = 50;
/// Letters of a name.
pub(crate) const LONGEST_NAME: usize = 60;
/// Bytes of a filter.
const LONGEST_FILTER: usize = 8_000;

/// A view, which everybody of the workspace sees.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct SavedView {
    pub(crate) id: SavedViewId,
    pub(crate) form_id: FormId,
    pub(crate) name: String,
    filter: String,
    sort_order: String,
    columns: Option<Json>,
    pub(crate) position: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl SavedView {
    fn columns(&self) -> Result<Option<Vec<String>>> {
        self.columns.as_ref().map(Json::read).transpose()
    }

    /// What it lists, and what of it is shown.
    pub(crate) fn place(&self) -> Result<Place> {
        let kept = Content {
            filter: self.filter.clone(),
            order: self.sort_order.clone(),
            columns: self.columns()?,
        };
        kept.read()
    }

    /// The same view of something else.
    fn showing(self, place: &Place) -> Result<Self> {
        let words = |columns: &Vec<Column>| columns.iter().map(ToString::to_string).collect();
        let columns: Option<Vec<String>> = place.columns.as_ref().map(words);
        Ok(SavedView {
            filter: place.filter.query(),
            sort_order: place.order.as_str().to_owned(),
            columns: columns.as_ref().map(Json::of).transpose()?,
            ..self
        })
    }
}

impl Entity for SavedView {
    type Kind = SavedViewKind;
    const PARAMETER: &'static str = "view";
    const VIEW: Permission = SUBMISSIONS_READ;
    const EDIT: Permission = SUBMISSIONS_MANAGE;

    async fn find(tx: &mut Tx, id: Id<SavedViewKind>) -> Result<Option<Self>> {
        store::find_view(tx, id).await
    }
}

/// What a view shows, as it is written.
#[derive(Debug)]
struct Content {
    filter: String,
    order: String,
    columns: Option<Vec<String>>,
}

impl Content {
    /// What is wrong is told by the names of the API.
    fn read(&self) -> Result<Place> {
        let mut problems = Fields::new();
        let filter = Filter::read(&self.filter).unwrap_or_else(|found| {
            problems.extend(found);
            Filter::default()
        });
        let short = filter.query().len() <= LONGEST_FILTER;
        problems.check(short, "filter", "too_long", "This filter is too long to be kept.");
        let order = Order::named(&self.order);
        problems.check(order.is_some(), "order", "not_an_option", "Use newest or oldest.");
        let words = self.columns.as_ref().map(|words| words.iter().map(String::as_str));
        let place = |index| format!("columns[{index}]");
        let columns = words.map(|words| column::named(words, place, &mut problems));
        let some = columns.as_ref().is_none_or(|columns| !columns.is_empty());
        let message = "Name at least one column, or use null for the usual ones.";
        problems.check(some, "columns", "required", message);
        problems.into_result()?;
        Ok(Place::of(filter, order.unwrap_or_default(), columns))
    }
}

/// Refuses filters and columns of what the form never asked.
async fn expect_asked(tx: &mut Tx, form: FormId, place: &Place) -> Result<()> {
    questions::expect(tx, form, &place.filter, "filter.").await?;
    let Some(columns) = &place.columns else { return Ok(()) };
    let form = forms::store::find_form(tx, form).await?.ok_or(Error::NotFound)?;
    let place = |index| format!("columns[{index}]");
    column::expect(tx, form.id, &form.definition()?, columns, place).await
}

/// A name as it is kept: trimmed, present, short.
fn checked_name(name: &str) -> Result<String, Fields> {
    let name = name.trim();
    let fits = !is_blank(name) && name.chars().count() <= LONGEST_NAME && is_plain(name);
    let mut problems = Fields::new();
    problems.check(fits, "name", "invalid", "Use 1 to 60 letters for the name of the view.");
    problems.into_result().map(|()| name.to_owned())
}

const TAKEN: &str = "This form has a view of that name already.";

fn taken() -> Error {
    Error::invalid("name", "taken", TAKEN)
}

/// What is wrong with a name for a view, or for a new one.
pub(crate) fn wrong_name(
    name: &str,
    view: Option<SavedViewId>,
    views: &[SavedView],
) -> Option<String> {
    let name = match checked_name(name) {
        Ok(name) => name.to_lowercase(),
        Err(problems) => return problems.of("name").map(str::to_owned),
    };
    let is_other = |it: &SavedView| Some(it.id) != view && it.name.to_lowercase() == name;
    views.iter().any(is_other).then(|| TAKEN.to_owned())
}

/// A view as the API speaks it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedViewJson {
    id: SavedViewId,
    form_id: FormId,
    name: String,
    /// What it lists, as the query of the list.
    #[schema(example = "status=done&answers.country=DE")]
    filter: String,
    /// `newest` or `oldest`.
    order: String,
    /// What of it is shown, in this order; null for the usual columns.
    columns: Option<Vec<String>>,
    /// Its place among the form's views, from 1.
    position: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl SavedViewJson {
    pub(crate) fn of(view: &SavedView) -> Result<Self> {
        Ok(SavedViewJson {
            id: view.id,
            form_id: view.form_id,
            name: view.name.clone(),
            filter: view.filter.clone(),
            order: view.sort_order.clone(),
            columns: view.columns()?,
            position: view.position,
            created_at: view.created_at,
            updated_at: view.updated_at,
        })
    }
}
