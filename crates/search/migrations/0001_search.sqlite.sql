create table search_collection (
    number INTEGER PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    collection TEXT NOT NULL,
    unique (workspace_id, collection)
);

-- The place is collection number and position in one integer, so that the order of rowids is the order of a search.
create table search_document (
    place INTEGER PRIMARY KEY,
    collection BIGINT NOT NULL,
    id TEXT NOT NULL
);
create unique index search_document_id on search_document (collection, id);

-- Words arrive folded and parted by spaces; every byte above ASCII belongs to a word.
create virtual table search_text using fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = full,
    tokenize = "ascii tokenchars '_'"
);
-- Segments are merged a little at a time, in transactions of their own, instead of many at once in some insert.
insert into search_text (search_text, rank) values ('automerge', 0);
