-- What was made of pictures for pages, mails and cards; the bytes are files that belong to the picture.
create table form_rendition (
    workspace_id TEXT NOT NULL,
    picture_id TEXT NOT NULL,
    -- Such as "cover-720".
    name TEXT NOT NULL,
    file_id TEXT NOT NULL,
    primary key (workspace_id, picture_id, name)
);

-- How it was made; 0 while nobody has.
alter table form_picture add column recipe BIGINT NOT NULL DEFAULT 0;
create index form_picture_recipe on form_picture (recipe);
