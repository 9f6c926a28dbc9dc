//! Pictures of a form's look: taken in, measured, and given out again to everyone.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Path, Request, State, multipart::MultipartError},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use db::Tx;
use files::{FileId, NewFile};
use futures::stream;
use kernel::{Error, Fields, Result};
use pictures::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Cx, Editable, Reply, Viewable, Visit};

use super::{Form, store::pictures as store};
use crate::{
    FORMS_WRITE, Forms,
    definition::Definition,
    renditions::{self, Found, PICTURES, RECIPE, Rendition},
    theme::Picture,
};

/// Of a picture.
pub(crate) const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Of a workspace; more than a person could choose from.
const MOST_PICTURES: i64 = 1_000;
pub(crate) const TOO_LARGE: &str =
    "A picture may have 4 MB. Send it smaller; 1,600 pixels across are plenty.";

/// A picture that was taken in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormPicture)]
pub(crate) struct Taken {
    /// Names it in `settings.theme`.
    #[schema(value_type = String, example = "fil_01k6z3v7q8e9rtwz5c4h2n0xab")]
    file: FileId,
    /// In pixels.
    width: u32,
    height: u32,
}

/// Stores a picture that forms of the workspace can show, and what it is made into for them.
pub(crate) async fn take(cx: &Cx, forms: &Forms, name: String, bytes: Bytes) -> Result<Picture> {
    cx.require(FORMS_WRITE)?;
    let mut tx = cx.read().await?;
    if store::count_pictures(&mut tx).await? >= MOST_PICTURES {
        let message = "This workspace has a thousand pictures already. Use one of them.";
        return Err(Error::invalid("file", "too_many", message));
    }
    drop(tx);
    let painting = forms.easel().paint(bytes.clone()).await?.map_err(refused)?;
    let new = NewFile {
        collection: PICTURES.into(),
        place: None,
        name,
        content_type: None,
        limit_bytes: MOST_BYTES as u64,
        bytes: stream::iter([Ok(bytes)]),
    };
    let (house, sides) = (cx.house(), painting.sides);
    let file =
        forms.files().put(&house.db, cx.workspace(), new, &house.clock, &house.chance).await?;
    let kept = renditions::keep(cx, forms, file.id, painting).await?;
    let mut tx = cx.begin().await?;
    files::claim(&mut tx, cx.workspace(), &[file.id], PICTURES, PICTURES).await?;
    store::insert_picture(&mut tx, file.id, (sides, RECIPE), cx.now()).await?;
    renditions::adopt(&mut tx, file.id, &kept).await?;
    tx.commit().await?;
    Ok(Picture { file: file.id, width: sides.width, height: sides.height, text: None })
}

fn refused(refusal: Refusal) -> Error {
    let (code, message) = match refusal {
        Refusal::NotAPicture => {
            ("not_a_picture", "This is not a picture we can show. Send a PNG, JPEG, WebP or GIF.")
        }
        Refusal::TooLarge => (
            "too_large",
            "A picture may have 8,192 pixels a side and 25 million in all. Send it smaller; 1,600 \
             across are plenty.",
        ),
        Refusal::Broken => (
            "broken_picture",
            "This picture is damaged. Open it in another program, save it anew and send that.",
        ),
    };
    Error::invalid("file", code, message)
}

/// Finds the pictures of a document and their sizes, or says which is not there.
pub(crate) async fn settle(cx: &Cx, definition: &mut Definition) -> Result<Fields> {
    let mut problems = Fields::new();
    let theme = &mut definition.settings.theme;
    let chosen = [("logo", theme.logo.as_mut()), ("cover", theme.cover.as_mut())];
    let chosen = chosen.into_iter().filter_map(|(name, picture)| Some((name, picture?)));
    for (name, picture) in chosen {
        let mut tx = cx.read().await?;
        match store::find_picture(&mut tx, picture.file).await? {
            Some((width, height)) => (picture.width, picture.height) = (width, height),
            None => {
                let place = format!("settings.theme.{name}.file");
                let message =
                    "There is no such picture in this workspace. Upload it here, or leave it out.";
                problems.push(place, "unknown_file", message);
            }
        }
    }
    Ok(problems)
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    _form: Editable<Form>,
    request: Request,
) -> Reply<Response> {
    let parts = Multipart::from_request(request, &()).await;
    let parts = parts.map_err(|rejection| Error::Malformed(rejection.body_text()))?;
    let Picture { file, width, height, .. } = taken_from(&visit, &forms, parts).await?;
    Ok(web::with_status(StatusCode::CREATED, &Taken { file, width, height }))
}

/// Takes in the part that is the picture.
pub(crate) async fn taken_from(cx: &Cx, forms: &Forms, mut parts: Multipart) -> Result<Picture> {
    let broken = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge(TOO_LARGE.into()),
        _ => Error::Malformed(error.body_text()),
    };
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.file_name().filter(|name| !name.is_empty()).map(str::to_owned);
        if let (Some("file"), Some(name)) = (part.name(), name) {
            return take(cx, forms, name, part.bytes().await.map_err(broken)?).await;
        }
    }
    let message = "Choose a picture; programs send it as the part “file” of multipart/form-data.";
    Err(Error::invalid("file", "required", message))
}

/// Which picture the address names, and what of it.
#[derive(Debug, Deserialize)]
pub(crate) struct PicturePath {
    picture: String,
    rendition: Option<String>,
}

impl PicturePath {
    fn file(&self) -> Result<FileId> {
        self.picture.parse().map_err(|_| Error::NotFound)
    }

    fn rendition(&self) -> Result<Option<Rendition>> {
        let named = |name: &String| Rendition::named(name).ok_or(Error::NotFound);
        self.rendition.as_ref().map(named).transpose()
    }
}

/// For those who make the form, published or not.
pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    _form: Viewable<Form>,
    Path(path): Path<PicturePath>,
) -> Reply<Response> {
    let mut tx = visit.read().await?;
    Ok(shown(&forms, &mut tx, path.file()?, path.rendition()?).await?)
}

/// For everyone: never as it came where something was made of it, for a camera may have written into it where it was.
pub(crate) async fn shown_to_all(
    forms: &Forms,
    tx: &mut Tx,
    path: &PicturePath,
) -> Result<Response> {
    let wanted = path.rendition()?.unwrap_or(Rendition::Card);
    shown(forms, tx, path.file()?, Some(wanted)).await
}

/// It never changes under its address, once it is made.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_NOW: &str = "public, max-age=60";

async fn shown(
    forms: &Forms,
    tx: &mut Tx,
    picture: FileId,
    wanted: Option<Rendition>,
) -> Result<Response> {
    let found = match wanted {
        Some(rendition) => renditions::find(tx, picture, rendition).await?,
        None => Found::AsItCame,
    };
    let (id, owner, kept) = match found {
        Found::Made(file) => (file, renditions::owner(picture), FOR_EVER),
        Found::AsItCame => (picture, PICTURES.into(), FOR_EVER),
        Found::AsItCameForNow => (picture, PICTURES.into(), FOR_NOW),
    };
    let (file, content) = forms.files().open(tx, id, Some(&owner)).await?;
    let headers: [(HeaderName, String); 5] = [
        (header::CONTENT_TYPE, file.content_type),
        (header::CONTENT_LENGTH, file.size.to_string()),
        (header::CACHE_CONTROL, kept.into()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".into()),
        // A card of a link to the form is made by others.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".into()),
    ];
    Ok((headers, Body::from_stream(content)).into_response())
}
