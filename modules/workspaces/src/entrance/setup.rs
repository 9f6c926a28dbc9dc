//! The operator's way in: a link that is printed at the first start and works once.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use identity::NewUser;
use kernel::{Error, Fields, Result, sha256_hex, token};
use web::{ClientAddress, Form, House, Reply, Visit};

use super::{
    login::enter,
    newcomer::Setup,
    register::{Registered, settle},
    store, views,
};
use crate::{Workspaces, paths, workspaces::check_name};

/// A fresh token for `/setup/{token}` while nobody runs the installation; earlier ones end.
pub async fn setup_token(house: &House) -> Result<Option<String>> {
    let mut tx = house.db.system("the operator's way in").await?;
    if identity::has_operator(&mut tx).await? {
        return Ok(None);
    }
    let token = token(&house.chance);
    store::replace_setup_token(&mut tx, &sha256_hex(&token)).await?;
    tx.commit().await?;
    Ok(Some(token))
}

impl Workspaces {
    /// Makes the operator's account and workspace, and uses the token up; 404 when it is not good.
    async fn set_up(&self, address: ClientAddress, token: &str, new: Setup) -> Result<Registered> {
        let workspace = new.workspace.trim().to_owned();
        let named = Some(workspace.as_str()).filter(|name| !name.is_empty());
        named.map_or(Ok(()), |name| check_name("workspace", name))?;
        let Setup { name, email, password, .. } = new;
        let new = NewUser { name, email, password, operator: true };
        let account = self.0.identity.prepare(new, Some(address)).await?;
        let (cx, mut change) = self.begin_as(&account).await?;
        if !store::delete_setup_token(&mut change, &sha256_hex(token)).await? {
            return Err(Error::NotFound);
        }
        let registered = settle(&cx, &mut change, &account, named).await?;
        change.commit().await?;
        Ok(registered)
    }
}

async fn expect_good(visit: &Visit, token: &str) -> Result<()> {
    let mut tx = visit.db().system_read("whether the set-up link is good").await?;
    let good = store::exists_setup_token(&mut tx, &sha256_hex(token)).await?;
    good.then_some(()).ok_or(Error::NotFound)
}

pub(crate) async fn form(visit: Visit, Path(token): Path<String>) -> Reply {
    expect_good(&visit, &token).await?;
    Ok(show(&visit, &token, &Setup::default(), &Fields::new()))
}

fn show(visit: &Visit, token: &str, entered: &Setup, fields: &Fields) -> Response {
    views::setup(&paths::setup(token), entered, fields, visit.visitor.csrf_token()).into_response()
}

pub(crate) async fn page(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
    address: ClientAddress,
    Form(new): Form<Setup>,
) -> Reply {
    expect_good(&visit, &token).await?;
    match workspaces.set_up(address, &token, new.clone()).await {
        Ok(registered) => {
            let target = paths::workspace(&registered.workspace.slug);
            Ok(enter(&workspaces, registered.user.id, &headers, &target).await?)
        }
        Err(Error::Invalid(fields)) => {
            let page = show(&visit, &token, &new, &fields);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
