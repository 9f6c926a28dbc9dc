//! The operator's desk, told through requests.

use std::{sync::Arc, time::Duration};

use axum::{body::Body, http::Method};
use jobs::{Failure, Job, JobContext, NewJob, Registry, When, Worker, WorkerSettings};
use kernel::WorkspaceId;
use ops::Ops;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use testing::{Actor, TestApp, walk};
use tokio::sync::Notify;
use web::{JobRegistry, Module};

#[derive(Serialize, Deserialize)]
struct SendLetter {
    to: u32,
}

impl Job for SendLetter {
    const KIND: &'static str = "letters.send";
    const QUEUE: &'static str = "letters";
}

#[derive(Serialize, Deserialize)]
struct Count {}

impl Job for Count {
    const KIND: &'static str = "things.count";
}

/// A module whose work always fails.
struct Hopeless;

impl Module for Hopeless {
    fn name(&self) -> &'static str {
        "hopeless"
    }

    fn jobs(&self, registry: &mut JobRegistry) {
        registry.handle(|_: JobContext, letter: SendLetter| async move {
            Err::<(), _>(Failure::Fail(format!("no such address: {}\nand more <b>", letter.to)))
        });
        registry.handle(|_: JobContext, _: Count| async move {
            Err::<(), _>(Failure::Fail("cannot count".to_owned()))
        });
    }
}

struct World {
    app: TestApp,
    owner: Actor,
    olga: Actor,
    acme: WorkspaceId,
}

async fn world() -> World {
    let (app, _, owner, _) =
        TestApp::start(|_| vec![Box::new(Ops) as Box<dyn Module>, Box::new(Hopeless)]).await;
    let (olga, acme) = (app.operator().await, owner.workspace().id);
    // What the registration of people left to do is none of these stories.
    app.drain_jobs().await;
    World { app, owner, olga, acme }
}

impl World {
    async fn enqueue(&self, jobs: Vec<NewJob>) {
        let house = &self.app.house;
        let mut tx = house.db.system("a test enqueues").await.unwrap();
        jobs::enqueue_many(&mut tx, jobs, house.clock.now(), &house.chance).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn letter(&self, to: u32) -> NewJob {
        NewJob::of(Some(self.acme), &SendLetter { to }, When::Now)
    }

    /// Letters that fail, one a second.
    async fn letters_fail(&self, count: u32) {
        for to in 0..count {
            self.enqueue(vec![self.letter(to)]).await;
            self.app.drain_jobs().await;
            self.app.clock.advance(Duration::from_secs(1));
        }
    }

    async fn page(&self, path: &str) -> String {
        self.olga.get(path).await.expect(200).text()
    }

    async fn dead(&self) -> Vec<Value> {
        let page = self.olga.get("/api/admin/jobs/dead?limit=200").await.expect(200).json();
        page["data"].as_array().unwrap().clone()
    }

    async fn overview(&self) -> Value {
        self.olga.get("/api/admin/jobs").await.expect(200).json()
    }

    async fn queue(&self, name: &str) -> Value {
        let overview = self.overview().await;
        let queues = overview["queues"].as_array().unwrap();
        queues.iter().find(|queue| queue["queue"] == name).cloned().unwrap_or_default()
    }
}

fn ids(letters: &[Value]) -> Vec<String> {
    letters.iter().map(|letter| letter["id"].as_str().unwrap().to_owned()).collect()
}

const NOTHING: [(&str, &str); 0] = [];

#[tokio::test]
async fn only_the_operator_gets_in() {
    let world = world().await;
    world.letters_fail(1).await;
    let body = json!({"name": "Website", "scopes": ["*"]});
    let key = world.olga.post("/api/api-keys", &body).await.expect(201).json();
    let user = world.olga.user.as_ref().unwrap().id.to_string();
    let job = ids(&world.dead().await)[0].clone();
    let examples = [("user", user.as_str()), ("key", key["id"].as_str().unwrap()), ("job", &job)];
    walk(&world.app, &world.olga, &examples).await;
    world.owner.get("/admin/jobs").await.expect(403);
}

#[tokio::test]
async fn only_the_operator_has_a_link_to_it() {
    let world = world().await;
    let link = "href=\"/admin/jobs\"";
    assert!(world.page("/admin/jobs").await.contains(link));
    let page = world.owner.get("/workspaces/new").await.expect(200).text();
    assert!(!page.contains(link), "{page}");
}

#[tokio::test]
async fn an_idle_house_says_that_nothing_waits() {
    let world = world().await;
    let page = world.page("/admin/jobs").await;
    for text in ["Nothing waits", "Nothing runs at this moment", "No dead letters"] {
        assert!(page.contains(text), "{text}");
    }
    assert_eq!(world.overview().await, json!({"queues": [], "running": []}));
    assert_eq!(world.olga.get("/admin").await.expect(303).header("location"), "/admin/jobs");
}

#[tokio::test]
async fn queues_show_what_waits_and_for_how_long() {
    let world = world().await;
    let later = When::At(world.app.clock.now().plus(Duration::from_secs(3600)));
    let jobs =
        vec![world.letter(1), world.letter(2), NewJob::of(None, &SendLetter { to: 3 }, later)];
    world.enqueue(jobs).await;
    world.app.clock.advance(Duration::from_secs(90));
    assert_eq!(
        world.queue("letters").await,
        json!({"queue": "letters", "ready": 2, "running": 0, "scheduled": 1, "dead": 0, "oldest_age": 90.0})
    );
    let page = world.page("/admin/jobs").await;
    assert!(page.contains("the oldest for 1 min"), "{page}");
}

#[tokio::test]
async fn what_runs_is_shown_while_it_runs() {
    let world = world().await;
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mut registry = Registry::new();
    let handles = (begun.clone(), go_on.clone());
    registry.handle(move |_: JobContext, _: SendLetter| {
        let (begun, go_on) = handles.clone();
        async move {
            begun.notify_one();
            go_on.notified().await;
            Ok::<(), Failure>(())
        }
    });
    let house = world.app.house.clone();
    let worker = Worker::start(
        house.db.clone(),
        Arc::new(registry),
        WorkerSettings::default(),
        house.clock.clone(),
        house.chance.clone(),
    );
    world.enqueue(vec![world.letter(1)]).await;
    begun.notified().await;
    let overview = world.overview().await;
    let running = &overview["running"][0];
    assert_eq!(running["kind"], "letters.send");
    assert_eq!(running["attempt"], 1);
    assert_eq!(running["workspace_id"], world.acme.to_string());
    assert!(world.page("/admin/jobs").await.contains("1 of 12"));
    go_on.notify_one();
    worker.drain(Duration::from_secs(5)).await;
    let overview = world.overview().await;
    assert_eq!(overview["running"], json!([]));
}

#[tokio::test]
async fn a_dead_letter_tells_what_it_was_and_why_it_failed() {
    let world = world().await;
    world.letters_fail(1).await;
    let dead = world.dead().await;
    assert_eq!(dead[0]["payload"], json!({"to": 0}));
    assert_eq!(dead[0]["error"], "no such address: 0\nand more <b>");
    assert_eq!(dead[0]["attempts"], 1);
    let list = world.page("/admin/jobs").await;
    assert!(list.contains("no such address: 0"), "{list}");
    let id = dead[0]["id"].as_str().unwrap();
    let page = world.page(&format!("/admin/jobs/{id}")).await;
    assert!(page.contains("and more &lt;b&gt;"), "the whole error, harmless: {page}");
    assert!(page.contains(&world.acme.to_string()));
}

#[tokio::test]
async fn a_retried_job_goes_back_into_its_queue() {
    let world = world().await;
    world.letters_fail(2).await;
    let dead = world.dead().await;
    let [by_call, by_page] = [0, 1].map(|index: usize| ids(&dead)[index].clone());
    let path = format!("/api/admin/jobs/{by_call}/retries");
    let reply = world.olga.post(&path, &json!({})).await.expect(200);
    assert_eq!(reply.json(), json!({"retried": 1}));
    let path = format!("/admin/jobs/{by_page}/retries");
    world.olga.submit(&path, &NOTHING).await.expect(303);
    assert_eq!(world.dead().await.len(), 0);
    assert_eq!(world.queue("letters").await["ready"], 2);
    world.olga.submit(&path, &NOTHING).await.expect(404);
}

#[tokio::test]
async fn all_of_a_kind_are_retried_and_the_others_stay() {
    let world = world().await;
    world.enqueue(vec![NewJob::of(None, &Count {}, When::Now)]).await;
    world.letters_fail(3).await;
    let chips = world.page("/admin/jobs").await;
    assert!(chips.contains("letters.send · 3") && chips.contains("things.count · 1"), "{chips}");
    let narrowed = world.page("/admin/jobs?kind=things.count").await;
    assert!(
        narrowed.contains("Retry all of things.count") && !narrowed.contains("no such address")
    );

    let body = json!({"kind": "letters.send"});
    let reply = world.olga.post("/api/admin/jobs/retries", &body).await.expect(200);
    assert_eq!(reply.json(), json!({"retried": 3}));
    let left = world.dead().await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["kind"], "things.count");

    world.olga.submit("/admin/jobs/retries", &NOTHING).await.expect(303);
    assert_eq!(world.dead().await.len(), 0);
}

#[tokio::test]
async fn a_discarded_job_is_gone_for_good() {
    let world = world().await;
    world.letters_fail(2).await;
    let dead = world.dead().await;
    let [by_call, by_page] = [0, 1].map(|index: usize| ids(&dead)[index].clone());
    let path = format!("/api/admin/jobs/{by_call}");
    world.olga.delete(&path).await.expect(204);
    let page = world.page(&format!("/admin/jobs/{by_page}")).await;
    assert!(page.contains("This cannot be undone"), "it asks first");
    let removal = format!("/admin/jobs/{by_page}/removal");
    world.olga.submit(&removal, &NOTHING).await.expect(303);
    assert_eq!(world.dead().await.len(), 0);
    assert_eq!(world.queue("letters").await, Value::Null);
    world.olga.delete(&path).await.expect(404);
    world.olga.delete("/api/admin/jobs/nonsense").await.expect(404);
}

#[tokio::test]
async fn the_list_is_walked_by_key_without_gap_or_duplicate() {
    let world = world().await;
    // Three at the same moment, so that the id has to tell them apart.
    world.enqueue((0..3).map(|to| world.letter(to)).collect()).await;
    world.app.drain_jobs().await;
    world.app.clock.advance(Duration::from_secs(1));
    world.letters_fail(4).await;
    let all = ids(&world.dead().await);
    assert_eq!(all.len(), 7);
    let (mut walked, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/admin/jobs/dead?limit=2&cursor={cursor}");
        let page = world.olga.get(&path).await.expect(200).json();
        walked.extend(ids(page["data"].as_array().unwrap()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(walked, all);
    let page = world.page("/admin/jobs?limit=3").await;
    assert!(page.contains("Older"), "{page}");
    world.olga.get("/api/admin/jobs/dead?cursor=x").await.expect(422);
}

#[tokio::test]
async fn the_page_refreshes_the_part_that_changes() {
    let world = world().await;
    world.letters_fail(1).await;
    let page = world.page("/admin/jobs?kind=letters.send").await;
    let poll = r#"data-hx-get="/admin/jobs?kind=letters.send" data-hx-trigger="every 5s""#;
    assert!(page.contains(poll), "{page}");
    let token = world.olga.csrf_token().await.unwrap();
    let olga = world.olga.sending("hx-request", "true").sending("x-csrf-token", &token);
    let kind = Some("application/x-www-form-urlencoded");
    for (method, path, body) in [
        (Method::GET, "/admin/jobs?kind=letters.send", ""),
        (Method::POST, "/admin/jobs/retries", "kind=letters.send"),
    ] {
        let fragment = olga.send(method, path, kind, Body::from(body)).await.expect(200).text();
        assert!(fragment.starts_with(r#"<div class="stack stack--loose" id="jobs""#), "{fragment}");
        assert!(fragment.contains(poll), "{fragment}");
    }
    assert_eq!(world.queue("letters").await["ready"], 1);
}

#[tokio::test]
async fn every_view_is_shown_in_the_style_guide() {
    let world = world().await;
    let guide = world.page("/styleguide").await;
    for sample in ["jobs-busy-with-dead-letters", "jobs-nothing-waits", "jobs-a-dead-letter"] {
        assert!(guide.contains(&format!("/styleguide/{sample}\"")), "{sample}");
    }
}
