//! Making a workspace; whoever makes it owns it.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields, Result, Role, UserId, WorkspaceId};
use maud::Markup;
use serde::Deserialize;
use web::{Change, Cx, Form, Json, Reply, Visit};

use super::{Workspace, check_name, insert, json::Summary, views};
use crate::{WorkspaceCreated, Workspaces, members, paths};

/// What a workspace is made of.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct NewWorkspace {
    /// At most 100 characters.
    #[schema(example = "Acme Studio", max_length = 100)]
    pub(crate) name: String,
}

impl Workspaces {
    /// Makes a workspace that belongs to the person who acts.
    pub(crate) async fn create(&self, cx: &Cx, owner: UserId, name: &str) -> Result<Workspace> {
        let name = name.trim();
        check_name("name", name)?;
        let mut tx = cx.db().system_read("how many workspaces a person is in").await?;
        members::expect_room_to_own(&mut tx, owner).await?;
        drop(tx);
        let cx = cx.within(WorkspaceId::new(cx.now(), cx.chance()));
        let mut change = cx.begin().await?;
        let workspace = found(&cx, &mut change, owner, name).await?;
        change.commit().await?;
        self.0.doorkeeper.forget(owner);
        Ok(workspace)
    }
}

/// Stores the workspace of the change with its first owner.
pub(crate) async fn found(
    cx: &Cx,
    change: &mut Change,
    owner: UserId,
    name: &str,
) -> Result<Workspace> {
    let workspace = insert(change, cx.workspace(), name, cx.now()).await?;
    let Workspace { id, slug, name } = workspace.clone();
    change.record(&WorkspaceCreated { workspace: id, slug, name }).await?;
    members::insert(cx, change, owner, Role::Owner).await?;
    Ok(workspace)
}

pub(crate) async fn form(visit: Visit) -> Markup {
    show(&visit, &NewWorkspace::default(), &Fields::new())
}

fn show(visit: &Visit, entered: &NewWorkspace, fields: &Fields) -> Markup {
    let back = visit.memberships.first().map(|(tenant, _)| paths::workspace(&tenant.slug));
    views::new_page(&entered.name, fields, visit.visitor.csrf_token(), back.as_deref())
}

pub(crate) async fn page(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    Form(new): Form<NewWorkspace>,
) -> Reply {
    match workspaces.create(&visit, visit.person()?.id, &new.name).await {
        Ok(workspace) => {
            let text = format!("“{}” is ready", workspace.name);
            Ok(web::done(&paths::workspace(&workspace.slug), &text))
        }
        Err(Error::Invalid(fields)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, &new, &fields)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    Json(new): Json<NewWorkspace>,
) -> Reply<Response> {
    let workspace = workspaces.create(&visit, visit.person()?.id, &new.name).await?;
    Ok(web::created(&paths::workspace(&workspace.slug), &Summary::from(workspace)))
}
