//! The files among what a respondent sends: held to the field's limits and stored as they come.

use std::collections::HashMap;

use axum::extract::multipart::Field as Part;
use files::{FileId, NewFile};
use futures::StreamExt;
use kernel::{Error, Result};
use web::Cx;

use super::parts::{broken, file_name};
use crate::{
    Forms,
    controls::Kept,
    definition::File,
    published::Published,
    submissions::own_files::belongs,
    texts::{Texts, fill},
};

/// Bytes of a form's files that no submission came with yet.
const MOST_UNCLAIMED: i64 = 4 * 1024 * 1024 * 1024;

/// The files of one request that are stored and not yet anybody's.
#[derive(Debug, Default)]
pub(super) struct Uploads {
    /// They came with this request.
    new: Vec<Kept>,
    /// They came with earlier pages of the form.
    carried: Vec<Kept>,
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
        texts: &Texts,
        (key, limits): (&str, &File),
        part: Part<'_>,
    ) -> Result<Taken> {
        let Some(name) = file_name(&part).filter(|name| !name.is_empty()) else {
            return Ok(Ok(None));
        };
        let count = self.count.entry(key.to_owned()).or_default();
        *count += 1;
        if *count > limits.max_files {
            let most = limits.max_files as usize;
            return Ok(Err(fill(texts.send_fewer_files, &[("files", &texts.files(most))])));
        }
        let kind = part.content_type().map(str::to_owned);
        if !accepted(limits, &name, kind.as_deref()) {
            return Ok(Err(fill(texts.type_not_taken, &[("name", &name)])));
        }
        let new = NewFile {
            collection: form.form.to_string(),
            place: Some(key.to_owned()),
            name: name.clone(),
            content_type: kind,
            limit_bytes: limits.max_bytes,
            bytes: part.map(|piece| piece.map_err(|error| broken(&error))),
        };
        if is_crowded(cx, form).await? {
            return Ok(Err(texts.too_crowded.into()));
        }
        let house = cx.house();
        let put = forms.files().put(&house.db, form.workspace, new, &house.clock, &house.chance);
        match put.await {
            Ok(file) => {
                let id = file.id;
                self.new.push(Kept { key: key.to_owned(), file });
                Ok(Ok(Some(id)))
            }
            Err(Error::TooLarge(_)) => {
                let size = texts.size(limits.max_bytes);
                Ok(Err(fill(texts.file_too_large, &[("name", &name), ("size", &size)])))
            }
            Err(error) => Err(error),
        }
    }

    /// Takes over files that came before by their ids, which nobody else knows; gives back those that
    /// are still answers. One that is a submission's already stays an answer, so that a form that is
    /// sent twice is told as that; no one else can have it.
    pub(super) async fn carry(
        &mut self,
        cx: &Cx,
        form: &Published,
        mut named: Vec<(String, FileId)>,
    ) -> Result<Vec<(String, FileId)>> {
        if named.is_empty() {
            return Ok(named);
        }
        let ids: Vec<FileId> = named.iter().map(|(_, id)| *id).collect();
        let mut tx = cx.within(form.workspace).read().await?;
        let mut found = files::unclaimed(&mut tx, &ids, &form.form.to_string()).await?;
        drop(tx);
        named.retain(|(key, id)| {
            let Some(place) = found.iter().position(|file| file.id == *id) else { return true };
            let kept = Kept { key: key.clone(), file: found.swap_remove(place) };
            let Some(limits) = form.frozen.definition.file_field(key) else { return false };
            if !belongs(limits, key, &kept.file) {
                return false;
            }
            // A new one takes its place.
            let stays = limits.max_files > 1 || !self.has_new(key);
            if stays {
                self.carried.push(kept);
            }
            stays
        });
        Ok(named)
    }

    /// Answers as JSON, with the files of this request named by what is in them.
    pub(super) fn by_content(&self, answers: &str) -> String {
        self.new.iter().fold(answers.to_owned(), |text, Kept { file, .. }| {
            text.replace(&file.id.to_string(), &format!("{} {}", file.sha256, file.name))
        })
    }

    /// Whether a file came for this field.
    fn has_new(&self, key: &str) -> bool {
        self.new.iter().any(|kept| kept.key == key)
    }

    /// What goes along to the next page, and stays on one that is refused.
    pub(super) fn kept(&self) -> Vec<Kept> {
        self.carried.iter().chain(&self.new).cloned().collect()
    }

    /// Lets go of files that came with a repeat, or from someone of whom nothing is taken.
    pub(super) async fn discard(&self, cx: &Cx, form: &Published) -> Result<()> {
        if self.new.is_empty() {
            return Ok(());
        }
        let ids: Vec<FileId> = self.new.iter().map(|kept| kept.file.id).collect();
        let mut tx = cx.within(form.workspace).begin().await?;
        files::discard(&mut tx, form.workspace, &ids).await?;
        tx.commit().await
    }
}

/// Anybody may send files and then no form: so much of a form's may wait to be part of something.
async fn is_crowded(cx: &Cx, form: &Published) -> Result<bool> {
    let mut tx = cx.within(form.workspace).read().await?;
    Ok(files::unclaimed_bytes(&mut tx, &form.form.to_string()).await? > MOST_UNCLAIMED)
}

/// Refuses more while too much is waiting.
pub(super) async fn crowded(cx: &Cx, form: &Published) -> Result<()> {
    if is_crowded(cx, form).await? {
        return Err(Error::unavailable("too many bytes of a form’s uploads are part of nothing"));
    }
    Ok(())
}

/// Whether name or declared type is among what the field takes: the same test that browsers make.
pub(super) fn accepted(limits: &File, name: &str, kind: Option<&str>) -> bool {
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
