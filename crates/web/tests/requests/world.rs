//! A small house with one module, and people who knock at its door.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, request::Parts},
    response::Response,
};
use db::{Db, Migration, MigrationText, sql, testing::TestDatabase};
use futures::{FutureExt, future::BoxFuture};
use kernel::{
    ApiKeyId, Chance, Clock, Error, Permission, Result, Role, Scopes, Timestamp, UserId,
    WorkspaceId,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::Notify;
use tower::ServiceExt;
use utoipa::ToSchema;
use web::{
    Access, Credential, Gate, House, Json, Module, Operation, Person, Reply, Routes, Server,
    ServerSettings, Tenant, Visit, Visitor, Wiring,
};

pub(crate) const WRITE: Permission =
    Permission { key: "notes:write", label: "write notes", from: Role::Member };

pub(crate) struct World {
    _database: TestDatabase,
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) router: Router,
    pub(crate) notes: Notes,
    pub(crate) acme: WorkspaceId,
}

pub(crate) async fn world() -> World {
    world_with(|_| ()).await
}

/// A house whose settings differ from the usual ones.
pub(crate) async fn world_with(adjust: impl FnOnce(&mut ServerSettings)) -> World {
    let database = TestDatabase::create().await;
    let db = database.open().await;
    let clock = Clock::manual(Timestamp::from_micros(1_700_000_000_000_000));
    let notes = Notes::default();
    let modules: [Box<dyn Module>; 1] = [Box::new(notes.clone())];
    db.migrate(&web::migrations(&modules), clock.now()).await.unwrap();
    let acme = WorkspaceId::new(clock.now(), &Chance::seeded(1));
    let house = Arc::new(House {
        db: db.clone(),
        clock: clock.clone(),
        chance: Chance::seeded(2),
        wiring: Wiring::new(),
    });
    let mut settings = ServerSettings::new(database.folder());
    adjust(&mut settings);
    let server = Server::assemble(house, &modules, Arc::new(Doorkeeper { acme }), settings);
    World { _database: database, db, clock, router: server.router, notes, acme }
}

/// Knows everyone by the bearer token they show: `key …`, `person …`, or nobody.
struct Doorkeeper {
    acme: WorkspaceId,
}

/// The same name always gets the same id.
fn seed(name: &str) -> Chance {
    Chance::seeded(kernel::fingerprint(name).unsigned_abs())
}

impl Gate for Doorkeeper {
    fn identify<'a>(&'a self, parts: &'a Parts, _: bool) -> BoxFuture<'a, Result<Visitor>> {
        let shown = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
        let credential = match shown.map(|text| text.trim_start_matches("Bearer ")) {
            None => Ok(None),
            Some(text) if text.starts_with("key") => Ok(Some(Credential::ApiKey {
                id: ApiKeyId::new(Timestamp::default(), &seed(text)),
                tenant: self.tenant(),
                scopes: Scopes::parse("*"),
            })),
            Some(text) if text.starts_with("person") => Ok(Some(Credential::Token {
                person: Person {
                    id: UserId::new(Timestamp::default(), &seed(text)),
                    name: text.to_owned(),
                    email: "ann@example.com".to_owned(),
                    operator: false,
                },
            })),
            Some(_) => Err(Error::Unauthorized("This token is not valid.")),
        };
        async move { Ok(Visitor { credential: credential? }) }.boxed()
    }

    fn memberships<'a>(&'a self, _: UserId) -> BoxFuture<'a, Result<Vec<(Tenant, Role)>>> {
        async move { Ok(vec![(self.tenant(), Role::Owner)]) }.boxed()
    }
}

impl Doorkeeper {
    fn tenant(&self) -> Tenant {
        Tenant { id: self.acme, slug: "acme".to_owned(), name: "Acme".to_owned() }
    }
}

/// The module: notes are written down, some of them slowly.
#[derive(Clone, Default)]
pub(crate) struct Notes {
    /// Lets the slow ones go on.
    pub(crate) go_on: Arc<Notify>,
    pub(crate) begun: Arc<AtomicUsize>,
    pub(crate) working: Arc<AtomicUsize>,
    pub(crate) most_working: Arc<AtomicUsize>,
}

#[derive(Deserialize, Serialize, ToSchema)]
struct Note {
    text: String,
}

impl Module for Notes {
    fn name(&self) -> &'static str {
        "notes"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![Migration {
            module: "notes",
            name: "0001_notes",
            text: MigrationText::Both(
                "create table note (workspace_id TEXT NOT NULL, text TEXT NOT NULL);",
            ),
        }]
    }

    fn samples(&self) -> Vec<ui::Sample> {
        vec![ui::Sample::new("notes", "A note as it is shown", ui::html! { p { "hello" } })]
    }

    fn routes(&self) -> Routes {
        let access = Access::Workspace(WRITE);
        let operation = || Operation::new("Notes", "Write a note").body::<Note>();
        Routes::<Notes>::new()
            .api(Method::POST, "/api/notes", access, write, operation())
            .api(Method::POST, "/api/slow-notes", access, write_slowly, operation())
            .api(Method::POST, "/api/panics", access, panic, operation())
            .api(Method::POST, "/api/secret-notes", access, write, operation())
            .without_replay()
            .api(Method::POST, "/api/visits", Access::SignedIn, visit, operation())
            .api(Method::POST, "/api/sign-ins", Access::Public, sign_in, operation())
            .sign_in()
            .page(Method::GET, "/work", Access::Public, work)
            .page(Method::POST, "/echo", Access::Public, echo)
            .with_state(self.clone())
    }
}

async fn write(visit: Visit, Json(note): Json<Note>) -> Reply {
    if note.text.is_empty() {
        return Err(Error::invalid("text", "required", "Say something.").into());
    }
    let mut tx = visit.begin().await?;
    sql("insert into note (workspace_id, text) values ($1, $2)")
        .bind(visit.workspace())
        .bind(&note.text)
        .run(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(web::created("/api/notes/latest", &note))
}

async fn write_slowly(State(notes): State<Notes>, visit: Visit, note: Json<Note>) -> Reply {
    notes.begun.fetch_add(1, Ordering::SeqCst);
    notes.go_on.notified().await;
    write(visit, note).await
}

async fn panic(Json(note): Json<Note>) -> Reply {
    panic!("{}", note.text)
}

async fn visit(visit: Visit) -> Reply {
    Ok(web::json(&visit.actor().name()))
}

async fn sign_in() -> Reply {
    Ok(web::no_content())
}

async fn work(State(notes): State<Notes>) -> Reply {
    let working = notes.working.fetch_add(1, Ordering::SeqCst) + 1;
    notes.most_working.fetch_max(working, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(20)).await;
    notes.working.fetch_sub(1, Ordering::SeqCst);
    Ok(web::no_content())
}

async fn echo(form: web::Pairs) -> Reply {
    Ok(web::json(&form.0))
}

/// A reply, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn code(&self) -> String {
        let problem: Value = serde_json::from_str(&self.body).unwrap();
        problem["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl World {
    /// Sends it as any client does, which names the host.
    pub(crate) async fn send(&self, mut request: Request) -> Answer {
        request.headers_mut().entry("host").or_insert(HeaderValue::from_static("localhost"));
        self.send_as_is(request).await
    }

    pub(crate) async fn send_as_is(&self, request: Request) -> Answer {
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// How many notes were written.
    pub(crate) async fn written(&self) -> i64 {
        let mut tx = self.db.read(self.acme).await.unwrap();
        let (count,): (i64,) = sql("select count(*) from note").one(&mut tx).await.unwrap();
        count
    }
}

/// A POST with a JSON body.
pub(crate) fn post(path: &str, token: &str, key: Option<&str>, body: &str) -> Request {
    let mut request =
        Request::post(path).header("content-type", "application/json").extension(from("192.0.2.1"));
    if !token.is_empty() {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

/// Where a request comes from.
pub(crate) fn from(address: &str) -> ConnectInfo<std::net::SocketAddr> {
    ConnectInfo(std::net::SocketAddr::new(address.parse().unwrap(), 50_000))
}
