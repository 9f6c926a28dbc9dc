-- Old answers that are brought in from a file.
create table form_import (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    -- As the sender calls the file.
    name TEXT NOT NULL,
    -- csv or jsonl.
    format TEXT NOT NULL,
    -- Gone once the import has had its time.
    file_id TEXT,
    bytes BIGINT NOT NULL,
    -- What stands in the file: names and samples.
    columns JSONB NOT NULL,
    -- Where each column goes, and how the values are read; as the API speaks them.
    mapping JSONB NOT NULL,
    options JSONB NOT NULL,
    created_by TEXT NOT NULL,
    -- What was asked for last: check, run or removal.
    task TEXT NOT NULL,
    -- draft, waiting, running, done, failed or cancelled.
    status TEXT NOT NULL,
    bytes_done BIGINT NOT NULL,
    rows_done BIGINT NOT NULL,
    rows_stored BIGINT NOT NULL,
    rows_refused BIGINT NOT NULL,
    errors_kept BIGINT NOT NULL,
    -- No row behind this one can have been stored; a removal counts it down.
    reached BIGINT NOT NULL,
    rows_removed BIGINT NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    -- When its file goes; null when that has gone.
    expires_at BIGINT,
    primary key (workspace_id, id)
);
create index form_import_newest on form_import (workspace_id, form_id, id);
create index form_import_expiry on form_import (expires_at) where expires_at is not null;
create index form_import_unfinished on form_import (workspace_id, status)
    where status in ('waiting', 'running');

-- What is wrong with rows; the first ten thousand are kept, all are counted.
create table form_import_error (
    workspace_id TEXT NOT NULL,
    import_id TEXT NOT NULL,
    -- In the order in which they were found.
    position BIGINT NOT NULL,
    -- The row's place among the rows, and the line of the file in which it begins.
    row_number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    column_name TEXT,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    -- The beginning of what stands there.
    value TEXT NOT NULL,
    primary key (workspace_id, import_id, position)
);
