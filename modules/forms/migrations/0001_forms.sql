create table form (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    public_id TEXT NOT NULL,
    title TEXT NOT NULL,
    definition JSONB NOT NULL,
    -- The newest frozen version; 0 before the first.
    version BIGINT NOT NULL,
    -- Whether it takes submissions now.
    published BOOLEAN NOT NULL,
    -- Whether the document has changed since the newest version.
    changed BOOLEAN NOT NULL,
    -- Counts the changes people made, so that two of them at once do not undo each other.
    revision BIGINT NOT NULL,
    submission_count BIGINT NOT NULL,
    -- Submissions up to this number are counted and searchable.
    processed_to BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    primary key (workspace_id, id)
);

-- Hosted pages know nothing but this id, so it is unique across workspaces.
create unique index form_public_id on form (public_id);
create index form_newest on form (workspace_id, created_at, id);

create table form_version (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    definition JSONB NOT NULL,
    published_by TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    primary key (workspace_id, form_id, version)
);

-- The one row that the writer of submissions locks: it numbers them in commit order.
create table form_counter (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    last_number BIGINT NOT NULL,
    primary key (workspace_id, form_id)
);

create table submission (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    form_version BIGINT NOT NULL,
    answers JSONB NOT NULL,
    metadata JSONB,
    source TEXT NOT NULL,
    idempotency_key TEXT,
    -- Of form and key. An index of the keys themselves is many times larger, and hit at random.
    key_hash BIGINT,
    -- Tells a repeat from other content under the same key.
    fingerprint BIGINT NOT NULL,
    submitted_at BIGINT,
    received_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);

create unique index submission_number on submission (workspace_id, form_id, number);
create unique index submission_key on submission (key_hash) where key_hash is not null;
