-- The bulk action that this one takes back.
alter table bulk_action add column undoes TEXT;
-- The submission at which taking back goes on: it follows histories, not numbers.
alter table bulk_action add column cursor TEXT;
-- Submissions that were changed in between and are left as they are.
alter table bulk_action add column left_alone BIGINT NOT NULL DEFAULT 0;
-- Taken back once; again only when that failed.
create unique index bulk_action_undoes on bulk_action (workspace_id, undoes)
    where undoes is not null and state <> 'failed';
