-- What the desk says of a submission; no row means: new, open, nobody's. The hot path never writes here.
create table submission_state (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    submission_id TEXT NOT NULL,
    status TEXT NOT NULL,
    -- `open`, `archived`, `spam` or `bin`.
    tray TEXT NOT NULL,
    -- Where it goes back to when it is restored.
    earlier_tray TEXT NOT NULL,
    -- Why it lies in spam.
    reason TEXT,
    assignee TEXT,
    comment_count BIGINT NOT NULL,
    -- When it came into its tray.
    moved_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    primary key (workspace_id, form_id, number)
);
create index submission_state_tray on submission_state (workspace_id, form_id, tray, number);
create index submission_state_status on submission_state (workspace_id, form_id, status, number);
create index submission_state_assignee on submission_state (workspace_id, form_id, assignee, number)
    where assignee is not null;
-- The bins of all workspaces, for the job that empties them.
create index submission_state_bin on submission_state (moved_at) where tray = 'bin';

-- How many lie in each tray with each status, but for those that are open and new: they are the rest.
create table submission_tally (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    tray TEXT NOT NULL,
    status TEXT NOT NULL,
    count BIGINT NOT NULL,
    primary key (workspace_id, form_id, tray, status)
);

-- A form's own statuses beside new, in progress and done.
create table submission_status (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    tone TEXT NOT NULL,
    position BIGINT NOT NULL,
    primary key (workspace_id, form_id, key)
);

-- Tags belong to the workspace, so that one word means the same for all forms.
create table tag (
    workspace_id TEXT NOT NULL,
    -- The name in lower case: two that differ in case are one.
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    primary key (workspace_id, key)
);

create table submission_tag (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    tag TEXT NOT NULL,
    number BIGINT NOT NULL,
    primary key (workspace_id, form_id, tag, number)
);
create index submission_tag_number on submission_tag (workspace_id, form_id, number);

-- What was done with a submission, numbered like the event that told of it.
create table submission_activity (
    workspace_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail JSONB NOT NULL,
    bulk_action_id TEXT,
    at BIGINT NOT NULL,
    primary key (workspace_id, submission_id, seq)
);
create index submission_activity_bulk on submission_activity (workspace_id, bulk_action_id, submission_id)
    where bulk_action_id is not null;

create table submission_comment (
    workspace_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    id TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    primary key (workspace_id, submission_id, id)
);
create unique index submission_comment_id on submission_comment (workspace_id, id);

-- Which numbers of a block of 4,096 gave an answer: a bit each. A term is `key=value`, or `key?` for an
-- answer that is told apart by reading it.
create table submission_facet (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    field TEXT NOT NULL,
    term TEXT NOT NULL,
    block BIGINT NOT NULL,
    bits TEXT NOT NULL,
    primary key (workspace_id, form_id, field, term, block)
);
create index submission_facet_block on submission_facet (workspace_id, form_id, block, term);

-- From which number on a form's answers are told apart in this way; those before are read.
create table submission_facet_start (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    primary key (workspace_id, form_id)
);

create table bulk_action (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    -- What is done, and to whom: the step, and the query of the filter or the picked numbers.
    action JSONB NOT NULL,
    selection JSONB NOT NULL,
    -- `running` or `done`.
    state TEXT NOT NULL,
    -- Only submissions below this number are left to be looked at; it began at the top.
    position BIGINT NOT NULL,
    top BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    primary key (workspace_id, id)
);
create index bulk_action_form on bulk_action (workspace_id, form_id, id);

-- Days after which a form's submissions are deleted for good.
create table submission_retention (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    days BIGINT NOT NULL,
    primary key (workspace_id, form_id)
);
