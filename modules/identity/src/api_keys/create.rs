//! Making a key; the only moment its secret is seen.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Actor, ApiKeyId, Error, Fields, Permission, Result, is_plain, sha256_hex, token};
use web::{Change, Cx, Json, Pairs, Reply, Visit};

use super::{ApiKey, Created, NewKey, full_key, json, list, store, verify::REFUSED};
use crate::{ApiKeyCreated, paths};

/// Makes a key among the `known` permissions.
pub(crate) async fn create(cx: &Cx, known: &[Permission], new: &NewKey) -> Result<Created> {
    let name = new.name.trim().to_owned();
    let scopes = check(cx, known, &name, &new.scopes)?;
    let (id, secret) = (ApiKeyId::new(cx.now(), cx.chance()), token(cx.chance()));
    let secret = full_key(id, &secret);
    let key = ApiKey { id, name, scopes, created_at: cx.now() };
    let mut change = cx.begin().await?;
    let creator = creator(cx, &mut change).await?;
    store::insert_key(&mut change, &key, &sha256_hex(&secret), &creator).await?;
    let (name, scopes) = (key.name.clone(), key.scopes.clone());
    change.record(&ApiKeyCreated { key: id, name, scopes }).await?;
    change.commit().await?;
    Ok(Created { key, secret })
}

/// Who answers for the key. Also behind a key there is a person, whose keys end with their membership.
async fn creator(cx: &Cx, change: &mut Change) -> Result<String> {
    match cx.actor() {
        Actor::ApiKey { id, .. } => store::find_creator(change, *id).await?.ok_or(REFUSED),
        actor => Ok(actor.name()),
    }
}

/// The scopes as they are stored, or what is wrong.
fn check(cx: &Cx, known: &[Permission], name: &str, scopes: &[String]) -> Result<String> {
    let mut fields = Fields::new();
    fields.check(!name.is_empty(), "name", "required", "Say what the key is for.");
    let length = name.chars().count();
    fields.check(length <= 100, "name", "too_long", "Use at most 100 characters.");
    fields.check(is_plain(name), "name", "invalid", "Use letters only, on one line.");
    fields.check(!scopes.is_empty(), "scopes", "required", "Choose at least one.");
    let mut chosen: Vec<&str> = Vec::new();
    for scope in scopes {
        match allowed(cx, known, scope) {
            Ok(()) if chosen.contains(&scope.as_str()) => {}
            Ok(()) => chosen.push(scope),
            Err((code, message)) => fields.push("scopes", code, message),
        }
    }
    fields.into_result()?;
    Ok(chosen.join(" "))
}

/// Nobody hands on a right that they do not have themselves.
fn allowed(cx: &Cx, known: &[Permission], scope: &str) -> Result<(), (&'static str, String)> {
    let mut asked = known.iter().filter(|known| scope == "*" || scope == known.key).peekable();
    if asked.peek().is_none() {
        return Err(("unknown", format!("There is no scope “{scope}”.")));
    }
    match asked.find(|permission| !cx.actor().may(**permission)) {
        Some(lacking) => {
            Err(("not_yours", format!("You do not have the right “{}” yourself.", lacking.key)))
        }
        None => Ok(()),
    }
}

pub(crate) async fn page(visit: Visit, Pairs(pairs): Pairs) -> Reply {
    let new = from_pairs(pairs);
    match create(&visit, visit.permissions(), &new).await {
        Ok(created) => {
            let (blank, fine) = (NewKey::default(), Fields::new());
            let page = list::render(&visit, &blank, &fine, Some(&created)).await?;
            Ok(page.into_response())
        }
        Err(Error::Invalid(fields)) => {
            let page = list::render(&visit, &new, &fields, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn from_pairs(pairs: Vec<(String, String)>) -> NewKey {
    let mut new = NewKey::default();
    for (name, value) in pairs {
        match name.as_str() {
            "name" => new.name = value,
            "scopes" => new.scopes.push(value),
            _ => {}
        }
    }
    new
}

pub(crate) async fn api(visit: Visit, Json(new): Json<NewKey>) -> Reply<Response> {
    let created = create(&visit, visit.permissions(), &new).await?;
    let location = paths::api_key(created.key.id);
    Ok(web::created(&location, &json::CreatedKey::of(&created)))
}
