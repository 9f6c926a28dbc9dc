//! Workers at work: woken, killed, side by side, under noise, and drained.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jobs::{JobContext, NewJob, Registry, Schedule, When, WorkerSettings, desk};
use kernel::Error;
use tokio::sync::Notify;

use crate::world::{Noted, Nudge, Other, World, minutes, until};

/// Looks every 10 ms, so that it soon sees that the clock was moved.
fn restless() -> WorkerSettings {
    WorkerSettings { poll: Duration::from_millis(10), ..WorkerSettings::default() }
}

/// Never looks by itself within a test.
fn sleepy() -> WorkerSettings {
    WorkerSettings { poll: minutes(60), ..WorkerSettings::default() }
}

const LEASE: Duration = Duration::from_secs(60);

/// A handler that keeps its context where the test can reach it, and waits to be released.
#[derive(Clone, Default)]
struct Gate {
    held: Arc<Mutex<Vec<JobContext>>>,
    open: Arc<Notify>,
}

impl Gate {
    fn handle(&self, registry: &mut Registry) {
        let gate = self.clone();
        registry.handle::<Noted, _, _>(move |context, _| {
            let gate = gate.clone();
            async move {
                gate.held.lock().unwrap().push(context);
                gate.open.notified().await;
                Ok(())
            }
        });
    }

    fn contexts(&self) -> Vec<JobContext> {
        self.held.lock().unwrap().clone()
    }

    async fn until_held(&self, count: usize) {
        until("the handlers have begun", async || self.contexts().len() >= count).await;
    }
}

#[tokio::test]
async fn a_signal_wakes_a_worker_at_once() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    let (clock, chance) = (world.clock.clone(), world.chance.clone());
    let worker = jobs::Worker::start(world.neighbour().await, registry, sleepy(), clock, chance);
    // Past its first look, so that only the signal can tell it.
    world.add(&Noted(0)).await;
    until("the first is done", async || world.counted.seen().len() == 1).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.add(&Noted(1)).await;
    until("the second is done", async || world.counted.seen() == [0, 1]).await;
    worker.drain(Duration::ZERO).await;
}

#[tokio::test]
async fn a_worker_wakes_when_something_falls_due() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    let clock = kernel::Clock::System;
    let worker = jobs::Worker::start(
        world.neighbour().await,
        registry,
        sleepy(),
        clock.clone(),
        world.chance.clone(),
    );
    let mut tx = world.db.begin(world.acme).await.unwrap();
    let soon = clock.now().plus(Duration::from_millis(300));
    let job = NewJob::of(Some(world.acme), &Noted(1), When::At(soon));
    jobs::enqueue_many(&mut tx, vec![job], clock.now(), &world.chance).await.unwrap();
    tx.commit().await.unwrap();
    until("it is done", async || world.counted.seen() == [1]).await;
    assert!(clock.now() >= soon);
    worker.drain(Duration::ZERO).await;
}

#[tokio::test]
async fn a_killed_workers_job_is_rescued_and_its_zombie_is_fenced_off() {
    let world = World::create().await;
    let gate = Gate::default();
    let registry = world.registry(|registry, _| gate.handle(registry));
    let first = world.worker(&registry, restless()).await;
    world.add(&Noted(1)).await;
    gate.until_held(1).await;
    drop(first);

    let second = world.worker(&registry, restless()).await;
    world.clock.advance(LEASE - Duration::from_secs(1));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(gate.contexts().len(), 1, "the lease still holds");
    world.clock.advance(Duration::from_secs(2));
    gate.until_held(2).await;
    let [zombie, heir] = &gate.contexts()[..] else { panic!("two attempts") };
    assert_eq!((zombie.id, zombie.attempt, heir.attempt), (heir.id, 1, 2));

    let mut tx = world.db.begin(world.acme).await.unwrap();
    assert!(matches!(zombie.finish(&mut tx).await, Err(Error::Conflict { .. })));
    drop(tx);
    let mut tx = world.db.begin(world.acme).await.unwrap();
    heir.finish(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(world.queues().await.is_empty());
    second.drain(Duration::ZERO).await;
}

#[tokio::test]
async fn jobs_with_one_key_that_died_together_are_rescued_as_one() {
    let world = World::create().await;
    let begun = world.counted.clone();
    let registry = world.registry(|registry, counted| {
        let counted = counted.clone();
        registry.handle::<Nudge, _, _>(move |context, _| {
            counted.note(context.attempt.into());
            futures::future::pending()
        });
    });
    let first = world.worker(&registry, restless()).await;
    for round in 0..2 {
        world.add(&Nudge { key: "a".into(), round }).await;
        until("it has begun", async || begun.seen().len() == round as usize + 1).await;
    }
    drop(first);
    world.clock.advance(LEASE + Duration::from_secs(1));
    let second = world.worker(&registry, restless()).await;
    until("it has begun again", async || begun.seen().len() == 3).await;
    assert_eq!(begun.seen(), [1, 1, 2]);
    assert_eq!(world.queues().await[0].running, 1);
    second.drain(Duration::ZERO).await;
}

#[tokio::test]
async fn a_job_that_kills_every_worker_ends_as_a_dead_letter() {
    let world = World::create().await;
    let gate = Gate::default();
    let registry = world.registry(|registry, _| gate.handle(registry));
    world.add(&Noted(1)).await;
    for attempt in 1..=3 {
        let worker = world.worker(&registry, restless()).await;
        gate.until_held(attempt).await;
        drop(worker);
        world.clock.advance(LEASE + Duration::from_secs(1));
    }
    assert_eq!(world.drain(&registry).await, 0);
    let dead = world.dead(None).await;
    assert_eq!((dead.len(), dead[0].attempts), (1, 3));
}

#[tokio::test]
async fn a_long_job_with_a_heartbeat_is_not_rescued() {
    let world = World::create().await;
    let gate = Gate::default();
    let registry = world.registry(|registry, _| gate.handle(registry));
    let workers =
        [world.worker(&registry, restless()).await, world.worker(&registry, restless()).await];
    world.add(&Noted(1)).await;
    gate.until_held(1).await;
    for _ in 0..10 {
        world.clock.advance(LEASE / 2);
        let now = world.clock.now();
        until("the lease is extended", async || {
            let mut tx = world.db.system_read("test").await.unwrap();
            desk::running(&mut tx, 9).await.unwrap()[0].lease_until == now.plus(LEASE)
        })
        .await;
    }
    assert_eq!(gate.contexts().len(), 1);
    gate.open.notify_one();
    until("it is done", async || world.queues().await.is_empty()).await;
    for worker in workers {
        worker.drain(Duration::ZERO).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_do_two_thousand_jobs_exactly_once_each() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    let workers =
        [world.worker(&registry, restless()).await, world.worker(&registry, restless()).await];
    for first in (0..2000).step_by(100) {
        let workspace = if first % 200 == 0 { world.acme } else { world.other };
        let jobs = (first..first + 100)
            .map(|number| NewJob::of(Some(workspace), &Noted(number), When::Now))
            .collect();
        let mut tx = world.db.begin(workspace).await.unwrap();
        jobs::enqueue_many(&mut tx, jobs, world.clock.now(), &world.chance).await.unwrap();
        tx.commit().await.unwrap();
    }
    until("the queue is empty", async || world.queues().await.is_empty()).await;
    for worker in workers {
        worker.drain(minutes(1)).await;
    }
    let mut seen = world.counted.seen();
    seen.sort_unstable();
    assert_eq!(seen, (0..2000).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_schedule_fires_once_with_two_workers() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| {
        counted.handle::<Noted>(registry);
        registry.schedule("test.hourly", Schedule::every(minutes(60)), || {
            NewJob::of(None, &Noted(60), When::Now)
        });
    });
    let workers =
        [world.worker(&registry, restless()).await, world.worker(&registry, restless()).await];
    tokio::time::sleep(Duration::from_millis(200)).await;
    for firings in 1..=3 {
        world.clock.advance(minutes(60));
        until("it fires", async || world.counted.seen().len() == firings).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(world.counted.seen().len(), firings);
    }
    for worker in workers {
        worker.drain(Duration::ZERO).await;
    }
}

/// Also across kinds: the noisy one has two.
#[tokio::test]
async fn a_noisy_workspace_does_not_starve_a_quiet_one() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| {
        counted.handle::<Noted>(registry);
        counted.handle::<Other>(registry);
    });
    let mut tx = world.db.begin(world.acme).await.unwrap();
    let noise = (0..3000)
        .map(|_| match world.chance.below(2) {
            0 => NewJob::of(Some(world.acme), &Noted(0), When::Now),
            _ => NewJob::of(Some(world.acme), &Other(0), When::Now),
        })
        .collect();
    jobs::enqueue_many(&mut tx, noise, world.clock.now(), &world.chance).await.unwrap();
    tx.commit().await.unwrap();
    world.clock.advance(minutes(1));
    let mut tx = world.db.begin(world.other).await.unwrap();
    world.enqueue(&mut tx, &Noted(1), When::Now).await;
    tx.commit().await.unwrap();

    assert_eq!(world.drain(&registry).await, 3001);
    let place = world.counted.seen().iter().position(|number| *number == 1).unwrap();
    assert!(place < 200, "the quiet one's job came only after {place} others");
}

#[tokio::test]
async fn many_workspaces_get_equal_shares() {
    let world = World::create().await;
    let shares = Arc::new(Mutex::new(HashMap::<_, usize>::new()));
    let counting = shares.clone();
    let registry = world.registry(|registry, _| {
        registry.handle::<Noted, _, _>(move |context, _| {
            *counting.lock().unwrap().entry(context.workspace).or_default() += 1;
            futures::future::pending()
        });
    });
    for backlog in [400, 30, 200, 30] {
        let workspace = kernel::WorkspaceId::new(world.clock.now(), &world.chance);
        let jobs =
            (0..backlog).map(|_| NewJob::of(Some(workspace), &Noted(0), When::Now)).collect();
        let mut tx = world.db.begin(workspace).await.unwrap();
        jobs::enqueue_many(&mut tx, jobs, world.clock.now(), &world.chance).await.unwrap();
        tx.commit().await.unwrap();
    }
    let worker = world.worker(&registry, WorkerSettings { concurrency: 100, ..restless() }).await;
    until("all hands are busy", async || shares.lock().unwrap().values().sum::<usize>() == 100)
        .await;
    assert!(shares.lock().unwrap().values().all(|share| *share == 25), "{shares:?}");
    worker.drain(Duration::ZERO).await;
}

#[tokio::test]
async fn draining_waits_and_then_gives_back_without_burning_an_attempt() {
    let world = World::create().await;
    let gate = Gate::default();
    let registry = world.registry(|registry, _| gate.handle(registry));
    let worker = world.worker(&registry, restless()).await;
    world.add(&Noted(1)).await;
    world.add(&Noted(2)).await;
    gate.until_held(2).await;
    gate.open.notify_one();
    until("one is done", async || world.queues().await[0].running == 1).await;
    let begun = Instant::now();
    worker.drain(Duration::from_millis(200)).await;
    assert!(begun.elapsed() >= Duration::from_millis(200));
    let state = &world.queues().await[0];
    assert_eq!((state.ready, state.running), (1, 0));

    let heir = world.worker(&registry, restless()).await;
    gate.until_held(3).await;
    assert_eq!(gate.contexts()[2].attempt, 1);
    gate.open.notify_one();
    heir.drain(minutes(1)).await;
    assert!(world.queues().await.is_empty());
}

#[tokio::test]
async fn draining_ends_as_soon_as_the_last_job_does() {
    let world = World::create().await;
    let gate = Gate::default();
    let registry = world.registry(|registry, _| gate.handle(registry));
    let worker = world.worker(&registry, restless()).await;
    world.add(&Noted(1)).await;
    gate.until_held(1).await;
    gate.open.notify_one();
    let drained = tokio::time::timeout(Duration::from_secs(10), worker.drain(minutes(10))).await;
    assert!(drained.is_ok());
    assert!(world.queues().await.is_empty());
}

#[tokio::test]
async fn a_worker_outlives_a_database_that_fails() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    let worker = world.worker(&registry, restless()).await;
    let mut tx = world.db.system("a test breaks the table").await.unwrap();
    db::sql("alter table job rename to job_away").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut tx = world.db.system("a test mends the table").await.unwrap();
    db::sql("alter table job_away rename to job").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    world.add(&Noted(1)).await;
    until("it works again", async || world.counted.seen() == [1]).await;
    worker.drain(Duration::ZERO).await;
}
