create table event_head (
    workspace_id TEXT NOT NULL primary key,
    seq BIGINT NOT NULL
);

create table event (
    workspace_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    payload JSONB NOT NULL,
    causation_seq BIGINT,
    depth BIGINT NOT NULL,
    at BIGINT NOT NULL,
    primary key (workspace_id, seq)
);
