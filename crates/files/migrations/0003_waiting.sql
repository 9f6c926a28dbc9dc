-- With the owner as a column: between two indexes of the same columns SQLite takes the one of all files.
drop index file_waiting;
create index file_waiting on file (workspace_id, collection, owner) where owner is null;
