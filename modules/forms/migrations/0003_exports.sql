create table form_export (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    -- What was asked for, as the API speaks it.
    request JSONB NOT NULL,
    format TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    -- The standing order that asked for it; null when somebody did.
    schedule_id TEXT,
    -- Scheme and host of the links in it, and the workspace's name in them.
    origin TEXT NOT NULL,
    slug TEXT NOT NULL,
    -- waiting, running, done, failed or cancelled.
    status TEXT NOT NULL,
    rows_done BIGINT NOT NULL,
    -- About how many there will be; null while nobody can know.
    rows_total BIGINT,
    bytes BIGINT NOT NULL,
    error TEXT,
    file_id TEXT,
    -- The last submission in it: where the next incremental export goes on.
    last_number BIGINT,
    kept_days BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    expires_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);
create index form_export_newest on form_export (workspace_id, form_id, id);
create index form_export_expiry on form_export (expires_at);
create index form_export_unfinished on form_export (workspace_id, status)
    where status in ('waiting', 'running');

create table form_export_schedule (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    request JSONB NOT NULL,
    origin TEXT NOT NULL,
    slug TEXT NOT NULL,
    -- day, week or month.
    every TEXT NOT NULL,
    -- Of the week, 1 being Monday, or of the month.
    on_day BIGINT NOT NULL,
    -- The time of day there, such as 06:30.
    at_time TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    kept_days BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);
create index form_export_schedule_due on form_export_schedule (next_at);
create index form_export_schedule_form on form_export_schedule (workspace_id, form_id, id);
