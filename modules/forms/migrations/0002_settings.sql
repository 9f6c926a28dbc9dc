-- What a form accepts, from now on and whatever its version.
alter table form add column closes_at BIGINT;
alter table form add column submission_limit BIGINT;
-- How a person is known who may answer once: `browser`, `link`, `field:KEY`.
alter table form add column once_by TEXT;
-- Signs the links of those invited.
alter table form add column link_key TEXT;

-- Submissions that take a place, and how many places there are: kept with the number, whose row every writer locks.
alter table form_counter add column held BIGINT NOT NULL DEFAULT 0;
alter table form_counter add column submission_limit BIGINT;
update form_counter set held = (
    select count(*) from submission s
    where s.workspace_id = form_counter.workspace_id and s.form_id = form_counter.form_id
);

-- Who has answered a form that takes one answer a person. Only a hash: of form and person.
create table form_respondent (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    respondent TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    primary key (workspace_id, form_id, respondent)
);

create index form_respondent_submission on form_respondent (workspace_id, submission_id);

create table form_folder (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);

create unique index form_folder_name on form_folder (workspace_id, name);

alter table form add column folder_id TEXT;
alter table form add column archived_at BIGINT;

create index form_in_folder on form (workspace_id, folder_id, id);
