//! What the API document says of views.

use web::Operation;

use crate::submissions::saved_views::{
    SavedViewJson, change::ViewChange, create::NewView, list::SavedViews,
};

const VIEWS: &str = "Views of submissions";

pub(crate) fn list() -> Operation {
    Operation::new(VIEWS, "List the views of a form")
        .reply::<SavedViews>(200, "All views, in their order.")
}

pub(crate) fn create() -> Operation {
    Operation::new(VIEWS, "Save a view")
        .describe(
            "A filter over a form's submissions, an order and columns under a name, for everybody in the workspace. \
             `GET /api/forms/{form}/submissions?view=…` lists what it means; a bulk action or an export takes its \
             `filter` as it is. A form has at most 50.",
        )
        .body::<NewView>()
        .reply::<SavedViewJson>(201, "The view, behind the others.")
        .problem(409, "The form has 50 views already.")
}

pub(crate) fn show() -> Operation {
    Operation::new(VIEWS, "Show a view").reply::<SavedViewJson>(200, "The view.")
}

pub(crate) fn change() -> Operation {
    Operation::new(VIEWS, "Change a view")
        .describe("Its name, what it shows, or its place among the others.")
        .body::<ViewChange>()
        .reply::<SavedViewJson>(200, "The view as it is now.")
}

pub(crate) fn delete() -> Operation {
    Operation::new(VIEWS, "Delete a view").empty_reply(204, "It is gone; its submissions stay.")
}
