-- What the makers of a form can take back: of each change, the document on its other side.
create table form_draft_change (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    -- The revision that the change led to; grows with every change.
    revision BIGINT NOT NULL,
    -- As they were before the change; once it is taken back, as it had made them.
    title TEXT NOT NULL,
    definition JSONB NOT NULL,
    -- Of the document, so that what is kept can be bounded without reading it.
    bytes BIGINT NOT NULL,
    taken_back BOOLEAN NOT NULL,
    -- What was changed, so that a text typed in several goes is one change.
    part TEXT,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    primary key (workspace_id, form_id, revision)
);
