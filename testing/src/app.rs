//! The house of one test.

use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use axum::Router;
use db::{
    Engine,
    testing::{TestDatabase, plans::Watch},
};
use identity::{Identity, NewUser};
use jobs::Registry;
use kernel::{Chance, Clock, Role, Timestamp};
use web::{Cx, House, Module, RouteInfo, Server, ServerSettings, Wiring};
use workspaces::{Registered, Registration, Workspaces};

use crate::{Actor, plans};

/// 2026-08-03T09:12:00Z, a Monday.
const START: Timestamp = Timestamp::from_micros(1_785_748_320_000_000);
const SEED: u64 = 42;

/// What modules of a test are made of.
pub struct Parts {
    pub house: Arc<House>,
    pub identity: Identity,
    pub workspaces: Workspaces,
    /// A folder that goes with the test.
    pub folder: std::path::PathBuf,
}

/// How the house differs from the usual one.
pub struct TestSettings {
    pub registration: Registration,
    pub secure_cookies: bool,
    pub wiring: Wiring,
    /// Of all chance.
    pub seed: u64,
}

impl Default for TestSettings {
    fn default() -> Self {
        TestSettings {
            registration: Registration::Open,
            secure_cookies: false,
            wiring: Wiring::new(),
            seed: SEED,
        }
    }
}

/// A house with its people.
pub struct TestApp {
    pub house: Arc<House>,
    /// Moved by `app.clock.advance(…)`.
    pub clock: Clock,
    /// All routes of all modules.
    pub routes: Vec<RouteInfo>,
    pub identity: Identity,
    pub workspaces: Workspaces,
    /// Where the data lives; opened again, it is another process beside this one.
    pub database: Arc<TestDatabase>,
    pub(crate) router: Router,
    registry: Arc<Registry>,
    people: AtomicUsize,
    /// Fails the test when a statement walked through too much.
    _plans: Watch,
    /// Those that were opened beside it.
    processes: AtomicU64,
}

impl TestApp {
    /// A house with identity, workspaces and the modules given; nobody signed in, an owner of the
    /// workspace “Acme”, and a teammate in the role of a member there.
    pub async fn start(
        modules: impl FnOnce(&Parts) -> Vec<Box<dyn Module>>,
    ) -> (TestApp, Actor, Actor, Actor) {
        let app = TestApp::start_with(TestSettings::default(), modules).await;
        let owner = app.register("Ada Byron", "Acme").await;
        let teammate = app.join(&owner, Role::Member).await;
        let anonymous = app.anonymous();
        (app, anonymous, owner, teammate)
    }

    /// An empty house: no account, no workspace.
    pub async fn start_with(
        settings: TestSettings,
        modules: impl FnOnce(&Parts) -> Vec<Box<dyn Module>>,
    ) -> TestApp {
        let (database, clock) = (TestDatabase::create().await, Clock::manual(START));
        TestApp::open(Arc::new(database), clock, settings, modules).await
    }

    /// Another process on the same database, with the same clock and the platform alone.
    pub async fn another_process(&self) -> TestApp {
        self.another_process_with(|_| Vec::new()).await
    }

    /// The same with further modules; its ids are its own.
    pub async fn another_process_with(
        &self,
        modules: impl FnOnce(&Parts) -> Vec<Box<dyn Module>>,
    ) -> TestApp {
        let (database, clock) = (self.database.clone(), self.clock.clone());
        let seed = SEED + 1 + self.processes.fetch_add(1, Ordering::Relaxed);
        let settings = TestSettings { seed, ..TestSettings::default() };
        TestApp::open(database, clock, settings, modules).await
    }

    /// Someone of another process, here.
    pub fn meet(&self, actor: &Actor) -> Actor {
        actor.through(self.router.clone())
    }

    /// Whether processes on this engine wake each other.
    pub fn shares_signals(&self) -> bool {
        self.house.db.engine() == Engine::Postgres
    }

    async fn open(
        database: Arc<TestDatabase>,
        clock: Clock,
        settings: TestSettings,
        modules: impl FnOnce(&Parts) -> Vec<Box<dyn Module>>,
    ) -> TestApp {
        let plans = Watch::over(plans::TABLES);
        let house = Arc::new(House {
            db: database.open().await,
            clock: clock.clone(),
            chance: Chance::seeded(settings.seed),
            wiring: settings.wiring,
        });
        let identity = Identity::new(
            house.clone(),
            &identity::Settings { master_key: [7; 32], secure_cookies: settings.secure_cookies },
        );
        let registration = workspaces::Settings { registration: settings.registration };
        let workspaces = Workspaces::new(identity.clone(), registration);
        let folder = database.folder();
        let parts = Parts { house: house.clone(), identity, workspaces, folder };
        let others = modules(&parts);
        let Parts { identity, workspaces, folder, .. } = parts;
        let mut all: Vec<Box<dyn Module>> =
            vec![Box::new(identity.clone()), Box::new(workspaces.clone())];
        all.extend(others);
        let assets: Vec<_> = all.iter().flat_map(|module| module.assets()).collect();
        ui::assets::install(&assets);
        let migrated = house.db.migrate(&web::migrations(&all), START).await;
        migrated.expect("the migrations apply");
        let mut registry = Registry::new();
        web::register_jobs(&mut registry);
        all.iter().for_each(|module| module.jobs(&mut registry));
        let server =
            Server::assemble(house.clone(), &all, workspaces.gate(), ServerSettings::new(folder));
        TestApp {
            house,
            clock,
            routes: server.routes,
            identity,
            workspaces,
            database,
            router: server.router,
            registry: Arc::new(registry),
            people: AtomicUsize::new(0),
            _plans: plans,
            processes: AtomicU64::new(0),
        }
    }

    /// Nobody.
    pub fn anonymous(&self) -> Actor {
        Actor::anonymous(self.router.clone())
    }

    /// A new person with a workspace of this name, signed in by browser and by token.
    pub async fn register(&self, name: &str, workspace: &str) -> Actor {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let first = name.split_whitespace().next().unwrap_or("someone").to_lowercase();
        let new = NewUser {
            name: name.to_owned(),
            email: format!("{first}{number}@example.com"),
            password: Actor::PASSWORD.to_owned(),
            operator: false,
        };
        let registered = self.workspaces.register(new, Some(workspace)).await;
        self.sign_in(registered.expect("someone registers")).await
    }

    /// Whoever runs the installation.
    pub async fn operator(&self) -> Actor {
        let new = NewUser {
            name: "Olga Operator".into(),
            email: "operator@example.com".into(),
            password: Actor::PASSWORD.into(),
            operator: true,
        };
        let registered = self.workspaces.register(new, Some("Operations")).await;
        self.sign_in(registered.expect("the operator registers")).await
    }

    /// A new person in the workspace of `owner`, in this role.
    pub async fn join(&self, owner: &Actor, role: Role) -> Actor {
        let newcomer = self.register(&format!("Some {role}"), &format!("Home of a {role}")).await;
        let owner_id = owner.user.as_ref().expect("the owner is a person").id;
        let house = self.house.clone();
        let actor = kernel::Actor::User { id: owner_id, role: Some(Role::Owner), operator: false };
        let cx = Cx::new(house, Some(owner.workspace().id), actor);
        let email = newcomer.user.as_ref().map(|user| user.email.clone()).unwrap_or_default();
        workspaces::add_member(&cx, &email, role).await.expect("the newcomer is added");
        newcomer.at(owner.workspace().clone())
    }

    /// Does all jobs that are due by the clock, and those that they enqueue; tells how many.
    pub async fn drain_jobs(&self) -> usize {
        let House { db, clock, chance, .. } = &*self.house;
        jobs::run_until_idle(db, &self.registry, clock, chance).await.expect("the jobs are worked")
    }

    async fn sign_in(&self, registered: Registered) -> Actor {
        let Registered { user, workspace } = registered;
        let cookie = self.identity.open_session(user.id, &Default::default()).await;
        let tokens = self.identity.issue_tokens(user.id).await;
        Actor::person(
            self.router.clone(),
            user,
            workspace,
            &cookie.expect("a session opens"),
            tokens.expect("tokens are issued"),
        )
    }
}
