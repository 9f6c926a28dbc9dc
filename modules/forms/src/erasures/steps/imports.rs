//! Imports whose files, errors or samples hold the person.

use files::Files;
use kernel::Result;
use web::{Change, Cx};

use crate::{
    erasures::{counts::Counts, person::Person, store},
    ids::ImportId,
    imports::erasing,
};

#[derive(Default)]
pub(super) struct Found {
    import: Option<ImportId>,
    named: bool,
}

/// One import: its file may be large.
pub(super) async fn look(
    files: &Files,
    cx: &Cx,
    person: &Person,
    place: &str,
) -> Result<(Option<String>, Found)> {
    let next = store::list_imports_after(&mut cx.read().await?, place, 1).await?;
    let Some((id,)) = next.into_iter().next() else { return Ok((None, Found::default())) };
    let is = |text: &str| person.is(text) || person.mentioned_in(text);
    let held = erasing::look(files, cx, id, &is).await?;
    let import = held.anywhere.then_some(id);
    Ok((Some(id.to_string()), Found { import, named: held.in_name }))
}

impl Found {
    pub(super) fn count(&self, counts: &mut Counts) {
        counts.imports += i64::from(self.import.is_some());
    }

    pub(super) async fn erase(&self, tx: &mut Change, counts: &mut Counts) -> Result<()> {
        if let Some(id) = self.import
            && erasing::forget(tx, id, self.named).await?
        {
            counts.imports += 1;
        }
        Ok(())
    }
}
