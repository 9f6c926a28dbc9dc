create table workspace (
    id TEXT NOT NULL primary key,
    slug TEXT NOT NULL unique,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

create table member (
    workspace_id TEXT NOT NULL references workspace (id) on delete cascade,
    user_id TEXT NOT NULL references user_account (id) on delete cascade,
    role TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    primary key (workspace_id, user_id)
);

create index member_by_user on member (user_id);

-- The operator's way in; at most one row.
create table setup_token (
    token_hash TEXT NOT NULL primary key
);
