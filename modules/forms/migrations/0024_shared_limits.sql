-- How much came from an address, form by form: for all processes, and for as long as the stretch lasts.
create table address_count (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    -- `hour` or `day` of submissions, `upload_hour` of uploads that were begun.
    stretch TEXT NOT NULL,
    -- A keyed hash of form and address: without the master key it tells of nobody.
    address_hash TEXT NOT NULL,
    since BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    count BIGINT NOT NULL,
    primary key (workspace_id, form_id, stretch, address_hash)
);
create index address_count_end on address_count (ends_at);

-- Tickets for which a browser has worked, and which have been used: until nobody would take them any more.
create table used_ticket (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    primary key (workspace_id, form_id, ticket)
);
create index used_ticket_expiry on used_ticket (expires_at);

-- What was heard of visits within a day, so that several processes count it once; one alone remembers it by itself.
create table visit_mark (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    -- A hash of the key of the page and of what was heard.
    mark BIGINT NOT NULL,
    heard_at BIGINT NOT NULL,
    primary key (workspace_id, form_id, mark)
);
create index visit_mark_age on visit_mark (heard_at);
