-- How often forms are shown, begun and walked through, by day and by month: not from submissions, so that nothing can
-- be counted anew.
create table visit_count (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    -- `day` or `month`.
    grain TEXT NOT NULL,
    -- `view`, `start`, `page` for those reached, `passed` for those from which somebody went on.
    field TEXT NOT NULL,
    -- `2026-11-22` or `2026-11`, in the time zone that the workspace had then.
    period TEXT NOT NULL,
    -- The source of a view; the key of a page, empty for the first one.
    term TEXT NOT NULL,
    count BIGINT NOT NULL,
    primary key (workspace_id, form_id, grain, field, period, term)
);

-- Where whoever answered on the hosted page came from, and how many seconds they took.
alter table submission add column visit JSONB;
