//! Who belongs to a workspace.

use std::time::Duration;

use kernel::{Role, UserId};
use serde_json::{Value, json};
use testing::{Actor, TestApp, walk};

const MEMBERS: &str = "/api/members";

fn id(actor: &Actor) -> UserId {
    actor.user.as_ref().expect("a person").id
}

fn at(actor: &Actor) -> String {
    format!("{MEMBERS}/{}", id(actor))
}

async fn roles(actor: &Actor) -> Vec<(String, String)> {
    let list = actor.get(MEMBERS).await.expect(200).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let data = list["data"].as_array().cloned().unwrap_or_default();
    data.iter().map(|member| (text(&member["name"]), text(&member["role"]))).collect()
}

#[tokio::test]
async fn an_existing_account_is_added_by_its_address() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let grace = app.register("Grace Hopper", "Elsewhere").await.at(owner.workspace().clone());
    grace.get(MEMBERS).await.expect(404);
    let body = json!({"email": "GRACE2@example.com", "role": "viewer"});
    let made = owner.post(MEMBERS, &body).await.expect(201).json();
    assert_eq!(made["role"], "viewer");
    assert_eq!(made["id"], id(&grace).to_string());
    grace.get(MEMBERS).await.expect(200);
    grace.get(&grace.page("settings/members")).await.expect(200);
    assert_eq!(owner.post(MEMBERS, &body).await.expect(409).json()["code"], "already_member");
    let body = json!({"email": "nobody@example.com", "role": "viewer"});
    assert_eq!(owner.post(MEMBERS, &body).await.expect(422).complaints(), ["email:unknown"]);
    let body = json!({"email": "grace2@example.com", "role": "king"});
    assert_eq!(owner.post(MEMBERS, &body).await.expect(422).complaints(), ["role:invalid"]);
}

#[tokio::test]
async fn a_changed_role_counts_from_the_next_request_on() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    teammate.get("/api/api-keys").await.expect(403);
    owner.patch(&at(&teammate), &json!({"role": "admin"})).await.expect(200);
    teammate.get("/api/api-keys").await.expect(200);
    owner.patch(&at(&teammate), &json!({"role": "viewer"})).await.expect(200);
    teammate.get("/api/api-keys").await.expect(403);
}

#[tokio::test]
async fn a_removed_member_is_out_at_once() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    teammate.get(MEMBERS).await.expect(200);
    owner.delete(&at(&teammate)).await.expect(204);
    teammate.get(MEMBERS).await.expect(404);
    teammate.get(&teammate.page("settings/members")).await.expect(404);
    owner.delete(&at(&teammate)).await.expect(404);
}

#[tokio::test]
async fn everyone_may_leave_and_remove_nobody_else() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let viewer = app.join(&owner, Role::Viewer).await;
    viewer.delete(&at(&teammate)).await.expect(403);
    let key = owner.with_key(&["members:read"]).await;
    key.delete(&at(&viewer)).await.expect(403);
    let page = viewer.get(&viewer.page("settings/members")).await.expect(200).text();
    assert!(page.contains("Leave…") && !page.contains("Remove…"));
    viewer.delete(&at(&viewer)).await.expect(204);
    viewer.get(MEMBERS).await.expect(404);
    let removal = format!("{}/{}/removal", teammate.page("settings/members"), id(&teammate));
    let left = teammate.submit::<[(&str, &str)]>(&removal, &[]).await.expect(303);
    assert_eq!(left.header("location"), "/");
    teammate.get(MEMBERS).await.expect(404);
}

#[tokio::test]
async fn being_added_elsewhere_changes_nobodys_home() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let mallory = app.register("Mallory", "A trap, first by its name").await;
    app.clock.advance(Duration::from_secs(1));
    let body = json!({"email": "ada0@example.com", "role": "viewer"});
    mallory.post(MEMBERS, &body).await.expect(201);
    assert_eq!(owner.get("/").await.expect(303).header("location"), "/w/acme");
    let token = owner.tokens.as_ref().expect("tokens").access_token.clone();
    let program = app.anonymous().with_bearer(&token);
    assert_eq!(program.get(MEMBERS).await.expect(200).json()["data"][0]["name"], "Ada Byron");
    let body = json!({"email": "ada0@example.com", "password": Actor::PASSWORD});
    let home = program.post("/api/auth/login", &body).await.expect(200).json();
    assert_eq!(home["workspace"]["slug"], "acme");
}

#[tokio::test]
async fn nobody_owns_more_than_a_hundred_workspaces_and_strangers_take_none_of_them() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let mallory = app.register("Mallory", "Elsewhere").await;
    for number in 1..100 {
        let body = json!({"name": format!("Workspace {number}")});
        owner.post("/api/workspaces", &body).await.expect(201);
    }
    let refused = owner.post("/api/workspaces", &json!({"name": "One more"})).await.expect(409);
    assert_eq!(refused.json()["code"], "too_many_workspaces");
    owner.submit("/workspaces", &[("name", "One more")]).await.expect(409);
    let body = json!({"email": "ada0@example.com", "role": "viewer"});
    mallory.post(MEMBERS, &body).await.expect(201);
    let email = &mallory.user.as_ref().expect("a person").email;
    let body = json!({"email": email, "role": "viewer"});
    owner.post(MEMBERS, &body).await.expect(201);
    mallory.post("/api/workspaces", &json!({"name": "One of her own"})).await.expect(201);
}

#[tokio::test]
async fn a_removed_members_stream_ends_with_the_removal() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    for path in ["/api/events".to_owned(), teammate.page("live")] {
        let mut stream = teammate.stream(&path, None).await;
        assert_eq!(stream.next().await.event, "ready");
        owner.delete(&at(&teammate)).await.expect(204);
        owner.with_key(&["*"]).await;
        assert_eq!(stream.next().await.event, "member.removed");
        assert_eq!(stream.read().await, None, "something came after the removal");
        let email = &teammate.user.as_ref().expect("a person").email;
        owner.post(MEMBERS, &json!({"email": email, "role": "member"})).await.expect(201);
    }
}

#[tokio::test]
async fn a_stream_begins_anew_with_the_rights_of_another_role() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let mut stream = teammate.stream("/api/events", None).await;
    stream.next().await;
    owner.patch(&at(&teammate), &json!({"role": "admin"})).await.expect(200);
    let turn = stream.next().await;
    assert_eq!(turn.event, "member.role_changed");
    assert_eq!(stream.read().await, None);
    owner.with_key(&["*"]).await;
    let mut stream = teammate.stream("/api/events", turn.id.parse().ok()).await;
    assert_eq!(stream.next().await.event, "api_key.created");
}

#[tokio::test]
async fn with_a_member_go_the_keys_they_made() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let admin = app.join(&owner, Role::Admin).await;
    let key = admin.with_key(&["*"]).await;
    let second = key.with_key(&["members:read"]).await;
    let own = owner.with_key(&["*"]).await;
    own.get(MEMBERS).await.expect(200);
    second.get(MEMBERS).await.expect(200);
    let mut stream = owner.stream("/api/events", None).await;
    stream.next().await;
    key.delete(&at(&admin)).await.expect(204);
    key.get(MEMBERS).await.expect(401);
    second.get(MEMBERS).await.expect(401);
    own.get(MEMBERS).await.expect(200);
    let kinds = [stream.next().await, stream.next().await, stream.next().await];
    let kinds = kinds.map(|event| event.event);
    assert_eq!(kinds, ["member.removed", "api_key.revoked", "api_key.revoked"]);
}

#[tokio::test]
async fn with_a_lower_role_go_the_keys_that_may_more() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let admin = app.join(&owner, Role::Admin).await;
    let all = admin.with_key(&["*"]).await;
    let keys = admin.with_key(&["members:read", "api_keys:read"]).await;
    let modest = admin.with_key(&["members:read"]).await;
    owner.patch(&at(&admin), &json!({"role": "member"})).await.expect(200);
    all.get(MEMBERS).await.expect(401);
    keys.get(MEMBERS).await.expect(401);
    modest.get(MEMBERS).await.expect(200);
}

#[tokio::test]
async fn names_show_what_they_are() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    for name in ["Acme\u{202e}emca", "Ac\u{200b}me", "Acme\0"] {
        let reply = owner.post("/api/workspaces", &json!({"name": name})).await.expect(422);
        assert_eq!(reply.complaints(), ["name:invalid"], "{name:?}");
    }
    let body = json!({"email": "a\0b@example.com", "role": "viewer"});
    assert_eq!(owner.post(MEMBERS, &body).await.expect(422).complaints(), ["email:unknown"]);
}

#[tokio::test]
async fn the_last_owner_can_neither_leave_nor_be_demoted() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    assert_eq!(owner.delete(&at(&owner)).await.expect(409).json()["code"], "last_owner");
    let demotion = json!({"role": "admin"});
    assert_eq!(owner.patch(&at(&owner), &demotion).await.expect(409).json()["code"], "last_owner");
    owner.patch(&at(&owner), &json!({"role": "owner"})).await.expect(200);
    let second = app.join(&owner, Role::Owner).await;
    owner.delete(&at(&owner)).await.expect(204);
    second.delete(&at(&second)).await.expect(409);
}

#[tokio::test]
async fn owners_who_all_leave_at_once_leave_one_behind() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let mut owners = vec![owner.clone()];
    for _ in 0..5 {
        owners.push(app.join(&owner, Role::Owner).await);
    }
    let attempts: Vec<_> = owners
        .iter()
        .enumerate()
        .map(|(index, owner)| {
            let (owner, address) = (owner.clone(), at(owner));
            tokio::spawn(async move {
                match index % 2 {
                    0 => owner.delete(&address).await.status(),
                    _ => owner.patch(&address, &json!({"role": "viewer"})).await.status(),
                }
            })
        })
        .collect();
    let mut statuses = Vec::new();
    for attempt in attempts {
        statuses.push(attempt.await.expect("answers"));
    }
    let refused = statuses.iter().filter(|status| **status == 409).count();
    assert_eq!(refused, 1, "{statuses:?}");
    let left = owners[statuses.iter().position(|status| *status == 409).expect("one")].clone();
    let owners_left = roles(&left).await.into_iter().filter(|(_, role)| role == "owner").count();
    assert_eq!(owners_left, 1);
}

#[tokio::test]
async fn an_admin_neither_makes_owners_nor_touches_them() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let admin = app.join(&owner, Role::Admin).await;
    app.register("Grace Hopper", "Elsewhere").await;
    admin.patch(&at(&owner), &json!({"role": "viewer"})).await.expect(403);
    admin.delete(&at(&owner)).await.expect(403);
    admin.patch(&at(&admin), &json!({"role": "owner"})).await.expect(403);
    let body = json!({"email": "grace3@example.com", "role": "owner"});
    admin.post(MEMBERS, &body).await.expect(403);
    admin.patch(&at(&teammate), &json!({"role": "admin"})).await.expect(200);
    let key = owner.with_key(&["members:read", "members:write"]).await;
    key.delete(&at(&owner)).await.expect(403);
    key.delete(&at(&teammate)).await.expect(204);
}

#[tokio::test]
async fn someone_with_several_workspaces_names_one_or_means_the_oldest() {
    let (_app, anonymous, owner, _) = TestApp::start(|_| Vec::new()).await;
    let made = owner.post("/api/workspaces", &json!({"name": "Acme"})).await.expect(201).json();
    assert_eq!(made["slug"], "acme-2");
    let token = owner.tokens.as_ref().expect("tokens").access_token.clone();
    let program = anonymous.with_bearer(&token);
    let at_home = program.get(MEMBERS).await.expect(200).json();
    assert_eq!(at_home["data"].as_array().map(Vec::len), Some(2), "the oldest is meant");
    program.sending("x-workspace", "acme-2").get(MEMBERS).await.expect(200);
    let by_id = made["id"].as_str().expect("an id");
    program.sending("x-workspace", by_id).get(MEMBERS).await.expect(200);
    program.sending("x-workspace", "acme-3").get(MEMBERS).await.expect(404);
    let list = program.get("/api/workspaces").await.expect(200).json();
    assert_eq!(list["data"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_browser_makes_a_workspace_and_switches_to_it() {
    let (_app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let page = owner.submit("/workspaces", &[("name", " ")]).await.expect(422);
    assert!(page.text().contains("Give the workspace a name."));
    let reply = owner.submit("/workspaces", &[("name", "Café Ōsaka")]).await.expect(303);
    assert_eq!(reply.header("location"), "/w/cafe-osaka");
    let page = owner.get("/w/cafe-osaka/settings/members").await.expect(200).text();
    assert!(page.contains("Café Ōsaka") && page.contains("href=\"/w/acme\""));
}

#[tokio::test]
async fn a_page_adds_promotes_and_removes() {
    let (app, _, owner, _) = TestApp::start(|_| Vec::new()).await;
    let grace = app.register("Grace <b>Hopper", "Elsewhere").await;
    let page = owner.page("settings/members");
    let wrong = owner.submit(&page, &[("email", "nobody@example.com"), ("role", "admin")]).await;
    let wrong = wrong.expect(422).text();
    assert!(
        wrong.contains("There is no account") && wrong.contains("value=\"nobody@example.com\"")
    );
    owner.submit(&page, &[("email", "grace2@example.com"), ("role", "member")]).await.expect(303);
    let again = owner.submit(&page, &[("email", "grace2@example.com"), ("role", "member")]).await;
    assert!(again.expect(422).text().contains("a member already"));
    assert!(owner.get(&page).await.expect(200).text().contains("Grace &lt;b&gt;Hopper"));
    owner.submit(&format!("{page}/{}/role", id(&grace)), &[("role", "admin")]).await.expect(303);
    assert!(roles(&owner).await.contains(&("Grace <b>Hopper".into(), "admin".into())));
    let removal = format!("{page}/{}/removal", id(&grace));
    owner.submit::<[(&str, &str)]>(&removal, &[]).await.expect(303);
    assert_eq!(roles(&owner).await.len(), 2);
    let own = format!("{page}/{}/removal", id(&owner));
    let refused = owner.submit::<[(&str, &str)]>(&own, &[]).await.expect(303);
    assert_eq!(refused.header("location"), page);
    assert!(refused.header("set-cookie").starts_with("flash=bad=This+is+the+last+owner."));
}

#[tokio::test]
async fn the_log_tells_what_happened_in_order() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let mut stream = owner.stream("/api/events", Some(0)).await;
    owner.patch(&at(&teammate), &json!({"role": "viewer"})).await.expect(200);
    owner.delete(&at(&teammate)).await.expect(204);
    owner.with_key(&["*"]).await;
    let mut kinds = Vec::new();
    while kinds.last().is_none_or(|kind| kind != "api_key.created") {
        kinds.push(stream.next().await.event);
    }
    kinds.retain(|kind| kind != "ready");
    assert_eq!(
        kinds,
        [
            "workspace.created",
            "member.added",
            "user.registered",
            "member.added",
            "member.role_changed",
            "member.removed",
            "api_key.created"
        ]
    );
}

#[tokio::test]
async fn another_process_forgets_a_removed_member_within_a_second() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let other = app.another_process().await;
    let there = other.meet(&teammate);
    there.get(MEMBERS).await.expect(200);
    owner.delete(&at(&teammate)).await.expect(204);
    // On SQLite one process owns the file, and what it remembers ends by itself after five seconds.
    let patience = if app.shares_signals() { 1000 } else { 6000 };
    tokio::time::sleep(Duration::from_millis(patience)).await;
    there.get(MEMBERS).await.expect(404);
}

#[tokio::test]
async fn nobody_passes_who_must_not() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let body = json!({"name": "Website", "scopes": ["*"]});
    let key = owner.post("/api/api-keys", &body).await.expect(201).json();
    let (user, key) = (id(&teammate).to_string(), key["id"].as_str().expect("an id").to_owned());
    walk(&app, &owner, &[("user", &user), ("key", &key)]).await;
}

#[tokio::test]
#[should_panic(expected = "no example for key")]
async fn a_route_without_an_example_fails_the_walk() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    walk(&app, &owner, &[("user", &id(&teammate).to_string())]).await;
}

#[tokio::test]
#[should_panic(expected = "the example for key is not there")]
async fn an_example_that_does_not_exist_fails_the_walk() {
    let (app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let key = "key_01jb2m8q4xf0v8k3n5r7t9w2y4";
    walk(&app, &owner, &[("user", &id(&teammate).to_string()), ("key", key)]).await;
}

/// What happens between the drawing of a page and its first look at the stream would be missed for ever.
#[tokio::test]
async fn a_page_says_from_which_event_on_it_follows() {
    let (_app, _, owner, teammate) = TestApp::start(|_| Vec::new()).await;
    let drawn = async || {
        let page = owner.get(&owner.page("settings/members")).await.expect(200).text();
        let (_, rest) = page.split_once("/live?after=").expect("its stream");
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<i64>().expect("a number")
    };
    let before = drawn().await;
    owner.patch(&at(&teammate), &json!({"role": "admin"})).await.expect(200);
    assert_eq!(drawn().await, before + 1);
}
