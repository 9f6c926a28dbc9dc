//! Sending a file: it is stored as it comes, looked at, and where its columns go is suggested.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, header},
    response::Response,
};
use bytes::Bytes;
use db::Json;
use files::{FileId, NewFile, StoredFile};
use futures::{Stream, StreamExt, stream::BoxStream};
use kernel::{Error, Result};
use serde::Deserialize;
use web::{Cx, House, Query, Reply, Viewable, Visit};

use super::{
    Column, Format, Import, ImportId, KEPT_DAYS, Mapping, Options, Status, Task,
    encoding::Sniffer,
    json::ImportJson,
    list,
    look::Head,
    options::{Formulas, OptionsChange},
    store,
    suggest::{self, Names},
};
use crate::{
    Forms,
    events::ImportCreated,
    exports::{layout, order::days},
    forms::{self, Form, FormId},
    hosted::parts::{Parts, broken, file_name},
    paths,
    published::Published,
    steady::Steady,
};

/// Bytes of one file.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// Room for what a page sends around the file.
pub(crate) const LARGEST_BODY: usize = 1024 * 1024 * 1024 + 64 * 1024;

/// A file on its way in.
pub(super) struct Upload<'a> {
    name: String,
    content_type: String,
    bytes: BoxStream<'a, Result<Bytes>>,
}

/// What a look at a file suggests.
pub(super) struct Examined {
    pub(super) columns: Vec<Column>,
    pub(super) mapping: Mapping,
    pub(super) options: Options,
}

/// Takes the file in and tells its columns. Of what is no table nothing stays.
async fn create(forms: &Forms, cx: &Cx, form: &Form, upload: Upload<'_>) -> Result<Import> {
    let published = published(forms, cx, form.id).await?;
    let Some(format) = Format::of(&upload.content_type, &upload.name) else {
        return Err(Error::Unsupported(
            "Send text/csv or application/x-ndjson, or a file whose name ends with .csv or .jsonl."
                .into(),
        ));
    };
    let id = ImportId::new(cx.now(), cx.chance());
    let (file, sniffer) = take_in(forms, cx, id, upload).await?;
    let made = async {
        let options = Options::of(format, sniffer.verdict()?);
        let examined =
            examine(forms, cx, form, &published, (file.id, None), format, options, None).await?;
        insert(cx, id, form.id, format, &file, examined).await
    };
    match made.await {
        Ok(import) => Ok(import),
        Err(error) => {
            let mut tx = cx.begin().await?;
            files::discard(&mut tx, cx.workspace(), &[file.id]).await?;
            tx.commit().await?;
            Err(error)
        }
    }
}

/// The version that rows are judged by; 409 when there is none.
pub(super) async fn published(forms: &Forms, cx: &Cx, form: FormId) -> Result<Arc<Published>> {
    match forms.published().of_workspace(cx.workspace(), form).await {
        Err(Error::NotFound) => Err(Error::conflict(
            "not_published",
            "Publish the form first: rows are judged by its published questions.",
        )),
        other => other,
    }
}

async fn take_in(
    forms: &Forms,
    cx: &Cx,
    id: ImportId,
    upload: Upload<'_>,
) -> Result<(StoredFile, Sniffer)> {
    let sniffer = Arc::new(Mutex::new(Sniffer::new()));
    let beside = sniffer.clone();
    let bytes = upload.bytes.map(move |piece| {
        if let Ok(piece) = &piece {
            beside.lock().unwrap_or_else(PoisonError::into_inner).see(piece);
        }
        piece
    });
    let new = NewFile {
        collection: id.to_string(),
        place: None,
        name: upload.name,
        content_type: None,
        limit_bytes: LARGEST,
        bytes: Box::pin(bytes),
    };
    let House { db, clock, chance, .. } = &**cx.house();
    let put = forms.files().put(db, cx.workspace(), new, clock, chance).await;
    let file = put.map_err(|error| match error {
        Error::TooLarge(_) => {
            Error::TooLarge("A file of an import has at most 1 GiB. Divide it.".into())
        }
        other => other,
    })?;
    let seen = std::mem::replace(
        &mut *sniffer.lock().unwrap_or_else(PoisonError::into_inner),
        Sniffer::new(),
    );
    Ok((file, seen))
}

/// Looks at a stored file. What was `asked` is taken; days and numbers are read as the first rows show, else. Of a
/// file of which nothing was asked yet, also how it is divided, and how its values are written, is found out.
#[expect(clippy::too_many_arguments, reason = "each says another thing about one file")]
pub(super) async fn examine(
    forms: &Forms,
    cx: &Cx,
    form: &Form,
    published: &Published,
    (file, owner): (FileId, Option<&str>),
    format: Format,
    mut options: Options,
    asked: Option<&OptionsChange>,
) -> Result<Examined> {
    let fresh = asked.is_none();
    let mut tx = cx.read().await?;
    let (_, content) = forms.files().open(&mut tx, file, owner).await?;
    let questions = layout::questions_of(&mut tx, form).await?;
    drop(tx);
    let head = Head::of(content).await?;
    if fresh && format == Format::Csv {
        options.delimiter = head.delimiter(&options);
    }
    let mut found = head.look(format, &options)?;
    if fresh && found.unguarded && options.formulas == Formulas::Neutralised {
        options.formulas = Formulas::Raw;
        found = head.look(format, &options)?;
    }
    let names = Names::of(&questions)?;
    let (mapping, values) = names.suggest(&found.columns, &published.frozen.definition);
    if fresh && format == Format::Csv {
        options.values = values;
    }
    let definition = &published.frozen.definition;
    if asked.is_none_or(|asked| asked.dates.is_none()) {
        let shown = suggest::dates(&found.columns, &mapping, definition);
        options.dates = shown.unwrap_or(options.dates);
    }
    if asked.is_none_or(|asked| asked.decimal.is_none()) {
        let shown = suggest::decimal(&found.columns, &mapping, definition);
        options.decimal = shown.unwrap_or(options.decimal);
    }
    Ok(Examined { columns: found.columns, mapping, options })
}

async fn insert(
    cx: &Cx,
    id: ImportId,
    form: FormId,
    format: Format,
    file: &StoredFile,
    examined: Examined,
) -> Result<Import> {
    let Examined { columns, mapping, options } = examined;
    let import = Import {
        workspace_id: cx.workspace(),
        id,
        form_id: form,
        name: file.name.clone(),
        format: format.word().to_owned(),
        file_id: Some(file.id),
        bytes: file.size,
        columns: Json::of(&columns)?,
        mapping: Json::of(&mapping)?,
        options: Json::of(&options)?,
        created_by: cx.actor().name(),
        task: Task::Check.word().to_owned(),
        status: Status::Draft.word().to_owned(),
        bytes_done: 0,
        rows_done: 0,
        rows_stored: 0,
        rows_refused: 0,
        errors_kept: 0,
        reached: 0,
        rows_removed: 0,
        error: None,
        created_at: cx.now(),
        finished_at: None,
        expires_at: Some(cx.now().plus(days(i64::from(KEPT_DAYS)))),
    };
    let (owner, mut tx) = (id.to_string(), cx.begin().await?);
    if files::claim(&mut tx, cx.workspace(), &[file.id], &owner, &owner).await?.is_some() {
        return Err(Error::internal("the file of an import is gone"));
    }
    store::insert_import(&mut tx, &import).await?;
    tx.record(&ImportCreated { form_id: form, import_id: owner, name: import.name.clone() })
        .await?;
    tx.commit().await?;
    Ok(import)
}

/// What the file is called.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    #[serde(default)]
    name: Option<String>,
}

/// Whoever may send need not be able to see the form.
pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    Path(form): Path<String>,
    Query(named): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Reply<Response> {
    let id: FormId = form.parse().map_err(|_| Error::NotFound)?;
    let found = forms::store::find_form(&mut visit.read().await?, id).await?;
    let form = found.ok_or(Error::NotFound)?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let upload = Upload {
        name: named.name.or_else(|| disposed(&headers)).unwrap_or_else(|| "import".to_owned()),
        content_type: kind.unwrap_or_default().to_owned(),
        bytes: pieces(body).boxed(),
    };
    let import = create(&forms, &visit, &form, upload).await?;
    Ok(web::created(&paths::api_import(import.id), &ImportJson::of(&import)?))
}

fn pieces(body: Body) -> impl Stream<Item = Result<Bytes>> + Send {
    futures::stream::unfold(Steady::of(body), |mut body| async move {
        let piece = body.next().await?;
        Some((piece, body))
    })
}

/// The name in `Content-Disposition`: `filename*` of RFC 8187 before the plain one.
fn disposed(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::CONTENT_DISPOSITION)?.to_str().ok()?;
    let parts = || text.split(';').filter_map(|part| part.trim().split_once('='));
    let encoded = parts().find(|(name, _)| name.eq_ignore_ascii_case("filename*"));
    if let Some((_, value)) = encoded
        && let Some(rest) = value.get(..7).filter(|it| it.eq_ignore_ascii_case("utf-8''"))
    {
        let pair = format!("n={}", value[rest.len()..].replace('+', "%2B"));
        let mut decoded = url::form_urlencoded::parse(pair.as_bytes());
        return decoded.next().map(|(_, name)| name.into_owned());
    }
    let (_, plain) = parts().find(|(name, _)| name.eq_ignore_ascii_case("filename"))?;
    Some(plain.trim_matches('"').to_owned())
}

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    form: Viewable<Form>,
    request: Request,
) -> Reply<Response> {
    match from_parts(&forms, &visit, &form, request).await {
        Ok(import) => Ok(web::done(&paths::import(visit.slug(), import.id), "The file is here")),
        Err(
            error @ (Error::Invalid(_)
            | Error::Conflict { .. }
            | Error::Unsupported(_)
            | Error::TooLarge(_)),
        ) => list::again(&visit, &form, &error.to_string()).await,
        Err(error) => Err(error.into()),
    }
}

async fn from_parts(forms: &Forms, cx: &Cx, form: &Form, request: Request) -> Result<Import> {
    let mut parts = Parts::of(request, LARGEST_BODY).await?;
    while let Some(part) = parts.next().await? {
        let name = file_name(&part).filter(|name| !name.is_empty());
        if let (Some("file"), Some(name)) = (part.name(), name) {
            let content_type = part.content_type().unwrap_or_default().to_owned();
            let bytes = part.map(|piece| piece.map_err(|error| broken(&error))).boxed();
            return create(forms, cx, form, Upload { name, content_type, bytes }).await;
        }
    }
    Err(Error::invalid("file", "required", "Choose a file."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_its_sender_says() {
        let named = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_DISPOSITION, value.parse().expect("a header"));
            disposed(&headers)
        };
        let plain = "attachment; filename=\"old answers.csv\"";
        assert_eq!(named(plain).as_deref(), Some("old answers.csv"));
        let encoded = "attachment; filename=\"x\"; filename*=UTF-8''%C3%B6+%20b.csv";
        assert_eq!(named(encoded).as_deref(), Some("ö+ b.csv"));
        assert_eq!(named("inline"), None);
    }
}
