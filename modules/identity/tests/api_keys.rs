//! Keys for programs.

use kernel::Role;
use serde_json::json;
use testing::{Actor, TestApp};

const KEYS: &str = "/api/api-keys";

async fn key_names(actor: &Actor) -> Vec<String> {
    let list = actor.get(KEYS).await.expect(200).json();
    let data = list["data"].as_array().expect("a list").clone();
    data.iter().map(|key| key["name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_key_is_shown_once_and_opens_what_its_scopes_say() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let body = json!({"name": " Website ", "scopes": ["members:read"]});
    let made = owner.post(KEYS, &body).await.expect(201);
    let document = made.json();
    assert_eq!(document["name"], "Website");
    assert_eq!(document["scopes"], json!(["members:read"]));
    assert!(document["id"].as_str().is_some_and(|id| id.starts_with("key_")));
    assert_eq!(document["created_at"], "2026-08-03T09:12:00Z");
    let secret = document["key"].as_str().expect("the key");
    assert!(secret.starts_with("mwz_"));
    let list = owner.get(KEYS).await.expect(200);
    assert!(!list.text().contains(secret) && !list.text().contains("hash"));
    let program = anonymous.with_bearer(secret);
    program.get("/api/members").await.expect(200);
    program.get(KEYS).await.expect(403);
    program.get("/api/me").await.expect(401);
}

#[tokio::test]
async fn a_key_may_name_its_own_workspace_but_no_other() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let other = app.register("Grace Hopper", "Elsewhere").await;
    let program = owner.with_key(&["members:read"]).await;
    program.sending("x-workspace", "acme").get("/api/members").await.expect(200);
    let foreign = program.sending("x-workspace", &other.workspace().slug);
    foreign.get("/api/members").await.expect(404);
}

#[tokio::test]
async fn an_unknown_scope_is_named() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let body = json!({"name": "x", "scopes": ["members:read", "forms:juggle"]});
    let reply = owner.post(KEYS, &body).await.expect(422);
    assert_eq!(reply.complaints(), ["scopes:unknown"]);
    assert!(reply.text().contains("forms:juggle"));
    assert!(key_names(&owner).await.is_empty());
}

#[tokio::test]
async fn a_key_needs_a_name_and_a_scope() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let reply = owner.post(KEYS, &json!({"name": "  ", "scopes": []})).await.expect(422);
    assert_eq!(reply.complaints(), ["name:required", "scopes:required"]);
    owner.post(KEYS, &json!({"name": "x"})).await.expect(422);
    owner.post(KEYS, &json!({"name": "x", "scopes": "members:read"})).await.expect(422);
}

#[tokio::test]
async fn nobody_hands_on_a_right_that_they_lack() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let maker = owner.with_key(&["api_keys:write", "api_keys:read"]).await;
    for scopes in [json!(["members:write"]), json!(["*"])] {
        let reply = maker.post(KEYS, &json!({"name": "x", "scopes": scopes})).await.expect(422);
        assert!(reply.complaints().contains(&"scopes:not_yours".to_owned()), "{reply}");
    }
    let body = json!({"name": "x", "scopes": ["api_keys:read", "api_keys:read"]});
    let made = maker.post(KEYS, &body).await.expect(201);
    assert_eq!(made.json()["scopes"], json!(["api_keys:read"]));
}

#[tokio::test]
async fn a_revoked_key_is_refused_at_once() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let body = json!({"name": "Website", "scopes": ["*"]});
    let made = owner.post(KEYS, &body).await.expect(201).json();
    let program = owner.with_bearer(made["key"].as_str().expect("the key"));
    program.get("/api/members").await.expect(200);
    let address = format!("{KEYS}/{}", made["id"].as_str().expect("the id"));
    owner.delete(&address).await.expect(204);
    program.get("/api/members").await.expect(401);
    owner.delete(&address).await.expect(404);
    assert!(key_names(&owner).await.is_empty());
}

#[tokio::test]
async fn a_wrong_secret_for_a_known_key_is_refused() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let made = owner.post(KEYS, &json!({"name": "x", "scopes": ["*"]})).await.expect(201).json();
    let key = made["key"].as_str().expect("the key");
    let letter = if key.ends_with('A') { 'B' } else { 'A' };
    let wrong = format!("{}{letter}", &key[..key.len() - 1]);
    owner.with_bearer(key).get("/api/members").await.expect(200);
    owner.with_bearer(&wrong).get("/api/members").await.expect(401);
    owner.with_bearer(&key[..31]).get("/api/members").await.expect(401);
}

#[tokio::test]
async fn keys_are_listed_newest_first_page_by_page() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    for number in 1..=5 {
        app.clock.advance(std::time::Duration::from_millis(1));
        let body = json!({"name": format!("Key {number}"), "scopes": ["*"]});
        owner.post(KEYS, &body).await.expect(201);
    }
    let first = owner.get(&format!("{KEYS}?limit=3")).await.expect(200).json();
    assert_eq!(first["data"][0]["name"], "Key 5");
    let cursor = first["next_cursor"].as_str().expect("there is more");
    let second = owner.get(&format!("{KEYS}?limit=3&cursor={cursor}")).await.expect(200).json();
    assert_eq!(second["data"].as_array().map(Vec::len), Some(2));
    assert_eq!(second["data"][1]["name"], "Key 1");
    assert!(second["next_cursor"].is_null());
    owner.get(&format!("{KEYS}?cursor=nonsense")).await.expect(422);
}

#[tokio::test]
async fn a_page_makes_shows_and_revokes_a_key() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let address = owner.page("settings/keys");
    let page = owner.get(&address).await.expect(200).text();
    assert!(page.contains("No keys yet") && page.contains("value=\"members:write\""));
    let fields = [("name", "Shop <b>"), ("scopes", "members:read"), ("scopes", "workspace:read")];
    let made = owner.submit(&address, &fields).await.expect(200).text();
    let (_, rest) = made.split_once("secret__value\">").expect("the secret is shown");
    let (secret, _) = rest.split_once('<').expect("the secret ends");
    let program = owner.with_bearer(secret);
    program.get("/api/members").await.expect(200);
    let page = owner.get(&address).await.expect(200).text();
    assert!(!page.contains(secret) && page.contains("Shop &lt;b&gt;"));
    let (_, rest) = page.split_once("/settings/keys/").expect("the key can be revoked");
    let (key, _) = rest.split_once('/').expect("the id ends");
    owner.submit::<[(&str, &str)]>(&format!("{address}/{key}/revocation"), &[]).await.expect(303);
    program.get("/api/members").await.expect(401);
}

#[tokio::test]
async fn a_page_keeps_what_was_entered_beside_what_is_wrong() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let page = owner.submit(&owner.page("settings/keys"), &[("name", "Website")]).await.expect(422);
    assert!(
        page.text().contains("Choose at least one.") && page.text().contains("value=\"Website\"")
    );
}

#[tokio::test]
async fn only_admins_see_keys() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let admin = app.join(&owner, Role::Admin).await;
    admin.get(KEYS).await.expect(200);
    teammate.get(KEYS).await.expect(403);
    teammate.get(&teammate.page("settings/keys")).await.expect(403);
    assert!(
        !teammate.get(&teammate.page("settings/members")).await.text().contains("settings/keys")
    );
}

#[tokio::test]
async fn a_reply_that_holds_a_key_is_not_kept_for_repeats() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let careful = owner.sending("idempotency-key", "make-a-key-1");
    let body = json!({"name": "Website", "scopes": ["*"]});
    let first = careful.post(KEYS, &body).await.expect(201).json();
    let second = careful.post(KEYS, &body).await.expect(201).json();
    assert_ne!(first["key"], second["key"]);
}

#[tokio::test]
async fn only_those_who_may_list_keys_hear_of_them() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let mut program = teammate.stream("/api/events", None).await;
    let mut page = teammate.stream(&teammate.page("live"), None).await;
    let mut owners = owner.stream("/api/events", None).await;
    for stream in [&mut program, &mut page, &mut owners] {
        assert_eq!(stream.next().await.event, "ready");
    }
    owner.with_key(&["*"]).await;
    let member = format!("/api/members/{}", teammate.user.as_ref().expect("a person").id);
    owner.patch(&member, &json!({"role": "viewer"})).await.expect(200);
    let created = owners.next().await;
    assert_eq!(created.event, "api_key.created");
    for stream in [&mut program, &mut page] {
        let next = stream.next().await;
        assert_eq!(next.event, "member.role_changed");
        assert_eq!(next.id.parse::<i64>().ok(), created.id.parse::<i64>().ok().map(|id| id + 1));
    }
}

#[tokio::test]
async fn a_revoked_keys_stream_ends() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let body = json!({"name": "Website", "scopes": ["events:read"]});
    let made = owner.post(KEYS, &body).await.expect(201).json();
    let key = owner.with_bearer(made["key"].as_str().expect("a key"));
    let mut stream = key.stream("/api/events", None).await;
    assert_eq!(stream.next().await.event, "ready");
    let place = format!("{KEYS}/{}", made["id"].as_str().expect("an id"));
    owner.delete(&place).await.expect(204);
    owner.with_key(&["*"]).await;
    assert_eq!(stream.read().await, None);
}

#[tokio::test]
async fn a_key_has_a_name_that_can_be_read() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    for name in ["a\0b", "a\nb", "\u{202e}a"] {
        let body = json!({"name": name, "scopes": ["*"]});
        assert_eq!(owner.post(KEYS, &body).await.expect(422).complaints(), ["name:invalid"]);
    }
}

/// A choice made for you is a link to the same page, which cannot take a name along.
#[tokio::test]
async fn the_name_is_asked_for_after_the_choices_that_load_the_page_anew() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let page = owner.get(&owner.page("settings/keys?preset=all")).await.expect(200).text();
    let place = |what: &str| page.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(place("?preset=read") < place("name=\"scopes\""));
    assert!(place("name=\"scopes\"") < place("maxlength=\"100\""));
}
