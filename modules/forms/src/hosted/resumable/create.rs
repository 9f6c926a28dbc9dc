//! An upload begins: what is declared of it is held to the limits of its field, and nothing has come yet.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header::LOCATION},
    response::{IntoResponse, Response},
};
use files::NewUpload;
use futures::stream;
use kernel::{Error, Result};
use web::{ClientAddress, Reply, Visit};

use super::{UPLOAD_EXPIRES, UPLOAD_LENGTH, bytes_of, expiry, metadata::Metadata, spoken};
use crate::{
    Forms,
    definition::File,
    hosted::{
        Hosted,
        receive::{answered, version_of},
        respondent::{Stranger, respondent},
        sent::pairs_of,
        uploads::{accepted, crowded},
    },
    paths,
    protection::{Stretch, store},
    published::Published,
    texts::{Texts, fill},
};

/// Uploads to a form that are not whole: anybody may begin some.
const MOST_BEGUN: i64 = 5_000;
/// Uploads that one address may begin within an hour, for each form.
const MOST_HOURLY: i64 = 300;

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Hosted(form): Hosted,
    ClientAddress(address): ClientAddress,
    request: Request,
) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    spoken(headers, async {
        let form = answered(&forms, form, version_of(uri)).await?;
        create(&forms, &visit, &form, address, (uri, headers)).await
    })
    .await
}

async fn create(
    forms: &Forms,
    visit: &Visit,
    form: &Published,
    address: IpAddr,
    (uri, headers): (&Uri, &HeaderMap),
) -> Reply<Response> {
    let texts = form.texts(headers);
    form.require_open(visit.now())?;
    if let Err(Stranger::NotInvited) = respondent(form, headers, &pairs_of(uri)) {
        let title = &form.frozen.title;
        return Err(Error::Forbidden(fill(texts.by_invitation_text, &[("title", title)])).into());
    }
    let size = bytes_of(headers, &UPLOAD_LENGTH)?;
    let told = Metadata::read(headers)?;
    let limits = form.frozen.definition.file_field(&told.field).ok_or_else(no_field)?;
    fits(texts, limits, &told, size)?;
    let address = forms.guard().address(form.form, address);
    has_room(visit, form, &address).await?;
    let new = NewUpload {
        collection: form.form.to_string(),
        place: Some(told.field),
        name: told.name,
        content_type: told.kind,
        size,
    };
    let cx = visit.within(form.workspace);
    let mut tx = cx.begin().await?;
    let count = store::count_upload(&mut tx, form.form, &address, cx.now()).await?;
    // Others have begun some since we looked.
    few_enough(count - 1)?;
    let upload = files::begin_upload(&mut tx, new, cx.now(), cx.chance()).await?;
    tx.commit().await?;
    let (id, begun) = (upload.id, upload.created_at);
    if size == 0 {
        let house = cx.house();
        let means = (&house.clock, &house.chance);
        forms.files().append(&house.db, form.workspace, upload, stream::empty(), means).await?;
    }
    let place = paths::upload(&form.public_id, id);
    let headers = [(LOCATION, place), (UPLOAD_EXPIRES, expiry(begun))];
    let headers = headers.map(|(name, value)| (name, HeaderValue::try_from(value)));
    let mut response = StatusCode::CREATED.into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.map_err(Error::internal)?);
    }
    Ok(response)
}

fn no_field() -> Error {
    let message =
        "Name a field of the form that takes files: its key is `field` in Upload-Metadata.";
    Error::invalid("field", "unknown", message)
}

/// The limits that can be seen before a byte has come.
fn fits(texts: &Texts, limits: &File, told: &Metadata, size: i64) -> Result<()> {
    let place = format!("answers.{}", told.field);
    if told.name.is_empty() {
        let message = "Name the file: `filename` in Upload-Metadata.";
        return Err(Error::invalid(&place, "no_name", message));
    }
    if !accepted(limits, &told.name, told.kind.as_deref()) {
        let message = fill(texts.type_not_taken, &[("name", &told.name)]);
        return Err(Error::invalid(&place, "type_not_taken", message));
    }
    if !u64::try_from(size).is_ok_and(|size| size <= limits.max_bytes) {
        let most = texts.size(limits.max_bytes);
        let message = fill(texts.file_too_large, &[("name", &told.name), ("size", &most)]);
        return Err(Error::TooLarge(message));
    }
    Ok(())
}

/// Whoever begins very many is stopped before they fill the house, and alone where one can tell.
async fn has_room(visit: &Visit, form: &Published, address: &str) -> Result<()> {
    let mut tx = visit.within(form.workspace).read().await?;
    few_enough(store::find_uploads(&mut tx, form.form, address, visit.now()).await?)?;
    let begun = files::count_uploads(&mut tx, &form.form.to_string(), MOST_BEGUN).await?;
    drop(tx);
    if begun >= MOST_BEGUN {
        return Err(Error::unavailable("a form has too many uploads that are not whole"));
    }
    crowded(visit, form).await
}

/// Whether one more may be begun from an address that has begun so many.
fn few_enough(begun: i64) -> Result<()> {
    match begun < MOST_HOURLY {
        true => Ok(()),
        false => Err(Error::Limited { retry_after: Stretch::UploadHour.length() }),
    }
}
