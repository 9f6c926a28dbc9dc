//! The look of a form: chosen on a page of its own beside what it leads to, and by the API.

use axum::{
    extract::{FromRequest, Multipart, Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Pairs, Reply, Viewable, Visit};

use super::{
    Form, pictures,
    theme_view::{self as view, Entered, Page},
    update::{FormChange, update},
};
use crate::{
    FORMS_WRITE, Forms,
    definition::Strict,
    pages::{Viewer, sent},
    paths,
    theme::{Palette, Shades, Theme},
};

/// The choices of the page's form; pictures have forms of their own.
const CHOICES: [&str; 6] = ["accent", "background", "font", "corners", "scheme", "credit"];
/// Where a picture may stand.
const PLACES: [&str; 2] = ["logo", "cover"];

/// The look of a form, and the colours that follow from it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormTheme)]
pub(crate) struct ThemeJson {
    #[schema(value_type = crate::schema::ThemeSchema)]
    theme: Theme,
    /// As they are used on light screens; nothing without an accent colour.
    light: Option<Colours>,
    /// As they are used on dark screens.
    dark: Option<Colours>,
    /// What had to be changed of the accent colour, so that everyone can read it.
    note: Option<String>,
}

/// Colours that stand out from each other as WCAG 2.2 AA asks.
#[derive(Debug, Serialize, ToSchema)]
struct Colours {
    /// Of buttons.
    #[schema(example = "#1d5fd0")]
    button: String,
    /// Written on them.
    on_button: String,
    /// How much that stands out; at least 4.5.
    contrast: f64,
    /// Of links.
    link: String,
}

impl ThemeJson {
    fn of(form: &Form) -> Result<Self> {
        let theme = form.definition()?.settings.theme;
        let palette = Palette::of(&theme);
        let note = theme.accent.and_then(|accent| palette.told(accent));
        let [light, dark] = palette.accent.map_or([None, None], |both| both.map(Some));
        Ok(ThemeJson { theme, light: light.map(Colours::of), dark: dark.map(Colours::of), note })
    }
}

impl Colours {
    fn of(shades: Shades) -> Self {
        Colours {
            button: shades.fill.to_string(),
            on_button: shades.ink.to_string(),
            contrast: (shades.ink.contrast(shades.fill) * 100.0).floor() / 100.0,
            link: shades.text.to_string(),
        }
    }
}

/// Stores another theme, beside all other settings as they are.
async fn store(
    cx: &Cx,
    forms: &Forms,
    form: Editable<Form>,
    theme: Value,
    revision: Option<i64>,
) -> Result<Form> {
    let mut document: Value = form.definition.read()?;
    let mut settings = match document["settings"].take() {
        Value::Object(settings) => settings,
        _ => Map::new(),
    };
    settings.insert("theme".into(), theme);
    let change =
        FormChange { settings: Some(Strict(settings.into())), revision, ..FormChange::default() };
    let form = update(cx, form, change).await?;
    forms.published().forget(&form);
    Ok(form)
}

pub(crate) async fn api_show(form: Viewable<Form>) -> Reply<Response> {
    Ok(web::json(&ThemeJson::of(&form)?))
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
    Json(Strict(theme)): Json<Strict>,
) -> Reply<Response> {
    let form = store(&visit, &forms, form, theme, None).await?;
    Ok(web::json(&ThemeJson::of(&form)?))
}

pub(crate) async fn page(visit: Visit, form: Viewable<Form>) -> Reply<Response> {
    let entered = Entered::of(&form)?;
    shown(&visit, &form, StatusCode::OK, &entered)
}

pub(crate) async fn save(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let mut theme =
        serde_json::to_value(form.definition()?.settings.theme).map_err(Error::internal)?;
    for name in CHOICES {
        let text = sent(&pairs, name).map(str::trim).filter(|text| !text.is_empty());
        theme[name] = text.map_or(Value::Null, Value::from);
    }
    if let (Some(text), true) = (sent(&pairs, "logo_text"), theme["logo"].is_object()) {
        theme["logo"]["text"] = text.trim().into();
    }
    let revision = sent(&pairs, "revision").and_then(|text| text.parse().ok());
    match store(&visit, &forms, form.clone(), theme, Some(revision.unwrap_or_default())).await {
        Ok(form) => Ok(web::done(&paths::theme(visit.slug(), form.id), "Look saved")),
        Err(error) => refused(&visit, &form, error, Entered::sent(&pairs)),
    }
}

/// Shows the page again with what is wrong.
fn refused(visit: &Visit, form: &Form, error: Error, mut entered: Entered<'_>) -> Reply<Response> {
    let status = match error {
        Error::Invalid(problems) => {
            entered.problems = problems;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Conflict { .. } => {
            entered.told = Some(
                "Someone else changed this form just now. Look at it once more and save again.",
            );
            StatusCode::CONFLICT
        }
        Error::TooLarge(_) => {
            entered.told = Some(pictures::TOO_LARGE);
            StatusCode::PAYLOAD_TOO_LARGE
        }
        other => return Err(other.into()),
    };
    shown(visit, form, status, &entered)
}

/// Which picture the address means.
#[derive(Debug, Deserialize)]
pub(crate) struct Place {
    place: String,
}

impl Place {
    fn name(&self) -> Result<&'static str> {
        PLACES.into_iter().find(|place| *place == self.place).ok_or(Error::NotFound)
    }
}

/// Takes a picture in and puts it in its place.
pub(crate) async fn put_picture(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
    Path(place): Path<Place>,
    request: Request,
) -> Reply<Response> {
    let place = place.name()?;
    let put = async {
        let parts = Multipart::from_request(request, &()).await;
        let parts = parts.map_err(|rejection| Error::Malformed(rejection.body_text()))?;
        let picture = pictures::taken_from(&visit, &forms, parts).await?;
        let mut theme =
            serde_json::to_value(form.definition()?.settings.theme).map_err(Error::internal)?;
        theme[place] = json!({"file": picture.file});
        store(&visit, &forms, form.clone(), theme, None).await
    };
    match put.await {
        Ok(form) => Ok(web::done(&paths::theme(visit.slug(), form.id), "Picture saved")),
        Err(error) => {
            let mut entered = Entered::of(&form)?;
            entered.wrong_picture = Some(place);
            refused(&visit, &form, error, entered)
        }
    }
}

/// Takes a picture out of its place; what was published with it still shows it.
pub(crate) async fn remove_picture(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
    Path(place): Path<Place>,
) -> Reply<Response> {
    let place = place.name()?;
    let mut theme =
        serde_json::to_value(form.definition()?.settings.theme).map_err(Error::internal)?;
    theme[place] = Value::Null;
    let form = store(&visit, &forms, form, theme, None).await?;
    Ok(web::done(&paths::theme(visit.slug(), form.id), "Picture taken away"))
}

fn shown(visit: &Visit, form: &Form, status: StatusCode, entered: &Entered<'_>) -> Reply<Response> {
    let theme = form.definition()?.settings.theme;
    let viewer = Viewer::of(visit, FORMS_WRITE);
    let title = format!("Look of {}", form.title);
    let body = maud::html! {
        (view::page(&Page { viewer, form, theme: &theme, entered }))
        script src=(ui::url("builder.js")) type="module" {}
        script src=(ui::url("theme_choices.js")) type="module" {}
    };
    Ok((status, web::shell_page(visit, &title, body)).into_response())
}
