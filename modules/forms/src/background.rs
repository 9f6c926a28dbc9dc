//! How the background work is done: thin shells over actions.

use std::{sync::Arc, time::Duration};

use ::jobs::{Failure, JobContext, NewJob, Registry, Schedule, When};
use files::Files;
use kernel::Result;
use web::{Cx, House};

use crate::{
    Forms, deliver, erasures, exports, forms, hosted,
    ids::FormId,
    imports, insights,
    jobs::{
        CountAnswers, DeliverReleased, DeliverSubmissions, ExpireSubmissions, LookForPictures,
        LookForUncounted, MakeRenditions, OrderExports, ProcessSubmissions, RunBulkAction,
        RunErasure, RunExport, RunImport, SendDigest, SweepErasures, SweepExports, SweepForm,
        SweepImports, SweepLimits, SweepUploads,
    },
    notices, process, protection, renditions, submissions, visits,
};

pub(crate) fn register(registry: &mut Registry, system: &Forms, house: &Arc<House>) {
    let files = system.files();
    register_exports(registry, house, files);
    register_insights(registry, house);
    register_renditions(registry, house, system);
    let (shared, store) = (house.clone(), files.clone());
    registry
        .handle(move |_: JobContext, _: SweepUploads| sweep_uploads(shared.clone(), store.clone()));
    registry.schedule("uploads.sweep", Schedule::every(SWEPT_EVERY), || {
        NewJob::of(None, &SweepUploads {}, When::Now)
    });
    let shared = house.clone();
    registry.handle(move |_: JobContext, _: SweepLimits| sweep_limits(shared.clone()));
    registry.schedule("limits.sweep", Schedule::every(SWEPT_EVERY), || {
        NewJob::of(None, &SweepLimits {}, When::Now)
    });
    let (shared, counters) = (house.clone(), process::Counters::default());
    registry.handle(move |context: JobContext, job: ProcessSubmissions| {
        process::process(shared.clone(), counters.clone(), context, job.form_id)
    });
    let (shared, forms) = (house.clone(), system.clone());
    registry.handle(move |context: JobContext, job: DeliverSubmissions| {
        deliver::deliver(forms.clone(), shared.clone(), context, job.form_id)
    });
    let (shared, forms) = (house.clone(), system.clone());
    registry.handle(move |context: JobContext, job: SendDigest| {
        notices::digest::send(forms.clone(), shared.clone(), context, job.form_id)
    });
    let (shared, forms) = (house.clone(), system.clone());
    registry.handle(move |context: JobContext, job: DeliverReleased| {
        deliver::released(forms.clone(), shared.clone(), context, job)
    });
    let shared = house.clone();
    registry.handle(move |context: JobContext, job: RunBulkAction| {
        submissions::bulk_run::run(shared.clone(), context, job.bulk_action_id)
    });
    let shared = house.clone();
    registry.handle(move |_: JobContext, _: ExpireSubmissions| {
        submissions::expiry::expire(shared.clone())
    });
    registry.schedule("submissions.expire", Schedule::daily(3, 10), || {
        NewJob::of(None, &ExpireSubmissions {}, When::Now)
    });
    let shared = house.clone();
    registry.handle(move |context: JobContext, job: SweepForm| {
        sweep(shared.clone(), context, job.form_id)
    });
}

fn register_insights(registry: &mut Registry, house: &Arc<House>) {
    let shared = house.clone();
    registry.handle(move |context: JobContext, job: CountAnswers| {
        insights::catch_up::catch_up(shared.clone(), context, job.form_id)
    });
    let shared = house.clone();
    registry
        .handle(move |_: JobContext, _: LookForUncounted| insights::catch_up::look(shared.clone()));
    registry.schedule("insights.look", Schedule::every(insights::catch_up::LOOKED_EVERY), || {
        NewJob::of(None, &LookForUncounted {}, When::Now)
    });
}

fn register_renditions(registry: &mut Registry, house: &Arc<House>, forms: &Forms) {
    let (shared, forms) = (house.clone(), forms.clone());
    registry.handle(move |context: JobContext, job: MakeRenditions| {
        renditions::run::run(shared.clone(), forms.clone(), context, job.picture)
    });
    let shared = house.clone();
    registry.handle(move |_: JobContext, _: LookForPictures| renditions::run::look(shared.clone()));
    registry.schedule("renditions.look", Schedule::every(renditions::run::LOOKED_EVERY), || {
        NewJob::of(None, &LookForPictures {}, When::Now)
    });
}

fn register_exports(registry: &mut Registry, house: &Arc<House>, files: &Files) {
    let desk = exports::run::Desk::new(house.clone(), files.clone());
    registry.handle(move |context: JobContext, job: RunExport| {
        exports::run::run(desk.clone(), context, job.export_id)
    });
    let shared = house.clone();
    registry.handle(move |_: JobContext, _: SweepExports| exports::sweep::expired(shared.clone()));
    registry.schedule("exports.sweep", Schedule::every(EXPORTS_SWEPT_EVERY), || {
        NewJob::of(None, &SweepExports {}, When::Now)
    });
    let shared = house.clone();
    registry.handle(move |_: JobContext, _: OrderExports| {
        exports::schedules::due::order(shared.clone())
    });
    registry.schedule("exports.order", Schedule::every(ORDERED_EVERY), || {
        NewJob::of(None, &OrderExports {}, When::Now)
    });
}

pub(crate) fn register_imports(registry: &mut Registry, house: &Arc<House>, forms: &Forms) {
    let desk = imports::run::Desk::new(house.clone(), forms.clone());
    registry.handle(move |context: JobContext, job: RunImport| {
        imports::run::run(desk.clone(), context, job.import_id)
    });
    let shared = house.clone();
    registry.handle(move |_: JobContext, _: SweepImports| imports::sweep::expired(shared.clone()));
    registry.schedule("imports.sweep", Schedule::every(EXPORTS_SWEPT_EVERY), || {
        NewJob::of(None, &SweepImports {}, When::Now)
    });
}

pub(crate) fn register_erasures(registry: &mut Registry, house: &Arc<House>, forms: &Forms) {
    let (files, secrets) = (forms.files().clone(), forms.secrets().clone());
    let desk = erasures::run::Desk::new(house.clone(), files, secrets);
    registry.handle(move |context: JobContext, job: RunErasure| {
        erasures::run::run(desk.clone(), context, job.erasure_id)
    });
    let shared = house.clone();
    registry
        .handle(move |_: JobContext, _: SweepErasures| erasures::sweep::expired(shared.clone()));
    registry.schedule("erasures.sweep", Schedule::every(SWEPT_EVERY), || {
        NewJob::of(None, &SweepErasures {}, When::Now)
    });
}

const EXPORTS_SWEPT_EVERY: Duration = Duration::from_secs(10 * 60);
/// Schedules name minutes.
const ORDERED_EVERY: Duration = Duration::from_secs(60);
const SWEPT_EVERY: Duration = Duration::from_secs(60 * 60);

async fn sweep_uploads(house: Arc<House>, files: Files) -> Result<(), Failure> {
    files.sweep(&house.db, house.clock.now().minus(hosted::resumable::KEPT)).await?;
    Ok(())
}

/// What was heard of visits is remembered for as long as one may last.
const MARKS_KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Forgets addresses whose stretch is over, tickets that nobody would take, and visits of yesterday.
async fn sweep_limits(house: Arc<House>) -> Result<(), Failure> {
    loop {
        let mut tx = house.db.system("limits and visits of all workspaces").await?;
        let now = house.clock.now();
        let counted = protection::store::delete_expired(&mut tx, now, SWEEP_CHUNK).await?;
        let heard =
            visits::store::delete_heard(&mut tx, now.minus(MARKS_KEPT), SWEEP_CHUNK).await?;
        tx.commit().await?;
        if counted + heard == 0 {
            return Ok(());
        }
    }
}

/// Submissions deleted in one transaction, so that the writer need not wait long.
const SWEEP_CHUNK: i64 = 1_000;

async fn sweep(house: Arc<House>, context: JobContext, form: FormId) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &context);
    loop {
        let mut tx = cx.begin().await?;
        submissions::state::store::forget_some(&mut tx, form, SWEEP_CHUNK).await?;
        let gone = submissions::store::delete_some(&mut tx, form, SWEEP_CHUNK).await?;
        tx.commit().await?;
        if gone == 0 {
            break;
        }
    }
    loop {
        let mut tx = cx.begin().await?;
        let gone = files::delete_some_of(&mut tx, cx.workspace(), &form.to_string()).await?;
        tx.commit().await?;
        if gone == 0 {
            break;
        }
    }
    loop {
        let mut tx = cx.begin().await?;
        let more = search::remove_some(&mut tx, cx.workspace(), &form.to_string()).await?;
        tx.commit().await?;
        if !more {
            break;
        }
    }
    loop {
        let mut tx = cx.begin().await?;
        let gone = submissions::store::delete_some_respondents(&mut tx, form, SWEEP_CHUNK).await?;
        tx.commit().await?;
        if gone == 0 {
            break;
        }
    }
    forget_desk(&cx, form).await?;
    forget_figures(&cx, form).await?;
    exports::sweep::of_form(&cx, form).await?;
    imports::sweep::of_form(&cx, form).await?;
    let mut tx = cx.begin().await?;
    submissions::store::delete_delivered(&mut tx, form).await?;
    submissions::state::store::forget_form(&mut tx, form).await?;
    notices::store::delete_notices(&mut tx, form).await?;
    submissions::counts::store::delete_progress(&mut tx, form).await?;
    forms::store::delete_form(&mut tx, form).await?;
    context.finish(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// What the desk has noted of a form's submissions, and by what they are told apart.
async fn forget_desk(cx: &Cx, form: FormId) -> Result<()> {
    loop {
        let mut tx = cx.begin().await?;
        let gone = submissions::state::store::forget_part(&mut tx, form, SWEEP_CHUNK).await?;
        tx.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

/// What is counted of a form, of its visits, and of who sent how much.
async fn forget_figures(cx: &Cx, form: FormId) -> Result<()> {
    loop {
        let mut tx = cx.begin().await?;
        let answers = submissions::counts::store::forget_some(&mut tx, form, SWEEP_CHUNK).await?;
        let visits = visits::store::delete_some(&mut tx, form, SWEEP_CHUNK).await?;
        let limits = protection::store::delete_some(&mut tx, form, SWEEP_CHUNK).await?;
        tx.commit().await?;
        if answers + visits + limits == 0 {
            return Ok(());
        }
    }
}
