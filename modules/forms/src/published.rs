//! Published forms in memory: the newest version, compiled, found by id or public id without a query.

use std::sync::Arc;

use db::{Db, Tx};
use kernel::{Error, Result, WorkspaceId};

use crate::{
    answers::Compiled,
    definition::Definition,
    forms::{
        Form, FormId,
        store::{self, FrozenRow},
    },
};

const SIGNAL: &str = "form";
/// A compiled form can hold some MiB of patterns, so not too many are kept.
const KEPT: u64 = 2_000;

/// The newest version of a form, ready to judge answers.
pub(crate) struct Published {
    pub(crate) workspace: WorkspaceId,
    pub(crate) form: FormId,
    pub(crate) public_id: String,
    pub(crate) version: i64,
    pub(crate) title: String,
    pub(crate) definition: Definition,
    pub(crate) compiled: Compiled,
    pub(crate) open: bool,
}

impl Published {
    fn of(row: FrozenRow) -> Result<Self> {
        let definition: Definition = row.definition.read()?;
        Ok(Published {
            workspace: row.workspace_id,
            form: row.form_id,
            public_id: row.public_id,
            version: row.version,
            title: row.title,
            compiled: Compiled::new(&definition)?,
            definition,
            open: row.published,
        })
    }

    /// Fine while the form takes submissions; 410 after that.
    pub(crate) fn require_open(&self) -> Result<()> {
        if self.open {
            Ok(())
        } else {
            Err(Error::Gone("This form takes no submissions at the moment.".into()))
        }
    }
}

/// The cache; cheap to clone.
#[derive(Clone)]
pub(crate) struct Cache {
    db: Db,
    kept: Arc<db::Cache<String, Arc<Published>>>,
}

impl Cache {
    pub(crate) fn start(db: Db) -> Self {
        let kept = Arc::new(db::Cache::start(&db, SIGNAL, KEPT));
        Cache { db, kept }
    }

    /// The form of a workspace; 404 when it is not there or was never published.
    pub(crate) async fn of_workspace(
        &self,
        workspace: WorkspaceId,
        id: FormId,
    ) -> Result<Arc<Published>> {
        let name = id.to_string();
        let published = match self.kept.get(&name) {
            Some(published) => published,
            None => {
                let mut tx = self.db.read(workspace).await?;
                self.keep(name, store::find_newest_version_of(&mut tx, id).await?)?
            }
        };
        if published.workspace == workspace { Ok(published) } else { Err(Error::NotFound) }
    }

    /// The form behind a hosted page's address.
    pub(crate) async fn by_public_id(&self, public_id: &str) -> Result<Arc<Published>> {
        if let Some(published) = self.kept.get(&public_id.to_owned()) {
            return Ok(published);
        }
        let mut tx = self.db.system_read("a hosted page knows only its public id").await?;
        let row = store::find_newest_version(&mut tx, public_id).await?;
        self.keep(public_id.to_owned(), row)
    }

    /// Lets all processes forget the form once the transaction is committed.
    pub(crate) fn announce(&self, tx: &mut Tx, form: &Form) {
        tx.signal(SIGNAL, form.id.to_string());
        tx.signal(SIGNAL, form.public_id.clone());
        // At once in this process too, so that whoever publishes and then sends is not refused.
        self.kept.forget(&form.id.to_string());
        self.kept.forget(&form.public_id);
    }

    fn keep(&self, name: String, row: Option<FrozenRow>) -> Result<Arc<Published>> {
        let published = Arc::new(Published::of(row.ok_or(Error::NotFound)?)?);
        self.kept.insert(name, published.clone());
        Ok(published)
    }
}
