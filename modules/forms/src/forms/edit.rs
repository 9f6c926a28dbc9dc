//! From a change on the editing page to its answer: the changed part, the same with what is wrong
//! beside the inputs, or how the form stands now that someone else was faster.

use axum::extract::{FromRequestParts, Request};
use axum::{
    extract::FromRequest,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Error, FieldError, Fields, Result};
use maud::{Markup, html};
use ui::{Toast, Tone};
use web::{Editable, Failure, Pairs, Reply, Viewable, Visit};

use super::{
    Form,
    editor::{self, Attempt, Editor, Part},
};
use crate::{
    FORMS_WRITE,
    pages::{Viewer, origin, sent, wants_part},
    paths,
};

/// A form that is being changed by its page.
pub(crate) struct Edit {
    pub(crate) visit: Visit,
    pub(crate) form: Editable<Form>,
    pub(crate) pairs: Vec<(String, String)>,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequest<S> for Edit {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, state).await?;
        let form = Editable::from_request_parts(&mut parts, state).await?;
        let headers = parts.headers.clone();
        let Pairs(pairs) = Pairs::from_request(Request::from_parts(parts, body), state).await?;
        Ok(Edit { visit, form, pairs, headers })
    }
}

impl Edit {
    /// The revision that the page showed.
    pub(crate) fn revision(&self) -> Result<i64> {
        let revision = sent(&self.pairs, "revision").and_then(|text| text.parse().ok());
        revision.ok_or_else(|| Error::invalid("revision", "required", "Load the page again."))
    }

    /// The fields as they stand, to be changed as a whole.
    pub(crate) fn fields(&self) -> Result<Vec<serde_json::Value>> {
        let definition = self.form.definition()?;
        definition
            .fields
            .iter()
            .map(|field| serde_json::to_value(field).map_err(Error::internal))
            .collect()
    }

    /// What became of it; `done` says so when it worked.
    pub(crate) async fn answer(
        self,
        part: Part,
        outcome: Result<Form>,
        done: &str,
    ) -> Reply<Response> {
        match outcome {
            Ok(form) if wants_part(&self.headers) => {
                let changed = self.show(&form, None, Some(&part), editor::container)?;
                // It stands outside of what changes, and asks for the title.
                let viewer = Viewer::of(&self.visit, FORMS_WRITE);
                let dialog = editor::deletion_form(&viewer, &form, None, Some("true"));
                let toast = Toast::new(Tone::Good, done).out_of_band();
                Ok(html! { (changed) (dialog) (toast) }.into_response())
            }
            Ok(form) => Ok(web::done(&place(&self.visit, &form, &part), done)),
            Err(Error::Invalid(problems)) => {
                let (problems, told) = beside_inputs(&problems, &self.form, &part)?;
                self.refuse(StatusCode::UNPROCESSABLE_ENTITY, &self.form, &part, problems, told)
            }
            Err(Error::Conflict { .. }) => {
                let now: Viewable<Form> = Viewable::load(&self.visit, self.form.id).await?;
                let told = "Someone else changed this form just now. It is shown as it stands; \
                            make your change again.";
                self.refuse(StatusCode::CONFLICT, &now, &part, Fields::new(), Some(told.into()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn refuse(
        &self,
        status: StatusCode,
        form: &Form,
        part: &Part,
        problems: Fields,
        told: Option<String>,
    ) -> Reply<Response> {
        let attempt = Attempt { part, pairs: &self.pairs, problems, told };
        let markup = if wants_part(&self.headers) {
            self.show(form, Some(&attempt), None, editor::container)?
        } else {
            let body = self.show(form, Some(&attempt), None, editor::page)?;
            web::shell_page(&self.visit, &form.title, body)
        };
        Ok((status, markup).into_response())
    }

    fn show(
        &self,
        form: &Form,
        attempt: Option<&Attempt<'_>>,
        done: Option<&Part>,
        view: fn(&Editor<'_>) -> Markup,
    ) -> Result<Markup> {
        let viewer = Viewer::of(&self.visit, FORMS_WRITE);
        let (definition, origin) = (form.definition()?, origin(&self.headers));
        Ok(view(&Editor { viewer, form, definition: &definition, origin: &origin, attempt, done }))
    }
}

/// Where a plain browser goes on: at the place it came from.
fn place(visit: &Visit, form: &Form, part: &Part) -> String {
    let page = paths::form(visit.slug(), form.id);
    match part {
        Part::Whole | Part::Title => page,
        Part::NewField => format!("{page}#new-field"),
        Part::Field(key) => format!("{page}#item-{key}"),
    }
}

/// Splits complaints about the document into those beside inputs, by their names, and the rest.
fn beside_inputs(problems: &Fields, form: &Form, part: &Part) -> Result<(Fields, Option<String>)> {
    let definition = form.definition()?;
    let index = match part {
        Part::Field(key) => definition.fields.iter().position(|field| field.key == *key),
        Part::NewField => Some(definition.fields.len()),
        Part::Whole | Part::Title => None,
    };
    let prefix = index.map(|index| format!("fields[{index}]."));
    let mut beside = Fields::new();
    let mut told = Vec::new();
    for problem in problems {
        let inside = prefix.as_ref().and_then(|prefix| problem.field.strip_prefix(prefix.as_str()));
        match inside {
            Some(property) => {
                let (name, message) = input_message(property, problem);
                beside.push(name, "refused", message);
            }
            None if *part == Part::Title => beside.push("title", "refused", &problem.message),
            None => told.push(problem.message.clone()),
        }
    }
    Ok((beside, (!told.is_empty()).then(|| told.join(" "))))
}

/// `options[3].value` stands in the fourth line of the input `options`.
fn input_message<'a>(property: &'a str, problem: &FieldError) -> (&'a str, String) {
    let message = match problem.code.as_ref() {
        "wrong_type" => "Write a number and nothing else, such as 12.",
        _ => &problem.message,
    };
    let Some((name, rest)) = property.split_once('[') else { return (property, message.into()) };
    let line = rest.split(']').next().and_then(|digits| digits.parse::<usize>().ok());
    (name, format!("Number {}: {message}", line.map_or(1, |line| line + 1)))
}
