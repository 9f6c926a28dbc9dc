//! What one version of a form has otherwise than another, or than the draft.

pub(crate) mod chooser;
pub(crate) mod marks;
pub(crate) mod outline;
pub(crate) mod views;
pub(crate) mod wording;

use axum::response::Response;
use db::Tx;
use kernel::{Error, Result, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Cx, Query, Reply, Viewable, Visit};

use super::{Form, frozen::VersionHead, store};
use crate::{
    FORMS_WRITE,
    definition::{Definition, changes::Changes},
    pages::Viewer,
};

/// How the document as it stands now is called beside the numbers of versions.
const DRAFT: &str = "draft";

/// The most versions that are offered to choose from.
const OFFERED: i64 = 200;

/// The two that are compared: the number of a version, or `draft`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    from: Option<String>,
    to: Option<String>,
}

/// A form as it was at one time, or as it stands now.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = FormEdition)]
pub(crate) struct Edition {
    /// None for the draft.
    pub(crate) version: Option<i64>,
    pub(crate) title: String,
    /// None for the draft.
    pub(crate) published_at: Option<Timestamp>,
    #[serde(skip)]
    pub(crate) definition: Definition,
}

/// Two editions of a form, and what the second has otherwise.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormComparison)]
pub(crate) struct Comparison {
    pub(crate) from: Edition,
    pub(crate) to: Edition,
    pub(crate) changes: Changes,
}

impl Edition {
    fn draft(form: &Form) -> Result<Self> {
        Ok(Edition {
            version: None,
            title: form.title.clone(),
            published_at: None,
            definition: form.definition()?,
        })
    }

    /// A version as it was frozen, if there is one of that number.
    pub(crate) async fn frozen(tx: &mut Tx, form: &Form, number: i64) -> Result<Option<Self>> {
        let head = store::find_version_head(tx, form.id, number).await?;
        let found = store::find_version(tx, form.id, number).await?;
        let edition = head.zip(found).map(|(head, (title, document))| {
            let definition = document.read()?;
            let published_at = Some(head.published_at);
            Ok(Edition { version: Some(number), title, published_at, definition })
        });
        edition.transpose()
    }

    /// As people call it, within a sentence.
    pub(crate) fn name(&self) -> String {
        self.version.map_or_else(|| "the draft".to_owned(), |number| format!("version {number}"))
    }

    /// As the address calls it.
    pub(crate) fn tag(&self) -> String {
        tag(self.version)
    }
}

fn tag(version: Option<i64>) -> String {
    version.map_or_else(|| DRAFT.to_owned(), |number| number.to_string())
}

impl Comparison {
    pub(crate) fn between(from: Edition, to: Edition) -> Self {
        let changes = Changes::between(&from.definition, &to.definition);
        Comparison { changes: changes.titled(&from.title, &to.title), from, to }
    }
}

impl Wanted {
    /// What was asked for; else the draft against the newest version, or that against the one before it.
    fn sides(&self, form: &Form) -> (String, String) {
        let usual_to = if form.changed { None } else { Some(form.version) };
        let usual_from = if form.changed { form.version } else { form.version - 1 };
        let asked = |side: &Option<String>| side.clone().filter(|side| !side.is_empty());
        (
            asked(&self.from).unwrap_or_else(|| tag(Some(usual_from.max(1)))),
            asked(&self.to).unwrap_or_else(|| tag(usual_to)),
        )
    }
}

pub(crate) async fn find(cx: &Cx, form: &Form, wanted: &Wanted) -> Result<Comparison> {
    let (from, to) = wanted.sides(form);
    let mut tx = cx.read().await?;
    let from = edition(&mut tx, form, "from", &from).await?;
    let to = edition(&mut tx, form, "to", &to).await?;
    Ok(Comparison::between(from, to))
}

async fn edition(tx: &mut Tx, form: &Form, side: &'static str, tag: &str) -> Result<Edition> {
    if tag == DRAFT {
        return Edition::draft(form);
    }
    let found = match tag.parse() {
        Ok(number) => Edition::frozen(tx, form, number).await?,
        Err(_) => None,
    };
    let told = match form.version {
        0 => "This form has no version yet. Publish it first.".to_owned(),
        newest => format!("Choose a version from 1 to {newest}, or `{DRAFT}`."),
    };
    found.ok_or_else(|| Error::invalid(side, "no_such_version", told))
}

/// The versions to choose from, newest first.
pub(crate) async fn offered(cx: &Cx, form: &Form) -> Result<Vec<VersionHead>> {
    let mut tx = cx.read().await?;
    store::list_versions(&mut tx, form.id, None, OFFERED).await
}

pub(crate) async fn api(
    visit: Visit,
    form: Viewable<Form>,
    Query(wanted): Query<Wanted>,
) -> Reply<Response> {
    Ok(web::json(&find(&visit, &form, &wanted).await?))
}

pub(crate) async fn page(
    visit: Visit,
    form: Viewable<Form>,
    Query(wanted): Query<Wanted>,
) -> Reply<maud::Markup> {
    let viewer = Viewer::of(&visit, FORMS_WRITE);
    let comparison = find(&visit, &form, &wanted).await?;
    let offered = offered(&visit, &form).await?;
    let body = views::page(&viewer, &form, &comparison, &offered);
    Ok(web::shell_page(&visit, &format!("What changed in {}", form.title), body))
}
