-- What was answered, counted by day and by month: read instead of the submissions themselves.
create table insight_count (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    -- `day` or `month`.
    grain TEXT NOT NULL,
    -- A field's key, or `@total`, `@source` …
    field TEXT NOT NULL,
    -- `2026-11-22` or `2026-11`, in the time zone that the form is counted in.
    period TEXT NOT NULL,
    -- `?` for any answer, `=VALUE`, `#BIN` of numbers, `~PART` of dates and times.
    term TEXT NOT NULL,
    count BIGINT NOT NULL,
    primary key (workspace_id, form_id, grain, field, period, term)
);

-- How far a form's submissions are counted, and by the days of which time zone.
create table insight_progress (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    counted_to BIGINT NOT NULL,
    time_zone TEXT NOT NULL,
    primary key (workspace_id, form_id)
);

-- The time zone by whose days a workspace counts; UTC without a row.
create table insight_zone (
    workspace_id TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    primary key (workspace_id)
);
