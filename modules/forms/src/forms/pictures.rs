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
use imagesize::ImageType;
use kernel::{Error, Fields, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Cx, Editable, Reply, Viewable, Visit};

use super::{Form, store::pictures as store};
use crate::{FORMS_WRITE, Forms, definition::Definition, theme::Picture};

/// Of a picture.
pub(crate) const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Of a workspace; more than a person could choose from.
const MOST_PICTURES: i64 = 1_000;
/// To whom their files belong: versions and copies of forms share them.
const OWNER: &str = "form_pictures";
/// Pixels of a side: more than any screen shows, and little enough for every browser to unpack.
const LONGEST_SIDE: u32 = 8_192;
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

/// Stores a picture that forms of the workspace can show.
pub(crate) async fn take(cx: &Cx, forms: &Forms, name: String, bytes: Bytes) -> Result<Picture> {
    cx.require(FORMS_WRITE)?;
    let (width, height) = measured(&bytes)?;
    let mut tx = cx.read().await?;
    if store::count_pictures(&mut tx).await? >= MOST_PICTURES {
        let message = "This workspace has a thousand pictures already. Use one of them.";
        return Err(Error::invalid("file", "too_many", message));
    }
    drop(tx);
    let new = NewFile {
        collection: OWNER.into(),
        place: None,
        name,
        content_type: None,
        limit_bytes: MOST_BYTES as u64,
        bytes: stream::iter([Ok(bytes)]),
    };
    let house = cx.house();
    let file =
        forms.files().put(&house.db, cx.workspace(), new, &house.clock, &house.chance).await?;
    let mut tx = cx.begin().await?;
    files::claim(&mut tx, cx.workspace(), &[file.id], OWNER, OWNER).await?;
    store::insert_picture(&mut tx, file.id, (width, height), cx.now()).await?;
    tx.commit().await?;
    Ok(Picture { file: file.id, width, height, text: None })
}

/// What every browser shows, by its first bytes and not by its name; drawings with scripts in them are no
/// pictures here.
fn measured(bytes: &[u8]) -> Result<(u32, u32)> {
    let known = matches!(
        imagesize::image_type(bytes),
        Ok(ImageType::Png | ImageType::Jpeg | ImageType::Gif | ImageType::Webp)
    );
    let size =
        imagesize::blob_size(bytes).ok().filter(|size| known && size.width * size.height > 0);
    let sides = size
        .and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
    let (width, height) = sides.ok_or_else(|| {
        let message = "This is not a picture we can show. Send a PNG, JPEG, WebP or GIF.";
        Error::invalid("file", "not_a_picture", message)
    })?;
    if width.max(height) > LONGEST_SIDE {
        let message =
            "A picture may have 8,192 pixels a side. Send it smaller; 1,600 across are plenty.";
        return Err(Error::invalid("file", "too_large", message));
    }
    Ok((width, height))
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

/// Which picture the address names.
#[derive(Debug, Deserialize)]
pub(crate) struct PicturePath {
    picture: String,
}

impl PicturePath {
    pub(crate) fn file(&self) -> Result<FileId> {
        self.picture.parse().map_err(|_| Error::NotFound)
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
    Ok(shown(&forms, &mut tx, path.file()?).await?)
}

/// The picture, which never changes under its address.
pub(crate) async fn shown(forms: &Forms, tx: &mut Tx, id: FileId) -> Result<Response> {
    let (file, content) = forms.files().open(tx, id, Some(OWNER)).await?;
    let headers: [(HeaderName, String); 5] = [
        (header::CONTENT_TYPE, file.content_type),
        (header::CONTENT_LENGTH, file.size.to_string()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".into()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".into()),
        // A card of a link to the form is made by others.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".into()),
    ];
    Ok((headers, Body::from_stream(content)).into_response())
}
