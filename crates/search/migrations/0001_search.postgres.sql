create table search_collection (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    collection TEXT NOT NULL,
    unique (workspace_id, collection)
);

-- No workspace_id: row-level security would forbid the GIN index, since `@@` is not leakproof.
-- The wall stands before search_collection, without which nobody learns a collection's number.
create table search_document (
    collection BIGINT NOT NULL,
    position BIGINT NOT NULL,
    id TEXT NOT NULL,
    words TSVECTOR NOT NULL,
    primary key (collection, position),
    unique (collection, id)
);
create index search_document_words on search_document using gin (words);
