//! What people have done with a submission, as it stands in an export: by name, or by key and id.

use std::collections::HashMap;

use db::Tx;
use kernel::{Result, UserId};

use super::{
    cells::{Cell, is_plain_item, quoted},
    envelope::Source,
    request::Values,
};
use crate::{
    forms::FormId,
    submissions::{state::State, statuses, tags},
};

/// The names of statuses, members and tags.
#[derive(Debug, Default)]
pub(super) struct Names {
    statuses: HashMap<String, String>,
    people: HashMap<UserId, String>,
    tags: HashMap<String, String>,
}

impl Names {
    pub(super) async fn of(tx: &mut Tx, form: FormId) -> Result<Self> {
        let statuses = statuses::list(tx, form).await?;
        let people = workspaces::people(tx).await?;
        Ok(Names {
            statuses: statuses.into_iter().map(|status| (status.key, status.name)).collect(),
            people: people.into_iter().map(|person| (person.id, person.name)).collect(),
            tags: tags::store::list_tags(tx).await?.into_iter().collect(),
        })
    }

    /// Whoever has left, and a status that is no more, stand by id and key.
    pub(super) fn cell(&self, source: Source, state: &State, values: Values, marks: bool) -> Cell {
        let labels = values == Values::Labels;
        match source {
            Source::Status if labels => Cell::Text(named(&self.statuses, &state.status).to_owned()),
            Source::Status => Cell::Text(state.status.clone()),
            Source::Assignee => state.assignee.map_or(Cell::Empty, |id| {
                let name = self.people.get(&id).filter(|_| labels);
                Cell::Text(name.cloned().unwrap_or_else(|| id.to_string()))
            }),
            Source::Tags if state.tags.is_empty() => Cell::Empty,
            Source::Tags if labels => Cell::List(
                state.tags.iter().map(|key| written(named(&self.tags, key), marks)).collect(),
            ),
            Source::Tags => Cell::List(state.tags.clone()),
            Source::Tray if labels => Cell::Text(state.tray.label().to_owned()),
            Source::Tray => Cell::Text(state.tray.as_str().to_owned()),
            Source::Comments => Cell::Integer(state.comment_count),
            _ => Cell::Empty,
        }
    }
}

fn named<'a>(names: &'a HashMap<String, String>, key: &'a str) -> &'a str {
    names.get(key).map_or(key, String::as_str)
}

/// One of several in a cell.
fn written(name: &str, marks: bool) -> String {
    if marks && !is_plain_item(name) { quoted(name) } else { name.to_owned() }
}
