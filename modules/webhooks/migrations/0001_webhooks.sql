create table webhook (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    -- Separated by spaces.
    event_types TEXT NOT NULL,
    -- Only what is about this entity, such as a form.
    subject TEXT,
    enabled BOOLEAN NOT NULL,
    disabled_reason TEXT,
    -- What happened before is not sent.
    listens_since BIGINT NOT NULL,
    -- The first failure since the last success, and how many there were.
    failing_since BIGINT,
    failures BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);

-- Sealed with the master key. All that have not expired sign.
create table webhook_secret (
    workspace_id TEXT NOT NULL,
    webhook_id TEXT NOT NULL,
    id TEXT NOT NULL,
    sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    primary key (workspace_id, webhook_id, id)
);

-- The payload is TEXT: what is signed must stay the same byte for byte.
create table webhook_message (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);

create index webhook_message_age on webhook_message (created_at);

-- One message on its way to one endpoint. Its id is made of both, so that there is one however often it is made.
create table webhook_delivery (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    webhook_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    -- All attempts, and those since it was last asked for.
    attempts BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    -- When the next attempt is due, or when whoever sends it now is taken for dead; null at the end.
    due_at BIGINT,
    last_status BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);

create index webhook_delivery_list on webhook_delivery (workspace_id, webhook_id, id);
create index webhook_delivery_state on webhook_delivery (workspace_id, webhook_id, state, id);
create index webhook_delivery_due on webhook_delivery (workspace_id, webhook_id, due_at) where due_at is not null;
create index webhook_delivery_age on webhook_delivery (created_at);

create table webhook_attempt (
    workspace_id TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- Microseconds.
    duration BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    status BIGINT,
    request_headers JSONB NOT NULL,
    response_headers JSONB,
    response_body TEXT,
    error TEXT,
    primary key (workspace_id, delivery_id, number)
);
