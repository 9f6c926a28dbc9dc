//! The life of a job: enqueued, done once, retried, dead, and brought back.

use std::time::Duration;

use crate::world::{Noted, Nudge, Other, World, minutes};
use jobs::{Failure, NewJob, Schedule, When, desk};
use kernel::Error;

#[tokio::test]
async fn what_is_rolled_back_was_never_enqueued() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    let mut tx = world.db.begin(world.acme).await.unwrap();
    world.enqueue(&mut tx, &Noted(1), When::Now).await;
    drop(tx);
    assert_eq!(world.drain(&registry).await, 0);
    world.add(&Noted(2)).await;
    assert_eq!(world.drain(&registry).await, 1);
    assert_eq!(world.counted.seen(), [2]);
}

#[tokio::test]
async fn a_job_runs_once_and_leaves_nothing_behind() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    world.add(&Noted(7)).await;
    assert_eq!(world.drain(&registry).await, 1);
    assert_eq!(world.drain(&registry).await, 0);
    assert!(world.queues().await.is_empty());
}

#[tokio::test]
async fn a_job_knows_whose_it_is_and_which_request_caused_it() {
    let world = World::create().await;
    let acme = world.acme;
    let registry = world.registry(|registry, counted| {
        let counted = counted.clone();
        registry.handle::<Noted, _, _>(move |context, job| {
            let counted = counted.clone();
            async move {
                assert_eq!((context.workspace, context.attempt), (Some(acme), 1));
                assert_eq!(context.request.as_deref(), Some("req_1"));
                assert_eq!(jobs::current_request().as_deref(), Some("req_1"));
                counted.note(job.0);
                Ok(())
            }
        });
    });
    jobs::with_request(Some("req_1".into()), world.add(&Noted(1))).await;
    world.drain(&registry).await;
    assert_eq!(world.counted.seen(), [1]);
}

#[tokio::test]
async fn a_later_job_waits_for_its_moment() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    let mut tx = world.db.begin(world.acme).await.unwrap();
    let later = world.clock.now().plus(minutes(10));
    world.enqueue(&mut tx, &Noted(1), When::At(later)).await;
    tx.commit().await.unwrap();
    assert_eq!(world.drain(&registry).await, 0);
    assert_eq!(world.queues().await[0].scheduled, 1);
    world.clock.advance(minutes(10));
    assert_eq!(world.drain(&registry).await, 1);
}

#[tokio::test]
async fn the_house_has_jobs_of_its_own_and_a_workspace_may_enqueue_them() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| {
        let counted = counted.clone();
        registry.handle::<Noted, _, _>(move |context, job| {
            let counted = counted.clone();
            async move {
                assert_eq!(context.workspace, None);
                let mut tx = context.db.system("a test").await?;
                context.finish(&mut tx).await?;
                tx.commit().await?;
                counted.note(job.0);
                Ok(())
            }
        });
    });
    let mut tx = world.db.begin(world.acme).await.unwrap();
    let now = world.clock.now();
    jobs::enqueue(&mut tx, None, &Noted(1), When::Now, now, &world.chance).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.drain(&registry).await, 1);
    assert_eq!(world.counted.seen(), [1]);
}

#[tokio::test]
async fn a_failing_job_backs_off_dies_and_can_be_brought_back() {
    let world = World::create().await;
    let broken = world.registry(|registry, counted| {
        let counted = counted.clone();
        registry.handle::<Noted, _, _>(move |context, _| {
            counted.note(context.attempt.into());
            async { Err(Failure::Retry(Error::internal("the disk is \0 on fire"))) }
        });
    });
    world.add(&Noted(1)).await;
    assert_eq!(world.drain(&broken).await, 1);
    world.clock.advance(Duration::from_millis(999));
    assert_eq!(world.drain(&broken).await, 0);
    world.clock.advance(Duration::from_millis(202));
    assert_eq!(world.drain(&broken).await, 1);
    world.clock.advance(Duration::from_secs(20));
    assert_eq!(world.drain(&broken).await, 1);
    assert_eq!(world.counted.seen(), [1, 2, 3]);
    world.clock.advance(minutes(120));
    assert_eq!(world.drain(&broken).await, 0);

    let dead = world.dead(None).await;
    assert_eq!((dead.len(), dead[0].attempts), (1, 3));
    assert!(dead[0].error.contains("on fire"), "{}", dead[0].error);
    assert_eq!(dead[0].workspace(), Some(world.acme));

    let mut tx = world.db.system("test").await.unwrap();
    assert!(desk::retry(&mut tx, dead[0].id, world.clock.now()).await.unwrap());
    assert!(!desk::retry(&mut tx, dead[0].id, world.clock.now()).await.unwrap());
    tx.commit().await.unwrap();
    let mended = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    assert_eq!(world.drain(&mended).await, 1);
    assert!(world.queues().await.is_empty());
}

#[tokio::test]
async fn a_hopeless_job_dies_at_once_and_a_patient_one_comes_back_when_it_said() {
    let world = World::create().await;
    let moment = world.clock.now().plus(minutes(5));
    let registry = world.registry(move |registry, _| {
        registry.handle::<Noted, _, _>(|_, _| async { Err(Failure::Fail("no such form".into())) });
        registry.handle::<Other, _, _>(move |context, _| async move {
            match context.attempt {
                1 => Err(Failure::RetryAt(moment, "asked to wait".into())),
                _ => Ok(()),
            }
        });
    });
    world.add(&Noted(1)).await;
    world.add(&Other(1)).await;
    assert_eq!(world.drain(&registry).await, 2);
    assert_eq!(world.dead(None).await[0].error, "no such form");
    world.clock.advance(minutes(4));
    assert_eq!(world.drain(&registry).await, 0);
    world.clock.advance(minutes(1));
    assert_eq!(world.drain(&registry).await, 1);
}

#[tokio::test]
async fn what_waits_for_something_in_use_comes_back_soon_and_has_all_its_attempts() {
    let world = World::create().await;
    let registry = world.registry(|registry, _| {
        registry.handle::<Noted, _, _>(|context, _| async move {
            assert_eq!(context.attempt, 1);
            Err(Failure::Busy(Duration::from_millis(50)))
        });
    });
    world.add(&Noted(1)).await;
    for _ in 0..50 {
        assert_eq!(world.drain(&registry).await, 1);
        world.clock.advance(Duration::from_millis(50));
    }
    assert!(world.dead(None).await.is_empty());
}

#[tokio::test]
async fn dead_letters_are_paged_filtered_retried_and_discarded() {
    let world = World::create().await;
    let registry = world.registry(|registry, _| {
        registry.handle::<Noted, _, _>(|_, _| async { Err(Failure::Fail("noted".into())) });
        registry.handle::<Other, _, _>(|_, _| async { Err(Failure::Fail("other".into())) });
    });
    for number in 0..5 {
        world.add(&Noted(number)).await;
        world.add(&Other(number)).await;
        world.drain(&registry).await;
        world.clock.advance(minutes(1));
    }
    let mut paged = Vec::new();
    let mut tx = world.db.system("test").await.unwrap();
    let mut before = None;
    loop {
        let page = desk::dead(&mut tx, before, 2, Some("test.noted")).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.died_at, last.id));
        paged.extend(page.iter().map(|dead| dead.payload.read::<Noted>().unwrap().0));
    }
    assert_eq!(paged, [4, 3, 2, 1, 0]);
    let latest = desk::dead(&mut tx, None, 1, Some("test.other")).await.unwrap();
    assert!(desk::discard(&mut tx, latest[0].id).await.unwrap());
    let now = world.clock.now();
    assert_eq!(desk::retry_all(&mut tx, Some("test.other"), now).await.unwrap(), 4);
    assert_eq!(desk::retry_all(&mut tx, None, now).await.unwrap(), 5);
    tx.commit().await.unwrap();
    assert_eq!(world.drain(&registry).await, 9);
    assert_eq!(world.dead(None).await.len(), 9);
}

#[tokio::test]
async fn a_unique_key_coalesces_what_waits_but_not_what_runs() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| {
        let counted = counted.clone();
        registry.handle::<Nudge, _, _>(move |context, job| {
            let counted = counted.clone();
            async move {
                counted.note(job.round.into());
                if job.round == 0 {
                    let mut tx = context.db.begin(context.workspace.unwrap()).await?;
                    let again = Nudge { key: "a".into(), round: 1 };
                    let jobs =
                        (0..3).map(|_| NewJob::of(context.workspace, &again, When::Now)).collect();
                    jobs::enqueue_many(&mut tx, jobs, context.clock.now(), &context.chance).await?;
                    tx.commit().await?;
                }
                Ok(())
            }
        });
    });
    for _ in 0..5 {
        world.add(&Nudge { key: "a".into(), round: 0 }).await;
    }
    world.add(&Nudge { key: "b".into(), round: 5 }).await;
    let mut tx = world.db.begin(world.other).await.unwrap();
    let theirs = Nudge { key: "a".into(), round: 7 };
    let now = world.clock.now();
    jobs::enqueue(&mut tx, Some(world.other), &theirs, When::Now, now, &world.chance)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.drain(&registry).await, 4);
    let mut seen = world.counted.seen();
    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 5, 7]);
}

#[tokio::test]
async fn a_retry_gives_way_to_a_job_that_waits_with_its_key() {
    let world = World::create().await;
    let registry = world.registry(|registry, _| {
        registry.handle::<Nudge, _, _>(|context, job| async move {
            if job.round == 1 {
                return Ok(());
            }
            let mut tx = context.db.begin(context.workspace.unwrap()).await?;
            let again = Nudge { key: job.key, round: 1 };
            let later = When::At(context.clock.now().plus(minutes(1)));
            let now = context.clock.now();
            jobs::enqueue(&mut tx, context.workspace, &again, later, now, &context.chance).await?;
            tx.commit().await?;
            Err(Failure::Retry(Error::internal("failed after enqueueing")))
        });
    });
    world.add(&Nudge { key: "a".into(), round: 0 }).await;
    assert_eq!(world.drain(&registry).await, 1);
    assert_eq!(world.queues().await[0].scheduled, 1);
    world.clock.advance(minutes(1));
    assert_eq!(world.drain(&registry).await, 1);
    assert!(world.queues().await.is_empty());
}

#[tokio::test]
async fn a_panic_is_a_failure_like_any_other() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| {
        counted.handle::<Other>(registry);
        registry.handle::<Noted, _, _>(|context, _| async move {
            assert!(context.attempt > 1, "the first attempt always breaks");
            Ok(())
        });
    });
    world.add(&Noted(1)).await;
    world.add(&Other(2)).await;
    assert_eq!(world.drain(&registry).await, 2);
    assert_eq!(world.counted.seen(), [2]);
    assert_eq!(world.queues().await[0].scheduled, 1);
    world.clock.advance(minutes(1));
    assert_eq!(world.drain(&registry).await, 1);
    assert!(world.queues().await.is_empty());
}

#[tokio::test]
async fn an_unknown_kind_waits_for_a_newer_program_and_blocks_nobody() {
    let world = World::create().await;
    for number in 0..300 {
        world.add(&Other(number)).await;
    }
    world.add(&Noted(1)).await;
    let old = world.registry(|registry, counted| counted.handle::<Noted>(registry));
    assert_eq!(world.drain(&old).await, 1);
    assert_eq!(world.queues().await[0].ready, 300);
    let new = world.registry(|registry, counted| {
        counted.handle::<Noted>(registry);
        counted.handle::<Other>(registry);
    });
    assert_eq!(world.drain(&new).await, 300);
}

#[tokio::test]
async fn a_schedule_fires_on_time_and_catches_up_once() {
    let world = World::create().await;
    let registry = world.registry(|registry, counted| {
        counted.handle::<Noted>(registry);
        registry.schedule("test.hourly", Schedule::every(minutes(60)), || {
            NewJob::of(None, &Noted(60), When::Now)
        });
    });
    assert_eq!(world.drain(&registry).await, 0);
    world.clock.advance(minutes(61));
    assert_eq!(world.drain(&registry).await, 1);
    assert_eq!(world.drain(&registry).await, 0);
    world.clock.advance(minutes(60 * 24));
    assert_eq!(world.drain(&registry).await, 1);
}
