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
use ui::{Button, Toast, Tone};
use web::{Editable, Failure, Pairs, Reply, Viewable, Visit};

use super::{
    Form,
    editor::{self, Attempt, Editor, Part},
    history::History,
};
use crate::{
    FORMS_WRITE,
    pages::{Viewer, origin, sent, wants_part},
    paths,
};

/// Sent along by what saves itself while one types: nothing that is typed into is put anew.
const AUTOSAVE: &str = "x-autosave";

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
    /// Whether a part of the page is wanted rather than the whole.
    pub(crate) fn wants_part(&self) -> bool {
        wants_part(&self.headers)
    }

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
            Ok(form) if self.headers.contains_key(AUTOSAVE) => {
                let saved = |editor: &Editor<'_>| editor::saved(editor, &part);
                Ok(self.show(&form, None, Some(&part), saved).await?.into_response())
            }
            Ok(form) if wants_part(&self.headers) => {
                let changed = self.show(&form, None, Some(&part), editor::container).await?;
                // It stands outside of what changes, and asks for the title.
                let viewer = Viewer::of(&self.visit, FORMS_WRITE);
                let dialog = editor::deletion_form(&viewer, &form, None, Some("true"));
                // What is seen at once needs no words.
                let seen = matches!(part, Part::Added(_) | Part::Order | Part::NewField);
                let toast = (!seen).then(|| self.toast(&form, &part, done).out_of_band());
                Ok(html! { (changed) (dialog) @if let Some(toast) = toast { (toast) } }
                    .into_response())
            }
            Ok(form) => Ok(web::done(&place(&self.visit, &form, &part), done)),
            Err(Error::Invalid(problems)) => {
                let (problems, told) = beside_inputs(&problems, &self.form, &part)?;
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                self.refuse(status, &self.form, &part, problems, told).await
            }
            Err(Error::Conflict { code, message }) => {
                let now: Viewable<Form> = Viewable::load(&self.visit, self.form.id).await?;
                let told = "Someone else changed this form just now. It is shown as it stands; \
                            make your change again.";
                let told = if code == "changed_meanwhile" { told.into() } else { message };
                self.refuse(StatusCode::CONFLICT, &now, &part, Fields::new(), Some(told)).await
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What worked; what is gone can be brought back at once.
    fn toast<'a>(&self, form: &Form, part: &Part, done: &'a str) -> Toast<'a> {
        let toast = Toast::new(Tone::Good, done);
        if *part != Part::Removed {
            return toast;
        }
        let action = paths::form_part(self.visit.slug(), form.id, "reversal");
        toast.action(html! {
            form method="post" action=(action) data-hx-post=(action)
                data-hx-target={ "#" (editor::CONTAINER) } data-hx-swap="outerMorph" {
                (ui::hidden("csrf_token", self.visit.visitor.csrf_token()))
                (ui::hidden("revision", &form.revision.to_string()))
                (Button::quiet("Undo").small().submit())
            }
        })
    }

    async fn refuse(
        &self,
        status: StatusCode,
        form: &Form,
        part: &Part,
        problems: Fields,
        told: Option<String>,
    ) -> Reply<Response> {
        let attempt = Attempt { part, pairs: &self.pairs, problems, told };
        let markup = if wants_part(&self.headers) {
            self.show(form, Some(&attempt), None, editor::container).await?
        } else {
            let body = self.show(form, Some(&attempt), None, editor::page).await?;
            web::shell_page(&self.visit, &form.title, body)
        };
        Ok((status, markup).into_response())
    }

    /// Shows a panel as it was sent, although nothing is to be stored.
    pub(crate) async fn show_again(&self, part: &Part) -> Reply<Response> {
        let attempt = Attempt { part, pairs: &self.pairs, problems: Fields::new(), told: None };
        let body = self.show(&self.form, Some(&attempt), None, editor::page).await?;
        Ok(web::shell_page(&self.visit, &self.form.title, body).into_response())
    }

    async fn show(
        &self,
        form: &Form,
        attempt: Option<&Attempt<'_>>,
        done: Option<&Part>,
        view: impl FnOnce(&Editor<'_>) -> Markup,
    ) -> Result<Markup> {
        let history = History::of(&mut self.visit.read().await?, form.id).await?;
        let (definition, origin) = (form.definition()?, origin(&self.headers));
        let open = match done {
            Some(Part::Added(key)) => Some(key.as_str()),
            _ => sent(&self.pairs, "open"),
        };
        Ok(view(&Editor {
            viewer: Viewer::of(&self.visit, FORMS_WRITE),
            form,
            definition: &definition,
            origin: &origin,
            attempt,
            done,
            history,
            open,
            preview: &paths::form_part(self.visit.slug(), form.id, "preview"),
        }))
    }
}

/// Where a plain browser goes on: at the place it came from.
fn place(visit: &Visit, form: &Form, part: &Part) -> String {
    let page = paths::form(visit.slug(), form.id);
    match part {
        Part::Whole | Part::Title | Part::Removed | Part::Order => page,
        Part::NewField => format!("{page}#new-field"),
        Part::Field(key) | Part::Added(key) => {
            format!("{}#item-{key}", paths::field(visit.slug(), form.id, key))
        }
    }
}

/// Splits complaints about the document into those beside inputs, by their names, and the rest.
fn beside_inputs(problems: &Fields, form: &Form, part: &Part) -> Result<(Fields, Option<String>)> {
    let definition = form.definition()?;
    let index = match part {
        Part::Field(key) => definition.fields.iter().position(|field| field.key == *key),
        Part::NewField => Some(definition.fields.len()),
        Part::Whole | Part::Title | Part::Added(_) | Part::Removed | Part::Order => None,
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
