//! Proof in the signature: an action that takes an `Editable<Form>` cannot be called without the right to edit it.

use std::{future::Future, ops::Deref};

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use db::Tx;
use kernel::{Error, Id, IdKind, Permission, Result};

use crate::{Cx, Failure, Visit};

/// Something that lives in a workspace and is loaded by its id.
pub trait Entity: Sized + Send {
    /// Its kind of id; the path parameter is found by its prefix.
    type Kind: IdKind;
    /// The name of the path parameter that holds the id, such as `form`.
    const PARAMETER: &'static str;
    /// The right to see it.
    const VIEW: Permission;
    /// The right to change it.
    const EDIT: Permission;

    /// Finds it in the workspace of the transaction.
    fn find(tx: &mut Tx, id: Id<Self::Kind>) -> impl Future<Output = Result<Option<Self>>> + Send;
}

/// The actor may see this entity of the workspace.
#[derive(Debug, Clone)]
pub struct Viewable<T>(T);

/// The actor may change this entity of the workspace.
#[derive(Debug, Clone)]
pub struct Editable<T>(T);

impl<T: Entity> Viewable<T> {
    /// Loads it: 403 without the right, 404 when it is not in this workspace.
    pub async fn load(cx: &Cx, id: Id<T::Kind>) -> Result<Self> {
        cx.require(T::VIEW)?;
        load(cx, id).await.map(Viewable)
    }

    /// The entity alone.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: Entity> Editable<T> {
    /// Loads it: 403 without the right, 404 when it is not in this workspace.
    pub async fn load(cx: &Cx, id: Id<T::Kind>) -> Result<Self> {
        cx.require(T::EDIT)?;
        load(cx, id).await.map(Editable)
    }

    /// The entity alone.
    pub fn into_inner(self) -> T {
        self.0
    }
}

async fn load<T: Entity>(cx: &Cx, id: Id<T::Kind>) -> Result<T> {
    let mut tx = cx.read().await?;
    T::find(&mut tx, id).await?.ok_or(Error::NotFound)
}

impl<T> Deref for Viewable<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Deref for Editable<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<S: Send + Sync, T: Entity> FromRequestParts<S> for Viewable<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let visit = Visit::from_request_parts(parts, state).await?;
        Ok(Viewable::load(&visit, id_of::<T, S>(parts, state).await?).await?)
    }
}

impl<S: Send + Sync, T: Entity> FromRequestParts<S> for Editable<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let visit = Visit::from_request_parts(parts, state).await?;
        Ok(Editable::load(&visit, id_of::<T, S>(parts, state).await?).await?)
    }
}

async fn id_of<T: Entity, S: Send + Sync>(
    parts: &mut Parts,
    state: &S,
) -> Result<Id<T::Kind>, Failure> {
    let parameters =
        RawPathParams::from_request_parts(parts, state).await.map_err(Error::internal)?;
    let text = parameters.iter().find(|(name, _)| *name == T::PARAMETER).map(|(_, value)| value);
    // What does not look like an id names nothing, so it is 404 and not a complaint about form.
    text.unwrap_or_default().parse().map_err(|_| Failure(Error::NotFound))
}
