//! The operator's desk, told through requests.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{Method, StatusCode, request::Parts},
};
use db::{Db, testing::TestDatabase};
use futures::{FutureExt, future::BoxFuture};
use jobs::{Failure, Job, JobContext, NewJob, Registry, When, Worker, WorkerSettings};
use kernel::{Chance, Clock, Result, Role, Timestamp, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tower::ServiceExt;
use web::{
    Credential, Gate, House, Module, Person, Server, ServerSettings, Tenant, Visitor, Wiring,
};

#[derive(Serialize, Deserialize)]
struct SendLetter {
    to: u32,
}

impl Job for SendLetter {
    const KIND: &'static str = "letters.send";
    const QUEUE: &'static str = "letters";
    const MAX_ATTEMPTS: u32 = 1;
}

#[derive(Serialize, Deserialize)]
struct Count {}

impl Job for Count {
    const KIND: &'static str = "things.count";
    const MAX_ATTEMPTS: u32 = 1;
}

struct World {
    _database: TestDatabase,
    db: Db,
    clock: Clock,
    chance: Chance,
    router: Router,
    acme: WorkspaceId,
}

/// Whoever says `olive` is the operator, whoever says `mia` is a member of some workspace.
struct Doorkeeper;

impl Gate for Doorkeeper {
    fn identify<'a>(&'a self, parts: &'a Parts, _: bool) -> BoxFuture<'a, Result<Visitor>> {
        let name = parts.headers.get("x-name").and_then(|value| value.to_str().ok());
        let credential = name.map(|name| Credential::Session {
            person: Person {
                id: UserId::new(Timestamp::default(), &Chance::seeded(name.len() as u64)),
                name: name.to_owned(),
                email: format!("{name}@example.com"),
                operator: name == "olive",
            },
            csrf_token: "token".to_owned(),
        });
        async move { Ok(Visitor { credential }) }.boxed()
    }

    fn memberships<'a>(&'a self, _: UserId) -> BoxFuture<'a, Result<Vec<(Tenant, Role)>>> {
        async move { Ok(Vec::new()) }.boxed()
    }
}

async fn world() -> World {
    let database = TestDatabase::create().await;
    let db = database.open().await;
    let clock = Clock::manual(Timestamp::from_micros(1_785_748_320_000_000));
    let chance = Chance::seeded(1);
    let migrations = [jobs::MIGRATIONS, web::MIGRATIONS].concat();
    db.migrate(&migrations, clock.now()).await.unwrap();
    let house = House {
        db: db.clone(),
        clock: clock.clone(),
        chance: chance.clone(),
        wiring: Wiring::new(),
    };
    let modules: [Box<dyn Module>; 1] = [Box::new(ops::Ops)];
    let settings = ServerSettings::new(database.folder());
    let server =
        Server::assemble(Arc::new(house), &modules, Arc::new(Doorkeeper), migrations, settings);
    let acme = WorkspaceId::new(clock.now(), &chance);
    World { _database: database, db, clock, chance, router: server.router, acme }
}

impl World {
    async fn enqueue(&self, jobs: Vec<NewJob>) {
        let mut tx = self.db.system("a test enqueues").await.unwrap();
        jobs::enqueue_many(&mut tx, jobs, self.clock.now(), &self.chance).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn letter(&self, to: u32) -> NewJob {
        NewJob::of(Some(self.acme), &SendLetter { to }, When::Now)
    }

    /// Tries all that waits; every letter fails, and so does counting.
    async fn fail_all(&self) {
        let mut registry = Registry::new();
        registry.handle(|_: JobContext, letter: SendLetter| async move {
            Err::<(), _>(Failure::Fail(format!("no such address: {}\nand more <b>", letter.to)))
        });
        registry.handle(|_: JobContext, _: Count| async move {
            Err::<(), _>(Failure::Fail("cannot count".to_owned()))
        });
        let registry = Arc::new(registry);
        jobs::run_until_idle(&self.db, &registry, &self.clock, &self.chance).await.unwrap();
    }

    async fn letters_fail(&self, count: u32) {
        for to in 0..count {
            self.enqueue(vec![self.letter(to)]).await;
            self.fail_all().await;
            self.clock.advance(Duration::from_secs(1));
        }
    }

    async fn ask(
        &self,
        name: &str,
        method: Method,
        path: &str,
        body: &str,
    ) -> (StatusCode, String) {
        let kind = if path.starts_with("/api/") {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", kind)
            .header("x-csrf-token", "token");
        if !name.is_empty() {
            request = request.header("x-name", name);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn json(&self, method: Method, path: &str, body: &str) -> Value {
        let (status, body) = self.ask("olive", method, path, body).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let (status, body) = self.ask("olive", Method::GET, path, "").await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body
    }

    async fn dead(&self) -> Vec<Value> {
        let page = self.json(Method::GET, "/api/admin/jobs/dead?limit=200", "").await;
        page["data"].as_array().unwrap().clone()
    }

    async fn queue(&self, name: &str) -> Value {
        let overview = self.json(Method::GET, "/api/admin/jobs", "").await;
        let queues = overview["queues"].as_array().unwrap();
        queues.iter().find(|queue| queue["queue"] == name).cloned().unwrap_or_default()
    }
}

#[tokio::test]
async fn only_the_operator_gets_in() {
    let world = world().await;
    let id = "job_01h455vb4pex5vsknk084sn02q";
    let routes = [
        (Method::GET, "/admin".to_owned()),
        (Method::GET, "/admin/jobs".to_owned()),
        (Method::GET, format!("/admin/jobs/{id}")),
        (Method::POST, "/admin/jobs/retries".to_owned()),
        (Method::POST, format!("/admin/jobs/{id}/retries")),
        (Method::POST, format!("/admin/jobs/{id}/removal")),
        (Method::GET, "/api/admin/jobs".to_owned()),
        (Method::GET, "/api/admin/jobs/dead".to_owned()),
        (Method::POST, "/api/admin/jobs/retries".to_owned()),
        (Method::POST, format!("/api/admin/jobs/{id}/retries")),
        (Method::DELETE, format!("/api/admin/jobs/{id}")),
    ];
    for (method, path) in routes {
        let (member, _) = world.ask("mia", method.clone(), &path, "{}").await;
        assert_eq!(member, StatusCode::FORBIDDEN, "{method} {path}");
        let (anonymous, _) = world.ask("", method.clone(), &path, "{}").await;
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::SEE_OTHER];
        assert!(refused.contains(&anonymous), "{method} {path}: {anonymous}");
    }
}

#[tokio::test]
async fn an_idle_house_says_that_nothing_waits() {
    let world = world().await;
    let page = world.page("/admin/jobs").await;
    for text in ["Nothing waits", "Nothing runs at this moment", "No dead letters"] {
        assert!(page.contains(text), "{text}");
    }
    let overview = world.json(Method::GET, "/api/admin/jobs", "").await;
    assert_eq!(overview, json!({"queues": [], "running": []}));
    let (status, _) = world.ask("olive", Method::GET, "/admin", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn queues_show_what_waits_and_for_how_long() {
    let world = world().await;
    let later = When::At(world.clock.now().plus(Duration::from_secs(3600)));
    let jobs =
        vec![world.letter(1), world.letter(2), NewJob::of(None, &SendLetter { to: 3 }, later)];
    world.enqueue(jobs).await;
    world.clock.advance(Duration::from_secs(90));
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
    let worker = Worker::start(
        world.db.clone(),
        Arc::new(registry),
        WorkerSettings::default(),
        world.clock.clone(),
        world.chance.clone(),
    );
    world.enqueue(vec![world.letter(1)]).await;
    begun.notified().await;
    let overview = world.json(Method::GET, "/api/admin/jobs", "").await;
    let running = &overview["running"][0];
    assert_eq!(running["kind"], "letters.send");
    assert_eq!(running["attempt"], 1);
    assert_eq!(running["workspace_id"], world.acme.to_string());
    assert!(world.page("/admin/jobs").await.contains("1 of 1"));
    go_on.notify_one();
    worker.drain(Duration::from_secs(5)).await;
    let overview = world.json(Method::GET, "/api/admin/jobs", "").await;
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
    let (by_call, by_page) = (dead[0]["id"].as_str().unwrap(), dead[1]["id"].as_str().unwrap());
    let reply = world.json(Method::POST, &format!("/api/admin/jobs/{by_call}/retries"), "").await;
    assert_eq!(reply, json!({"retried": 1}));
    let path = format!("/admin/jobs/{by_page}/retries");
    let (status, _) = world.ask("olive", Method::POST, &path, "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(world.dead().await.len(), 0);
    assert_eq!(world.queue("letters").await["ready"], 2);
    let (again, _) = world.ask("olive", Method::POST, &path, "").await;
    assert_eq!(again, StatusCode::NOT_FOUND);
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

    let body = r#"{"kind": "letters.send"}"#;
    let reply = world.json(Method::POST, "/api/admin/jobs/retries", body).await;
    assert_eq!(reply, json!({"retried": 3}));
    let left = world.dead().await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["kind"], "things.count");

    let (status, _) = world.ask("olive", Method::POST, "/admin/jobs/retries", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(world.dead().await.len(), 0);
}

#[tokio::test]
async fn a_discarded_job_is_gone_for_good() {
    let world = world().await;
    world.letters_fail(2).await;
    let dead = world.dead().await;
    let (by_call, by_page) = (dead[0]["id"].as_str().unwrap(), dead[1]["id"].as_str().unwrap());
    let path = format!("/api/admin/jobs/{by_call}");
    let (status, _) = world.ask("olive", Method::DELETE, &path, "").await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let page = world.page(&format!("/admin/jobs/{by_page}")).await;
    assert!(page.contains("This cannot be undone"), "it asks first");
    let removal = format!("/admin/jobs/{by_page}/removal");
    assert_eq!(world.ask("olive", Method::POST, &removal, "").await.0, StatusCode::SEE_OTHER);
    assert_eq!(world.dead().await.len(), 0);
    assert_eq!(world.queue("letters").await, Value::Null);
    assert_eq!(world.ask("olive", Method::DELETE, &path, "").await.0, StatusCode::NOT_FOUND);
    let nonsense = world.ask("olive", Method::DELETE, "/api/admin/jobs/nonsense", "").await;
    assert_eq!(nonsense.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_list_is_walked_by_key_without_gap_or_duplicate() {
    let world = world().await;
    // Three at the same moment, so that the id has to tell them apart.
    world.enqueue((0..3).map(|to| world.letter(to)).collect()).await;
    world.fail_all().await;
    world.clock.advance(Duration::from_secs(1));
    world.letters_fail(4).await;
    let all: Vec<Value> = world.dead().await.iter().map(|letter| letter["id"].clone()).collect();
    assert_eq!(all.len(), 7);
    let (mut walked, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/admin/jobs/dead?limit=2&cursor={cursor}");
        let page = world.json(Method::GET, &path, "").await;
        walked.extend(page["data"].as_array().unwrap().iter().map(|letter| letter["id"].clone()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(walked, all);
    let page = world.page("/admin/jobs?limit=3").await;
    assert!(page.contains("Older"), "{page}");
    let wrong = world.ask("olive", Method::GET, "/api/admin/jobs/dead?cursor=x", "").await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_page_refreshes_the_part_that_changes() {
    let world = world().await;
    world.letters_fail(1).await;
    let page = world.page("/admin/jobs?kind=letters.send").await;
    let poll = r#"data-hx-get="/admin/jobs?kind=letters.send" data-hx-trigger="every 5s""#;
    assert!(page.contains(poll), "{page}");
    let request = |method: Method, path: &str, body: &'static str| {
        Request::builder()
            .method(method)
            .uri(path)
            .header("x-name", "olive")
            .header("x-csrf-token", "token")
            .header("hx-request", "true")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    for (method, path, body) in [
        (Method::GET, "/admin/jobs?kind=letters.send", ""),
        (Method::POST, "/admin/jobs/retries", "kind=letters.send"),
    ] {
        let response = world.router.clone().oneshot(request(method, path, body)).await.unwrap();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let fragment = String::from_utf8(bytes.to_vec()).unwrap();
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
        assert!(guide.contains(&format!("id=\"{sample}\"")), "{sample}");
    }
}
