-- One person's data that is looked for, and deleted for good.
create table erasure (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    -- Keyed, of workspace and address: who knows the address can show that it was erased.
    address_hash TEXT NOT NULL,
    -- The address, and the text that stands for the person, sealed with the master key; null from the end on.
    sealed TEXT,
    requested_by TEXT NOT NULL,
    -- searching, found, erasing, done, failed or cancelled.
    status TEXT NOT NULL,
    -- Where the work is: which part of what is kept, and behind what of it.
    step TEXT NOT NULL,
    place TEXT NOT NULL,
    -- Submissions that were looked at, and about how many there are.
    looked BIGINT NOT NULL,
    total BIGINT NOT NULL,
    -- What the search has counted, and what was deleted.
    found JSONB NOT NULL,
    erased JSONB NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    -- When a search that nobody acts on is forgotten.
    expires_at BIGINT,
    primary key (workspace_id, id)
);
create index erasure_address on erasure (workspace_id, address_hash, id);
-- One at a time for each person.
create unique index erasure_unfinished on erasure (workspace_id, address_hash) where sealed is not null;
create index erasure_expiry on erasure (expires_at) where expires_at is not null;
