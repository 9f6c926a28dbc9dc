//! Submissions are deleted for good while others work on them: nothing that is written of one outlives it.

mod counting;

use std::{future::Future, time::Duration};

use db::sql;
use kernel::WorkspaceId;
use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp};

struct World {
    app: TestApp,
    owner: Actor,
    submission: String,
}

impl World {
    async fn start() -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let fields = json!([{"key": "name", "type": "short_text", "label": "Name"}]);
        let form = json!({"title": "Contact", "fields": fields});
        let form = id(&owner.post("/api/forms", &form).await.expect(201).json());
        owner.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200);
        let sent = json!({"answers": {"name": "Quixotina"}});
        let sent = owner.post(&format!("/api/forms/{form}/submissions"), &sent).await.expect(201);
        app.clock.advance(Duration::from_secs(1));
        app.drain_jobs().await;
        World { submission: format!("/api/submissions/{}", id(&sent.json())), app, owner }
    }

    /// Tables in which something is left of submissions.
    async fn left(&self) -> Vec<&'static str> {
        let workspace = self.owner.workspace().id;
        let mut tx = self.app.house.db.begin(workspace).await.expect("a look");
        let mut left = Vec::new();
        for (table, text) in [
            ("submission", "select workspace_id from submission where workspace_id = $1 limit 1"),
            ("state", "select workspace_id from submission_state where workspace_id = $1 limit 1"),
            ("tag", "select workspace_id from submission_tag where workspace_id = $1 limit 1"),
            (
                "comment",
                "select workspace_id from submission_comment where workspace_id = $1 limit 1",
            ),
            (
                "history",
                "select workspace_id from submission_activity where workspace_id = $1 limit 1",
            ),
            (
                "tally",
                "select workspace_id from submission_tally where workspace_id = $1 and count <> 0 limit 1",
            ),
        ] {
            let rows: Vec<(WorkspaceId,)> =
                sql(text).bind(workspace).all(&mut tx).await.expect("rows");
            left.extend(rows.first().map(|_| table));
        }
        left
    }
}

fn id(reply: &Value) -> String {
    reply["id"].as_str().expect("an id").to_owned()
}

/// One stands in the middle of a change, telling of it, when another begins theirs.
async fn in_the_middle(
    world: &World,
    first: impl Future<Output = Reply>,
    second: impl Future<Output = Reply>,
) -> (Reply, Reply) {
    let held = world.app.held("lock table event in share mode").await;
    let after = async {
        if held.is_some() {
            world.app.until(async |app| app.waiting().await == 1).await;
        }
        let release = async {
            if held.is_some() {
                world.app.until(async |app| app.waiting().await == 2).await;
            }
            drop(held);
        };
        tokio::join!(second, release).0
    };
    tokio::join!(first, after)
}

/// Somebody works on a submission that nobody has worked on before, and is not done when another deletes it.
async fn nothing_outlives_it(world: &World, work: impl Future<Output = Reply>) {
    let deletion = world.owner.delete(&world.submission);
    let (worked, deleted) = in_the_middle(world, work, deletion).await;
    deleted.expect(204);
    assert!([200, 201, 404].contains(&worked.status()), "{}", worked.text());
    assert_eq!(world.left().await, Vec::<&str>::new());
}

#[tokio::test]
async fn a_comment_goes_with_its_submission() {
    let world = World::start().await;
    let comments = format!("{}/comments", world.submission);
    let comment = json!({"text": "Quixotina called."});
    nothing_outlives_it(&world, world.owner.post(&comments, &comment)).await;
}

#[tokio::test]
async fn a_comment_that_goes_is_not_edited() {
    let world = World::start().await;
    let comments = format!("{}/comments", world.submission);
    let comment = world.owner.post(&comments, &json!({"text": "Call her"})).await.expect(201);
    let path = format!("/api/comments/{}", id(&comment.json()));
    let changed = json!({"text": "Called her"});
    let deletion = world.owner.delete(&world.submission);
    let (deleted, edited) =
        in_the_middle(&world, deletion, world.owner.patch(&path, &changed)).await;
    deleted.expect(204);
    edited.expect(404);
    assert_eq!(world.left().await, Vec::<&str>::new());
}

#[tokio::test]
async fn a_status_and_tags_go_with_it_and_are_not_counted() {
    let world = World::start().await;
    let change = json!({"status": "done", "tags": ["late"]});
    nothing_outlives_it(&world, world.owner.patch(&world.submission, &change)).await;
}

#[tokio::test]
async fn a_place_in_spam_goes_with_it() {
    let world = World::start().await;
    let (spam, reason) = (format!("{}/spam", world.submission), json!({"reason": "Odd"}));
    nothing_outlives_it(&world, world.owner.post(&spam, &reason)).await;
}
