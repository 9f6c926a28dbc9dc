-- A list of a form's submissions that one comes back to: what it shows, and how.
create table saved_view (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The name in small letters: two that differ in case are one.
    name_key TEXT NOT NULL,
    -- The filter as the query of an address.
    filter TEXT NOT NULL,
    -- `newest` or `oldest`.
    sort_order TEXT NOT NULL,
    -- The columns in their order; null for the usual ones.
    columns JSONB,
    -- Its place among the views of the form, from 1.
    position BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    primary key (workspace_id, id)
);
create unique index saved_view_name on saved_view (workspace_id, form_id, name_key);
create index saved_view_position on saved_view (workspace_id, form_id, position);
