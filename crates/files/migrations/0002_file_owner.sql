-- What a file is part of; null while it is an upload that nothing has claimed. What was claimed before owners were
-- written down belongs to its collection as a whole, until the module that claimed it says more.
alter table file add column owner TEXT;
update file set owner = collection where claimed;
drop index file_unclaimed;
alter table file drop column claimed;
create index file_unclaimed on file (created_at) where owner is null;
create index file_collection on file (workspace_id, collection);
