-- A mail to one person: the outbox and the log. Its id is made of what it is about, so that there is one however
-- often it is written.
create table mail (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    -- `test`, `submission`, `digest`, `answer`, `confirmation`.
    purpose TEXT NOT NULL,
    -- The entity that it is about, such as a form.
    about TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    from_name TEXT NOT NULL,
    reply_to TEXT,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    -- Where it can be declined, by a person and by a mail program (RFC 8058).
    unsubscribe TEXT,
    state TEXT NOT NULL,
    -- All attempts, and those since it was last asked for.
    attempts BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    -- When the next attempt is due, or when whoever sends it now is taken for dead; null at the end.
    due_at BIGINT,
    -- Of the latest answer of the server.
    last_status BIGINT,
    last_answer TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);

create index mail_state on mail (workspace_id, state, id);
create index mail_about on mail (workspace_id, about, id);
create index mail_recipient on mail (workspace_id, recipient, created_at);
create index mail_due on mail (workspace_id, due_at) where due_at is not null;
create index mail_age on mail (created_at);

create table mail_attempt (
    workspace_id TEXT NOT NULL,
    mail_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- Microseconds.
    duration BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    status BIGINT,
    answer TEXT NOT NULL,
    primary key (workspace_id, mail_id, number)
);

-- How the workspace's mails call their sender.
create table mail_sender (
    workspace_id TEXT NOT NULL,
    name TEXT NOT NULL,
    reply_to TEXT,
    updated_at BIGINT NOT NULL,
    primary key (workspace_id)
);

-- Addresses beyond those of members: nothing is sent there before its owner has said yes.
create table mail_address (
    workspace_id TEXT NOT NULL,
    address TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    primary key (workspace_id, address)
);

-- Who wants no more mails about something.
create table mail_refusal (
    workspace_id TEXT NOT NULL,
    address TEXT NOT NULL,
    about TEXT NOT NULL,
    at BIGINT NOT NULL,
    primary key (workspace_id, address, about)
);
