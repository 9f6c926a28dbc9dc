-- What a workspace has learned of spam: of how many texts of each kind, and how many words it knows by them.
create table spam_total (
    workspace_id TEXT NOT NULL,
    spam BIGINT NOT NULL,
    ham BIGINT NOT NULL,
    words BIGINT NOT NULL,
    primary key (workspace_id)
);

-- In how many texts of each kind a word was found.
create table spam_word (
    workspace_id TEXT NOT NULL,
    word TEXT NOT NULL,
    spam BIGINT NOT NULL,
    ham BIGINT NOT NULL,
    primary key (workspace_id, word)
);

-- From which submissions it has learned, and what: `spam` or `ham`.
create table spam_lesson (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    primary key (workspace_id, form_id, number)
);
