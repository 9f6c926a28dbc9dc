create table file (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    collection TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    content_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- What it is part of; null while it is an upload that nothing has claimed.
    owner TEXT,
    primary key (workspace_id, id)
);
create index file_unclaimed on file (created_at) where owner is null;
create index file_waiting on file (workspace_id, collection) where owner is null;
create index file_collection on file (workspace_id, collection);

-- Bytes that may lie in the object store without a row above: uploads under way or broken off, deleted files.
create table file_debris (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    since BIGINT NOT NULL,
    primary key (workspace_id, id)
);
create index file_debris_since on file_debris (since);
