create table user_account (
    id TEXT NOT NULL primary key,
    email TEXT NOT NULL unique,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    operator BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

create table session (
    token_hash TEXT NOT NULL primary key,
    user_id TEXT NOT NULL references user_account (id) on delete cascade,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

create index session_by_user on session (user_id);

create table token_family (
    id TEXT NOT NULL primary key,
    user_id TEXT NOT NULL references user_account (id) on delete cascade,
    secret_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

create index token_family_by_user on token_family (user_id);

create table api_key (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);

-- A key is shown before its workspace is known, so this one index begins with the id.
create unique index api_key_by_id on api_key (id);
