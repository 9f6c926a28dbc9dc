//! The definitions of a form's versions, each read once in a walk.

use std::collections::HashMap;

use db::Tx;
use kernel::Result;

use crate::{
    definition::Definition,
    forms::{self, FormId},
};

/// Of a form that was published more often the rest is read again.
const KEPT: usize = 64;

pub(super) struct Versions {
    form: FormId,
    known: HashMap<i64, Definition>,
    /// All from this one on are known.
    known_from: i64,
}

impl Versions {
    pub(super) fn of(form: FormId) -> Self {
        Versions { form, known: HashMap::new(), known_from: i64::MAX }
    }

    pub(super) async fn find(&mut self, tx: &mut Tx, version: i64) -> Result<Option<&Definition>> {
        if !self.known.contains_key(&version)
            && let Some((_, document)) = forms::store::find_version(tx, self.form, version).await?
        {
            self.known.insert(version, document.read()?);
        }
        Ok(self.known.get(&version))
    }

    /// Whether every version passes; from the newest on, and no further than to the first that does not.
    pub(super) async fn all(
        &mut self,
        tx: &mut Tx,
        passes: impl Fn(&Definition) -> bool,
    ) -> Result<bool> {
        if !self.known.values().all(&passes) {
            return Ok(false);
        }
        let mut below = self.known_from;
        while let Some((version, document)) =
            forms::store::find_version_below(tx, self.form, below).await?
        {
            let definition = document.read()?;
            let passed = passes(&definition);
            if self.known.len() < KEPT {
                self.known.insert(version, definition);
                self.known_from = version;
            }
            if !passed {
                return Ok(false);
            }
            below = version;
        }
        Ok(true)
    }
}
