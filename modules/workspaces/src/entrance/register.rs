//! Making an account; its first workspace comes with it.

use std::sync::atomic::Ordering;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use identity::{Account, NewUser, User, UserRegistered};
use kernel::{Actor, Error, Fields, Result, Role, WorkspaceId};
use web::{Change, ClientAddress, Cx, Form, Json, Reply, Visit};

use super::{json::SignedIn, login::enter, newcomer::Registration, views};
use crate::{
    Workspaces,
    paths::{self, route},
    workspaces::{Workspace, found},
};

/// Someone new, and where they are at home.
#[derive(Debug, Clone)]
pub struct Registered {
    pub user: User,
    pub workspace: Workspace,
}

impl Workspaces {
    /// Makes an account and a workspace that it owns, whatever the setting says: for commands and seeds.
    pub async fn register(&self, new: NewUser, workspace: Option<&str>) -> Result<Registered> {
        self.register_from(None, new, workspace).await
    }

    async fn register_from(
        &self,
        address: Option<ClientAddress>,
        new: NewUser,
        workspace: Option<&str>,
    ) -> Result<Registered> {
        let account = self.0.identity.prepare(new, address).await?;
        let (cx, mut change) = self.begin_as(&account).await?;
        let registered = settle(&cx, &mut change, &account, workspace).await?;
        change.commit().await?;
        Ok(registered)
    }

    /// Begins a change in a workspace that is about to be, by a person who is about to be.
    pub(crate) async fn begin_as(&self, account: &Account) -> Result<(Cx, Change)> {
        let house = self.0.identity.house();
        let User { id, operator, .. } = *account.user();
        let actor = Actor::User { id, role: Some(Role::Owner), operator };
        let workspace = WorkspaceId::new(house.clock.now(), &house.chance);
        let cx = Cx::new(house.clone(), Some(workspace), actor);
        let change = cx.begin().await?;
        Ok((cx, change))
    }

    async fn admit(&self, address: ClientAddress, new: Registration) -> Result<Registered> {
        self.expect_open().await?;
        let Registration { name, email, password } = new;
        let new = NewUser { name, email, password, operator: false };
        self.register_from(Some(address), new, None).await
    }
}

impl Workspaces {
    /// Strangers are let in once someone runs the installation, if its settings say so.
    async fn expect_open(&self) -> Result<()> {
        if self.0.settings.registration == crate::Registration::Closed {
            return Err(closed());
        }
        if self.0.set_up.load(Ordering::Relaxed) {
            return Ok(());
        }
        let db = &self.0.identity.house().db;
        let mut tx = db.system_read("whether someone runs the installation").await?;
        if !identity::has_operator(&mut tx).await? {
            return Err(Error::Forbidden(NOT_YET.into()));
        }
        self.0.set_up.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// Stores the account with its first workspace.
pub(crate) async fn settle(
    cx: &Cx,
    change: &mut Change,
    account: &Account,
    workspace: Option<&str>,
) -> Result<Registered> {
    let user = account.user().clone();
    account.insert(change).await?;
    let name = workspace.map_or_else(|| first_name_for(&user.name), str::to_owned);
    let workspace = found(cx, change, user.id, &name).await?;
    change.record(&UserRegistered { user: user.id, name: user.name.clone() }).await?;
    Ok(Registered { user, workspace })
}

/// "Ada's workspace".
fn first_name_for(name: &str) -> String {
    let first: String = name.split_whitespace().next().unwrap_or(name).chars().take(60).collect();
    format!("{first}’s workspace")
}

const NOT_YET: &str =
    "This installation is not set up yet. Whoever started it was shown the link to do so.";

fn closed() -> Error {
    Error::Forbidden("Registration is closed here. Ask the operator to open it for you.".into())
}

pub(crate) async fn form(State(workspaces): State<Workspaces>, visit: Visit) -> Reply {
    if visit.visitor.person().is_some() {
        return Ok(web::see_other(route::HOME));
    }
    workspaces.expect_open().await?;
    Ok(show(&visit, &Registration::default(), &Fields::new()))
}

fn show(visit: &Visit, entered: &Registration, fields: &Fields) -> Response {
    views::register(entered, fields, visit.visitor.csrf_token()).into_response()
}

pub(crate) async fn page(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    headers: HeaderMap,
    address: ClientAddress,
    Form(new): Form<Registration>,
) -> Reply {
    match workspaces.admit(address, new.clone()).await {
        Ok(registered) => {
            let target = paths::workspace(&registered.workspace.slug);
            Ok(enter(&workspaces, registered.user.id, &headers, &target).await?)
        }
        Err(Error::Invalid(fields)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, &new, &fields)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    address: ClientAddress,
    Json(new): Json<Registration>,
) -> Reply<Response> {
    let Registered { user, workspace } = workspaces.admit(address, new).await?;
    let tokens = workspaces.0.identity.issue_tokens(user.id).await?;
    Ok(web::created(route::API_ME, &SignedIn::of(tokens, &user, Some(workspace.into()))))
}
