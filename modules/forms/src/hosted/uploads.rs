//! The files among what a respondent sends: held to the field's limits and stored as they come.

use std::collections::HashMap;

use axum::extract::multipart::Field as Part;
use files::{FileId, NewFile};
use futures::StreamExt;
use kernel::{Error, Result};
use web::Cx;

use super::sent::broken;
use crate::{Forms, controls::size, definition::File, published::Published};

/// The files of one request that are stored and not yet anybody's.
#[derive(Debug, Default)]
pub(super) struct Uploads {
    ids: Vec<FileId>,
    count: HashMap<String, u32>,
}

/// The id, nothing where no file was chosen, or what is wrong with the file, for the respondent.
type Taken = Result<Option<FileId>, String>;

impl Uploads {
    /// Takes in one part of a file field.
    pub(super) async fn take_in(
        &mut self,
        forms: &Forms,
        cx: &Cx,
        form: &Published,
        (key, limits): (&str, &File),
        part: Part<'_>,
    ) -> Result<Taken> {
        let Some(name) = part.file_name().filter(|name| !name.is_empty()).map(str::to_owned) else {
            return Ok(Ok(None));
        };
        let count = self.count.entry(key.to_owned()).or_default();
        *count += 1;
        if *count > limits.max_files {
            return Ok(Err(format!("Send at most {} files.", limits.max_files)));
        }
        let kind = part.content_type().map(str::to_owned);
        if !accepted(limits, &name, kind.as_deref()) {
            return Ok(Err(format!("“{name}” is not of a type that is taken here.")));
        }
        let new = NewFile {
            collection: form.form.to_string(),
            name: name.clone(),
            content_type: kind,
            limit_bytes: limits.max_bytes,
            bytes: part.map(|piece| piece.map_err(|error| broken(&error))),
        };
        let house = cx.house();
        let put = forms.files().put(&house.db, form.workspace, new, &house.clock, &house.chance);
        match put.await {
            Ok(file) => {
                self.ids.push(file.id);
                Ok(Ok(Some(file.id)))
            }
            Err(Error::TooLarge(_)) => {
                let most = size(limits.max_bytes);
                Ok(Err(format!("“{name}” is larger than {most}. Choose a smaller file.")))
            }
            Err(error) => Err(error),
        }
    }

    /// Whether any file was stored.
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Lets go of files that came with a repeat, or with answers that were refused.
    pub(super) async fn discard(&self, cx: &Cx, form: &Published) -> Result<()> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let mut tx = cx.within(form.workspace).begin().await?;
        files::discard(&mut tx, form.workspace, &self.ids).await?;
        tx.commit().await
    }
}

/// Whether name or declared type is among what the field takes: the same test that browsers make.
fn accepted(limits: &File, name: &str, kind: Option<&str>) -> bool {
    let (name, kind) = (name.to_lowercase(), kind.unwrap_or_default().to_lowercase());
    let fits = |accepted: &String| {
        let accepted = accepted.to_lowercase();
        match accepted.strip_suffix('*') {
            Some(family) => kind.starts_with(family),
            None if accepted.starts_with('.') => name.ends_with(&accepted),
            None => kind == accepted,
        }
    };
    limits.accept.is_empty() || limits.accept.iter().any(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_judged_as_browsers_do() {
        let limits = |accept: &[&str]| File {
            max_files: 1,
            max_bytes: 1,
            accept: accept.iter().map(|text| (*text).to_owned()).collect(),
        };
        let some = limits(&[".pdf", "image/*", "text/plain"]);
        assert!(accepted(&some, "Plan.PDF", None));
        assert!(accepted(&some, "a", Some("image/png")));
        assert!(accepted(&some, "a", Some("text/plain")));
        assert!(!accepted(&some, "a.exe", Some("application/x-msdownload")));
        assert!(!accepted(&some, "pdf", Some("text/html")));
        assert!(accepted(&limits(&[]), "anything", None));
    }
}
