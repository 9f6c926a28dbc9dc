-- What was answered to a POST that carried an Idempotency-Key; workspace_id is '' outside of workspaces.
-- created_at is also the mark of the attempt: whoever takes over a dead one moves it.
create table idempotent_reply (
    workspace_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    route TEXT NOT NULL,
    fingerprint BIGINT NOT NULL,
    state TEXT NOT NULL check (state in ('reserved', 'stored')),
    status BIGINT,
    location TEXT,
    body TEXT,
    created_at BIGINT NOT NULL,
    primary key (workspace_id, actor, key)
);

create index idempotent_reply_age on idempotent_reply (created_at);
