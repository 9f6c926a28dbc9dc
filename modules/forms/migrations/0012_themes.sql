-- Pictures that forms of the workspace show; their bytes are files of "form_pictures".
create table form_picture (
    workspace_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    -- In pixels.
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    primary key (workspace_id, file_id)
);
