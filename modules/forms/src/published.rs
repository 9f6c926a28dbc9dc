//! Published forms in memory: the newest version, compiled, found by id or public id without a query.

use std::sync::Arc;

use axum::http::HeaderMap;
use db::{Db, Tx};
use kernel::{Error, Result, Timestamp, WorkspaceId};

use crate::{
    answers::Compiled,
    definition::Definition,
    forms::{
        Acceptance, Form, FormId,
        change::{PUBLIC_SIGNAL, SIGNAL, announce},
        refusal::Refusal,
        store::{self, FrozenRow},
    },
    ids::PublicId,
    protection::Protection,
    texts::{Spoken, Texts, accepted},
    theme::Style,
};

/// Forms whose state is remembered.
const KEPT: u64 = 2_000;
/// Bytes of compiled versions that are kept, roughly.
const KEPT_BYTES: u64 = 256 * 1024 * 1024;
/// What a pattern takes together with what it remembers while it runs, roughly.
const PATTERN_BYTES: usize = 512 * 1024;

/// The newest version of a form, ready to judge answers.
pub(crate) struct Published {
    pub(crate) workspace: WorkspaceId,
    pub(crate) form: FormId,
    pub(crate) public_id: String,
    pub(crate) version: i64,
    pub(crate) frozen: Arc<Frozen>,
    /// Whether it is published; see [`Published::is_open`].
    published: bool,
    pub(crate) acceptance: Acceptance,
    pub(crate) protection: Protection,
}

/// What never changes in a version.
pub(crate) struct Frozen {
    pub(crate) title: String,
    pub(crate) definition: Definition,
    pub(crate) compiled: Compiled,
    /// The colours of its theme.
    pub(crate) style: Option<Style>,
    weight: u32,
}

impl Frozen {
    pub(crate) fn new(title: String, definition: Definition) -> Result<Self> {
        let compiled = Compiled::new(&definition)?;
        let document = db::Json::of(&definition)?.0.len();
        let weight = 4 * document + PATTERN_BYTES * compiled.pattern_count();
        Ok(Frozen {
            style: Style::of(&definition.settings.theme),
            title,
            definition,
            compiled,
            weight: u32::try_from(weight).unwrap_or(u32::MAX),
        })
    }
}

impl Published {
    /// One to look at, open and without limits.
    pub(crate) fn sample(workspace: WorkspaceId, form: FormId, name: &str, frozen: Frozen) -> Self {
        Published {
            workspace,
            form,
            public_id: name.to_owned(),
            version: 3,
            frozen: frozen.into(),
            published: true,
            acceptance: Acceptance::default(),
            protection: Protection::default(),
        }
    }

    /// The draft in the place of a version, for its makers to look at; not open, so that nothing on its
    /// pages leads elsewhere.
    pub(crate) fn draft(form: Form) -> Result<Self> {
        let definition = form.definition()?;
        Ok(Published {
            workspace: form.workspace_id,
            form: form.id,
            public_id: form.head.public_id,
            version: form.head.version,
            frozen: Frozen::new(form.head.title, definition)?.into(),
            published: false,
            acceptance: Acceptance::default(),
            protection: Protection::default(),
        })
    }

    /// The colours of its pages.
    pub(crate) fn style(&self) -> Option<&Style> {
        self.frozen.style.as_ref()
    }

    /// What its pages say by themselves, to someone who asks so.
    pub(crate) fn texts(&self, headers: &HeaderMap) -> &'static Texts {
        match self.frozen.definition.settings.language {
            Some(Spoken::Always(language)) => Texts::of(language),
            Some(Spoken::AsAsked) => accepted(headers).map_or(Texts::english(), Texts::of),
            None => Texts::english(),
        }
    }

    /// Why it takes no submission at this time, while so many hold a place.
    pub(crate) fn refusal(&self, held: i64, now: Timestamp) -> Option<Refusal> {
        self.acceptance.refusal(self.published, held, now)
    }

    /// Whether the form takes submissions at this time, as long as there is a place left.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.refusal(0, now).is_none()
    }

    /// Whether its questions tell people apart, where a person may answer once by one of them.
    pub(crate) fn tells_apart(&self) -> bool {
        self.acceptance.fits(&self.frozen.definition).is_ok()
    }

    /// Fine while the form takes submissions; 410 after that.
    pub(crate) fn require_open(&self, now: Timestamp) -> Result<()> {
        if self.is_open(now) {
            Ok(())
        } else {
            Err(Error::Gone("This form takes no submissions at the moment.".into()))
        }
    }
}

/// The cache; cheap to clone.
#[derive(Clone)]
pub(crate) struct Cache(Arc<Kept>);

struct Kept {
    db: Db,
    forms: db::Cache<FormId, Arc<Published>>,
    public: db::Cache<PublicId, Arc<Published>>,
    /// Compiled once and kept for as long as there is room, for a version is never changed.
    versions: Versions,
}

type Versions = moka::sync::Cache<(FormId, i64), Arc<Frozen>>;

impl Cache {
    pub(crate) fn start(db: Db) -> Self {
        let versions = moka::sync::Cache::builder()
            .weigher(|_, frozen: &Arc<Frozen>| frozen.weight)
            .max_capacity(KEPT_BYTES);
        Cache(Arc::new(Kept {
            forms: db::Cache::start(&db, SIGNAL, KEPT),
            public: db::Cache::start(&db, PUBLIC_SIGNAL, KEPT),
            versions: versions.build(),
            db,
        }))
    }

    /// The form of a workspace; 404 when it is not there or was never published.
    pub(crate) async fn of_workspace(
        &self,
        workspace: WorkspaceId,
        id: FormId,
    ) -> Result<Arc<Published>> {
        let published = match self.0.forms.get(&id) {
            Ok(published) => published,
            Err(missed) => {
                let mut tx = self.0.db.read(workspace).await?;
                let row = store::find_newest_version_of(&mut tx, id).await?;
                drop(tx);
                let published = self.published(row.ok_or(Error::NotFound)?).await?;
                self.0.forms.insert(missed, id, published.clone());
                published
            }
        };
        if published.workspace == workspace { Ok(published) } else { Err(Error::NotFound) }
    }

    /// The form behind a hosted page's address.
    pub(crate) async fn by_public_id(&self, id: PublicId) -> Result<Arc<Published>> {
        let missed = match self.0.public.get(&id) {
            Ok(published) => return Ok(published),
            Err(missed) => missed,
        };
        let mut tx = self.0.db.system_read("a hosted page knows only its public id").await?;
        let row = store::find_newest_version(&mut tx, &id.to_string()).await?;
        drop(tx);
        let published = self.published(row.ok_or(Error::NotFound)?).await?;
        self.0.public.insert(missed, id, published.clone());
        Ok(published)
    }

    /// The form as it was in an earlier version, for answers that were given to that; none, when it
    /// never had such a one.
    pub(crate) async fn earlier(
        &self,
        form: &Published,
        version: i64,
    ) -> Result<Option<Published>> {
        let mut tx = self.0.db.read(form.workspace).await?;
        let found = store::find_version(&mut tx, form.form, version).await?;
        drop(tx);
        let Some((title, document)) = found else { return Ok(None) };
        let frozen = self.frozen(form.form, version, title, document).await?;
        let (public_id, acceptance) = (form.public_id.clone(), form.acceptance.clone());
        let protection = form.protection.clone();
        Ok(Some(Published { public_id, acceptance, protection, version, frozen, ..*form }))
    }

    /// As [`announce`], and at once in this process, so that whoever publishes and then sends is not
    /// refused.
    pub(crate) fn announce(&self, tx: &mut Tx, form: &Form) {
        announce(tx, form);
        self.forget(form);
    }

    /// Lets this process look anew at what has just been changed.
    pub(crate) fn forget(&self, form: &Form) {
        self.0.forms.forget(&form.id);
        if let Ok(id) = form.public_id.parse() {
            self.0.public.forget(&id);
        }
    }

    async fn published(&self, row: FrozenRow) -> Result<Arc<Published>> {
        let published = Published {
            workspace: row.workspace_id,
            form: row.form_id,
            public_id: row.public_id,
            version: row.version,
            published: row.published,
            acceptance: row.acceptance,
            protection: row.protection,
            frozen: self.frozen(row.form_id, row.version, row.title, row.definition).await?,
        };
        Ok(Arc::new(published))
    }

    /// The compiled version. Patterns may take a while, so this is no work for the threads that answer,
    /// and whoever asks meanwhile waits for the same result.
    async fn frozen(
        &self,
        form: FormId,
        version: i64,
        title: String,
        document: db::Json,
    ) -> Result<Arc<Frozen>> {
        let key = (form, version);
        if let Some(frozen) = self.0.versions.get(&key) {
            return Ok(frozen);
        }
        let versions = self.0.versions.clone();
        let compile = move || Frozen::new(title, document.read()?).map(Arc::new);
        let compiled =
            tokio::task::spawn_blocking(move || versions.try_get_with(key, compile)).await;
        compiled.map_err(Error::internal)?.map_err(|error| Error::internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use db::testing::TestDatabase;
    use kernel::{Chance, Timestamp};
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn a_version_is_compiled_once_however_many_ask() {
        let database = TestDatabase::create().await;
        let cache = Cache::start(database.open().await);
        let form = FormId::new(Timestamp::from_micros(0), &Chance::seeded(1));
        let fields = json!([{"type": "short_text", "label": "Code", "pattern": "[A-Z]{2,9}"}]);
        let definition = Definition::from_fields(fields).expect("a sound form");
        let document = db::Json::of(&definition).expect("JSON");
        let ask = || cache.frozen(form, 1, "Codes".into(), document.clone());
        let asked = futures::future::join_all((0..20).map(|_| ask())).await;
        let first = asked[0].as_ref().expect("compiled");
        assert!(asked.iter().all(|it| it.as_ref().is_ok_and(|other| Arc::ptr_eq(first, other))));
        assert!(first.weight as usize > PATTERN_BYTES);
        let next = cache.frozen(form, 2, "Codes".into(), document.clone()).await.expect("compiled");
        assert!(!Arc::ptr_eq(first, &next));
    }
}
