//! The sources of visits: a link that was sent to one person may have their address in it.

use std::collections::BTreeSet;

use db::Tx;
use kernel::Result;
use web::{Change, Cx};

use super::len;
use crate::{
    erasures::{counts::Counts, person::Person, store},
    ids::FormId,
    submissions::{
        counts::{
            store as answers,
            terms::{VISIT, value_term},
        },
        facets,
    },
    visits::{source::OTHER, store as visits},
};

#[derive(Default)]
pub(super) struct Found {
    form: Option<FormId>,
    sources: Vec<String>,
}

/// One form; the place is the one before it.
pub(super) async fn look(cx: &Cx, person: &Person, place: &str) -> Result<(Option<String>, Found)> {
    let mut tx = cx.read().await?;
    let Some(row) = store::find_form_after(&mut tx, place).await? else {
        return Ok((None, Found::default()));
    };
    let mut sources = sources(&mut tx, row.id).await?;
    sources.retain(|source| person.mentioned_in(source));
    let found = Found { form: Some(row.id), sources: sources.into_iter().collect() };
    Ok((Some(row.id.to_string()), found))
}

/// From where people came to a form, wherever that is kept.
async fn sources(tx: &mut Tx, form: FormId) -> Result<BTreeSet<String>> {
    let viewed = visits::list_sources(tx, form).await?;
    let counted = answers::list_terms(tx, form, VISIT).await?;
    let told_apart = facets::list_values(tx, form, VISIT).await?;
    let counted =
        counted.into_iter().filter_map(|(term,)| Some(term.strip_prefix('=')?.to_owned()));
    Ok(viewed.into_iter().map(|(term,)| term).chain(counted).chain(told_apart).collect())
}

impl Found {
    pub(super) fn count(&self, counts: &mut Counts) {
        counts.sources += len(&self.sources);
    }

    /// Views stay views, from somewhere else; submissions that came from there are deleted by now.
    pub(super) async fn erase(&self, tx: &mut Change, counts: &mut Counts) -> Result<()> {
        let Some(form) = self.form else { return Ok(()) };
        for source in &self.sources {
            visits::rename_source(tx, form, (source, OTHER)).await?;
            answers::delete_term(tx, form, VISIT, &value_term(source)).await?;
            facets::delete_value(tx, form, VISIT, source).await?;
        }
        self.count(counts);
        Ok(())
    }
}
