-- What a file was sent for within its collection, such as the key of a form's field.
alter table file add column place TEXT;

-- Uploads in parts that are not whole yet; a whole one is a row of `file` under the same id.
create table upload (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    collection TEXT NOT NULL,
    place TEXT,
    name TEXT NOT NULL,
    -- As the sender declares it.
    content_type TEXT,
    -- Of the whole, in bytes.
    size BIGINT NOT NULL,
    -- Bytes that have come: those of the parts below.
    received BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);
create index upload_collection on upload (workspace_id, collection);
create index upload_created on upload (created_at);

create table upload_part (
    workspace_id TEXT NOT NULL,
    upload_id TEXT NOT NULL,
    -- Its first byte within the whole.
    start BIGINT NOT NULL,
    -- Under which its bytes lie in the object store.
    id TEXT NOT NULL,
    primary key (workspace_id, upload_id, start)
);
