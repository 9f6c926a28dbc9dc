-- What a form sends by mail: `team` to those who work on it, `respondent` to who answered.
create table form_notice (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    -- `each`, `quarter_hour`, `hour`, `day`.
    rhythm TEXT NOT NULL,
    -- Ids of members and addresses.
    recipients JSONB NOT NULL,
    -- The question whose answer is an address: whom to write to, or whom to answer.
    field TEXT,
    reply_to TEXT,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Mails an hour.
    hourly_cap BIGINT NOT NULL,
    -- Where links lead.
    origin TEXT NOT NULL,
    slug TEXT NOT NULL,
    -- It is about submissions above this number.
    since_number BIGINT NOT NULL,
    -- The hour that is counted, and mails in it.
    window_at BIGINT NOT NULL,
    window_count BIGINT NOT NULL,
    -- Submissions above this number wait, so many, for one mail at that time.
    waiting_after BIGINT NOT NULL,
    waiting_count BIGINT NOT NULL,
    waiting_until BIGINT,
    -- Not written, because of a limit.
    withheld BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    primary key (workspace_id, form_id, kind)
);
