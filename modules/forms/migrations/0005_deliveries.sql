-- Submissions up to this number were handed to the webhooks that listen for them.
create table form_delivery (
    workspace_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    delivered_to BIGINT NOT NULL,
    primary key (workspace_id, form_id)
);

-- What is here already was nobody's to be told of.
insert into form_delivery (workspace_id, form_id, delivered_to)
select workspace_id, id, processed_to from form;
