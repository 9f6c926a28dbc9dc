-- What still has to be done: finished jobs are deleted, hopeless ones move to job_dead.
-- workspace_id is '' for the house's own jobs.
create table job (
    id TEXT NOT NULL primary key,
    workspace_id TEXT NOT NULL,
    queue TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL,
    state TEXT NOT NULL check (state in ('scheduled', 'ready', 'running')),
    run_at BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    lease BIGINT NOT NULL,
    lease_until BIGINT,
    unique_key TEXT,
    error TEXT,
    request_id TEXT,
    created_at BIGINT NOT NULL
);

-- Lanes are hopped over by (workspace_id, kind), and each is read from its oldest job.
create index job_ready on job (queue, workspace_id, kind, run_at, id) where state = 'ready';
create index job_scheduled on job (run_at, queue) where state = 'scheduled';
create index job_running on job (lease_until, queue) where state = 'running';
create unique index job_unique on job (workspace_id, kind, unique_key)
    where unique_key is not null and state in ('ready', 'scheduled');

create table job_dead (
    id TEXT NOT NULL primary key,
    workspace_id TEXT NOT NULL,
    queue TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL,
    attempts BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    lease BIGINT NOT NULL,
    unique_key TEXT,
    error TEXT NOT NULL,
    request_id TEXT,
    created_at BIGINT NOT NULL,
    died_at BIGINT NOT NULL
);

create index job_dead_recent on job_dead (died_at, id);
create index job_dead_kind on job_dead (kind, died_at, id);
create index job_dead_queue on job_dead (queue);

create table job_schedule (
    name TEXT NOT NULL primary key,
    next_at BIGINT NOT NULL,
    fired_at BIGINT
);
