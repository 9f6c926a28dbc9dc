//! The subjects of all modules, for whoever asks on behalf of a page or a program.

use kernel::Result;

use crate::{Subject, Visit};

impl Visit {
    /// What one can choose from by name, of all modules; those chosen already are among it, as long as they are there.
    pub async fn subjects(&self, chosen: &[&str]) -> Result<Vec<Subject>> {
        let mut subjects = Vec::new();
        for module in &self.shared.subjects {
            if self.actor().may(module.permission()) {
                subjects.extend(module.latest(self.cx()).await?);
            }
        }
        for id in chosen {
            if subjects.iter().all(|subject| subject.id != *id) {
                subjects.extend(self.subject(id).await?);
            }
        }
        Ok(subjects)
    }

    /// What has this id, if it is there.
    pub async fn subject(&self, id: &str) -> Result<Option<Subject>> {
        for module in &self.shared.subjects {
            if let Some(found) = module.find(self.cx(), id).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}
