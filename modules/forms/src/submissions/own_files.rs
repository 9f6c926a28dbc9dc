//! The files that a submission names: each is an answer to the question that it was uploaded for, and to no other.

use files::{FileId, StoredFile};
use kernel::Result;
use web::Cx;

use crate::{answers::Attached, definition::File, published::Published};

/// Whether it is an answer to this question: someone may have put it to another one than it was sent for.
pub(crate) fn belongs(limits: &File, key: &str, file: &StoredFile) -> bool {
    let fits = u64::try_from(file.size).is_ok_and(|size| size <= limits.max_bytes);
    fits && file.place.as_ref().is_none_or(|place| place == key)
}

/// Refuses files that were sent for other questions; those that cannot be had are told when they are claimed.
pub(crate) async fn require_own(cx: &Cx, form: &Published, named: &[Attached]) -> Result<()> {
    if named.is_empty() {
        return Ok(());
    }
    let ids: Vec<FileId> = named.iter().map(|attached| attached.file).collect();
    let mut tx = cx.within(form.workspace).read().await?;
    let found = files::unclaimed(&mut tx, &ids, &form.form.to_string()).await?;
    let definition = &form.frozen.definition;
    for attached in named {
        let key = &definition.fields[attached.position].key;
        let Some(file) = found.iter().find(|file| file.id == attached.file) else { continue };
        if !definition.file_field(key).is_some_and(|limits| belongs(limits, key, file)) {
            return Err(form.frozen.compiled.no_file_here(*attached).into());
        }
    }
    Ok(())
}
