//! Working on submissions: through the API and on pages, alone, in bulk, and many at once.

mod counting;

use std::time::Duration;

use axum::http::Method;
use kernel::Role;
use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp};

const DAY: Duration = Duration::from_secs(86_400);

struct World {
    app: TestApp,
    owner: Actor,
    teammate: Actor,
    viewer: Actor,
    form: String,
    ids: Vec<String>,
}

impl World {
    /// A form with so many submissions, the oldest first.
    async fn with(count: usize) -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let teammate = app.join(&owner, Role::Member).await;
        let viewer = app.join(&owner, Role::Viewer).await;
        let fields = json!([
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "topic", "type": "choice", "label": "Topic", "options": ["order", "return"]},
        ]);
        let form = owner.post("/api/forms", &json!({"title": "Contact", "fields": fields})).await;
        let form = form.expect(201).json()["id"].as_str().expect("an id").to_owned();
        owner.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200);
        let mut ids = Vec::new();
        let items: Vec<Value> = (0..count)
            .map(|it| json!({"answers": {"name": format!("Person {it}"), "topic": if it % 3 == 0 { "order" } else { "return" }}}))
            .collect();
        for some in items.chunks(500) {
            let bulk = format!("/api/forms/{form}/submissions/bulk");
            let report = owner.post(&bulk, &json!({"submissions": some})).await.expect(200).json();
            let all = report["items"].as_array().cloned().unwrap_or_default();
            ids.extend(all.iter().map(|it| it["id"].as_str().expect("stored").to_owned()));
        }
        app.clock.advance(Duration::from_secs(1));
        app.drain_jobs().await;
        World { app, owner, teammate, viewer, form, ids }
    }

    async fn get(&self, path: &str) -> Value {
        self.owner.get(path).await.expect(200).json()
    }

    fn path(&self, index: usize) -> String {
        format!("/api/submissions/{}", self.ids[index])
    }

    async fn count(&self, query: &str) -> usize {
        let list = format!("/api/forms/{}/submissions?limit=200&{query}", self.form);
        self.get(&list).await["data"].as_array().map_or(0, Vec::len)
    }

    /// What the page counts in its trays: open, archive, spam, bin.
    async fn trays(&self) -> [usize; 4] {
        let page = self.owner.page(&format!("forms/{}/submissions", self.form));
        let page = self.owner.get(&page).await.expect(200).text();
        ["Open", "Archive", "Spam", "Bin"].map(|tray| {
            let chip = page.split("class=\"chip\"").find(|it| it.contains(&format!("{tray} ")));
            let text = chip.and_then(|it| it.split(&format!("{tray} ")).nth(1)).unwrap_or_default();
            let digits: String =
                text.chars().take_while(|it| it.is_ascii_digit() || *it == ',').collect();
            digits.replace(',', "").parse().unwrap_or(usize::MAX)
        })
    }

    async fn put(&self, actor: &Actor, path: &str, body: &Value) -> Reply {
        actor.send(Method::PUT, path, Some("application/json"), body.to_string().into()).await
    }

    async fn bulk(&self, action: &Value) -> Value {
        let path = format!("/api/forms/{}/bulk_actions", self.form);
        let started = self.owner.post(&path, action).await.expect(202);
        assert_eq!(started.json()["state"], "running");
        self.app.drain_jobs().await;
        self.get(started.header("location")).await
    }
}

#[tokio::test]
async fn who_takes_a_submission_is_told_otherwise_than_who_is_given_one() {
    let world = World::with(2).await;
    let owner = &world.owner;
    for (place, to, told) in [(0, &world.teammate, "gave it to "), (1, owner, "took it")] {
        let person = to.user.as_ref().expect("a person").id.to_string();
        owner.patch(&world.path(place), &json!({"assignee": person})).await.expect(200);
        let page = owner.page(&format!("submissions/{}", world.ids[place]));
        assert!(owner.get(&page).await.expect(200).text().contains(told), "{told}");
    }
}

#[tokio::test]
async fn a_submission_is_worked_on_and_its_history_tells_it() {
    let world = World::with(2).await;
    let (owner, teammate) = (&world.owner, &world.teammate);
    let person = teammate.user.as_ref().expect("a person").id.to_string();
    let fresh = world.get(&world.path(0)).await;
    assert_eq!(
        (&fresh["status"], &fresh["tray"], &fresh["tags"]),
        (&json!("new"), &json!("open"), &json!([]))
    );

    let change =
        json!({"status": "in_progress", "assignee": person, "tags": ["VIP", "vip", "Late"]});
    let changed = owner.patch(&world.path(0), &change).await.expect(200).json();
    assert_eq!(changed["tags"], json!(["late", "vip"]));
    assert_eq!((&changed["status"], &changed["assignee"]), (&json!("in_progress"), &json!(person)));
    let archived = teammate.post(&format!("{}/archival", world.path(0)), &json!({})).await;
    assert_eq!(archived.expect(200).json()["tray"], "archived");
    assert_eq!(world.trays().await, [1, 1, 0, 0]);
    // Out of the bin it goes to where it was before.
    owner.post(&format!("{}/deletion", world.path(0)), &json!({})).await.expect(200);
    assert_eq!(world.trays().await, [1, 0, 0, 1]);
    let back = owner.delete(&format!("{}/deletion", world.path(0))).await.expect(200).json();
    assert_eq!(back["tray"], "archived");
    owner.delete(&format!("{}/archival", world.path(0))).await.expect(200);
    let spam = json!({"reason": "Four links"});
    let spam = owner.post(&format!("{}/spam", world.path(0)), &spam).await.expect(200).json();
    assert_eq!((&spam["tray"], &spam["spam_reason"]), (&json!("spam"), &json!("Four links")));
    let nul = owner.post(&format!("{}/spam", world.path(0)), &json!({"reason": "a\0"})).await;
    assert_eq!(nul.expect(422).complaints(), ["reason:nul_character"]);
    // Releasing what is no spam changes nothing.
    owner.delete(&format!("{}/spam", world.path(0))).await.expect(200);
    owner.delete(&format!("{}/spam", world.path(0))).await.expect(200);
    assert_eq!(world.trays().await, [2, 0, 0, 0]);

    let history = world.get(&format!("{}/activity", world.path(0))).await;
    let kinds: Vec<&str> = history["data"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["kind"].as_str())
        .collect();
    let told = [
        "restored",
        "marked_spam",
        "restored",
        "restored",
        "deleted",
        "archived",
        "tagged",
        "assigned",
        "status_changed",
    ];
    assert_eq!(kinds, told);
    assert_eq!(history["data"][8]["detail"]["status"], json!(["new", "in_progress"]));
    let page =
        owner.get(&owner.page(&format!("submissions/{}", world.ids[0]))).await.expect(200).text();
    assert!(
        page.contains("put it into spam: Four links")
            && page.contains("set the status to In progress")
    );
}

#[tokio::test]
async fn what_is_not_there_is_refused_by_name() {
    let world = World::with(1).await;
    let (owner, path) = (&world.owner, world.path(0));
    let stranger = world.app.register("Mallory", "Elsewhere").await.user.expect("a person").id;
    for (change, field) in [
        (json!({"status": "sleeping"}), "status"),
        (json!({"assignee": stranger}), "assignee"),
        (json!({"assignee": "somebody"}), "assignee"),
        (json!({"tags": ["a, b"]}), "tags"),
    ] {
        let refused = owner.patch(&path, &change).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], field);
    }
    let list = format!("/api/forms/{}/submissions", world.form);
    for query in [
        "tray=attic",
        "answers.nps.min=many",
        "answers.nps.near=4",
        "since=yesterday",
        "order=best",
        "assignee=me",
    ] {
        let refused = owner.get(&format!("{list}?{query}")).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], query.split('=').next().expect("a name"));
    }
    // To read is not to work, and to work is not to delete.
    let reader = owner.with_key(&["submissions:read"]).await;
    reader.patch(&path, &json!({"status": "done"})).await.expect(403);
    let worker = owner.with_key(&["submissions:manage", "submissions:read"]).await;
    worker.patch(&path, &json!({"status": "done"})).await.expect(200);
    worker.post(&format!("{path}/deletion"), &json!({})).await.expect(403);
    let bulk = json!({"action": "delete", "filter": ""});
    worker.post(&format!("/api/forms/{}/bulk_actions", world.form), &bulk).await.expect(403);
    let page = world.viewer.page(&format!("submissions/{}", world.ids[0]));
    let page = world.viewer.get(&page).await.expect(200).text();
    assert!(
        page.contains("Done") && !page.contains("/status"),
        "a viewer reads and changes nothing"
    );
}

#[tokio::test]
async fn a_form_has_statuses_of_its_own() {
    let world = World::with(1).await;
    let path = format!("/api/forms/{}/statuses", world.form);
    let own = json!({"statuses": [{"name": "Waiting for you", "tone": "warning"}]});
    let all = world.put(&world.owner, &path, &own).await.expect(200).json();
    let keys: Vec<&str> = all["data"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["key"].as_str())
        .collect();
    assert_eq!(keys, ["new", "in_progress", "waiting_for_you", "done"]);
    let change = json!({"status": "waiting_for_you"});
    world.owner.patch(&world.path(0), &change).await.expect(200);
    world.put(&world.owner, &path, &json!({"statuses": []})).await.expect(409);
    world.owner.patch(&world.path(0), &json!({"status": "done"})).await.expect(200);
    world.put(&world.owner, &path, &json!({"statuses": []})).await.expect(200);
    let wrong =
        json!({"statuses": [{"name": "Done"}, {"name": " "}, {"name": "Red", "tone": "red"}]});
    let refused = world.put(&world.owner, &path, &wrong).await.expect(422).json();
    assert_eq!(refused["errors"].as_array().map(Vec::len), Some(3));
    // Names without a Latin letter get keys of their own; what nobody sees is no name; a slip is told.
    let own = json!({"statuses": [{"name": "待機中"}, {"name": "返品"}, {"name": "X", "key": "status_2"}]});
    let all = world.put(&world.owner, &path, &own).await.expect(200).json();
    assert_eq!(all["data"][2]["key"], "status");
    assert_eq!(all["data"][3]["key"], "status_3");
    for wrong in [json!({"name": "a\u{202e}b"}), json!({"name": "A", "color": "red"})] {
        world.put(&world.owner, &path, &json!({"statuses": [wrong]})).await.expect(422);
    }
}

#[tokio::test]
async fn comments_are_counted_and_only_ones_own_are_changed() {
    let world = World::with(1).await;
    let path = format!("{}/comments", world.path(0));
    let first = world.teammate.post(&path, &json!({"text": "Called <b>her</b>"})).await.expect(201);
    let first = format!("/api/comments/{}", first.json()["id"].as_str().expect("an id"));
    world.owner.post(&path, &json!({"text": "Thanks"})).await.expect(201);
    world.owner.post(&path, &json!({"text": " "})).await.expect(422);
    assert_eq!(world.get(&world.path(0)).await["comment_count"], 2);
    world.owner.patch(&first, &json!({"text": "I did"})).await.expect(403);
    world.owner.delete(&first).await.expect(403);
    let page = world.owner.get(&world.owner.page(&format!("submissions/{}", world.ids[0]))).await;
    assert!(page.expect(200).text().contains("Called &lt;b&gt;her&lt;/b&gt;"));
    let edited =
        world.teammate.patch(&first, &json!({"text": "Called him"})).await.expect(200).json();
    assert!(edited["edited_at"].is_string());
    world.teammate.delete(&first).await.expect(204);
    world.teammate.delete(&first).await.expect(404);
    let left = world.get(&path).await;
    assert_eq!(left["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(world.get(&world.path(0)).await["comment_count"], 1);
}

/// However many work on the same submissions at once, the counts are what looking at each gives.
#[tokio::test]
async fn counts_are_exact_whoever_works_at_once() {
    let world = World::with(12).await;
    let steps = ["archival", "spam", "deletion"];
    let work = (0..96).map(|it| {
        let (path, step) = (world.path(it % 12), steps[it / 12 % 3]);
        let actor = if it % 2 == 0 { &world.owner } else { &world.teammate };
        async move {
            if it % 5 == 0 {
                actor.delete(&format!("{path}/{step}")).await.expect(200);
            } else if it % 7 == 0 {
                let status = if it % 3 == 0 { "done" } else { "new" };
                actor.patch(&path, &json!({"status": status, "tags": ["x"]})).await.expect(200);
            } else {
                actor.post(&format!("{path}/{step}"), &json!({})).await.expect(200);
            }
        }
    });
    futures::future::join_all(work).await;
    let mut counted = [0; 4];
    for (index, tray) in ["open", "archived", "spam", "bin"].into_iter().enumerate() {
        counted[index] = world.count(&format!("tray={tray}")).await;
    }
    assert_eq!(counted.iter().sum::<usize>(), 12);
    assert_eq!(world.trays().await, counted);
}

#[tokio::test]
async fn one_step_is_done_with_all_that_match() {
    let world = World::with(700).await;
    let action = json!({"action": "set_status", "status": "done", "filter": "answers.topic=order"});
    let done = world.bulk(&action).await;
    assert_eq!(
        (&done["state"], &done["progress"], &done["changed"]),
        (&json!("done"), &json!(1.0), &json!(234))
    );
    assert_eq!(world.count("status=done&answers.topic=return").await, 0);
    // What the step itself takes out of the filter does not make it miss others.
    let done = world.bulk(&json!({"action": "archive", "filter": "tray=open&status=new"})).await;
    assert_eq!(done["changed"], 466);
    assert_eq!(world.trays().await, [234, 466, 0, 0]);
    let picked =
        json!({"action": "restore", "submission_ids": [world.ids[1], world.ids[2], world.ids[3]]});
    assert_eq!(world.bulk(&picked).await["changed"], 2, "one was open already");
    let tagged = json!({"action": "tag", "tags": ["Autumn"], "filter": "tray=open"});
    assert_eq!(world.bulk(&tagged).await["changed"], 236);
    assert_eq!(world.count("tag=autumn&answers.topic=return").await, 2);
    for wrong in [
        json!({"action": "dance", "filter": ""}),
        json!({"action": "archive"}),
        json!({"action": "archive", "filter": "", "submission_ids": []}),
        json!({"action": "archive", "filter": "tray=attic"}),
        json!({"action": "set_status", "status": "none", "filter": ""}),
    ] {
        let path = format!("/api/forms/{}/bulk_actions", world.form);
        world.owner.post(&path, &wrong).await.expect(422);
    }
    // The same from the page, without scripts.
    let page = world.owner.page(&format!("forms/{}/bulk_actions", world.form));
    let pairs = [("filter", "tray=open"), ("everything", "1"), ("action", "assign:")];
    world.owner.submit(&page, &pairs).await.expect(303);
    let pairs = [("filter", "tray=open"), ("pick", world.ids[0].as_str()), ("action", "archive")];
    world.owner.submit(&page, &pairs).await.expect(303);
    world.app.drain_jobs().await;
    assert_eq!(world.trays().await, [235, 465, 0, 0]);
}

/// A bulk action whose filter has come to mean nothing: told, and not tried for ever.
#[tokio::test]
async fn a_bulk_action_that_cannot_be_done_is_given_up_and_says_why() {
    let world = World::with(3).await;
    let path = format!("/api/forms/{}/bulk_actions", world.form);
    let action = json!({"action": "archive", "filter": "tray=open"});
    let started = world.owner.post(&path, &action).await.expect(202);
    let workspace = world.owner.workspace().id;
    let mut tx = world.app.house.db.begin(workspace).await.expect("a transaction");
    let text = "update bulk_action set selection = $2 where workspace_id = $1";
    let attic = db::Json::of(&json!({"filter": "tray=attic"})).expect("JSON");
    db::sql(text).bind(workspace).bind(attic).run(&mut tx).await.expect("done");
    tx.commit().await.expect("committed");
    world.app.drain_jobs().await;
    let action = world.get(started.header("location")).await;
    assert_eq!((&action["state"], &action["changed"]), (&json!("failed"), &json!(0)));
    let why = action["failure"].as_str().expect("a reason");
    assert!(why.contains("open, archived"), "{why}");
    let list = world.owner.page(&format!("forms/{}/submissions", world.form));
    let page = world.owner.get(&list).await.expect(200).text();
    assert!(page.contains("Archiving stopped after 0"));
    world.app.clock.advance(Duration::from_secs(3_601));
    assert!(!world.owner.get(&list).await.expect(200).text().contains("Archiving stopped"));
}

#[tokio::test]
async fn a_slip_in_a_filter_or_a_cursor_does_nothing_with_all() {
    let world = World::with(3).await;
    let path = format!("/api/forms/{}/bulk_actions", world.form);
    let slip = json!({"action": "delete", "filter": "statuss=done&order=oldest"});
    let refused = world.owner.post(&path, &slip).await.expect(422);
    assert_eq!(refused.complaints(), ["filter:unknown_filter"]);
    for (slip, told) in [
        (json!({"action": "archive", "filter": "tag=%00"}), "tag:invalid"),
        (json!({"action": "archive", "filter": "answers.na%00me=x"}), "answers.name:invalid"),
        (json!({"action": "set_status", "filter": ""}), "status:required"),
        (json!({"action": "untag", "filter": ""}), "tags:required"),
        (json!({"action": "untag", "tags": ["a,b"], "filter": ""}), "tags:invalid"),
        (json!({"action": "archive", "submission_ids": ["sub_1"]}), "submission_ids[0]:invalid"),
    ] {
        assert_eq!(world.owner.post(&path, &slip).await.expect(422).complaints(), [told]);
    }
    let list = format!("/api/forms/{}/submissions", world.form);
    for end in ["cursor=-9223372036854775808", "cursor=9223372036854775807&order=oldest"] {
        assert_eq!(
            world.owner.get(&format!("{list}?{end}")).await.expect(200).json()["data"],
            json!([])
        );
    }
    assert_eq!(world.trays().await, [3, 0, 0, 0]);
}

#[tokio::test]
async fn the_bin_is_emptied_after_thirty_days_and_a_form_keeps_for_as_long_as_it_says() {
    let world = World::with(4).await;
    let (first, second) = (world.path(0), world.path(1));
    world.owner.patch(&first, &json!({"tags": ["x"]})).await.expect(200);
    world.owner.post(&format!("{first}/comments"), &json!({"text": "Gone soon"})).await.expect(201);
    for path in [&first, &second] {
        world.owner.post(&format!("{path}/deletion"), &json!({})).await.expect(200);
    }
    world.owner.delete(&format!("{second}/deletion")).await.expect(200);
    let owner = &world.owner.with_key(&["*"]).await;
    let retention = format!("/api/forms/{}/retention", world.form);
    world.put(owner, &retention, &json!({"days": 0})).await.expect(422);
    // Left out, or misspelt, is not for ever.
    for slip in [json!({}), json!({"days": 90, "day": 1})] {
        world.put(owner, &retention, &slip).await.expect(422);
    }
    world.put(owner, &retention, &json!({"days": 90})).await.expect(200);
    world.app.clock.advance(DAY * 31);
    world.app.drain_jobs().await;
    owner.get(&first).await.expect(404);
    owner.get(&second).await.expect(200);
    let form = owner.get(&format!("/api/forms/{}", world.form)).await.expect(200).json();
    assert_eq!(form["submission_count"], 3);
    world.app.clock.advance(DAY * 60);
    world.app.drain_jobs().await;
    let list = format!("/api/forms/{}/submissions?tray=kept", world.form);
    assert_eq!(owner.get(&list).await.expect(200).json()["data"], json!([]));
    let form = owner.get(&format!("/api/forms/{}", world.form)).await.expect(200).json();
    assert_eq!(form["submission_count"], 0);
}

#[tokio::test]
async fn all_that_the_desk_knows_of_a_deleted_form_goes_piece_by_piece() {
    // More than go in one piece.
    let world = World::with(1_100).await;
    world.bulk(&json!({"action": "set_status", "status": "done", "filter": ""})).await;
    world.bulk(&json!({"action": "tag", "tags": ["Autumn"], "filter": ""})).await;
    world.owner.post(&format!("{}/spam", world.path(0)), &json!({})).await.expect(200);
    let workspace = world.owner.workspace().id;
    let rows = async || {
        let mut tx = world.app.house.db.read(workspace).await.expect("a transaction");
        let mut rows = Vec::new();
        for text in [
            "select number from submission_state where workspace_id = $1 and form_id = $2 limit 2000",
            "select number from submission_tag where workspace_id = $1 and form_id = $2 limit 2000",
            "select block from submission_facet where workspace_id = $1 and form_id = $2 limit 2000",
            "select number from spam_lesson where workspace_id = $1 and form_id = $2 limit 2000",
            "select count from submission_tally where workspace_id = $1 and form_id = $2 limit 2000",
        ] {
            let found = db::sql(text).bind(workspace).bind(&world.form).all::<(i64,)>(&mut tx);
            rows.push(found.await.expect("found").len());
        }
        rows
    };
    let there = rows().await;
    assert!(there[..2] == [1_100, 1_100] && there.iter().all(|rows| *rows > 0), "{there:?}");
    world.owner.delete(&format!("/api/forms/{}", world.form)).await.expect(204);
    world.app.drain_jobs().await;
    assert_eq!(rows().await, [0; 5]);
}
