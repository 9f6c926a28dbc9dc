//! Submissions are deleted for good while others work on them: nothing that is written of one outlives it.

mod counting;

use std::{future::Future, time::Duration};

use db::{Tx, sql};
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

    /// Stops whoever tells of a change in its middle, until it is let go. On SQLite, where one change follows the
    /// other, nobody can be stopped there.
    async fn held(&self) -> Option<Tx> {
        if !self.app.shares_signals() {
            return None;
        }
        let mut tx = self.app.house.db.system("a test stops others").await.expect("a change");
        sql("lock table event in share mode").run(&mut tx).await.expect("locked");
        Some(tx)
    }

    /// Until so many changes of this house wait for another.
    async fn until_waiting(&self, count: i64) {
        for _ in 0..2_000 {
            let mut tx = self.app.house.db.system_read("a test looks").await.expect("a look");
            let (waiting,): (i64,) = sql("select count(*) from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock'")
            .one(&mut tx)
            .await
            .expect("a count");
            if waiting == count {
                return;
            }
            drop(tx);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("there are never {count} that wait");
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

/// Somebody works on a submission that nobody has worked on before, and is not done when another deletes it.
async fn nothing_outlives_it(world: &World, work: impl Future<Output = Reply>) {
    let held = world.held().await;
    let deletion = async {
        if held.is_some() {
            world.until_waiting(1).await;
        }
        let release = async {
            if held.is_some() {
                world.until_waiting(2).await;
            }
            drop(held);
        };
        tokio::join!(world.owner.delete(&world.submission), release).0
    };
    let (worked, deleted) = tokio::join!(work, deletion);
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
